"""All that is known → tables, piece by piece."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from tweetrecon.model import Reject, RejectCode, Stage, TimeSource, TweetStatus
from tweetrecon.schema import to_table
from tweetrecon.spill import Spill, code
from tweetrecon.threads.accounts import Written, users
from tweetrecon.threads.citations import citations
from tweetrecon.threads.edges import Edges
from tweetrecon.threads.nested import Threads
from tweetrecon.threads.nodes import Ints
from tweetrecon.threads.references import Edge
from tweetrecon.threads.scene import Scene, in_documents
from tweetrecon.threads.trees import Trees

if TYPE_CHECKING:
    import pyarrow as pa

_WRITTEN = (
    "tweet_key", "author_username", "author_name", "author_id", "created_at", "created_at_source", "status",
)  # fmt: skip


class Piece(NamedTuple):
    """Some rows of the table with this name."""

    name: str
    rows: pa.Table


def pieces(at: Scene, trees: Trees, documents: pa.Table | None) -> Iterator[Piece]:
    """All tables; what a partition held is forgotten once it is written down."""
    writing = _Writing(at, trees, documents)
    for partition in range(len(at.known.seen)):
        yield from writing.partition(partition)
    for table in writing.threads.tables():
        yield Piece("threads", table)
    yield Piece("users", writing.users())
    yield Piece(
        "rejects", to_table("rejects", sorted(writing.rejects, key=lambda reject: (reject.code, reject.detail or "")))
    )


class _Writing:
    """The tables on their way: those by tweet are given at once, threads and users gathered."""

    def __init__(self, at: Scene, trees: Trees, documents: pa.Table | None) -> None:
        self._at, self._trees, self._documents = at, trees, documents
        self._circling = set(trees.keys.of(trees.forest.dropped))
        self._written: Spill[Written] = Spill(at.known.room, len(at.known.seen))
        self.threads = Threads(trees, at.known.room)
        self.rejects = [_refused(edge, RejectCode.NEWER_PARENT) for edge in at.impossible]

    def partition(self, number: int) -> Iterator[Piece]:
        """The pieces of one partition of tweets."""
        known = self._at.known
        [seen], [sightings] = known.tweets.take(number), known.seen.take(number)
        tweets, nodes = self._with_implied(number, seen)
        shown = _shown(sightings, _texts(seen["tweet_key"]), _texts(tweets["tweet_key"]))
        self.threads.add(tweets, nodes, shown)
        self._note_written(tweets, shown["document_ids"])
        yield Piece("tweets", tweets)
        yield Piece("references", self._references(next(self._at.edges.take(number))))
        yield Piece("citations", self._citations(sightings))

    def _with_implied(self, number: int, seen: pa.Table) -> tuple[pa.Table, Ints]:
        """The tweets of a partition with those only named that stand among them, and the numbers of all."""
        import pyarrow as pa

        trees, partitions = self._trees, len(self._at.known.seen)
        first, end = (-(-n * len(trees.of_seen) // partitions) for n in (number, number + 1))
        places = np.append(trees.of_seen, len(trees.keys))[[first, end]]
        low, high = np.searchsorted(trees.of_implied, [places[0] if number else 0, places[1]]).tolist()
        nodes = np.concatenate([trees.of_seen[first:end], trees.of_implied[low:high]])
        order = np.argsort(nodes)
        tweets = pa.concat_tables([seen, trees.implied.slice(low, high - low)])
        return tweets.take(order), nodes[order]

    def _references(self, edges: Edges) -> pa.Table:
        parents = edges.parents() if self._circling else {}
        circles = [parents[child] for child in sorted(self._circling & parents.keys())]
        edges.remove(circles)
        self.rejects += [_refused(edge, RejectCode.CYCLE_BROKEN) for edge in circles]
        return to_table("references", edges.records())

    def _citations(self, sightings: pa.Table) -> pa.Table:
        known, trees, sightings = self._at.known, self._trees, in_documents(sightings)
        nodes = sightings["tweet"].to_numpy()
        rules = [known.rules[rule] for rule in known.found.rule_of_row[sightings["row"].to_numpy()].tolist()]
        roots = trees.keys.of(trees.forest.root[trees.of_seen[nodes]])
        return citations(sightings, self._at.keys.of(nodes), rules, roots, self._documents)

    def _note_written(self, tweets: pa.Table, documents: Iterable[Any]) -> None:
        present = self._at.accounts.present
        for row, shown_by in zip(tweets.select(_WRITTEN).to_pylist(), documents, strict=True):
            if username := row["author_username"]:
                account = present.get(username.casefold(), username.casefold())
                self._written.put(code(account) % len(self._written), _written(row, shown_by.as_py()))

    def users(self) -> pa.Table:
        """All accounts, in order of their usernames in lower case."""
        found: list[Any] = []
        for partition in range(len(self._written)):
            found += users(self._written.take(partition), self._at.accounts).items()
        return to_table("users", [user for _, user in sorted(found, key=lambda account: account[0])])


def _texts(column: Iterable[Any]) -> list[str]:
    return [str(value) for value in column]


def _shown(sightings: pa.Table, seen: Sequence[str], keys: Sequence[str]) -> pa.Table:
    """For each of the tweets with these keys its sightings and the documents that show it, in order."""
    import pyarrow as pa

    ids: dict[str, list[str]] = defaultdict(list)
    documents: dict[str, list[str]] = defaultdict(list)
    rows = sightings.select(["tweet", "sighting_id", "document_id", "archived"]).to_pylist()
    for row in rows:
        key = seen[row["tweet"] - rows[0]["tweet"]]
        ids[key].append(row["sighting_id"])
        if not row["archived"] and row["document_id"] not in documents[key][-1:]:
            documents[key].append(row["document_id"])
    lists = [pa.array([found[key] for key in keys], pa.list_(pa.string())) for found in (ids, documents)]
    return pa.table(lists, names=["sighting_ids", "document_ids"])


def _written(row: dict[str, Any], documents: Sequence[str]) -> Written:
    return Written(
        key=row["tweet_key"],
        username=row["author_username"],
        name=row["author_name"],
        user_id=row["author_id"],
        time=row["created_at"],
        bounded=row["created_at_source"] == TimeSource.RETWEET_BOUND,
        seen=row["status"] == TweetStatus.SEEN,
        documents=frozenset(documents),
    )


def _refused(edge: Edge, code: RejectCode) -> Reject:
    detail = f"{edge.child} {edge.type} {edge.target} ({edge.method}, {edge.confidence:.2f}) dropped"
    return Reject(stage=Stage.THREAD, code=code, detail=detail)
