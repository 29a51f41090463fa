"""What a run tells while it goes, to a person at a terminal and to a log."""

import json
import os
import pty
import subprocess
import sys
from pathlib import Path

from tests.cli.conftest import Call
from tweetrecon import pipeline, readers
from tweetrecon.cli.progress import Tally
from tweetrecon.extraction import Capture
from tweetrecon.model import Document, Outcome
from tweetrecon.pipeline import Settings
from tweetrecon.store import open_dataset


def capture(uri: str, offset: int | None = None, outcome: Outcome = Outcome.NONE) -> Capture:
    return Capture(Document(document_id=f"{uri}{offset}", source_uri=uri, source_offset=offset, outcome=outcome))


def test_bytes_are_those_before_the_last_record() -> None:
    tally = Tally({"a.html": 100, "b.warc.gz": 1000, "c.jsonl.gz": 50, "d.parquet": 10})
    seen = []
    for uri, offset in [
        ("a.html", None),
        ("b.warc.gz", 0),
        ("b.warc.gz", 700),
        ("c.jsonl.gz", 40),
        ("d.parquet", None),
    ]:
        tally.add(capture(uri, offset))
        seen.append(tally.bytes)
    assert seen == [0, 100, 800, 1100, 1150]  # offsets in a file that is compressed as a whole are not its own
    assert tally.total == 1160


def test_a_run_that_goes_on_counts_what_was_done_before() -> None:
    tally = Tally({"a.html": 100, "b.html": 100})
    tally.add(capture("b.html", outcome=Outcome.REJECTED))
    assert (tally.bytes, tally.documents, tally.rejected) == (100, 1, 1)
    tally.add(Capture(None))
    assert tally.documents == 1


def test_progress_as_json_lines(call: Call) -> None:
    ended = call("run", "samples", "-o", "out", "--log-json")
    joining, last = map(json.loads, ended.err.splitlines()[-2:])
    assert (joining["event"], last["event"]) == ("joining", "done")
    assert (last["documents"], last["rejected"]) == (5, 0)
    assert last["sightings"] == open_dataset("out").sightings.num_rows
    assert last["bytes"] == last["bytes_total"] > 1000


def test_a_bar_on_a_terminal_alone(call: Call, root: Path) -> None:
    command = [sys.executable, "-m", "tweetrecon", "run", "samples", "-o", "out", "--workers", "0"]
    environment = {**os.environ, "PYTHONPATH": str(root), "TERM": "xterm", "COLUMNS": "120"}
    above, below = pty.openpty()
    done = subprocess.run(command, env=environment, stderr=below, stdout=subprocess.PIPE, check=False)
    os.close(below)
    shown = os.read(above, 100_000).decode()
    os.close(above)
    assert (done.returncode, done.stdout) == (0, b"")
    assert "5 documents · " in shown
    assert "joining threads" in shown
    assert "%" in shown
    assert "\x1b" not in call("run", "samples", "-o", "piped").err


def test_the_watch_is_told_of_each_record_and_of_the_end(tmp_path: Path, root: Path) -> None:
    seen: list[Capture | None] = []
    pipeline.run(readers.find([root / "samples"]), tmp_path / "out", Settings(watch=seen.append))
    assert [c is None for c in seen] == [False] * (len(seen) - 1) + [True]
