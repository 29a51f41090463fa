"""What threading needs to know of a tweet: who, when, where it stands, and what its text says of other tweets."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from math import inf
from typing import Any, NamedTuple

import regex

from tweetrecon.model import NOT_A_REPLY, Precision, TimeSource
from tweetrecon.twitter import numbering

_LEADING = regex.compile(r"\s*(?:[.,]\s?|[-–—]\s?)?((?:[@＠]\w{1,20}[,:]?\s+){0,50}[@＠]\w{1,20})(?!\w)")
_MENTION = regex.compile(r"(?<![\w@＠/])[@＠](\w{1,20})(?![\w@＠])")
_HASHTAG = regex.compile(r"(?<![\w&])[#＃]([\p{L}\p{N}\p{M}_]{1,100})")
_WORD = regex.compile(r"[\p{L}\p{N}\p{M}]{3,40}")
_LINK = regex.compile(r"https?://\S{1,300}|pic\.twitter\.com/\S{1,100}")
# Words that lean on what was said before, in the languages of most tweets.
_LEANING = frozenset(
    "and but so also or because then plus still yet btw ps update edit "
    "it its it's they their this that that's these those he she his her here there which "
    "und aber oder auch also denn dann außerdem das die sie er es dies dieser diese hier "
    "y pero o también además porque entonces así que esto eso este esta estos aquí ahí "
    "et mais ou aussi car donc puis cela ceci ce cette ces il elle ils voici "
    "e mas ou também porque então isso este esta aqui ma anche perché quindi questo questa "
    "و لكن لكنه كما أما ثم هذا هذه ذلك "
    "また でも それ これ その この あと ただ しかし だから 而且 但是 不过 然后 所以 这 那 还有 另外".split()
)
_UNSPACED = tuple(word for word in _LEANING if not word.isascii() and not word.islower())
"""Those of scripts that set no space behind them."""
_FIRST_WORD = regex.compile(r"[\p{L}\p{M}'’]{1,20}")
_FULL_STOP = (".", "!", "?", "。", "！", "？", "؟", "”", '"', ")", "…")
_FULL = (range(125, 141), range(250, 281))
"""Lengths at which a tweet was full: people go on in the next."""

WIDTH = {
    Precision.MILLISECOND: 0.001,
    Precision.SECOND: 1.0,
    Precision.MINUTE: 60.0,
    Precision.HOUR: 3600.0,
    Precision.DAY: 86400.0,
    Precision.MONTH: 31 * 86400.0,
    Precision.YEAR: 366 * 86400.0,
}
"""How long the unit of a precision lasts, in seconds."""
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
EXACT = 60.0
"""Times known to the minute or better can be told apart; seconds."""


class Place(NamedTuple):
    """Where a tweet stands: the number of a document, and the position in it."""

    document: int
    position: int


@dataclass(slots=True, eq=False)
class Post:
    """A tweet as threading sees it.

    ``time`` is the first second in which it can have been sent, ``width`` the seconds of uncertainty after it.
    Usernames are in lower case and the account's present ones. ``retweets``: it repeats another tweet, ``native`` in
    the way of Twitter's button; ``starts``: it is said to answer none.
    """

    node: int
    key: str
    username: str
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
    beginning: tuple[str, ...] = ()
    ending: tuple[str, ...] = ()
    hashtags: frozenset[str] = frozenset()
    words: frozenset[str] = frozenset()
    retweets: bool = False
    native: bool = False
    implied: bool = False
    starts: bool = False

    @property
    def exact(self) -> bool:
        """Whether its time tells it from others of the same hour."""
        return self.time is not None and self.width <= EXACT and not self.bounded

    @property
    def end(self) -> float:
        """The time by which posts are ordered: those without one are last."""
        return inf if self.time is None or self.bounded else self.time


def read(row: Mapping[str, Any], node: int, places: Iterable[Place], retweets: bool, names: Mapping[str, str]) -> Post:
    """A row of ``tweets`` as a post; ``retweets``: it repeats another; ``names``: former usernames → present ones."""
    text = row["text"] or ""
    leading = tuple(dict.fromkeys(names.get(m, m) for m in map(str.casefold, addressed(text))))
    username = (row["author_username"] or "").casefold()
    found = None if retweets else numbering.parse(text)
    time = row["created_at"]
    return Post(
        node=node,
        key=row["tweet_key"],
        username=names.get(username, username),
        time=None if time is None else (time - _EPOCH) / timedelta(seconds=1),
        width=WIDTH.get(row["created_at_precision"], 0.0),
        bounded=row["created_at_source"] == TimeSource.RETWEET_BOUND,
        places=tuple(sorted(places)),
        leading=leading,
        inside=frozenset(names.get(m.casefold(), m.casefold()) for m in _MENTION.findall(text)) - set(leading),
        number=found.number if found else None,
        total=found.total if found else None,
        opens=numbering.opens_thread(text),
        goes_on=numbering.continues(text),
        beginning=tuple(_beginning(_without_leading(text).strip())),
        ending=tuple(_ending(text.rstrip())),
        hashtags=frozenset(h.casefold() for h in _HASHTAG.findall(text)),
        words=frozenset(w.casefold() for w in _WORD.findall(text)),
        retweets=retweets,
        native=text.startswith("RT @"),
        implied=row["status"] == "implied",
        starts=NOT_A_REPLY in row["flags"],
    )


def addressed(text: str) -> list[str]:
    """The usernames at the head of a text, to whom it speaks, in the case shown."""
    found = _LEADING.match(text)
    return _MENTION.findall(found[1]) if found else []


def _without_leading(text: str) -> str:
    found = _LEADING.match(text)
    return text[found.end() :] if found else text


def _beginning(text: str) -> Iterator[str]:
    """How a text begins, behind the leading mentions: with a small letter, a leaning word, a dot, an emoji, a link."""
    word = _FIRST_WORD.match(text)
    if word is None:
        yield "link" if text.startswith("http") else "sign"
        return
    if word[0][0].islower():
        yield "small"
    if word[0].casefold() in _LEANING or word[0].startswith(_UNSPACED):
        yield "leaning"


def _ending(text: str) -> Iterator[str]:
    """How a text ends, before its links: full to the limit, open, pointing on."""
    if any(len(text) in full for full in _FULL):
        yield "full"
    bare = _LINK.sub("", text).rstrip()
    if bare.endswith(("..", "…", ":", ",", ";", "-", "–", "—")):
        yield "open"
    elif bare.endswith(("👇", "⬇", "⬇️", "🧵", "👉", "↓")):
        yield "pointing"
    elif bare and not bare.endswith(_FULL_STOP):
        yield "unstopped"
    if len(bare) < len(text):
        yield "link"


def surely_newer(one: Post, other: Post) -> bool:
    """Whether ``one`` was certainly sent after ``other``, by their times alone."""
    if one.time is None or other.time is None or one.bounded:
        return False
    return one.time > other.time + other.width
