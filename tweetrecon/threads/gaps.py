"""What a thread is known to lack: parents and sources that nobody shows, and holes in the author's own numbering."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from tweetrecon.model import Gap

LONGEST_SERIES = 100
"""Numbers beyond this are years, scores and jokes rather than places in a thread."""


def gaps(members: Sequence[Mapping[str, Any]]) -> tuple[Gap, ...]:
    """The gaps of a thread, given its tweets in order (as in the column ``tweets``)."""
    return (*_not_captured(members), *_numbers(members))


def _not_captured(members: Sequence[Mapping[str, Any]]) -> Iterator[Gap]:
    retweeted = {m["parent_key"] for m in members if m["reference_type"] == "retweeted"}
    for member in members:
        if member["status"] == "implied":
            yield Gap(
                after_position=member["position"] - 1 if member["position"] else None,
                reason="source_not_captured" if member["tweet_key"] in retweeted else "parent_not_captured",
                tweet_id=member["tweet_id"],
                author_username=member["author_username"],
            )


def _numbers(members: Sequence[Mapping[str, Any]]) -> Iterator[Gap]:
    series: dict[str, dict[int, Mapping[str, Any]]] = defaultdict(dict)
    for member in members:
        if member["number"] is not None and 1 <= member["number"] <= LONGEST_SERIES and member["author_username"]:
            series[member["author_username"].casefold()].setdefault(member["number"], member)
    for _, numbered in sorted(series.items()):
        yield from _holes(numbered)


def _holes(numbered: Mapping[int, Mapping[str, Any]]) -> Iterator[Gap]:
    last = max(numbered)
    total = max((m["number_total"] or 0 for m in numbered.values()), default=0)
    before: int | None = None
    for number in range(1, min(max(last, total), LONGEST_SERIES) + 1):
        if number in numbered:
            before = numbered[number]["position"]
            continue
        yield Gap(
            after_position=before,
            reason="number_missing" if number < last else "tail_missing",
            author_username=numbered[last]["author_username"],
            number=f"{number}/{total}" if total else str(number),
        )
