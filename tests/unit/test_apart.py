"""Whatever a file does to the library that reads it, the run goes on, and what was read before is there."""

import os
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tweetrecon import pipeline, readers
from tweetrecon.apart import Apart
from tweetrecon.model import Document, Outcome, Reject, RejectCode
from tweetrecon.pipeline import Settings
from tweetrecon.processes import Limits
from tweetrecon.readers import DEFAULTS, Source
from tweetrecon.store import open_dataset

TWEET = (
    '<blockquote class="twitter-tweet"><p>Rain at the quay {0}</p>&mdash; Ann (@ann_example) '
    '<a href="https://twitter.com/ann_example/status/14557799436685189{0:02}">November 3, 2021</a></blockquote>'
)

HOSTILE = """
import os, signal, time
from tweetrecon import readers

plain = readers.read_source

def reading(source, options):
    for number, item in enumerate(plain(source, options), 1):
        yield item
        if number == 2 and "hang" in source.uri:
            time.sleep(60)
        if number == 2 and "die" in source.uri:
            os.kill(os.getpid(), signal.SIGSEGV)
        if number == 2 and "swell" in source.uri:
            bytearray(2**31)

readers.read_source = reading
"""
"""Replaces reading in the process apart: the name of a file says what it does after its second document."""


@pytest.fixture
def tables(tmp_path: Path) -> Path:
    folder = tmp_path / "tables"
    folder.mkdir()
    for name in ("a", "die", "hang", "swell", "z"):
        pq.write_table(pa.table({"html": [TWEET.format(n) for n in range(5)]}), folder / f"{name}.parquet")
    return folder


@pytest.fixture
def harm(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every Python process started from now on reads files in the way of :data:`HOSTILE`."""
    (tmp_path / "sitecustomize.py").write_text(HOSTILE)
    monkeypatch.setenv("PYTHONPATH", f"{tmp_path}{os.pathsep}{root}")


@pytest.mark.usefixtures("harm")
def test_a_file_that_crashes_hangs_or_swells_costs_its_rest_alone(tables: Path) -> None:
    with Apart(Limits(seconds=3.0)) as apart:
        found = {p.stem: list(apart.read(Source(p.name, path=p), DEFAULTS)) for p in sorted(tables.iterdir())}
    outcomes = {name: [i.outcome for i in items if isinstance(i, Document)] for name, items in found.items()}
    assert outcomes["a"] == outcomes["z"] == [Outcome.NONE] * 5
    assert outcomes["die"] == outcomes["hang"] == outcomes["swell"] == [Outcome.NONE] * 2 + [Outcome.REJECTED]
    codes = {name: [i.code for i in items if isinstance(i, Reject)] for name, items in found.items()}
    assert codes == {
        "a": [],
        "die": [RejectCode.WORKER_DIED],
        "hang": [RejectCode.TIMED_OUT],
        "swell": [RejectCode.WORKER_DIED],
        "z": [],
    }


def test_what_is_read_apart_is_the_same(tables: Path, tmp_path: Path) -> None:
    (tables / "page.html").write_text(TWEET.format(7))
    for workers in (0, 1):
        pipeline.capture(readers.find([tables]), tmp_path / str(workers), Settings(workers=workers))
    alone, with_workers = (open_dataset(tmp_path / name) for name in ("0", "1"))
    assert alone.documents.equals(with_workers.documents)
    assert alone.sightings.equals(with_workers.sightings)
    assert alone.documents.num_rows == 26


def test_which_files_are_read_apart(tables: Path, tmp_path: Path) -> None:
    assert readers.is_read_apart(Source("a", path=tables / "a.parquet"), DEFAULTS)
    (tmp_path / "page.html").write_text("<p>")
    assert not readers.is_read_apart(Source("page.html", path=tmp_path / "page.html"), DEFAULTS)
    assert not readers.is_read_apart(Source("x.parquet", path=tmp_path / "gone.parquet"), DEFAULTS)
    assert not readers.is_read_apart(Source("-"), DEFAULTS)
