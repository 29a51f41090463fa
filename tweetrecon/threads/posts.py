"""What threading needs to know of a tweet: who, when, where it stands, and what its text says of other tweets."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from typing import Any, NamedTuple

import regex

from tweetrecon.model import Precision, TimeSource
from tweetrecon.twitter import numbering

_LEADING = regex.compile(r"\s*(?:[.,]\s?|[-–—]\s?)?((?:[@＠]\w{1,20}[,:]?\s+){0,50}[@＠]\w{1,20})(?!\w)")
_MENTION = regex.compile(r"(?<![\w@＠/])[@＠](\w{1,20})(?![\w@＠])")
_HASHTAG = regex.compile(r"(?<![\w&])[#＃]([\p{L}\p{N}\p{M}_]{1,100})")
_WORD = regex.compile(r"[\p{L}\p{N}\p{M}]{3,40}")
_GOES_ON = regex.compile(
    r"\s*(?:\.\.|…|(?i:cont\b|\(?cont['’]?d\b|\(cont|ctd\b|also\b|and\b|but\b|plus\b|p\.?s\b|update\b))"
)
_OPEN_END = regex.compile(r"(?:\.\.|…|[:,;–—-]|(?i:cont['’]?d?\.?\)?)|👇|⬇️?|🧵|1/)\s*\Z")

_WIDTH = {
    Precision.MILLISECOND: 0.001,
    Precision.SECOND: 1.0,
    Precision.MINUTE: 60.0,
    Precision.HOUR: 3600.0,
    Precision.DAY: 86400.0,
    Precision.MONTH: 31 * 86400.0,
    Precision.YEAR: 366 * 86400.0,
}
_EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)
EXACT = 60.0
"""Times known to the minute or better can be told apart; seconds."""


class Place(NamedTuple):
    """Where a tweet stands: position in a document."""

    document_id: str
    position: int


@dataclass(slots=True, eq=False)
class Post:
    """A tweet as threading sees it. ``time`` is the first second in which it can have been sent, ``width`` the seconds
    of uncertainty after it; usernames are lower case and the account's present one.
    """

    key: str
    tweet_id: str | None
    username: str
    text: str
    time: float | None = None
    width: float = 0.0
    bounded: bool = False
    places: tuple[Place, ...] = ()
    leading: tuple[str, ...] = ()
    inside: frozenset[str] = frozenset()
    number: int | None = None
    total: int | None = None
    opens: bool = False
    goes_on: bool = False
    open_end: bool = False
    hashtags: frozenset[str] = frozenset()
    words: frozenset[str] = frozenset()
    retweets: bool = False
    implied: bool = False
    conversation_id: str | None = None
    evidence: tuple[str, ...] = field(default=())

    @property
    def exact(self) -> bool:
        """Whether its time tells it from others of the same hour."""
        return self.time is not None and self.width <= EXACT and not self.bounded


def read(row: Mapping[str, Any], places: Iterable[Place], *, retweets: bool, names: Mapping[str, str]) -> Post:
    """A row of ``tweets`` as a post. ``names`` turns former usernames into the present one."""
    text = row["text"] or ""
    leading = tuple(dict.fromkeys(names.get(m, m) for m in _leading(text)))
    username = (row["author_username"] or "").casefold()
    found = None if retweets else numbering.parse(text)
    time = row["created_at"]
    return Post(
        key=row["tweet_key"],
        tweet_id=row["tweet_id"],
        username=names.get(username, username),
        text=text,
        time=None if time is None else (time - _EPOCH) / timedelta(seconds=1),
        width=_WIDTH.get(row["created_at_precision"], 0.0),
        bounded=row["created_at_source"] == TimeSource.RETWEET_BOUND,
        places=tuple(sorted(places)),
        leading=leading,
        inside=frozenset(names.get(m.casefold(), m.casefold()) for m in _MENTION.findall(text)) - set(leading),
        number=found.number if found else None,
        total=found.total if found else None,
        opens=numbering.opens_thread(text),
        goes_on=numbering.continues(text) or _GOES_ON.match(_without_leading(text)) is not None,
        open_end=_OPEN_END.search(text.rstrip()[-12:]) is not None,
        hashtags=frozenset(h.casefold() for h in _HASHTAG.findall(text)),
        words=frozenset(w.casefold() for w in _WORD.findall(text)),
        retweets=retweets,
        implied=row["status"] == "implied",
        conversation_id=row["conversation_id"],
    )


def _leading(text: str) -> list[str]:
    found = _LEADING.match(text)
    return [m.casefold() for m in _MENTION.findall(found[1])] if found else []


def _without_leading(text: str) -> str:
    found = _LEADING.match(text)
    return text[found.end() :] if found else text


def surely_newer(one: Post, other: Post) -> bool:
    """Whether ``one`` was certainly sent after ``other``, by their times alone."""
    if one.time is None or other.time is None or one.bounded:
        return False
    return one.time > other.time + other.width
