"""A dataset is what its manifest names: written whole or not at all, the same bytes for the same rows."""

import json
import os
import resource
import subprocess
import sys
from pathlib import Path

import duckdb
import pyarrow.dataset
import pyarrow.parquet as pq
import pytest

from tweetrecon.errors import ConfigurationError, DatasetError, OutputError, TweetreconError
from tweetrecon.model import Gap, Thread, ThreadKind, ThreadTweet
from tweetrecon.schema import TABLES, arrow_schema, to_table
from tweetrecon.store import Dataset, Writer, check_output, open_dataset


def thread(number: int) -> Thread:
    """A thread of a tweet with an id and one without."""
    first = ThreadTweet(position=0, depth=0, tweet_key=f"{number}", tweet_id=f"{number}", text="naïve 😀 نص")
    second = ThreadTweet(position=1, depth=1, tweet_key=f"x:{number}", parent_key=f"{number}")
    gap = Gap(after_position=None, reason="number_missing", number="1/3")
    return Thread(thread_id=f"{number}", kind=ThreadKind.SELF_THREAD, gaps=(gap,), tweets=(first, second))


def write(out: Path, *numbers: int, **how: object) -> None:
    with Writer(out, **how) as writer:  # type: ignore[arg-type]
        writer.write("threads", to_table("threads", [thread(n) for n in numbers]))


def tree(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_what_was_written_is_read(tmp_path: Path) -> None:
    write(tmp_path / "out", 1, 2)
    dataset = open_dataset(tmp_path / "out")
    assert dataset.threads.num_rows == 2
    assert dataset.thread("x:2") == dataset.thread("2") == thread(2)
    assert dataset.table("tweets").schema == arrow_schema("tweets")
    assert dataset.sql('select count(*) from threads, "references"').fetchall() == [(0,)]
    assert set(TABLES) < set(dir(dataset))


def test_only_finished_parquet_stands_in_tables(tmp_path: Path) -> None:
    write(tmp_path / "out", 1)
    write(tmp_path / "out", 2)
    out = tmp_path / "out"
    assert {p.name for p in out.iterdir()} == {*TABLES, "README.md", "manifest.json"}
    for name in TABLES:
        (part,) = (out / name).iterdir()
        assert part.suffix == ".parquet"
        assert b"description" in (pq.read_schema(part).field(0).metadata or {})
        assert pyarrow.dataset.dataset(out / name).count_rows() == (name == "threads")
        counted = duckdb.execute(f"select count(*) from '{out}/{name}/*.parquet'").fetchall()
        assert counted == [(int(name == "threads"),)]


def test_equal_rows_give_equal_bytes(tmp_path: Path) -> None:
    write(tmp_path / "one", *range(100))
    write(tmp_path / "two", *range(50))
    write(tmp_path / "two", *range(100))
    assert tree(tmp_path / "one") == tree(tmp_path / "two")


def test_the_manifest_tells_digests_and_rows(tmp_path: Path) -> None:
    write(tmp_path, 1, 2, configuration={"format": "html"}, inputs={"sources": 3})
    content = json.loads((tmp_path / "manifest.json").read_text())
    (part,) = [p for p in content["parts"] if p["table"] == "threads"]
    assert part["rows"] == 2
    assert part["bytes"] == (tmp_path / part["path"]).stat().st_size
    assert (content["configuration"], content["inputs"]) == ({"format": "html"}, {"sources": 3})


def test_the_card_names_every_table_and_column(tmp_path: Path) -> None:
    write(tmp_path, 1)
    card = (tmp_path / "README.md").read_text()
    for name in TABLES:
        assert f"- config_name: {name}\n  data_files: {name}/*.parquet\n" in card
        assert all(f"| `{field.name}` |" in card for field in arrow_schema(name))


def test_a_failure_leaves_what_was_there(tmp_path: Path) -> None:
    write(tmp_path / "out", 1)
    before = tree(tmp_path / "out")
    with pytest.raises(ZeroDivisionError), Writer(tmp_path / "out") as writer:
        writer.write("threads", to_table("threads", [thread(2 // 0)]))
    assert tree(tmp_path / "out") == before
    with pytest.raises(ZeroDivisionError), Writer(tmp_path / "new"):
        _ = 1 / 0
    assert not (tmp_path / "new").exists()


KILLED_AT_EACH_STEP = """
import os, shutil, sys
from pathlib import Path
from tests.unit.test_store import write

os.fsync = lambda descriptor: None  # a kill does not need the disk to follow

def dying(function, steps):
    def call(*args, **kwargs):
        if next(steps, None) is None:
            os._exit(9)
        return function(*args, **kwargs)
    return call

write(Path(sys.argv[1], "old"), 1)
for step in range(1000):
    out = Path(sys.argv[1], str(step))
    shutil.copytree(Path(sys.argv[1], "old"), out)
    if os.fork() == 0:
        steps = iter(range(step))
        for name in ("fsync", "replace", "unlink", "mkdir", "rmdir"):
            setattr(os, name, dying(getattr(os, name), steps))
        write(out, 2)
        os._exit(0)
    if os.waitstatus_to_exitcode(os.wait()[1]) == 0:
        break
"""


def test_a_kill_at_any_step_leaves_the_old_or_the_new(
    tmp_path: Path, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A process ends, without cleaning up, at each call that changes the disk; then the run is made again."""
    monkeypatch.setattr(os, "fsync", lambda descriptor: None)
    subprocess.run([sys.executable, "-c", KILLED_AT_EACH_STEP, tmp_path], cwd=root, check=True)
    write(tmp_path / "never", 2)
    never_killed = tree(tmp_path / "never")
    outs = sorted(tmp_path.glob("[0-9]*"), key=lambda path: int(path.name))
    found = [open_dataset(out).threads["thread_id"].to_pylist() for out in outs]
    assert len(outs) > 40
    assert found[0] == ["1"]
    assert found[-1] == ["2"]
    assert all(ids in (["1"], ["2"]) for ids in found)
    for out in outs:
        write(out, 2)
        assert tree(out) == never_killed


def test_what_a_run_goes_on_from_stays(tmp_path: Path) -> None:
    write(tmp_path, 1, configuration={"a": 1}, inputs={"b": 2})
    with Writer(tmp_path, resume=True):
        pass
    assert open_dataset(tmp_path).threads.num_rows == 1
    write(tmp_path, 2, configuration={"a": 1}, inputs={"b": 2})


def test_another_configuration_is_refused_by_name(tmp_path: Path) -> None:
    write(tmp_path, 1, configuration={"format": "html", "x": 1}, inputs={"sources": 1})
    with pytest.raises(ConfigurationError, match=r"other format, y; .*--overwrite"):
        write(tmp_path, 2, configuration={"format": "text", "x": 1, "y": 2}, inputs={"sources": 1})
    with pytest.raises(ConfigurationError, match="other inputs;"):
        write(tmp_path, 2, configuration={"format": "html", "x": 1}, inputs={"sources": 2})
    assert open_dataset(tmp_path).thread("1") == thread(1)
    write(tmp_path, 2, configuration={"format": "text"}, overwrite=True)
    assert open_dataset(tmp_path).thread("2") == thread(2)


def test_a_second_run_is_refused_while_the_first_lives(tmp_path: Path) -> None:
    with Writer(tmp_path), pytest.raises(OutputError, match=f"process {os.getpid()}"), Writer(tmp_path):
        pass
    write(tmp_path, 1)


def test_other_peoples_folders_are_not_written_into(tmp_path: Path) -> None:
    (tmp_path / "thesis.doc").write_text("years of work")
    for out in (tmp_path, tmp_path / "thesis.doc"):
        with pytest.raises(DatasetError, match="choose"):
            check_output(out)
        with pytest.raises(DatasetError), Writer(out):
            pass
    assert tree(tmp_path) == {"thesis.doc": b"years of work"}


def test_a_full_disk_is_an_output_error(tmp_path: Path) -> None:
    write(tmp_path, 1)
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (5000, limits[1]))
    try:
        with pytest.raises(OutputError, match="cannot be written"):
            write(tmp_path, *range(20_000))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert open_dataset(tmp_path).threads.num_rows == 1


def test_a_place_that_takes_no_folder_is_an_output_error() -> None:
    with pytest.raises(OutputError, match="cannot be written"), Writer(Path("/proc/tweetrecon")):
        pass


@pytest.mark.parametrize("content", [None, "", "{}", "[]", '{"format": "other"}', '{"format": "tweetrecon dataset"}'])
def test_what_is_no_dataset_is_not_opened(content: str | None, tmp_path: Path) -> None:
    if content is not None:
        (tmp_path / "manifest.json").write_text(content)
    with pytest.raises(DatasetError) as error:
        open_dataset(tmp_path)
    assert "\n" not in str(error.value)
    with pytest.raises(DatasetError, match="does not exist"):
        open_dataset(tmp_path / "missing")


def test_a_newer_schema_is_refused(tmp_path: Path) -> None:
    write(tmp_path, 1)
    manifest = tmp_path / "manifest.json"
    manifest.write_text(manifest.read_text().replace('"schema_version": 1', '"schema_version": 99'))
    with pytest.raises(DatasetError, match="update tweetrecon"):
        open_dataset(tmp_path)


def test_a_flipped_bit_is_seen(tmp_path: Path) -> None:
    write(tmp_path, *range(500))
    (part,) = (tmp_path / "threads").iterdir()
    data = bytearray(part.read_bytes())
    data[len(data) // 3] ^= 1
    part.write_bytes(data)
    with pytest.raises(DatasetError, match=part.name):
        _ = open_dataset(tmp_path).threads
    part.unlink()
    with pytest.raises(DatasetError, match=part.name):
        _ = open_dataset(tmp_path).threads


def test_a_dataset_in_memory() -> None:
    dataset = Dataset.in_memory({"threads": to_table("threads", [thread(1)])})
    assert dataset.thread("1") == thread(1)
    assert dataset.tweets.num_rows == 0
    assert repr(dataset) == "Dataset('in memory')"
    with pytest.raises(TweetreconError, match="no thread or tweet '9'"):
        dataset.thread("9")
    with pytest.raises(TweetreconError, match="the tables are documents"):
        dataset.table("nonsense")
    with pytest.raises(AttributeError):
        _ = dataset.nonsense


def test_columns_that_an_older_version_lacks_are_null(tmp_path: Path) -> None:
    table = to_table("threads", [thread(1)])
    with Writer(tmp_path) as writer:
        writer.write("threads", table.drop_columns(["complete"]))
    assert open_dataset(tmp_path).threads["complete"].to_pylist() == [None]
