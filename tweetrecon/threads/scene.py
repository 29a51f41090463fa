"""What is known before any parent is concluded: stated references, the accounts behind the names, and all posts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

from tweetrecon.model import ReferenceType
from tweetrecon.spill import Room, Spill
from tweetrecon.threads.accounts import Accounts, Pairs, accounts, note_names
from tweetrecon.threads.edges import Edges
from tweetrecon.threads.nodes import Ints, Keys, Nodes, codes, times
from tweetrecon.threads.posts import Place, Post, read
from tweetrecon.threads.references import Edge
from tweetrecon.threads.stated import COLUMNS, Link, chain_edges, field_edges

if TYPE_CHECKING:
    import pyarrow as pa

_READ = (
    "tweet_key", "author_username", "text", "created_at", "created_at_precision", "created_at_source", "status",
    "flags",
)  # fmt: skip

Row = Mapping[str, Any]


class Links(Protocol):
    """Parallel: the row of a tweet that names another, the row of that, and the kind of what says so."""

    @property
    def outer(self) -> Ints:
        """Rows."""

    @property
    def inner(self) -> Ints:
        """Rows."""

    @property
    def kind(self) -> Ints:
        """Places in `Known.kinds`."""


class Found(Protocol):
    """Which tweet each sighting shows, both by number."""

    @property
    def keys(self) -> pa.Array[pa.StringScalar]:
        """Of the tweets, sorted."""

    @property
    def of_row(self) -> Ints:
        """The tweet of each row."""

    @property
    def rule_of_row(self) -> Any:
        """The rule that told so: places in `Known.rules`."""

    @property
    def versions(self) -> dict[str, str]:
        """The ids under which edited tweets were seen, and their keys."""


class Known(Protocol):
    """What reconciliation hands over."""

    @property
    def room(self) -> Room:
        """What memory there is."""

    @property
    def tweets(self) -> Spill[pa.Table]:
        """Partitions of ``tweets``, in order of keys."""

    @property
    def seen(self) -> Spill[pa.Table]:
        """Their sightings, with the numbers ``tweet``, ``row``, ``place`` and ``document``, and ``embed_id``.

        ``archived`` marks records of tweet archives: what stands together there is chance.
        """

    @property
    def found(self) -> Found:
        """The tweet of each row."""

    @property
    def links(self) -> Links:
        """What chains and embeds say of each other."""

    @property
    def kinds(self) -> Sequence[tuple[ReferenceType, str]]:
        """What links can be: types of references and methods."""

    @property
    def rules(self) -> Sequence[str]:
        """The names of the rules of identity."""


@dataclass(slots=True)
class Scene:
    """``edges``: those stated, by partitions of tweets; ``impossible``: those that time forbids."""

    known: Known
    keys: Keys
    nodes: Nodes
    edges: Spill[Edges]
    accounts: Accounts = field(default_factory=Accounts)
    impossible: list[Edge] = field(default_factory=list)


def scene(known: Known) -> Scene:
    """Read what the sightings state."""
    at = Scene(known, Keys(known.found.keys), Nodes(len(known.found.keys)), Spill(known.room, len(known.seen)))
    pairs: Pairs = {}
    links = _Links(known)
    for partition in range(len(known.seen)):
        [tweets], [sightings] = known.tweets.read(partition), known.seen.read(partition)
        rows = sightings.select(COLUMNS).to_pylist()
        keys = [str(key) for key in tweets["tweet_key"].to_pylist()]
        first = rows[0]["tweet"] if rows else 0
        key_of_row = [keys[row["tweet"] - first] for row in rows]
        rules = [known.rules[known.found.rule_of_row[row["row"]]] for row in rows]
        authors = dict(zip(keys, tweets["author_username"].to_pylist(), strict=True))
        note_names(pairs, [row["author_username"] for row in rows], key_of_row, rules, authors)
        edges = Edges(known.found.versions)
        edges.add(chain_edges(links.of(rows, key_of_row, at.keys)))
        edges.add(field_edges(rows, key_of_row))
        at.edges.put(partition, edges, len(edges))
        at.nodes.set_times(first, times(tweets))
        at.nodes.author[first : first + len(keys)] = codes([(authors[key] or "").casefold() for key in keys])
    at.accounts = accounts(pairs, _used(at.nodes, {name for pair in pairs for name in pair}))
    return at


class _Links:
    """The links of all sightings, by the tweets that name others."""

    def __init__(self, known: Known) -> None:
        self._known, self._links = known, known.links
        child = known.found.of_row[known.links.outer]
        self._order = np.argsort(child, kind="stable")
        self._children = child[self._order]

    def of(self, rows: Sequence[Row], keys: Sequence[str], all_keys: Keys) -> list[Link]:
        """Those of some tweets, all of whose sightings are given, in the order of the sightings that say so."""
        if not rows or not len(self._order):
            return []
        ends = np.searchsorted(self._children, [rows[0]["tweet"], rows[-1]["tweet"] + 1])
        places = self._order[ends[0] : ends[1]]
        inner = self._links.inner[places]
        targets = all_keys.of(self._known.found.of_row[inner])
        rules = self._known.found.rule_of_row[inner].tolist()
        row_of = {row["row"]: n for n, row in enumerate(rows)}
        found = []
        for place, target, rule in zip(places.tolist(), targets, rules, strict=True):
            n = row_of[int(self._links.outer[place])]
            kind, method = self._known.kinds[self._links.kind[place]]
            said = rows[n]["embed_id"] or rows[n]["sighting_id"]
            found.append((said, place, Link(keys[n], kind, target, method, said, self._known.rules[rule])))
        return [link for *_, link in sorted(found, key=lambda f: f[:2])]


def _used(nodes: Nodes, names: set[str]) -> dict[str, int]:
    """How many tweets chose each of the usernames."""
    ordered = sorted(names)
    authors, counts = np.unique(nodes.author, return_counts=True)
    if not len(authors):
        return {}
    wanted = codes(ordered)
    place = np.minimum(np.searchsorted(authors, wanted), len(authors) - 1)
    found = np.where(authors[place] == wanted, counts[place], 0)
    return dict(zip(ordered, found.tolist(), strict=True))


def posts(at: Scene) -> Iterator[tuple[int, list[Post], list[str | None]]]:
    """Partition by partition all posts and their texts; drops the edges that their times forbid."""
    for partition in range(len(at.known.seen)):
        [tweets], [sightings] = at.known.tweets.read(partition), at.known.seen.read(partition)
        [edges] = at.edges.read(partition)
        rows = tweets.select(_READ).to_pylist()
        first = sightings["tweet"][0].as_py() if rows else 0
        placed = in_documents(sightings)
        numbers = [placed[name].to_pylist() for name in ("tweet", "document", "position")]
        where: list[list[Place]] = [[] for _ in rows]
        for node, document, position in zip(*numbers, strict=True):
            where[node - first].append(Place(document, position))
        found = [
            read(row, node, where[node - first], edges.retweets(row["tweet_key"]), at.accounts.present)
            for node, row in enumerate(rows, first)
        ]
        _drop_impossible(at, partition, {post.key: post.node for post in found})
        at.nodes.add(found)
        yield partition, found, [row["text"] for row in rows]


def in_documents(sightings: pa.Table) -> pa.Table:
    """The rows that documents show."""
    import pyarrow.compute as pc

    return sightings.filter(pc.invert(sightings["archived"]))


def _drop_impossible(at: Scene, partition: int, node_of: Mapping[str, int]) -> None:
    [edges] = at.edges.take(partition)
    stated = list(edges)
    targets = at.keys.nodes([edge.target for edge in stated])
    children = np.array([node_of[edge.child] for edge in stated], dtype=np.int64)
    newer = (targets >= 0) & at.nodes.times.surely_newer(targets, children)
    impossible = [stated[n] for n in np.flatnonzero(newer).tolist()]
    edges.remove(impossible)
    at.impossible += impossible
    at.edges.put(partition, edges, len(edges))
