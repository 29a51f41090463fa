"""Time the readers of tweets' texts on hostile texts of n, 2n, 4n and 8n characters: the time must grow no faster.

    python scripts/attack_text_grammar.py          the slowest text of each reader
    python scripts/attack_text_grammar.py --all    every text

Each figure is the best of three. A ratio near 2 a doubling is linear; the machine's noise shows below a millisecond.
"""

import argparse
import time
from collections.abc import Callable

from tweetrecon.twitter import numbering, retweets

READERS: dict[str, Callable[[str], object]] = {
    "retweets.parse": retweets.parse,
    "numbering.parse": numbering.parse,
    "numbering.opens_thread": numbering.opens_thread,
    "numbering.continues": numbering.continues,
}
UNITS = [
    "RT @a: ", "RT @a ", "RT @a, ", "RT ", "rt @a ", "retweeting @a ", "MT “@a: x” ", "“@a: ", '"@a ', "'@a: ",
    "“", "”", '"', "„“", "'", "via @a ", "cc @a, ", "@a, ", "OH @a", "<-", "&lt;", "… ", "\u200f", " ", "\n",
    "(", "[", "🧵", "👇", "@a ", "#a ", "1/", "1/2 ", "(1/2) ", "1. ", "1) ", "1", "1️⃣", "①", "其一",
    "thread ", ". a thread", "(thread: ", "http://t.co/a ", "a.b.", "(cont ", "A", "é", "灯",
]  # fmt: skip
LENGTHS = (12_500, 25_000, 50_000, 100_000)


def best_time(read: Callable[[str], object], text: str) -> float:
    """Milliseconds, the best of three."""
    times = []
    for _ in range(3):
        start = time.perf_counter()
        read(text)
        times.append(time.perf_counter() - start)
    return min(times) * 1000


def attack(read: Callable[[str], object], unit: str) -> list[float]:
    """Milliseconds for each of `LENGTHS`."""
    return [best_time(read, (unit * (length // len(unit) + 1))[:length]) for length in LENGTHS]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--all", action="store_true", help="print every text, not only the slowest of each reader")
    chosen = parser.parse_args()
    print(
        "reader".ljust(24)
        + "repeated".ljust(16)
        + "".join(f"{length:>10,}" for length in LENGTHS)
        + "  ratio of the last two"
    )
    for name, read in READERS.items():
        results = sorted(((attack(read, unit), unit) for unit in UNITS), key=lambda result: -result[0][-1])
        for times, unit in results if chosen.all else results[:3]:
            cells = "".join(f"{milliseconds:>8.2f}ms" for milliseconds in times)
            print(f"{name:<24}{unit!r:<16}{cells}  {times[-1] / times[-2]:.1f}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
