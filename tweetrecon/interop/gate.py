"""A byte gate before the parser: which lines of a dump can speak of a tweet that is wanted.

To parse a line costs several times what it costs to look at its bytes. A Snowflake id is a run of 15 to 19 digits, and
such a run fills an aligned word of eight bytes, so that a few vector operations over words find all runs of a block;
their first 15 digits are looked up in a table. Two ids that share those were made within 3 microseconds. The same with
words of four bytes and seven digits finds the ids of 2007 to 2010; the few before stand as strings or in addresses.

Tweets known without an id are looked for by the day, which is in the id of a line, and the author, whose name stands in
it after a key that ends in ``name``. The gate lets too many lines pass, never too few; lines that are no JSON objects
at first sight pass, so that they are refused with their number.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import stringzilla  # type: ignore[import-not-found]

from tweetrecon.interop.blocks import PADDING, Block
from tweetrecon.interop.scan import LONG, SHORT, WORDS, Bytes, Mask, Numbers, Scan, Scratch

_MIX = np.uint64(0x9E3779B97F4A7C15)
_NAME = re.compile(rb'name"\s?:\s?"(\w{1,15})"')


class Line(NamedTuple):
    """A line of a block: its number in it from 0, where it begins and where it ends, its newline included."""

    number: int
    start: int
    end: int


class Gate:
    """Lets lines pass that hold one of the ids, or of one of the times and one of the authors.

    ``windows`` are pairs of ids between which the tweets known without one must lie, ``usernames`` their authors.
    """

    def __init__(
        self, ids: Iterable[str], windows: Sequence[tuple[int, int]] = (), usernames: Iterable[str] = ()
    ) -> None:
        self._ids = self._added = _Ids(ids)
        self._edges = _merged(windows)
        self._early = any(low < 10 ** (2 * LONG - 2) for low, _ in windows)
        self._usernames = {name.casefold().encode() for name in usernames}
        self._scratch = Scratch()

    def look_also_for(self, ids: Iterable[str]) -> None:
        """Let lines with these ids pass, too."""
        self._added = _Ids(ids)
        self._ids |= self._added

    def scan(self, block: Block) -> Scan:
        """A block as :meth:`passing` takes it; good until the next one is scanned."""
        return Scan(block, self._scratch)

    def passing(self, scan: Scan) -> list[Line]:
        """The lines of a block that can matter."""
        chosen = scan.odd | self._ids.lines(scan)
        for number in self._of_time(scan):
            line = scan.block.data[scan.starts[number] : scan.ends[number]]
            chosen[number] = chosen[number] or self._names_author(line)
        return _lines(scan, chosen)

    def naming(self, scan: Scan) -> list[Line]:
        """The lines of a block that hold one of the ids added last."""
        return _lines(scan, self._added.lines(scan))

    def _of_time(self, scan: Scan) -> list[int]:
        """The lines with an id in one of the windows, and, for times before Snowflake ids, those with no such id."""
        if not self._usernames:
            return []
        found = np.zeros(len(scan.ends), bool)
        if self._early:
            found[:] = True
            found[scan.lines_of(scan.runs)] = False
        inside = np.searchsorted(self._edges, scan.values, side="right") % 2 == 1
        found[scan.lines_of(scan.runs[inside])] = True
        return np.flatnonzero(found).tolist()

    def _names_author(self, line: memoryview) -> bool:
        return any(name.lower() in self._usernames for name in _NAME.findall(line))


def _lines(scan: Scan, chosen: Mask) -> list[Line]:
    last = np.minimum(scan.ends + 1, scan.block.size)
    return [Line(n, int(scan.starts[n]), int(last[n])) for n in np.flatnonzero(chosen).tolist()]


class _Ids:
    """Ids that are wanted, by how they are found."""

    def __init__(self, ids: Iterable[str]) -> None:
        ids = list(ids)
        self._long = _Prefixes([i for i in ids if len(i) >= 2 * LONG - 1], LONG)
        self._short = _Prefixes([i for i in ids if 2 * SHORT - 1 <= len(i) < 2 * LONG - 1], SHORT)
        oldest = (i.encode() for i in ids if len(i) < 2 * SHORT - 1)
        self._oldest = [part for i in oldest for part in (b'"' + i + b'"', b"/" + i + b'"')]

    def __or__(self, other: _Ids) -> _Ids:
        both = _Ids(())
        both._long, both._short = self._long | other._long, self._short | other._short
        both._oldest = self._oldest + other._oldest
        return both

    def lines(self, scan: Scan) -> Mask:
        """Which lines of a block hold one of them."""
        chosen = np.zeros(len(scan.ends), bool)
        if self._long:
            chosen[scan.lines_of(self._long.among(scan.runs, scan.data))] = True
        if self._short:
            chosen[scan.lines_of(self._short.among(scan.short_runs, scan.data))] = True
        for place in self._old(scan.block.data):
            chosen[np.searchsorted(scan.ends, place)] = True
        return chosen

    def _old(self, data: memoryview) -> Iterator[int]:
        for part in self._oldest:
            place = stringzilla.find(data, part)
            while place >= 0:
                yield place
                place = stringzilla.find(data, part, place + 1)


class _Prefixes:
    """The beginnings of ids, of 2 × word - 1 digits, to look up runs of digits in many at once."""

    def __init__(self, ids: Sequence[str], word: int) -> None:
        self._word = word
        joined = b"".join(i[: 2 * word - 1].encode() for i in ids)
        data = np.frombuffer(joined + PADDING, np.uint8)
        self._index(np.unique(self._key(np.arange(len(ids)) * (2 * word - 1), data)))

    def _index(self, keys: npt.NDArray[np.uint64]) -> None:
        self._keys = keys
        self._shift = np.uint64(64 - max(16, (len(self._keys) * 64).bit_length()))
        self._table = np.zeros(1 << (64 - int(self._shift)), bool)
        self._table[self._keys >> self._shift] = True

    def __or__(self, other: _Prefixes) -> _Prefixes:
        both = _Prefixes((), self._word)
        both._index(np.union1d(self._keys, other._keys))
        return both

    def __bool__(self) -> bool:
        return len(self._keys) > 0

    def among(self, runs: Numbers, data: Bytes) -> Numbers:
        """Those of the runs that begin like one of the ids."""
        keys = self._key(runs, data)
        likely = self._table[keys >> self._shift]
        runs, keys = runs[likely], keys[likely]
        found: Numbers = runs[self._keys[np.searchsorted(self._keys[:-1], keys)] == keys]
        return found

    def _key(self, places: Numbers, data: Bytes) -> npt.NDArray[np.uint64]:
        """A number for the digits from each place on, the same for the same; its high bits are well mixed."""
        kind, _ = WORDS[self._word]
        words = np.ndarray((len(data) - self._word,), kind, data, 0, (1,))
        first, last = words[places].astype(np.uint64), words[places + (self._word - 1)].astype(np.uint64)
        mixed: npt.NDArray[np.uint64] = (first * _MIX ^ last) * _MIX
        return mixed


def _merged(windows: Iterable[tuple[int, int]]) -> Numbers:
    """Disjoint windows as a flat list of edges: a number lies in one if an odd count of edges is not above it."""
    edges: list[int] = []
    for low, high in sorted(windows):
        if edges and low <= edges[-1]:
            edges[-1] = max(edges[-1], high)
        else:
            edges += [low, high]
    return np.array(edges, np.int64)
