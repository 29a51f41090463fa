"""An archive read in slices gives what it gives in one go, also where it is damaged or says things twice."""

import random
from pathlib import Path

import pytest

from scripts.make_warc import BEGUN, Page, packed_gzip, records, warc_record
from tweetrecon import extraction, readers, sliced, workers
from tweetrecon.extraction import Capture
from tweetrecon.model import RejectCode
from tweetrecon.readers import DEFAULTS, Slice, Source, slices

TWEET = (
    '<blockquote class="twitter-tweet"><p>Rain at the quay</p>&mdash; Ann (@ann_example) '
    '<a href="https://twitter.com/ann_example/status/14557799436685189{0:02}">November 3, 2021</a></blockquote>'
)


@pytest.fixture(autouse=True)
def small_slices(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(slices, "SIZE", 1500)


def archive(count: int = 40) -> list[bytes]:
    """Packed records of a small crawl: pages with a tweet, pages without, other characters, records of other types."""
    rng = random.Random(7)

    def payload(number: int) -> bytes:
        kind = number % 4
        told = TWEET.format(number) if kind == 0 else "Caf\u00e9 am Kai" if kind == 1 else "No sign of any"
        return f"<p>{told}<p>{rng.randbytes(150).hex()}".encode("latin-1" if kind == 1 else "utf-8")

    pages = (Page(f"https://news.example/{n}", payload(n), "ordinary") for n in range(count))
    return [packed_gzip(record) for record in records(pages, rng)]


def in_one_go(source: Source) -> list[Capture]:
    return [extraction.extract(read) for read in readers.read_source(source, DEFAULTS)]


def in_slices(source: Source, count: int = 0) -> list[Capture]:
    parts = list(readers.parts(source, DEFAULTS))
    assert all(isinstance(part, Slice) for part in parts)
    return [capture for captures in workers.run(parts, count) for capture in captures]


def written(data: bytes, folder: Path) -> Source:
    (folder / "a.warc.gz").write_bytes(data)
    return Source("a.warc.gz", folder / "a.warc.gz")


def test_a_sound_archive(tmp_path: Path) -> None:
    source = written(b"".join(archive()), tmp_path)
    assert len(list(readers.parts(source, DEFAULTS))) > 5
    found = in_slices(source)
    assert found == in_one_go(source)
    assert sum(len(capture.sightings) for capture in found) == 10
    assert in_slices(source, 2) == found


def test_a_key_that_comes_again_in_another_slice(tmp_path: Path) -> None:
    parts = archive()
    source = written(b"".join([*parts, *parts[1:]]), tmp_path)
    found = in_slices(source)
    assert found == in_one_go(source)
    ids = [capture.document.document_id for capture in found if capture.document]
    assert len(ids) == len(set(ids)) == 80


def test_a_record_longer_than_a_slice(tmp_path: Path) -> None:
    """Its content holds an archive, whose records are none of this one's."""
    inner = b"".join(archive(30))
    whole = packed_gzip(warc_record("resource", inner, "inner", BEGUN, Content_Type="application/warc"))
    parts = archive()
    source = written(b"".join([*parts[:30], whole, *parts[30:]]), tmp_path)
    found = in_slices(source)
    assert found == in_one_go(source)
    assert sum(capture.document is not None for capture in found) == 40


@pytest.mark.parametrize("seed", range(30))
def test_a_damaged_archive(seed: int, tmp_path: Path) -> None:
    rng = random.Random(seed)
    data = bytearray(b"".join(archive()))
    for _ in range(rng.randint(1, 4)):
        place = rng.randrange(600, len(data))
        data[place : place + rng.choice((0, 1, 900))] = rng.randbytes(rng.choice((0, 1, 5, 900)))
    source = written(bytes(data), tmp_path)
    if slices.can_be_cut(source):
        assert in_slices(source) == in_one_go(source)


def test_slices_of_an_earlier_run_only_tell_their_keys(tmp_path: Path) -> None:
    source = written(b"".join(archive() * 2), tmp_path)
    parts = [part for part in readers.parts(source, DEFAULTS) if isinstance(part, Slice)]
    each = [list(captures) for captures in workers.run(parts, 0)]
    again = [part._replace(is_done=number < 7) for number, part in enumerate(parts)]
    assert [list(captures) for captures in workers.run(again, 0)] == [[]] * 7 + each[7:]


@pytest.mark.parametrize("data", [b"", b"\x1f\x8b", b"WARC/1.1\r\n", packed_gzip(b"<p>No archive")])
def test_what_cannot_be_cut_is_read_as_it_is(data: bytes, tmp_path: Path) -> None:
    source = written(data, tmp_path)
    assert list(readers.parts(source, DEFAULTS)) == list(readers.read_source(source, DEFAULTS))


def failing(part: Slice, ledger: readers.Ledger) -> sliced.Portion:
    """Replaces a slice's extraction in a worker."""
    raise MemoryError


def test_a_slice_that_fails_is_done_page_by_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = written(b"".join(archive()), tmp_path)
    expected = in_one_go(source)
    monkeypatch.setattr(sliced, "portion", failing)
    assert in_slices(source, 1) == expected


def test_a_slice_that_cannot_even_be_read_is_rejected(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = written(b"".join(archive()), tmp_path)
    monkeypatch.setattr(sliced, "portion", failing)
    monkeypatch.setattr(sliced, "contents", failing)
    found = in_slices(source, 1)
    parts = list(readers.parts(source, DEFAULTS))
    assert [reject.code for capture in found for reject in capture.rejects] == [RejectCode.WORKER_DIED] * len(parts)
    assert sum(capture.document is not None for capture in found) == len(parts)
