"""Trees → the tables `threads` and `citations`. Columns are gathered flat, in thread order, and nested by offsets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

from tweetrecon.model import ReferenceType, Thread, ThreadKind
from tweetrecon.schema import arrow_schema, as_dict
from tweetrecon.threads.edges import Edges
from tweetrecon.threads.forest import Forest, Ints, grow, highest_above
from tweetrecon.threads.gaps import gaps
from tweetrecon.threads.posts import Place, Post
from tweetrecon.threads.references import Edge

if TYPE_CHECKING:
    import pyarrow as pa

_FROM_TWEETS = (
    "tweet_key", "tweet_id", "status", "author_username", "author_name", "created_at", "created_at_precision",
    "text", "text_dir", "lang", "url",
)  # fmt: skip


def grown(posts: Sequence[Post], edges: Edges) -> tuple[Ints, Forest, list[Edge | None]]:
    """The trees of all posts: their order, their forest, and for each post the edge to its parent."""
    number = {post.key: n for n, post in enumerate(posts)}
    parents = [edges.parent(post.key) for post in posts]
    pointers = np.array([number[e.target] if e and e.target else n for n, e in enumerate(parents)], dtype=np.int64)
    strengths = np.array([e.confidence - e.inferred if e else 2.0 for e in parents])
    forest = grow(pointers, strengths)
    return in_order(forest, posts), forest, parents


def in_order(forest: Forest, posts: Sequence[Post]) -> Ints:
    """All nodes, thread by thread, parents before children, else by time, number and place in the documents.

    A tweet never comes before what it answers: it is ranked no higher than its parent, whatever its time says.
    """
    times = np.array([-np.inf if p.time is None else p.time for p in posts])
    numbers = np.array([p.number or 0 for p in posts], dtype=np.int64)
    places = sorted({place for p in posts for place in p.places[:1]})
    rank_of_place = {place: rank for rank, place in enumerate(places)}
    place = np.array([rank_of_place[p.places[0]] if p.places else -1 for p in posts], dtype=np.int64)
    rank = np.empty(len(posts), dtype=np.int64)
    rank[np.lexsort((place, numbers, times))] = np.arange(len(posts))
    after_parents = highest_above(forest, rank)
    return np.lexsort((rank, forest.depth, after_parents, forest.root))


def threads_table(forest: Forest, order: Ints, tweets: pa.Table, parents: Sequence[Edge | None], posts: Sequence[Post],
                  sightings: Mapping[str, list[str]], where: Mapping[str, Sequence[Place]]) -> pa.Table:  # fmt: skip
    """One row a thread, sorted by its id."""
    import pyarrow as pa

    schema = arrow_schema("threads")
    columns: dict[str, list[Any]] = {name: tweets.column(name).take(order).to_pylist() for name in _FROM_TWEETS}
    keys = tweets.column("tweet_key").to_pylist()
    starts = np.flatnonzero(np.diff(forest.root[order], prepend=-1)).tolist()
    rows = []
    for start, end in pairwise([*starts, len(order)]):
        members = []
        for position, at in enumerate(range(start, end)):
            node = int(order[at])
            post = posts[node]
            edge = parents[node] if forest.parent[node] != node else None
            key = posts[node].key
            member: dict[str, Any] = {name: values[at] for name, values in columns.items()}
            member |= {
                "position": position,
                "depth": int(forest.depth[node]),
                "parent_key": keys[forest.parent[node]] if edge else None,
                "reference_type": edge.type if edge else None,
                "inferred": edge.inferred if edge else False,
                "confidence": edge.confidence if edge else 1.0,
                "number": post.number,
                "number_total": post.total,
                "sighting_ids": sightings.get(key, []),
                "document_ids": sorted({place.document_id for place in where.get(key, ())}),
            }
            members.append(member)
        rows.append(_thread(members))
    rows.sort(key=lambda row: row["thread_id"])
    return pa.Table.from_pylist(rows, schema=schema)


def _thread(members: Sequence[dict[str, Any]]) -> dict[str, Any]:
    missing = gaps(members)
    authors = {m["author_username"].casefold(): m["author_username"] for m in reversed(members) if m["author_username"]}
    names = tuple(dict.fromkeys(authors[m["author_username"].casefold()] for m in members if m["author_username"]))
    documents = sorted({document for m in members for document in m["document_ids"]})
    times = [m["created_at"] for m in members if m["created_at"]]
    record = Thread(
        thread_id=members[0]["tweet_key"],
        kind=_kind(members),
        tweets_count=len(members),
        authors_count=len(names),
        documents_count=len(documents),
        author_usernames=names,
        started_at=min(times, default=None),
        ended_at=max(times, default=None),
        complete=not missing,
        gaps=missing,
        document_ids=tuple(documents),
    )
    return as_dict(record) | {"tweets": members}


def _kind(members: Sequence[Mapping[str, Any]]) -> ThreadKind:
    """By what joins its tweets; retweets hang on a thread without changing what it is."""
    if len(members) == 1:
        return ThreadKind.SINGLE
    of_key = {m["tweet_key"]: m["author_username"] for m in members}
    replies = [m for m in members if m["reference_type"] == ReferenceType.REPLIED_TO]
    if not replies:
        return ThreadKind.RETWEET_CHAIN
    pairs = ((m["author_username"], of_key[m["parent_key"]]) for m in replies)
    alone = all(one and other and one.casefold() == other.casefold() for one, other in pairs)
    return ThreadKind.SELF_THREAD if alone else ThreadKind.CONVERSATION
