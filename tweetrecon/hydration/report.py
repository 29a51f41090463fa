"""What archives told about a dataset: gaps they closed, and how right the rules were that concluded without them.

Act 2 is done once more without the archives, and what it concludes is compared with what they state.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from tweetrecon import pipeline
from tweetrecon.interop.archive import UNAVAILABLE
from tweetrecon.interop.records import MEDIA_TYPE
from tweetrecon.model import NOT_A_REPLY, ReferenceType, Role
from tweetrecon.schema import ACT_1
from tweetrecon.store import Dataset
from tweetrecon.suppression import Suppression

Row = Mapping[str, Any]
_TREE = (ReferenceType.REPLIED_TO, ReferenceType.RETWEETED)


class Verdicts(NamedTuple):
    """How many conclusions of a rule archives confirm and refute, and of how many they tell nothing."""

    confirmed: int = 0
    refuted: int = 0
    untold: int = 0


class Report(NamedTuple):
    """Figures of a hydrated dataset. ``rules``: the verdicts on each rule that concludes answers and retweets."""

    tweets_cited: int
    tweets_archived: int
    tweets_identified: int
    tweets_unavailable: int
    gaps_before: int
    gaps_closed: int
    gaps_after: int
    confirmed: int
    refuted: int
    untold: int
    rules: dict[str, Verdicts]


class _View:
    """The tables of act 2 by tweet: which tweet a sighting shows, and what each answers or repeats."""

    def __init__(self, dataset: Dataset) -> None:
        self.tweets: dict[str, Row] = {row["tweet_key"]: row for row in dataset.tweets.to_pylist()}
        self.edges: dict[tuple[str, str], Row] = {
            (row["tweet_key"], row["type"]): row for row in dataset.references.to_pylist() if row["type"] in _TREE
        }
        self.key_of: dict[str, str] = {}
        self.shown_by: defaultdict[str, list[str]] = defaultdict(list)
        for row in dataset.citations.select(["sighting_id", "tweet_key"]).to_pylist():
            self.key_of[row["sighting_id"]] = row["tweet_key"]
            self.shown_by[row["tweet_key"]].append(row["sighting_id"])
        self.gaps: int = pc.sum(pc.list_value_length(dataset.threads["gaps"])).as_py() or 0

    def same(self, key: str, other: _View) -> str | None:
        """The key in another view of a tweet of this one; None where only its place is known."""
        shown = (other.key_of.get(sighting) for sighting in self.shown_by.get(key, ()))
        return next((found for found in shown if found), key if key in other.tweets else None)


def report(dataset: Dataset) -> Report:
    """Compare a dataset with itself without what archives gave."""
    before, after = _View(_without_archives(dataset)), _View(dataset)
    rules: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for edge in before.edges.values():
        if edge["inferred"]:
            rules[edge["method"]][_verdict(edge, before, after)] += 1
    total = sum(rules.values(), Counter[str]())
    cited = [row for row in after.tweets.values() if row["documents_count"]]
    archived = set(_archived_ids(dataset))
    return Report(
        tweets_cited=len(cited),
        tweets_archived=sum(row["tweet_id"] in archived for row in cited),
        tweets_identified=sum(_identified(row, before, after) for row in before.tweets.values()),
        tweets_unavailable=sum(UNAVAILABLE in row["flags"] for row in cited),
        gaps_before=before.gaps,
        gaps_closed=sum(1 for _ in _closed(before, after)),
        gaps_after=after.gaps,
        **{name: total[name] for name in Verdicts._fields},
        rules={rule: Verdicts(**counts) for rule, counts in sorted(rules.items())},
    )


def _without_archives(dataset: Dataset) -> Dataset:
    documents, sightings = dataset.documents, dataset.sightings
    from_archives = pc.equal(documents["media_type"], pa.scalar(MEDIA_TYPE))
    archived = documents.filter(from_archives)["document_id"].combine_chunks()
    captured = {name: dataset.table(name) for name in ACT_1} | {
        "documents": documents.filter(pc.invert(from_archives)),
        "sightings": sightings.filter(pc.invert(pc.is_in(sightings["document_id"], archived))),
    }
    return Dataset.in_memory(pipeline.without(captured, Suppression(dataset.redacted)))


def _archived_ids(dataset: Dataset) -> list[str | None]:
    sightings = dataset.sightings
    return sightings.filter(pc.equal(sightings["role"], pa.scalar(Role.ARCHIVED.value)))["tweet_id"].to_pylist()


def _verdict(edge: Row, before: _View, after: _View) -> str:
    """What archives say of a conclusion: that of the tweet at its end it is right, wrong, or nothing."""
    child = before.same(edge["tweet_key"], after)
    if child is None:
        return "untold"
    stated = after.edges.get((child, edge["type"]))
    if stated is None or stated["inferred"]:
        is_none = edge["type"] == ReferenceType.REPLIED_TO and NOT_A_REPLY in after.tweets[child]["flags"]
        return "refuted" if is_none else "untold"
    target = before.same(edge["target_key"], after)
    if target is not None:
        return "confirmed" if stated["target_key"] == target else "refuted"
    concluded, known = (
        view.tweets[key]["author_username"]
        for view, key in ((before, edge["target_key"]), (after, stated["target_key"]))
    )
    return "confirmed" if concluded and known and concluded.casefold() == known.casefold() else "refuted"


def _identified(row: Row, before: _View, after: _View) -> bool:
    """Whether a tweet without an id turned out to be one with an id."""
    key = before.same(row["tweet_key"], after) if row["tweet_id"] is None else None
    return key is not None and after.tweets[key]["tweet_id"] is not None


def _closed(before: _View, after: _View) -> Iterator[Row]:
    """The edges to tweets that no document shows and that archives have."""
    for edge in before.edges.values():
        if before.tweets[edge["target_key"]]["status"] != "implied":
            continue
        child = before.same(edge["tweet_key"], after)
        found = after.edges.get((child or "", edge["type"]))
        if found and after.tweets[found["target_key"]]["status"] == "seen":
            yield edge
