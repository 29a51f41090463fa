"""Web archives cut and changed at random places.

Of a cut archive every record before the cut is read, and the cut reported; of one with a flipped bit every record but
the damaged one. Never does a record come out with other contents than it went in with and nothing said about it.
"""

import random
from collections import Counter
from itertools import accumulate

import pytest

from scripts.make_warc import PACK, Page, records
from tests.torture.damage import THOROUGH, check_the_law
from tweetrecon import readers
from tweetrecon.model import Document, Reject
from tweetrecon.readers import DEFAULTS, Source

TIMES = 350 if THOROUGH else 70
"""Of each packing, so that there are a thousand of each damage, or two hundred."""
PAGES = 60
WORDS = "harbour flood council bridge night levee rain statement mayor evening water train".split()


class Archive:
    """An archive, the digests of its documents, and where in it each one's records end."""

    def __init__(self, name: str, rng: random.Random) -> None:
        pages = (
            Page(
                f"https://news.example/{n}", f"<html><p>{' '.join(rng.choices(WORDS, k=3000))}</p>".encode(), "ordinary"
            )
            for n in range(PAGES)
        )
        parts = [PACK[name](record) for record in records(pages, rng)]
        self.data = b"".join(parts)
        self.whole = {document.payload_sha256 for document in read(self.data)[0]}
        self.boundaries = list(accumulate(map(len, parts)))
        self.ends = self.boundaries[2::3]  # of request, response and metadata
        assert len(self.whole) == len(self.ends) == PAGES


def read(data: bytes) -> tuple[list[Document], bool]:
    """The documents read without any reservation, and whether there are reservations or losses."""
    items = list(readers.read_source(Source("a.warc", data=data), DEFAULTS))
    check_the_law(items)
    doubtful = {item.document_id for item in items if isinstance(item, Reject) and item.document_id}
    return [i for i in items if isinstance(i, Document) and i.document_id not in doubtful], bool(doubtful)


def examine(archive: Archive, data: bytes, expected: int) -> Counter[str]:
    good, reported = read(data)
    right = len({document.payload_sha256 for document in good} & archive.whole)
    return Counter({"wrong": len(good) - right, "short": int(right < expected), "silent": int(not reported)})


@pytest.mark.parametrize("name", PACK)
def test_cuts(name: str) -> None:
    rng = random.Random(f"cuts {name}")
    archive = Archive(name, rng)
    figures = Counter[str]()
    for _ in range(TIMES):
        cut = rng.randrange(1, len(archive.data))
        whole = sum(end <= cut for end in archive.ends)
        if cut not in archive.boundaries:  # where nothing tells that anything is missing
            figures += examine(archive, archive.data[:cut], whole)
    assert figures == Counter()


@pytest.mark.parametrize("name", PACK)
def test_flipped_bits(name: str) -> None:
    """A flip in the header of a packed member, where nothing depends on it, is rightly passed over."""
    rng = random.Random(f"flips {name}")
    archive = Archive(name, rng)
    figures = Counter[str]()
    for _ in range(TIMES):
        data = bytearray(archive.data)
        data[rng.randrange(len(data))] ^= 1 << rng.randrange(8)
        figures += examine(archive, bytes(data), PAGES - 1)
    assert (figures["wrong"], figures["short"]) == (0, 0)
    assert figures["silent"] <= TIMES * 0.05
