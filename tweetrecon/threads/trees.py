"""The trees of all tweets, seen or only named, and where each tweet stands in them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from tweetrecon.model import ReferenceType
from tweetrecon.schema import to_table
from tweetrecon.spill import Spill, code
from tweetrecon.threads.edges import implied_tweets
from tweetrecon.threads.forest import Forest, grow, highest_above
from tweetrecon.threads.nodes import Flags, Floats, Ints, Keys, times
from tweetrecon.threads.references import Edge
from tweetrecon.threads.scene import Scene, in_documents

if TYPE_CHECKING:
    import pyarrow as pa

KINDS = (None, ReferenceType.REPLIED_TO, ReferenceType.RETWEETED)


class Parents(NamedTuple):
    """The edge by which each tweet hangs on its parent: its kind as a place in `KINDS`, and how sure it is."""

    kind: Ints
    inferred: Flags
    confidence: Floats


class Trees(NamedTuple):
    """All tweets in order of keys, and thread by thread in ``order``.

    ``of_seen`` and ``of_implied`` are the numbers of the tweets seen, and of those that only references name;
    ``implied`` is the table of the latter.
    """

    keys: Keys
    of_seen: Ints
    of_implied: Ints
    implied: pa.Table
    parents: Parents
    forest: Forest
    number: Ints
    total: Ints
    order: Ints


def trees(at: Scene) -> Trees:
    """Grow them."""
    import pyarrow as pa
    import pyarrow.compute as pc

    implied = _implied(at)
    seen = at.known.found.keys
    keys = pa.concat_arrays([seen, implied["tweet_key"].combine_chunks()])
    order = pc.sort_indices(keys).to_numpy()
    place = np.empty(len(keys), dtype=np.int64)
    place[order] = np.arange(len(keys))
    of_seen, of_implied = place[: len(seen)], place[len(seen) :]
    all_keys = Keys(keys.take(pa.array(order)))
    pointers, parents = _pointers(at, all_keys)
    strengths = np.where(parents.kind == 0, 2.0, parents.confidence - parents.inferred)
    forest = grow(pointers, strengths)

    start = np.empty(len(keys))
    start[of_seen], start[of_implied] = at.nodes.times.start, times(implied).start
    number, total, first_place = (
        _spread(values, of_seen, len(keys)) for values in (at.nodes.number, at.nodes.total, _first_places(at))
    )
    threaded = in_order(forest, start, number, first_place)
    return Trees(all_keys, of_seen, of_implied, implied, parents, forest, number, total, threaded)


def _spread(values: Ints, places: Ints, count: int) -> Ints:
    """The values at these places, -1 elsewhere."""
    found = np.full(count, -1, dtype=np.int64)
    found[places] = values
    return found


def _implied(at: Scene) -> pa.Table:
    """The tweets that references name and nothing shows, in order of keys."""
    import pyarrow as pa

    partitions = len(at.known.seen)
    leading: Spill[Edge] = Spill(at.known.room, partitions)
    for edges in at.edges.all():
        found = list(edges)
        known = at.keys.nodes([edge.target for edge in found]) >= 0
        for edge, is_known in zip(found, known.tolist(), strict=True):
            if not is_known:
                leading.put(code(edge.target) % partitions, edge)
    tables = [to_table("tweets", implied_tweets(leading.take(partition))) for partition in range(partitions)]
    return pa.concat_tables(tables).sort_by("tweet_key")


def _pointers(at: Scene, keys: Keys) -> tuple[Ints, Parents]:
    """The parent of each tweet, itself where it has none, and the edges that say so."""
    count = len(keys)
    pointers = np.arange(count)
    kind, inferred = np.zeros(count, dtype=np.int64), np.zeros(count, dtype=bool)
    parents = Parents(kind, inferred, np.ones(count))
    for edges in at.edges.all():
        found = list(edges.parents().values())
        children = keys.nodes([edge.child for edge in found])
        pointers[children] = keys.nodes([edge.target for edge in found])
        kind[children] = [KINDS.index(edge.type) for edge in found]
        inferred[children] = [edge.inferred for edge in found]
        parents.confidence[children] = [edge.confidence for edge in found]
    return pointers, parents


def _first_places(at: Scene) -> Ints:
    """For each tweet seen the first embed that shows it, -1 where no document does."""
    none = np.iinfo(np.int64).max
    found = np.full(len(at.keys), none)
    for table in at.known.seen.all():
        placed = in_documents(table)
        np.minimum.at(found, placed["tweet"].to_numpy(), placed["place"].to_numpy())
    return np.where(found == none, -1, found)


def in_order(forest: Forest, time: Floats, number: Ints, place: Ints) -> Ints:
    """All nodes, thread by thread, parents before children, else by time, number and place in the documents.

    A tweet never comes before what it answers: it is ranked no higher than its parent, whatever its time says.
    """
    rank = np.empty(len(time), dtype=np.int64)
    rank[np.lexsort((place, np.maximum(number, 0), np.where(np.isnan(time), -np.inf, time)))] = np.arange(len(time))
    after_parents = highest_above(forest, rank)
    return np.lexsort((rank, forest.depth, after_parents, forest.root))
