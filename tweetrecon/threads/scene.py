"""What is known before any parent is concluded: posts, stated references, and the accounts behind the names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from tweetrecon.model import Role
from tweetrecon.threads.accounts import Accounts, accounts
from tweetrecon.threads.candidates import Corpus
from tweetrecon.threads.edges import Edges
from tweetrecon.threads.posts import Place, Post, read, surely_newer
from tweetrecon.threads.references import Edge
from tweetrecon.threads.stated import COLUMNS, Link, chain_edges, field_edges

if TYPE_CHECKING:
    import pyarrow as pa


class Known(Protocol):
    """What reconciliation hands over; `tweet_keys` and `rules` are parallel to `sightings`."""

    @property
    def tweets(self) -> pa.Table:
        """Schema `tweets`."""

    @property
    def sightings(self) -> pa.Table:
        """Schema `sightings`."""

    @property
    def tweet_keys(self) -> Sequence[str]:
        """The tweet that each sighting shows."""

    @property
    def rules(self) -> Sequence[str]:
        """The rule that told so."""

    @property
    def stated(self) -> Sequence[Link]:
        """What chains and embeds say of each other."""


@dataclass(frozen=True, slots=True)
class Scene:
    """Rows of sightings, where each tweet stands, posts by key, stated edges, and those that time forbids."""

    rows: Sequence[Mapping[str, Any]]
    where: Mapping[str, Sequence[Place]]
    authors: Mapping[str, str | None]
    accounts: Accounts
    posts: Mapping[str, Post]
    edges: Edges
    impossible: Sequence[Edge]

    def corpus(self) -> Corpus:
        """All posts, to look for parents in."""
        return Corpus(self.posts.values())

    def children(self) -> list[Post]:
        """The posts whose parent is to be concluded: shown, no retweets, and silent on whom they answer."""
        edges = self.edges
        open_posts = (p for p in self.posts.values() if not (p.implied or p.retweets or p.starts))
        return [p for p in open_posts if not edges.answers(p.key)]


def scene(known: Known) -> Scene:
    """Set up what `reconcile` found."""
    rows = known.sightings.select(COLUMNS).to_pylist()
    shown = known.tweets.to_pylist()
    where = _where(rows, known.tweet_keys)
    authors = {tweet["tweet_key"]: tweet["author_username"] for tweet in shown}
    found = accounts([row["author_username"] for row in rows], known.tweet_keys, known.rules, authors)
    edges = Edges(rows, known.tweet_keys)
    edges.add(chain_edges(known.stated))
    edges.add(field_edges(rows, known.tweet_keys))
    posts = {
        t["tweet_key"]: read(t, where.get(t["tweet_key"], ()), edges.retweets(t["tweet_key"]), found.present)
        for t in shown
    }
    impossible = [e for e in edges if e.target in posts and surely_newer(posts[e.target], posts[e.child])]
    edges.remove(impossible)
    return Scene(rows, where, authors, found, posts, edges, impossible)


def _where(rows: Sequence[Mapping[str, Any]], keys: Sequence[str]) -> dict[str, list[Place]]:
    """Where documents show each tweet. What stands together in a tweet archive stands so by chance."""
    archived = {row["document_id"] for row in rows if row["role"] == Role.ARCHIVED}
    where = defaultdict(list)
    for row, key in zip(rows, keys, strict=True):
        if row["document_id"] in archived:
            continue
        where[key].append(Place(row["document_id"], row["position"]))
    return where
