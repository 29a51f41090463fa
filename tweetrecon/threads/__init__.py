"""Tweets → references, threads, citations and users.

`thread` is a pure function of what `reconcile` returns: stated references first, then the likeliest parent of every
tweet that states none, then the trees under them, in order, with their gaps.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from tweetrecon.model import Reject, RejectCode, Stage
from tweetrecon.schema import to_table
from tweetrecon.threads.accounts import users
from tweetrecon.threads.citations import citations
from tweetrecon.threads.edges import implied_tweets
from tweetrecon.threads.posts import read
from tweetrecon.threads.references import Edge, infer
from tweetrecon.threads.scene import Known, scene

if TYPE_CHECKING:
    import pyarrow as pa


def thread(known: Known, documents: pa.Table | None = None) -> dict[str, pa.Table]:
    """The tables `tweets` (now with those only named), `references`, `threads`, `citations`, `users`, `rejects`."""
    import pyarrow as pa

    from tweetrecon.threads.tables import grown, threads_table

    at = scene(known)
    at.edges.add(infer(at.corpus(), at.children()))
    implied = to_table("tweets", implied_tweets(at.edges, at.authors))
    tweets = pa.concat_tables([known.tweets, implied]).sort_by("tweet_key")
    shown = tweets.to_pylist()
    posts = [at.posts.get(t["tweet_key"]) or read(t, (), False, at.accounts.present) for t in shown]
    order, forest, parents = grown(posts, at.edges)
    circles = [edge for node in forest.dropped.tolist() if (edge := parents[node]) is not None]
    at.edges.remove(circles)
    thread_of = {post.key: posts[root].key for post, root in zip(posts, forest.root.tolist(), strict=True)}
    cited = citations(zip(at.rows, known.tweet_keys, known.rules, strict=True), thread_of, documents)
    refused = [_refused(e, RejectCode.NEWER_PARENT) for e in at.impossible]
    sightings = _sightings(at.rows, known.tweet_keys)
    return {
        "tweets": tweets,
        "references": to_table("references", at.edges.records()),
        "threads": threads_table(forest, order, tweets, parents, posts, sightings, at.where),
        "citations": to_table("citations", cited),
        "users": to_table("users", users(shown, at.where, at.accounts)),
        "rejects": to_table("rejects", refused + [_refused(e, RejectCode.CYCLE_BROKEN) for e in circles]),
    }


def _sightings(rows: Sequence[Mapping[str, Any]], keys: Sequence[str]) -> dict[str, list[str]]:
    """The sightings of each tweet, in order of document, position and chain."""
    found = defaultdict(list)
    for row, key in sorted(zip(rows, keys, strict=True), key=lambda r: _place(r[0])):
        found[key].append(row["sighting_id"])
    return found


def _place(row: Mapping[str, Any]) -> tuple[Any, ...]:
    return row["document_id"], row["position"], row["chain_position"], row["sighting_id"]


def _refused(edge: Edge, code: RejectCode) -> Reject:
    detail = f"{edge.child} {edge.type} {edge.target} ({edge.method}, {edge.confidence:.2f}) dropped"
    return Reject(stage=Stage.THREAD, code=code, detail=detail)
