"""Tweets → references, threads, citations and users.

`thread` is a pure function of what `reconcile` returns: explicit references first, then the likeliest parent of every
tweet that states none, then the trees under them, in order, with their gaps.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Protocol

from tweetrecon.model import Reject, RejectCode, Stage
from tweetrecon.schema import to_table
from tweetrecon.threads.accounts import accounts, users
from tweetrecon.threads.candidates import Corpus
from tweetrecon.threads.citations import citations
from tweetrecon.threads.edges import Edges, implied_tweets
from tweetrecon.threads.posts import Place, read, surely_newer
from tweetrecon.threads.references import Edge, infer
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


def thread(known: Known, documents: pa.Table | None = None) -> dict[str, pa.Table]:
    """The tables `tweets` (now with those only named), `references`, `threads`, `citations`, `users`, `rejects`."""
    import pyarrow as pa

    from tweetrecon.threads.tables import grown, threads_table

    rows = known.sightings.select(COLUMNS).to_pylist()
    shown = known.tweets.to_pylist()
    where = _where(rows, known)
    authors = {tweet["tweet_key"]: tweet["author_username"] for tweet in shown}
    found = accounts([row["author_username"] for row in rows], known.tweet_keys, known.rules, authors)

    edges = Edges(rows, known.tweet_keys)
    edges.add(chain_edges(known.stated))
    edges.add(field_edges(rows, known.tweet_keys))
    posts = {
        t["tweet_key"]: read(t, where[t["tweet_key"]], edges.retweets(t["tweet_key"]), found.present) for t in shown
    }
    impossible = [e for e in edges if e.target in posts and surely_newer(posts[e.target], posts[e.child])]
    edges.remove(impossible)
    open_posts = (p for p in posts.values() if not p.implied and not p.retweets and not edges.answers(p.key))
    edges.add(infer(Corpus(posts.values()), open_posts))

    tweets = pa.concat_tables([known.tweets, to_table("tweets", implied_tweets(edges, authors))]).sort_by("tweet_key")
    shown = tweets.to_pylist()
    nodes = [posts.get(t["tweet_key"]) or read(t, (), False, found.present) for t in shown]
    order, forest, parents = grown(nodes, edges)
    circles = [edge for node in forest.dropped.tolist() if (edge := parents[node]) is not None]
    edges.remove(circles)
    thread_of = {post.key: nodes[root].key for post, root in zip(nodes, forest.root.tolist(), strict=True)}
    cited = citations(zip(rows, known.tweet_keys, known.rules, strict=True), thread_of, documents)
    refused = [_refused(e, RejectCode.NEWER_PARENT) for e in impossible]
    return {
        "tweets": tweets,
        "references": to_table("references", edges.records()),
        "threads": threads_table(forest, order, tweets, parents, nodes, _sightings_of(rows, known), where),
        "citations": to_table("citations", cited),
        "users": to_table("users", users(shown, where, found)),
        "rejects": to_table("rejects", refused + [_refused(e, RejectCode.CYCLE_BROKEN) for e in circles]),
    }


def _where(rows: Sequence[Mapping[str, Any]], known: Known) -> dict[str, list[Place]]:
    where = defaultdict(list)
    for row, key in zip(rows, known.tweet_keys, strict=True):
        where[key].append(Place(row["document_id"], row["position"]))
    return where


def _sightings_of(rows: Sequence[Mapping[str, Any]], known: Known) -> dict[str, list[str]]:
    """The sightings of each tweet, in order of document, position and chain."""
    found = defaultdict(list)
    for row, key in sorted(zip(rows, known.tweet_keys, strict=True), key=lambda r: _place(r[0])):
        found[key].append(row["sighting_id"])
    return found


def _place(row: Mapping[str, Any]) -> tuple[Any, ...]:
    return row["document_id"], row["position"], row["chain_position"], row["sighting_id"]


def _refused(edge: Edge, code: RejectCode) -> Reject:
    detail = f"{edge.child} {edge.type} {edge.target} ({edge.method}, {edge.confidence:.2f}) dropped"
    return Reject(stage=Stage.THREAD, code=code, detail=detail)
