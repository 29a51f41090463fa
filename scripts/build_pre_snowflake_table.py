"""Choose the points of the table that dates tweet ids from before Snowflake (November 2010).

    python scripts/build_pre_snowflake_table.py            write tweetrecon/twitter/pre_snowflake.csv
    python scripts/build_pre_snowflake_table.py --check    exit 1 if the committed table is another

Reads ../shared/corpus/threads/pre_snowflake_ids.csv: 12,020 facts (id, second), between which linear interpolation was
within 120 s on 78,544 posts. Of these it keeps the at most 2,400 that make the squared error of interpolation, weighted
by time, the smallest: a shortest path with a price per point, the price found by bisection. Prints what error remains.
"""

from __future__ import annotations

import argparse
import csv
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[1]
FACTS = ROOT.parent / "shared" / "corpus" / "threads" / "pre_snowflake_ids.csv"
TABLE = ROOT / "tweetrecon" / "twitter" / "pre_snowflake.csv"

MOST_POINTS = 2_400
LONGEST_SEGMENT = 40  # facts; no segment of the result is longer
# "just setting up my twttr"; the last point of TweetedAt (github.com/oduwsdl/tweetedat, MIT), 13 s before the switch.
FIRST = (20, "2006-03-21T20:50:14Z")
LAST = (29_700_859_247, "2010-11-04T21:02:48Z")

FACTS_ERROR = 120  # seconds, as measured on posts between the facts
# Seconds between two facts: over more than SURE_GAP few posts were seen, and the miss may grow to a share of the gap
# (99 % of the facts, when left out, were missed by less); over more than BLIND_GAP the curve is not known at all.
SURE_GAP = 6 * 3_600
SHARE_OF_GAP = 0.15
BLIND_GAP = 3 * 86_400


class Fact(NamedTuple):
    """A tweet's id and its Unix second."""

    tweet_id: int
    second: int


def facts() -> list[Fact]:
    with FACTS.open(newline="") as lines:
        between = [(int(tweet_id), moment) for tweet_id, moment in list(csv.reader(lines))[1:]]
    return [Fact(number, int(datetime.fromisoformat(moment).timestamp())) for number, moment in (FIRST, *between, LAST)]


def errors(known: list[Fact], first: int, last: int) -> list[float]:
    """Seconds by which interpolation between two facts misses each fact between them."""
    a, b = known[first], known[last]
    pace = (b.second - a.second) / (b.tweet_id - a.tweet_id)
    return [a.second + (k.tweet_id - a.tweet_id) * pace - k.second for k in known[first + 1 : last]]


def segment_costs(known: list[Fact]) -> list[list[float]]:
    """For each fact, what it costs to go straight to each of the next ones."""
    weights = [0.0, *((c.second - a.second) / 2 for a, c in zip(known, known[2:], strict=False)), 0.0]

    def cost(first: int, last: int) -> float:
        return sum(w * e * e for w, e in zip(weights[first + 1 : last], errors(known, first, last), strict=True))

    ends = (range(i + 1, min(len(known), i + LONGEST_SEGMENT + 1)) for i in range(len(known) - 1))
    return [[cost(first, last) for last in lasts] for first, lasts in enumerate(ends)]


def cheapest(costs: list[list[float]], price: float) -> list[int]:
    """The points of the cheapest path from the first fact to the last, each point costing ``price``."""
    total = [0.0] + [float("inf")] * len(costs)
    before = [0] * len(total)
    for first, row in enumerate(costs):
        for last, cost in enumerate(row, first + 1):
            if total[first] + cost + price < total[last]:
                total[last], before[last] = total[first] + cost + price, first
    path = [len(costs)]
    while path[-1]:
        path.append(before[path[-1]])
    return path[::-1]


def points(known: list[Fact]) -> list[int]:
    """The largest set of at most MOST_POINTS points that some price makes the cheapest."""
    costs = segment_costs(known)
    low, high = 1.0, 1e15
    chosen = cheapest(costs, high)
    while high / low > 1.0001:
        price = (low * high) ** 0.5
        path = cheapest(costs, price)
        if len(path) > MOST_POINTS:
            low = price
        else:
            high, chosen = price, path
    return chosen


def error_of_segment(known: list[Fact], first: int, last: int) -> int:
    """Seconds that the interpolation on a segment will hardly miss by, given how well the facts are known there."""
    gap = max(b.second - a.second for a, b in zip(known[first:last], known[first + 1 : last + 1], strict=True))
    unseen = FACTS_ERROR if gap <= SURE_GAP else SHARE_OF_GAP * gap if gap <= BLIND_GAP else gap
    return round(max(map(abs, errors(known, first, last)), default=0) + unseen)


def table(known: list[Fact], chosen: list[int]) -> Iterator[str]:
    """Lines of the table; the error is that of the segment which begins at the point."""
    yield "tweet_id,created_at,error_seconds"
    for first, last in zip(chosen, [*chosen[1:], None], strict=True):
        moment = datetime.fromtimestamp(known[first].second, UTC)
        error = FACTS_ERROR if last is None else error_of_segment(known, first, last)
        yield f"{known[first].tweet_id},{moment:%Y-%m-%dT%H:%M:%SZ},{error}"


def summary(known: list[Fact], chosen: list[int]) -> str:
    missed = sorted(abs(e) / 60 for a, b in pairwise(chosen) for e in (*errors(known, a, b), 0.0))
    at = [missed[int(share * (len(missed) - 1))] for share in (0.5, 0.9, 0.99, 1)]
    return "{} points; minutes off at the facts: median {:.1f}, 90 % {:.1f}, 99 % {:.1f}, most {:.1f}".format(
        len(chosen), *at
    )


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 if the committed table differs")
    check = parser.parse_args().check
    known = facts()
    chosen = points(known)
    text = "".join(f"{line}\n" for line in table(known, chosen))
    print(summary(known, chosen))
    if check:
        return TABLE.read_text("utf-8") != text
    TABLE.write_text(text, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
