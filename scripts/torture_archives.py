"""Cut and damage web archives at random places, and count what is still read.

Of a cut archive every record before the cut must be read, and the cut reported; of one with a flipped bit every record
but the damaged one; never may a record come out with other contents than it went in with and nothing said about it.

    python -m scripts.torture_archives --times 200
"""

import argparse
import random
from collections import Counter
from collections.abc import Callable

from scripts.make_warc import PACK, Page, records
from tweetrecon import readers
from tweetrecon.model import Document, Reject
from tweetrecon.readers import DEFAULTS, Source

PAGES = 60
WORDS = "harbour flood council bridge night levee rain statement mayor evening water train".split()


def archive(pack: Callable[[bytes], bytes], rng: random.Random) -> tuple[bytes, set[str], list[int]]:
    """An archive; the digests of its documents; where in it each one's records end."""
    pages = (
        Page(f"https://news.example/{n}", f"<html><p>{' '.join(rng.choices(WORDS, k=3000))}</p>".encode(), "ordinary")
        for n in range(PAGES)
    )
    parts = [pack(record) for record in records(pages, rng)]
    data = b"".join(parts)
    whole = {d.payload_sha256 for d in read(data)[0]}
    ends = [sum(map(len, parts[: n + 1])) for n, _ in enumerate(parts) if n % 3 == 2]  # request, response, metadata
    assert len(whole) == len(ends) == PAGES
    return data, whole, ends


def read(data: bytes) -> tuple[list[Document], bool]:
    """The documents read without any reservation, and whether there are reservations or losses."""
    items = list(readers.read_source(Source("a.warc", data=data), DEFAULTS))
    doubtful = {i.document_id for i in items if isinstance(i, Reject) and i.document_id}
    return [i for i in items if isinstance(i, Document) and i.document_id not in doubtful], bool(doubtful)


def examine(data: bytes, whole: set[str], figures: Counter[str], expected: int) -> None:
    """Add to the figures what is read of a damaged archive."""
    good, reported = read(data)
    right = len({d.payload_sha256 for d in good} & whole)
    figures["recovered"] += right
    figures["expected"] += expected
    figures["wrong"] += len(good) - right
    figures["reported"] += reported
    figures["short"] += right < expected


def torture(name: str, times: int, rng: random.Random) -> None:
    data, whole, ends = archive(PACK[name], rng)
    cuts, flips = Counter[str](), Counter[str]()
    for _ in range(times):
        cut = rng.randrange(1, len(data))
        examine(data[:cut], whole, cuts, sum(end <= cut for end in ends))
        damaged = bytearray(data)
        damaged[rng.randrange(len(data))] ^= 1 << rng.randrange(8)
        examine(bytes(damaged), whole, flips, PAGES - 1)
    for what, figures in (("cuts", cuts), ("flips", flips)):
        print(
            f"{name:6} {times} {what:5}: {figures['recovered']:,} of {figures['expected']:,} records recovered"
            f" ({figures['short']} times fewer), {figures['wrong']} wrong, {figures['reported']} times reported"
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--times", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    for name in PACK:
        torture(name, arguments.times, random.Random(arguments.seed))


if __name__ == "__main__":
    main()
