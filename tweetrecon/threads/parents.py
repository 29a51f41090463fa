"""The likeliest parent of every tweet that states none: a tweet asks each author who could have written it.

What an author has written, and all who ask for it, are looked at together, so that no step needs the whole corpus.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from typing import Any, NamedTuple

import numpy as np

from tweetrecon.spill import Spill, code
from tweetrecon.threads.candidates import NAMED, NEAREST, Answer, Candidate, Corpus, Features, features_of_none
from tweetrecon.threads.documents import Order, Places
from tweetrecon.threads.nodes import Codes, codes
from tweetrecon.threads.posts import Post, addressed
from tweetrecon.threads.references import Child, Edge, Scored, choose, concluded, score, scored
from tweetrecon.threads.scene import Scene, in_documents, posts


class Ask(NamedTuple):
    """A tweet that could answer one by ``username``, the ``place``-th of those whom it asks.

    ``post`` is None where it asks its own author; ``named_present`` as in `Corpus.candidates`.
    """

    node: int
    post: Post | None
    place: int
    username: str
    named_present: bool


class Offer(NamedTuple):
    """The tweets of one author that a tweet could answer."""

    node: int
    place: int
    username: str
    candidates: list[Candidate]


class Parents:
    """All posts and questions, sorted by the authors concerned."""

    def __init__(self, at: Scene) -> None:
        room, self._partitions = at.known.room, len(at.known.seen)
        self._at = at
        self._posts: Spill[Post] = Spill(room, self._partitions)
        self._asks: Spill[Ask] = Spill(room, self._partitions)
        self._answers: Spill[tuple[int, str, Answer]] = Spill(room, self._partitions)
        self.children: Spill[tuple[Child, Features]] = Spill(room, self._partitions)
        """Those who ask, by partitions of tweets, with what speaks for none of the tweets known."""
        self._read()

    def _read(self) -> None:
        present = _present(self._at)
        for partition, found, texts in posts(self._at):
            named = sorted({name for post in found for name in (*post.leading, *post.inside)})
            known = {name for name, has in zip(named, np.isin(codes(named), present).tolist(), strict=True) if has}
            [edges] = self._at.edges.read(partition)
            for post, text in zip(found, texts, strict=True):
                self._posts.put(self._partition(post.username), post)
                self._note_answer(post)
                if not (post.implied or post.retweets or post.starts or edges.answers(post.key)):
                    self.children.put(partition, (_child(post, text or ""), features_of_none(post)))
                    self._ask(post, known)

    def _partition(self, username: str) -> int:
        return code(username) % self._partitions

    def _note_answer(self, post: Post) -> None:
        if post.leading and post.time is not None and not post.bounded:
            answer = Answer(post.username, post.time, post.width, post.end, 0.0)
            self._answers.put(self._partition(post.leading[0]), (post.node, post.leading[0], answer))

    def _ask(self, child: Post, known: set[str]) -> None:
        named_present = any(name in known for name in child.leading if name != child.username)
        others = (*(u for u in child.leading if u != child.username), *sorted(child.inside))[:NAMED]
        self._asks.put(self._partition(child.username), Ask(child.node, None, 0, child.username, named_present))
        for place, username in enumerate(dict.fromkeys(others), 1):
            if username in known and username != child.username:
                self._asks.put(self._partition(username), Ask(child.node, child, place, username, named_present))

    def offers(self) -> Iterator[Offer]:
        """What each author asked has to offer."""
        order = Order(_places(self._at), self._at.nodes)
        before = self._at.nodes.lagging_ends(NEAREST)
        for partition in range(self._partitions):
            mine = list(self._posts.take(partition))
            answers = ((u, a._replace(end_before=float(before[n]))) for n, u, a in self._answers.take(partition))
            corpus = Corpus(mine, answers, order)
            post_of = {post.node: post for post in mine}
            for ask in self._asks.take(partition):
                child = ask.post or post_of[ask.node]
                found = corpus.candidates(child, ask.username, named_present=ask.named_present)
                if found:
                    yield Offer(ask.node, ask.place, ask.username, found)


def _present(at: Scene) -> Codes:
    """Everybody by whom a tweet is known, under the present name."""
    renamed = at.accounts.present
    names = zip(codes(list(renamed)).tolist(), codes(list(renamed.values())).tolist(), strict=True)
    former = dict(names)
    return np.unique(np.array([former.get(one, one) for one in np.unique(at.nodes.author).tolist()], dtype=np.uint64))


def _child(post: Post, text: str) -> Child:
    named = next((u for u in post.leading if u != post.username), None)
    shown = next((u for u in addressed(text) if u.casefold() == named), named)
    first = post.leading[0] if post.leading and post.leading[0] != post.username else None
    return Child(post.node, post.key, shown, first)


def _places(at: Scene) -> Places:
    """Where every tweet stands."""
    columns: list[list[Any]] = [[], [], []]
    for table in at.known.seen.all():
        placed = in_documents(table)
        for column, name in zip(columns, ("document", "position", "tweet"), strict=True):
            column.append(placed[name].to_numpy())
    return Places(*(np.concatenate(parts) for parts in columns))


# ------------------------------------------------------------------------------------------------ the choice


def conclude(at: Scene) -> None:
    """Add to the edges of the scene those that are concluded."""
    parents = Parents(at)
    partitions = len(at.known.seen)
    scores: Spill[Scores] = Spill(at.known.room, partitions)
    for offer in parents.offers():
        partition = offer.node * partitions // len(at.keys)
        scores.put(partition, Scores(offer.node, offer.place, offer.username, [scored(c) for c in offer.candidates]))
    for partition in range(partitions):
        offered: dict[int, list[Scores]] = defaultdict(list)
        for found in scores.take(partition):
            offered[found.node].append(found)
        [edges] = at.edges.take(partition)
        chosen = (_chosen(child, none, offered[child.node]) for child, none in parents.children.take(partition))
        edges.add(edge for edge in chosen if edge)
        at.edges.put(partition, edges, len(edges))


class Scores(NamedTuple):
    """An offer and what it is worth."""

    node: int
    place: int
    username: str
    candidates: list[Scored]


def _chosen(child: Child, none: Features, offered: Iterable[Scores]) -> Edge | None:
    offered = sorted(offered, key=lambda offer: offer.place)
    none = none_of(child, none, {offer.username for offer in offered})
    candidates = [candidate for offer in offered for candidate in offer.candidates]
    return concluded(child, choose(candidates, score(none)))


def none_of(child: Child, none: Features, offering: Collection[str]) -> Features:
    """What speaks for none of the tweets known, given the authors who offer one."""
    absent = child.first is not None and child.first not in offering
    return none | {"none_named_absent": 1} if absent else none
