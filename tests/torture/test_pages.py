"""Pages with tweets, damaged at random places: every one ends in sightings or coded rejects, none in an exception."""

import gzip
import json
import random
import signal
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.torture.damage import CRASHES, THOROUGH, check_the_law, damaged
from tweetrecon import extraction, readers
from tweetrecon.model import Document, Reject
from tweetrecon.readers import DEFAULTS, Source
from tweetrecon.schema import to_table

OWN = 2000
REAL = 10_000
SECONDS = 10

PIECES = (
    b"<div>",
    b"</div>",
    b"<blockquote class='twitter-tweet'>",
    b"</blockquote>",
    b"<a href='https://twitter.com/ann/status/",
    b"<script>",
    b"</script>",
    b"<!--",
    b"-->",
    b"<![CDATA[",
    b"<template><svg>",
    b"</p><table><tr>",
    b"\0",
    b"\xff\xfe",
    b"&#xD800;",
    b"\\ud800",
    b"&#0;",
    b"&lt;blockquote&gt;",
    b'"',
    b"'",
    b"<",
    b"\xe2\x80\xae",
    b"{" * 50,
    b"[" * 50,
    b"data-tweet-id=99999999999999999999999",
    b" 31 February 20222 ",
)


@contextmanager
def within(seconds: int) -> Iterator[None]:
    """Fail where the block takes longer."""

    def late(number: int, frame: object) -> None:
        raise TimeoutError

    before = signal.signal(signal.SIGALRM, late)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def examine(name: str, data: bytes) -> bool:
    """Read a page as a run would; whether any tweet was found."""
    with within(SECONDS):
        items = list(readers.read_source(Source(name, data=data), DEFAULTS))
        captures = [extraction.extract(item) for item in items]
    documents = [capture.document for capture in captures if capture.document is not None]
    rejects = [reject for capture in captures for reject in capture.rejects]
    check_the_law([*documents, *rejects])
    assert not [reject for reject in rejects if reject.code in CRASHES]
    sightings = [sighting for capture in captures for sighting in capture.sightings]
    tables: dict[str, Sequence[object]] = {"documents": documents, "sightings": sightings, "rejects": rejects}
    for table, rows in tables.items():
        to_table(table, rows)
    return bool(sightings)


def mutants(pages: list[tuple[str, bytes]], count: int) -> tuple[int, list[str]]:
    """How many damaged pages still show a tweet, and those that broke the reading, with what they raised."""
    rng = random.Random(8)
    shown, broken = 0, []
    for _ in range(count):
        name, data = rng.choice(pages)
        mutant = damaged(data, rng, PIECES)
        try:
            shown += examine(name, mutant)
        except Exception as error:  # noqa: BLE001 - this is what the test looks for
            broken.append(f"{name}: {error!r}"[:300])
    return shown, broken


def test_damaged_pages_of_all_forms(root: Path) -> None:
    cases = sorted(p for p in (root / "tests" / "forms").rglob("*") if p.suffix in (".html", ".txt", ".md"))
    shown, broken = mutants([(path.name, path.read_bytes()) for path in cases], OWN)
    assert broken == []
    assert shown > OWN / 3


@pytest.mark.corpus
@pytest.mark.skipif(not THOROUGH, reason="takes minutes: `make torture`")
def test_damaged_pages_of_real_sites(shared: Path) -> None:
    labels = map(json.loads, (shared / "corpus" / "html_labels.jsonl").read_text("utf-8").splitlines())
    names = [Path(label["file"]).name for label in labels if label["has_embedded"]]
    pages = [(name, gzip.decompress((shared / "corpus" / "html" / name).read_bytes())) for name in names]
    shown, broken = mutants([(name.removesuffix(".gz"), data) for name, data in pages], REAL)
    assert broken == []
    assert shown > REAL / 2


def test_the_law_notices_what_is_lost() -> None:
    document = Document(document_id="d", source_uri="m")
    with pytest.raises(AssertionError):
        check_the_law([document, document])
    stray = Reject(stage="read", code="empty", document_id="e")  # type: ignore[arg-type]
    with pytest.raises(AssertionError):
        check_the_law([document, stray])
