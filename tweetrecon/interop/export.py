"""What the targets of export share: the tweets of a dataset, each with what it refers to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from tweetrecon.model import REDACTED, Precision

if TYPE_CHECKING:
    import pyarrow as pa

Row = dict[str, Any]
Load = Callable[[str], "pa.Table"]
"""Gives a table of the dataset by its name."""

_CLOCK = (Precision.MILLISECOND, Precision.SECOND, Precision.MINUTE)


class Target(NamedTuple):
    """A format to export to. ``write`` gives the text in pieces; ``whole`` tells that tweets without an id fit, too."""

    name: str
    doc: str
    write: Callable[[Load], Iterator[str]]
    whole: bool = True


class FileTarget(NamedTuple):
    """A format that is a file of its own kind and no text; ``save`` writes it anew."""

    name: str
    doc: str
    save: Callable[[Load, Path], None]


class Part(Protocol):
    """A file of a dataset."""

    @property
    def table(self) -> str:
        """The table of which it holds rows."""

    @property
    def path(self) -> str:
        """Relative to the dataset."""

    @property
    def rows(self) -> int:
        """How many."""

    @property
    def bytes(self) -> int:
        """Its size."""

    @property
    def sha256(self) -> str:
        """Its digest, hexadecimal."""


class Sidecar(NamedTuple):
    """A description of a dataset for other tools; ``file`` is its name, beside the tables.

    ``describe`` takes the tables, the files and a name for the dataset.
    """

    name: str
    doc: str
    file: str
    describe: Callable[[Load, Sequence[Part], str], str]


class Related(NamedTuple):
    """What a tweet refers to: the edge, and the row of the other tweet."""

    reference: Row
    tweet: Row


class Post(NamedTuple):
    """A row of ``tweets`` with what it refers to, by the type of the reference."""

    tweet: Row
    related: dict[str, Related]

    def stated(self, kind: str) -> Row | None:
        """The tweet that this one answers, quotes or retweets, where a source says so; conclusions are left out."""
        related = self.related.get(kind)
        return related.tweet if related and not related.reference["inferred"] and related.tweet["tweet_id"] else None


def posts(load: Load) -> Iterator[Post]:
    """All tweets in the order of their table; of several quotes of one tweet the first."""
    tweets: dict[str, Row] = {row["tweet_key"]: row for row in load("tweets").to_pylist()}
    related: defaultdict[str, dict[str, Related]] = defaultdict(dict)
    for edge in load("references").to_pylist():
        if target := tweets.get(edge["target_key"]):
            related[edge["tweet_key"]].setdefault(edge["type"], Related(edge, target))
    return (Post(row, related.get(key, {})) for key, row in tweets.items())


def can_be_named(tweet: Row) -> bool:
    """Whether a tweet has an id that others may look up: it has one, and nobody asked for the tweet to be forgotten."""
    return tweet["tweet_id"] is not None and REDACTED not in tweet["flags"]


def second(tweet: Row) -> datetime | None:
    """When a tweet was sent, to the second; None where it is not known to the minute at least."""
    time: datetime | None = tweet["created_at"]
    return time.replace(microsecond=0) if time and tweet["created_at_precision"] in _CLOCK else None
