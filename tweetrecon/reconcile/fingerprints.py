"""An index that finds texts sharing a stretch with a given one, whether cut, extended or damaged.

Winnowing (Schleimer, Wilkerson, Aiken 2003): of every few neighbouring shingles of a text only the one with the
smallest hash is kept, so that two texts which share a stretch of ``SHINGLE + WINDOW - 1`` letters share a fingerprint
for certain.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Generic, Protocol, TypeVar
from zlib import crc32

SHINGLE = 6
WINDOW = 4
LOOKED_UP = 8
"""How many of a text's fingerprints are looked up, rarest first: damage seldom spoils so many."""

COMMON = 200
"""A fingerprint that more texts share tells nothing; it is looked up only when all of a text's are like that."""


class Texts(Protocol):
    """Anything that has been seen with folded texts."""

    @property
    def texts(self) -> Iterable[str]:
        """The folded texts."""


T = TypeVar("T", bound=Texts)


class Fingerprints(Generic[T]):
    """Groups by exact text and by fingerprint; fingerprints are taken only once something is asked for."""

    def __init__(self, groups: Iterable[T]) -> None:
        self._exact: dict[str, list[T]] = defaultdict(list)
        self._prints: dict[int, list[T]] = defaultdict(list)
        self._waiting: list[tuple[T, str]] = []
        for group in groups:
            self.add(group)

    def add(self, group: T) -> None:
        """Index a group under all its texts."""
        for key in group.texts:
            self.add_text(group, key)

    def add_text(self, group: T, key: str) -> None:
        """Index a group under one more text."""
        self._exact[key].append(group)
        self._waiting.append((group, key))

    def with_key(self, key: str) -> list[T]:
        """Groups with exactly this text."""
        return self._exact.get(key, [])

    def similar(self, key: str) -> list[T]:
        """Groups with a text that shares a stretch with this one, each once, in the order in which they came."""
        for group, text in self._waiting:
            for mark in fingerprints(text):
                self._prints[mark].append(group)
        self._waiting.clear()
        marks = sorted((len(self._prints[m]), m) for m in fingerprints(key) if m in self._prints)
        rare = [m for count, m in marks[:LOOKED_UP] if count <= COMMON] or [m for _, m in marks[:1]]
        return list(dict.fromkeys(g for m in rare for g in self._prints[m][-COMMON:]))


class Beginnings(Generic[T]):
    """Groups by the beginnings of their texts."""

    def __init__(self, groups: Sequence[T]) -> None:
        self._groups = groups
        self._texts = sorted((text, n) for n, group in enumerate(groups) for text in group.texts)

    def beginning_with(self, key: str) -> list[T]:
        """Groups with a text that is or begins with this one, shortest text first, at most `COMMON`."""
        found: dict[int, None] = {}
        start = bisect_left(self._texts, (key, 0))
        for text, n in self._texts[start : start + COMMON]:
            if not text.startswith(key):
                break
            found[n] = None
        return [self._groups[n] for n in found]


def fingerprints(key: str) -> set[int]:
    """The winnowed fingerprints of a folded text; a text shorter than a shingle has one, its own hash."""
    text = key.encode() if key.isascii() else None
    starts = range(max(1, len(key) - SHINGLE + 1))
    if text is not None:
        marks = [crc32(text[i : i + SHINGLE]) for i in starts]
    else:
        marks = [crc32(key[i : i + SHINGLE].encode("utf-8", "surrogatepass")) for i in starts]
    if len(marks) <= WINDOW:
        return {min(marks)}
    return set(map(min, *(marks[i:] for i in range(WINDOW))))
