"""A run that was killed, run again, ends as one that never was: byte for byte."""

import json
import os
import random
import subprocess
import sys
from pathlib import Path

import pytest

from scripts.make_warc import Page, packed_gzip, records
from tweetrecon import pipeline, readers
from tweetrecon.errors import ConfigurationError, DatasetError
from tweetrecon.pipeline import Settings, Watch
from tweetrecon.readers import slices
from tweetrecon.store import State, open_dataset

TWEET = (
    '<p>Ann wrote:</p><blockquote class="twitter-tweet"><p>Rain at the quay {0}</p>&mdash; Ann (@ann_example) '
    '<a href="https://twitter.com/ann_example/status/14557799436685{0:05}">November 3, 2021</a></blockquote>'
)
THOROUGH = "TWEETRECON_TORTURE" in os.environ
KILLS = 200 if THOROUGH else 40
STRIDE = 1 if THOROUGH else 4


def tree(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


@pytest.fixture(scope="module")
def inputs(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Two files of records, some broken, in an order that is not that of their names."""
    folder = tmp_path_factory.mktemp("inputs")
    for name, count in (("b.jsonl", 57), ("a.jsonl", 38)):
        rows = [json.dumps({"html": TWEET.format(n)}) if n % 7 else "{broken" for n in range(count)]
        (folder / name).write_text("\n".join(rows) + "\n")
    return [folder / "b.jsonl", folder / "a.jsonl"]


@pytest.fixture(autouse=True)
def small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipeline, "BATCH_RECORDS", 10)
    monkeypatch.setattr(os, "fsync", lambda descriptor: None)  # a kill does not need the disk to follow


def run(inputs: list[Path], out: Path, workers: int = 0) -> None:
    pipeline.run(readers.find(inputs), out, Settings(workers=workers))


def test_workers_and_order_of_inputs_change_no_byte(inputs: list[Path], tmp_path: Path) -> None:
    run(inputs, tmp_path / "one")
    run(inputs[::-1], tmp_path / "two")
    run(inputs, tmp_path / "three", workers=2)
    assert tree(tmp_path / "one") == tree(tmp_path / "two") == tree(tmp_path / "three")
    assert len(list((tmp_path / "one" / "documents").iterdir())) == 11
    dataset = open_dataset(tmp_path / "one")
    assert dataset.documents.num_rows == 95
    assert dataset.documents["source_uri"].to_pylist() == ["a.jsonl"] * 38 + ["b.jsonl"] * 57
    assert dataset.tweets.num_rows == 48
    assert dataset.rejects.num_rows == 15


KILLED_AT_RANDOM = """
import os, random, signal, sys, time
from pathlib import Path
import pyarrow as pa
pa.set_cpu_count(1)
from tweetrecon import pipeline, readers

os.fsync = lambda descriptor: None
pipeline.BATCH_RECORDS = 10
rng = random.Random(6)
out, trial, kills = Path(sys.argv[1], "random-0"), 0, 0
while kills < int(sys.argv[2]):
    child = os.fork()
    if child == 0:
        pipeline.run(readers.find(sys.argv[3:]), out)
        os._exit(0)
    time.sleep(rng.uniform(0.0, 0.15))
    os.kill(child, signal.SIGKILL)
    if os.waitstatus_to_exitcode(os.wait()[1]) == 0:
        trial += 1
        out = Path(sys.argv[1], f"random-{trial}")
    else:
        kills += 1
"""


def test_kills_at_random_times(inputs: list[Path], tmp_path: Path, root: Path) -> None:
    """Each run is killed sooner or later than it ends; the next one goes on, until one is not killed."""
    subprocess.run([sys.executable, "-c", KILLED_AT_RANDOM, tmp_path, str(KILLS), *inputs], cwd=root, check=True)
    run(inputs, tmp_path / "never")
    never_killed = tree(tmp_path / "never")
    for out in tmp_path.glob("random-*"):
        run(inputs, out)
        assert tree(out) == never_killed


KILLED_AT_EACH_STEP = """
import os, shutil, sys
from pathlib import Path
import pyarrow as pa
pa.set_cpu_count(1)
from tweetrecon import pipeline, readers
from tweetrecon.pipeline import Settings

os.fsync = lambda descriptor: None
pipeline.BATCH_RECORDS = 20

def dying(function, steps):
    def call(*args, **kwargs):
        if next(steps, None) is None:
            os._exit(9)
        return function(*args, **kwargs)
    return call

for step in range(0, 1000, int(sys.argv[2])):
    out = Path(sys.argv[1], f"killed-{step}")
    if os.fork() == 0:
        steps = iter(range(step))
        for name in ("replace", "unlink", "mkdir", "rmdir"):
            setattr(os, name, dying(getattr(os, name), steps))
        pipeline.run(readers.find(sys.argv[3:]), out)
        os._exit(0)
    if os.waitstatus_to_exitcode(os.wait()[1]) == 0:
        break
"""


def test_a_kill_at_each_step_of_each_commit(
    inputs: list[Path], tmp_path: Path, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pipeline, "BATCH_RECORDS", 20)
    subprocess.run([sys.executable, "-c", KILLED_AT_EACH_STEP, tmp_path, str(STRIDE), inputs[1]], cwd=root, check=True)
    run(inputs[1:], tmp_path / "never")
    never_killed = tree(tmp_path / "never")
    outs = list(tmp_path.glob("killed-*"))
    assert len(outs) > 60 / STRIDE
    states = set()
    for out in outs:
        if (out / "manifest.json").exists():
            dataset = open_dataset(out)
            states.add((dataset.progress.state, dataset.documents.num_rows))
        run(inputs[1:], out)
        assert tree(out) == never_killed, out
    captured = {(State.CAPTURING, 17), (State.CAPTURING, 35), (State.CAPTURED, 38)}
    assert states <= captured | {(State.RECONSTRUCTED, 38)}
    assert len(states) > 2


def test_what_is_done_is_not_done_again(inputs: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pipeline.capture(readers.find(inputs), tmp_path)
    monkeypatch.setattr(pipeline, "captured", None)
    run(inputs, tmp_path)
    monkeypatch.setattr(pipeline, "rebuilt", None)
    run(inputs, tmp_path)
    assert open_dataset(tmp_path).tweets.num_rows == 48


def test_other_content_is_another_run(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text(TWEET.format(1))
    run([page], tmp_path / "out")
    page.write_text(TWEET.format(1) + "<p>More.")
    with pytest.raises(ConfigurationError, match="other inputs"):
        run([page], tmp_path / "out")


class StopError(Exception):
    """Stands for whatever ends a run."""


def stopping_after(records: int) -> Watch:
    """A watch that ends the run."""
    seen: list[object] = []

    def stop(capture: object) -> None:
        seen.append(capture)
        if len(seen) == records:
            raise StopError

    return stop


def test_half_a_capture_is_not_reconstructed(inputs: list[Path], tmp_path: Path) -> None:
    with pytest.raises(StopError):
        pipeline.run(readers.find(inputs), tmp_path / "out", Settings(watch=stopping_after(25)))
    assert open_dataset(tmp_path / "out").documents.num_rows == 17
    with pytest.raises(DatasetError, match="interrupted"):
        pipeline.reconstruct([tmp_path / "out"], tmp_path / "out")
    run(inputs, tmp_path / "out")
    run(inputs, tmp_path / "never")
    assert tree(tmp_path / "out") == tree(tmp_path / "never")


@pytest.fixture
def crawl(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An archive of many slices, with records that come again."""
    monkeypatch.setattr(slices, "SIZE", 2000)
    payloads = (f"{TWEET.format(n)}<p>{n}" if n % 3 else f"<p>Nothing, {n}" for n in range(60))
    pages = (Page(f"https://news.example/{n}", p.encode(), "ordinary") for n, p in enumerate(payloads))
    packed = b"".join(map(packed_gzip, records(pages, random.Random(3))))
    (tmp_path / "crawl.warc.gz").write_bytes(packed * 2)
    return tmp_path / "crawl.warc.gz"


@pytest.mark.parametrize("stop", range(15, 130, 23))
def test_an_archive_is_left_between_slices_and_taken_up_there(crawl: Path, tmp_path: Path, stop: int) -> None:
    run([crawl], tmp_path / "never")
    with pytest.raises(StopError):
        pipeline.run(readers.find([crawl]), tmp_path / "out", Settings(watch=stopping_after(stop)))
    run([crawl], tmp_path / "out", workers=stop % 2)
    assert tree(tmp_path / "out") == tree(tmp_path / "never")
    assert open_dataset(tmp_path / "out").documents.num_rows == 120
