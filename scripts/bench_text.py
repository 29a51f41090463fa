"""Time the forms of flattened text, and show that they grow no faster than the text.

    python scripts/bench_text.py              MB/s with and without tweets, beside plain searches in the same run
    python scripts/bench_text.py --attack     hostile texts, doubled up to 500 kB: the worst ratio of a doubling
    python scripts/bench_text.py --attack --largest 10000000    the same up to 10 MB, some minutes

Texts come from ``../shared/corpus/text``; figures are CPU seconds of one core, the best of three.
"""

import argparse
import gzip
import json
import re
import time
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

from tweetrecon.forms import TEXT_FORMS
from tweetrecon.forms.form import TextView
from tweetrecon.twitter import byline, talk

TEXTS = Path(__file__).resolve().parents[2] / "shared" / "corpus" / "text"
FILES = ("negatives", "wet_like", "html_text", "inscriptis", "bs4_newline", "bs4_space")
PLAIN = re.compile(r"\(@\w{1,15}\)")
UNITS = (
    "— N (@n) ", "— N (@n) June 1, 2018\n", "— N (@n) June 1, 2018 ", "(@n) ", "(@", "@", "— ", "-- ", "\n", "\n\n",
    "> ", "> \n", " ", "a ", "a", "é", "寿司。", "[", "](", "[a](", "“@a: ", "“", '"@a: ', "(@a) tweeted ",
    "(@a) tweeted: “", "RT @a: b\n", "RT @a: ", "3:05 PM - ", "3:05 PM - Apr 1, 2018\n", "@a\n",
    "A ✔ @a\n3:05 PM - Apr 1, 2018\n", "https://t.co/a ", "pic.twitter.com/a ", "#a ", "tweet ", "twitter",
    "<https://", "1. ", "\u200f", "A (@a) June 1, 2018\n", "word. ", "(@n)\n", "“x,” (@n) ", "”@a ", '@a "',
    "&mdash; N (@n) ", "[a]: ", "[a]: b\n", "[June 1, 2018]", "(\u200e@", "（@n）", "- N (@n) June 1, 2018\n",
    "— a — b — c (@n) 2h\n", '<blockquote class="twitter-tweet">', "```\n", "> — N (@n) June\n> 1, 2018\n",
    "twitter.com\nA (a)\n3:05 PM - Apr 1, 2018\n", "https://twitter.com/a/status/1002637001554841600\n\n",
    "「a」ツイート@a ",
)  # fmt: skip
LARGEST = 500_000
"""Characters of the longest hostile text; it is read at a quarter and at a half of that, too."""


def read_all(text: str) -> None:
    """What detection does with a text: each form whose sign stands in it."""
    view = TextView(text)
    for form in TEXT_FORMS:
        if any(sign in text for sign in form.signs):
            for _ in form.read(view):
                pass


READERS: dict[str, Callable[[str], object]] = {
    "str.count": lambda text: text.count("(@"),
    "one regex": lambda text: sum(1 for _ in PLAIN.finditer(text)),
    "bylines": lambda text: sum(1 for _ in byline.find(text)),
    "all forms": read_all,
    "talk": talk.count,
}


def seconds(read: Callable[[str], object], texts: list[str]) -> float:
    best = float("inf")
    for _ in range(3):
        start = time.process_time()
        for text in texts:
            read(text)
        best = min(best, time.process_time() - start)
    return max(best, 1e-9)


def speeds() -> None:
    print("MB/s".ljust(14) + "".join(f"{name:>14}" for name in READERS))
    for name in FILES:
        with gzip.open(TEXTS / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
            texts = [json.loads(line)["text"] for line in lines]
        size = sum(len(text.encode()) for text in texts) / 1e6
        print(name.ljust(14) + "".join(f"{size / seconds(read, texts):14.1f}" for read in READERS.values()))


def attack(largest: int) -> None:
    """How long all forms together take, and how the time grows with a doubling."""
    for unit in UNITS:
        times = [seconds(read_all, [unit * (size // len(unit))]) for size in (largest // 4, largest // 2, largest)]
        ratios = [b / a for a, b in pairwise(times)]
        print(
            f"{unit!r:40}" + "".join(f"{1000 * t:9.0f} ms" for t in times) + f"   ratio {max(ratios):.2f}", flush=True
        )


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--attack", action="store_true", help="hostile texts instead of real ones")
    parser.add_argument("--largest", type=int, default=LARGEST, help="characters of the longest hostile text")
    chosen = parser.parse_args()
    if chosen.attack:
        attack(chosen.largest)
    else:
        speeds()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
