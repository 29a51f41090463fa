"""What ends a run before its end: the keyboard, a full disk, another run. All of it can be taken up again."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.conftest import Call
from tweetrecon import pipeline
from tweetrecon.store import open_dataset

PAGE = '<blockquote class="twitter-tweet"><p>Rain {0}</p>&mdash; Ann (@ann_example) November 3, 2021</blockquote>'


@pytest.fixture(autouse=True)
def listening() -> Iterator[None]:
    """Children hear Ctrl-C also where the suite runs in the background: those inherit that it is ignored."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.fixture
def many(call: Call) -> Path:
    """A file of pages that takes some seconds to read."""
    path = Path("many.jsonl")
    path.write_text("".join(json.dumps({"html": PAGE.format(n) * 40}) + "\n" for n in range(3000)))
    return path


@pytest.mark.parametrize("workers", ["0", "2"])
def test_the_keyboard_ends_a_run_at_once(workers: str, many: Path, root: Path) -> None:
    command = [sys.executable, "-m", "tweetrecon", "capture", str(many), "-o", "out", "--workers", workers]
    environment = {**os.environ, "PYTHONPATH": str(root)}
    process = subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True)
    while not Path("out/.tmp/pid").exists():
        time.sleep(0.01)
    refused = subprocess.run([*command[:-2], "--workers", "0"], env=environment, capture_output=True, check=False)
    assert (refused.returncode, b"locked by another run" in refused.stderr) == (5, True)
    process.send_signal(signal.SIGINT)
    _, told = process.communicate(timeout=10)
    assert (process.returncode, told) == (130, "tweetrecon: interrupted; run the same command again to go on\n")


@pytest.mark.parametrize("seconds", [0.1, 0.2, 0.3, 0.45])
def test_the_keyboard_is_quiet_while_workers_start(seconds: float, many: Path, root: Path) -> None:
    """A terminal sends Ctrl-C to all processes of the run, also to those that are still loading modules."""
    command = [sys.executable, "-m", "tweetrecon", "capture", str(many), "-o", "out", "--workers", "2"]
    environment = {**os.environ, "PYTHONPATH": str(root)}
    process = subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True, start_new_session=True)
    while not Path("out/.tmp/pid").exists():
        time.sleep(0.01)
    time.sleep(seconds)
    os.killpg(process.pid, signal.SIGINT)
    _, told = process.communicate(timeout=10)
    assert (process.returncode, told) == (130, "tweetrecon: interrupted; run the same command again to go on\n")


def test_a_full_disk_leaves_what_was_committed(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    import resource

    monkeypatch.setattr(pipeline, "BATCH_RECORDS", 2)
    long = [{"html": PAGE.format(f"{n} {os.urandom(3000).hex()}" * (n > 4))} for n in range(45)]
    Path("few.jsonl").write_text("".join(json.dumps(row) + "\n" for row in long))
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (30_000, limits[1]))
    try:
        ended = call("capture", "few.jsonl", "-o", "out")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert ended.code == 5
    assert "out: cannot be written" in ended.err
    committed = open_dataset("out").documents.num_rows
    assert 2 <= committed < 45
    assert call("capture", "few.jsonl", "-o", "out").code == 0
    assert open_dataset("out").documents.num_rows == 45
    assert call("verify", "out").code == 0
