"""Which tweets matter to a dataset: those its documents cite, and those that complete them.

Wanted are the tweets cited; their ancestors; the self-threads of their authors, to both ends; and the sources of
retweets and quotes. With a context of N also what is up to N answers away from those, whoever wrote it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import IntEnum
from hashlib import sha256
from typing import Any

from tweetrecon.model import Embed, Url
from tweetrecon.twitter import urls


class Rank(IntEnum):
    """Why a tweet is wanted, and what is wanted with it."""

    QUOTED = 1
    """Quoted by one that is wanted: nothing more."""
    ANCESTOR = 2
    """Answered by one that is wanted: what it answers, repeats and quotes, too."""
    THREAD = 3
    """Cited, retweeted or in the self-thread of such: also its author's answers to it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """What is known of the place of a tweet among others."""

    author: str | None = None
    parent: str | None = None
    parent_author: str | None = None
    quoted: str | None = None
    retweeted: str | None = None
    conversation: str | None = None

    def merged(self, other: Fact) -> Fact:
        """What both know, this one first."""
        own = {name: getattr(self, name) for name in self.__slots__ if getattr(self, name) is not None}
        return replace(other, **own)


NOTHING = Fact()


def fact(embed: Embed) -> Fact:
    """What the record of a tweet says."""
    return Fact(
        author=_folded(embed.raw_username),
        parent=embed.replied_to_id or (embed.parent.tweet_id if embed.parent else None),
        parent_author=_folded(embed.replied_to_username),
        quoted=embed.quoted.tweet_id if embed.quoted else _linked(embed.tweet_id, embed.urls),
        retweeted=embed.retweeted.tweet_id if embed.retweeted else None,
        conversation=embed.conversation_id,
    )


def fact_of_row(row: dict[str, Any]) -> Fact:
    """What a row of ``sightings`` says."""
    return Fact(
        author=_folded(row["author_username"]),
        parent=row["replied_to_id"],
        parent_author=_folded(row["replied_to_username"]),
        quoted=row["quoted_id"] or _linked(row["tweet_id"], [Url(**link) for link in row["urls"]]),
        retweeted=row["retweeted_id"],
        conversation=row["conversation_id"],
    )


def _linked(tweet_id: str | None, links: Iterable[Url]) -> str | None:
    """The tweet that a link in the text leads to: how quotes are made, and all that personal archives keep of them."""
    found = (urls.parse_status(link.expanded_url or link.url) for link in links)
    return next((status.tweet_id for status in found if status and status.tweet_id != tweet_id), None)


def _folded(username: str | None) -> str | None:
    return username.casefold() if username else None


class Wanted:
    """The tweets that matter as far as is known; it grows as facts come in, and never depends on their order."""

    def __init__(self, cited: Iterable[str], context: int = 0) -> None:
        self._context = context
        self._facts: dict[str, Fact] = {}
        self._answers: dict[str, set[str]] = defaultdict(set)
        self._ranks: dict[str, Rank] = {}
        self._reach: dict[str, int] = {}
        self._waiting: list[str] = []
        self.asked: set[str] = set()
        """The ids to look for: those wanted, and conversations, whose members tell the way between those."""
        for tweet_id in cited:
            self.cite(tweet_id)

    def __contains__(self, tweet_id: str | None) -> bool:
        return tweet_id in self._ranks or tweet_id in self._reach

    def cite(self, tweet_id: str) -> None:
        """A tweet turns out to be cited."""
        self._raise(tweet_id, Rank.THREAD)
        self._spread()

    def learn(self, tweet_id: str, found: Fact) -> None:
        """A record tells of a tweet."""
        before = self._facts.get(tweet_id, NOTHING)
        after = before.merged(found)
        if after == before:
            return
        self._facts[tweet_id] = after
        if after.parent:
            self._answers[after.parent].add(tweet_id)
        self._waiting += [tweet_id, *self._answers[tweet_id], *([after.parent] if after.parent else [])]
        self._spread()

    def digest(self) -> str:
        """Tells apart what is asked for."""
        return sha256("\n".join([str(self._context), *sorted(self.asked)]).encode()).hexdigest()

    # -------------------------------------------------------------------------------------------- how it spreads

    def _spread(self) -> None:
        while self._waiting:
            tweet_id = self._waiting.pop()
            known, rank = self._facts.get(tweet_id, NOTHING), self._ranks.get(tweet_id)
            if rank and rank >= Rank.ANCESTOR:
                self._complete(tweet_id, known, rank)
            if left := self._reach.get(tweet_id, 0):
                for near in (known.parent, *self._answers.get(tweet_id, ())):
                    self._stretch(near, left - 1)

    def _complete(self, tweet_id: str, known: Fact, rank: Rank) -> None:
        self._raise(known.parent, Rank.THREAD if rank == Rank.THREAD and self._continues(tweet_id) else Rank.ANCESTOR)
        self._raise(known.retweeted, Rank.THREAD)
        self._raise(known.quoted, Rank.QUOTED)
        if known.conversation:
            self.asked.add(known.conversation)
        if rank == Rank.THREAD:
            for answer in self._answers.get(tweet_id, ()):
                if self._continues(answer):
                    self._raise(answer, Rank.THREAD)

    def _continues(self, tweet_id: str) -> bool:
        """Whether a tweet answers one of its own author."""
        known = self._facts.get(tweet_id, NOTHING)
        parent = self._facts.get(known.parent or "", NOTHING)
        return known.author is not None and known.author in (parent.author, known.parent_author)

    def _raise(self, tweet_id: str | None, rank: Rank) -> None:
        if tweet_id and rank > self._ranks.get(tweet_id, 0):
            self._ranks[tweet_id] = rank
            self.asked.add(tweet_id)
            self._waiting.append(tweet_id)
            self._stretch(tweet_id, self._context)

    def _stretch(self, tweet_id: str | None, left: int) -> None:
        if tweet_id and self._context and left > self._reach.get(tweet_id, -1):
            self._reach[tweet_id] = left
            self.asked.add(tweet_id)
            self._waiting.append(tweet_id)
