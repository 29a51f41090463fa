"""All references of a corpus: for each tweet one answer and one retweet at most, stated before concluded."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from tweetrecon.model import Reference, ReferenceType, Tweet, TweetStatus, hashed_key
from tweetrecon.threads.references import Edge
from tweetrecon.twitter import snowflake, urls


class Edges:
    """References as they are found, addressed to tweet keys."""

    def __init__(self, versions: Mapping[str, str]) -> None:
        """``versions``: the ids of edited tweets and the keys of the tweets that they are."""
        self._versions = versions
        self._edges: dict[tuple[str, ReferenceType, str], Edge] = {}

    def __len__(self) -> int:
        return len(self._edges)

    def add(self, edges: Iterable[Edge]) -> None:
        """Take in edges: of several answers or retweets of one tweet the surest; equal ones share their evidence."""
        for found in edges:
            edge = replace(found, target=self._target(found))
            if edge.target is None or edge.target == edge.child:
                continue
            slot = (edge.child, edge.type, edge.target if edge.type is ReferenceType.QUOTED else "")
            other = self._edges.get(slot)
            self._edges[slot] = edge if other is None else _merged(other, edge)

    def _target(self, edge: Edge) -> str:
        if edge.target is None:
            return hashed_key(edge.author, "answered by", edge.child)
        return self._versions.get(edge.target, edge.target)

    def remove(self, edges: Iterable[Edge]) -> None:
        """Drop edges that closed a circle."""
        gone = {(e.child, e.type, e.target) for e in edges}
        self._edges = {slot: e for slot, e in self._edges.items() if (e.child, e.type, e.target) not in gone}

    def retweets(self, key: str) -> bool:
        """Whether a tweet repeats another one."""
        return (key, ReferenceType.RETWEETED, "") in self._edges

    def answers(self, key: str) -> bool:
        """Whether a tweet's parent is known."""
        return (key, ReferenceType.REPLIED_TO, "") in self._edges

    def parent(self, key: str) -> Edge | None:
        """The edge by which a tweet hangs in its tree: what it answers, else what it retweets."""
        return self._edges.get((key, ReferenceType.REPLIED_TO, "")) or self._edges.get(
            (key, ReferenceType.RETWEETED, "")
        )

    def __iter__(self) -> Iterator[Edge]:
        return iter(self._edges.values())

    def parents(self) -> dict[str, Edge]:
        """For each tweet that hangs on another the edge by which it does."""
        children = {edge.child for edge in self if edge.type is not ReferenceType.QUOTED}
        return {child: edge for child in children if (edge := self.parent(child))}

    def records(self) -> list[Reference]:
        """The rows of `references`, sorted."""
        found = [
            Reference(
                tweet_key=edge.child,
                type=edge.type,
                target_key=edge.target or "",
                inferred=edge.inferred,
                method=edge.method,
                confidence=edge.confidence,
                evidence=edge.evidence,
            )
            for edge in self
        ]
        return sorted(found, key=lambda r: (r.tweet_key, r.type, r.target_key))


def _merged(one: Edge, other: Edge) -> Edge:
    first, second = sorted((one, other), key=lambda e: (e.inferred, -e.confidence, e.target, e.method, e.evidence))
    if first.target != second.target:
        return replace(first, evidence=tuple(dict.fromkeys((*first.evidence, f"rival {second.target}"))))
    author = first.author or second.author
    return replace(first, author=author, evidence=tuple(dict.fromkeys((*first.evidence, *second.evidence))))


def implied_tweets(edges: Iterable[Edge]) -> list[Tweet]:
    """The tweets that references name and nothing shows, by the edges that lead there."""
    named: dict[str, Edge] = {}
    for edge in edges:
        key = edge.target or ""
        named[key] = min(named.get(key, edge), edge, key=lambda e: (e.author is None, e.child))
    return [_implied(key, edge.author) for key, edge in sorted(named.items())]


def _implied(key: str, author: str | None) -> Tweet:
    tweet_id = None if key.startswith("x:") else key
    time = snowflake.created_at(tweet_id) if tweet_id else None
    return Tweet(
        tweet_key=key,
        tweet_id=tweet_id,
        url=urls.canonical_url(tweet_id, author) if tweet_id else None,
        author_username=author,
        created_at=time.value if time else None,
        created_at_precision=time.precision if time else None,
        created_at_source=time.source if time else None,
        status=TweetStatus.IMPLIED,
    )
