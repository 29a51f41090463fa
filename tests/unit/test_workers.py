"""Whatever a page does to the process that reads it, the others are read, in their order."""

import os
import signal
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from tweetrecon import extraction, workers
from tweetrecon.extraction import Capture
from tweetrecon.model import Document, Outcome, Reject, RejectCode, Stage
from tweetrecon.processes import USUAL, Limits
from tweetrecon.readers import Slice

TWEET = (
    '<blockquote class="twitter-tweet"><p>Rain at the quay {0}</p>&mdash; Ann (@ann_example) '
    '<a href="https://twitter.com/ann_example/status/14557799436685189{0:02}">November 3, 2021</a></blockquote>'
)


def document(number: int, text: str | None = None) -> Document:
    markup = TWEET.format(number) if text is None else text
    return Document(document_id=f"d{number}", source_uri="memory", media_type="text/html", text=markup)


def records(count: int) -> Iterator[Document | Reject]:
    """Pages with a tweet, pages without, and rejects of reading."""
    for number in range(count):
        yield document(number, "<p>No sign of any" if number % 3 == 1 else None)
        if number % 5 == 0:
            yield Reject(stage=Stage.READ, code=RejectCode.EMPTY, detail=str(number))


def captured(items: Iterable[Document | Reject | Slice], count: int, limits: Limits = USUAL) -> list[Capture]:
    return [capture for captures in workers.run(items, count, limits) for capture in captures]


def extracting(hostile: Document) -> None:
    """Replaces the extraction in a worker: a document's title says what its page does."""
    if hostile.title == "hang":
        time.sleep(60)
    if hostile.title == "die":
        os.kill(os.getpid(), signal.SIGSEGV)
    if hostile.title == "swell":
        _ = bytearray(2**31)


def test_the_number_of_workers_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "TASK_DOCUMENTS", 7)
    alone = captured(records(60), 0)
    assert [len(c.sightings) for c in alone if c.document][:4] == [1, 0, 1, 1]
    assert captured(records(60), 1) == captured(records(60), 2) == alone


HOSTILE = """
import sys
sys.path.insert(0, {root!r})
from tests.unit import test_workers
from tweetrecon import extraction
plain = extraction.extract
def extract(record):
    test_workers.extracting(record)
    return plain(record)
extraction.extract = extract
"""


@pytest.fixture
def hostile(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every Python process started from now on reads pages as :func:`extracting` says."""
    (tmp_path / "sitecustomize.py").write_text(HOSTILE.format(root=str(root)))
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))


@pytest.mark.usefixtures("hostile")
def test_a_page_that_hangs_crashes_or_swells_costs_itself_alone() -> None:
    deeds = {3: "hang", 5: "die", 9: "swell"}
    given = [
        Document(document_id=f"d{n}", source_uri="m", media_type="text/html", text=TWEET.format(n), title=deeds.get(n))
        for n in range(12)
    ]
    done = captured(given, 1, Limits(seconds=2.0))
    assert [c.document.document_id for c in done if c.document] == [d.document_id for d in given]
    codes = {n: c.rejects[0].code for n, c in enumerate(done) if c.rejects}
    assert codes == {3: RejectCode.TIMED_OUT, 5: RejectCode.WORKER_DIED, 9: RejectCode.WORKER_DIED}
    for number, capture in enumerate(done):
        assert capture.document is not None
        assert (capture.document.outcome is Outcome.REJECTED) == (number in deeds)
        assert len(capture.sightings) == (number not in deeds)


def test_an_exception_of_a_step_refuses_the_document(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(extraction, "resolve", lambda *_: 1 // 0)
    (capture,) = captured([document(1)], 0)
    assert capture.document is not None
    assert capture.document.outcome is Outcome.REJECTED
    assert [(r.code, r.detail[:17]) for r in capture.rejects] == [(RejectCode.DOCUMENT_CRASHED, "ZeroDivisionError")]


def test_a_page_without_any_tree_is_rejected() -> None:
    (capture,) = captured([document(1, '<!-- class="twitter-tweet" -->')], 0)
    assert capture.document is not None
    assert capture.document.outcome is Outcome.REJECTED
    assert [r.code for r in capture.rejects] == [RejectCode.PARSE_FAILED]
