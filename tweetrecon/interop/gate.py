"""A byte gate before the parser: which lines of a dump can speak of a tweet that is wanted.

To parse a line costs several times what it costs to look at its bytes. A Snowflake id is a run of 15 to 19 digits, and
such a run fills an aligned word of eight bytes, so that a few vector operations over words find all runs of a block;
their first 15 digits are looked up in a table. Two ids that share those were made within 3 microseconds.

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

Bytes = npt.NDArray[np.uint8]
Numbers = npt.NDArray[np.int64]
Words = npt.NDArray[np.uint64]

LEAST_DIGITS = 15
"""Ids of Snowflake's first day, 4 November 2010, and all before have fewer digits; a pattern looks for them."""

_WORD = 8
_ALL_DIGITS = np.uint64(0x0101010101010101)
_MIX = np.uint64(0x9E3779B97F4A7C15)
_SHORT = re.compile(rb"(?<![0-9])[0-9]{1,14}(?![0-9])")
_NAME = re.compile(rb'name"\s?:\s?"(\w{1,15})"')
_NEWLINE, _OPEN, _CLOSE, _RETURN = b"\n{}\r"
_PADDING = b" " * 32


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
        ids = list(ids)
        self._short = {i.encode() for i in ids if len(i) < LEAST_DIGITS}
        keys = np.unique(_keys(*_ends(np.frombuffer(_joined(ids), np.uint8))))
        self._shift = np.uint64(64 - max(16, int(len(keys) * 64).bit_length()))
        self._table = np.zeros(1 << (64 - int(self._shift)), bool)
        self._table[keys >> self._shift] = True
        self._ids = keys
        self._edges = _merged(windows)
        self._early = any(low < 10**LEAST_DIGITS for low, _ in windows)
        self._usernames = {name.casefold().encode() for name in usernames}

    def passing(self, block: bytes) -> list[Line]:
        """The lines of a block, which ends with a line, that can matter."""
        data = np.frombuffer(block + b"\n" * (not block.endswith(b"\n")) + _PADDING, np.uint8)
        ends = _positions(data == _NEWLINE, len(data) - len(_PADDING))
        starts = np.concatenate(([0], ends[:-1] + 1))
        chosen = _odd(data, starts, ends)
        digits, runs = _runs(data)
        chosen[_lines_of(runs[self._wanted(data, runs)], ends)] = True
        for place in self._short_ids(block):
            chosen[np.searchsorted(ends, place)] = True
        for number in self._of_time(data, digits, runs, ends):
            chosen[number] = chosen[number] or self._names_author(block[starts[number] : ends[number]])
        return [Line(n, int(starts[n]), int(ends[n]) + 1) for n in np.flatnonzero(chosen).tolist()]

    def _wanted(self, data: Bytes, runs: Numbers) -> npt.NDArray[np.bool_]:
        keys = _keys(*_words(data, runs))
        found: npt.NDArray[np.bool_] = self._table[keys >> self._shift]
        likely = keys[found]
        found[found] = self._ids[np.searchsorted(self._ids[:-1], likely)] == likely
        return found

    def _short_ids(self, block: bytes) -> Iterator[int]:
        if self._short:
            yield from (m.start() for m in _SHORT.finditer(block) if m[0] in self._short)

    def _of_time(self, data: Bytes, digits: Bytes, runs: Numbers, ends: Numbers) -> list[int]:
        """The lines with an id in one of the windows, and, for times before Snowflake ids, those with no such id."""
        if not self._usernames:
            return []
        values = _values(data, digits, runs)
        inside = np.searchsorted(self._edges, values, side="right") % 2 == 1
        found = np.zeros(len(ends), bool)
        if self._early:
            found[:] = True
            found[_lines_of(runs, ends)] = False
        found[_lines_of(runs[inside], ends)] = True
        return np.flatnonzero(found).tolist()

    def _names_author(self, line: bytes) -> bool:
        return any(name.lower() in self._usernames for name in _NAME.findall(line))


def _joined(ids: Iterable[str]) -> bytes:
    return b"".join(i.encode().ljust(LEAST_DIGITS)[:LEAST_DIGITS] for i in ids if len(i) >= LEAST_DIGITS)


def _ends(digits: Bytes) -> tuple[Words, Words]:
    """The first and the last eight of each 15 bytes."""
    rows = digits.reshape(-1, LEAST_DIGITS)
    first, last = np.ascontiguousarray(rows[:, :_WORD]), np.ascontiguousarray(rows[:, -_WORD:])
    return first.view(np.uint64).ravel(), last.view(np.uint64).ravel()


def _words(data: Bytes, places: Numbers) -> tuple[Words, Words]:
    """The same of the 15 bytes from each place on."""
    unaligned: Words = np.ndarray((len(data) - _WORD,), np.uint64, data, 0, (1,))
    return unaligned[places], unaligned[places + (LEAST_DIGITS - _WORD)]


def _keys(first: Words, last: Words) -> Words:
    """A number for 15 digits, the same for the same digits; its high bits are well mixed."""
    mixed: Words = (first * _MIX ^ last) * _MIX
    return mixed


def _runs(data: Bytes) -> tuple[Bytes, Numbers]:
    """1 for each byte that is a digit, else 0, and where runs begin that fill an aligned word: all of 15 and more."""
    whole = len(data) // _WORD * _WORD
    digits = (data - np.uint8(ord("0"))) < 10
    full = np.flatnonzero(digits[:whole].view(np.uint64) == _ALL_DIGITS)
    starts = full[np.diff(full, prepend=-2) > 1] * _WORD
    ones: Bytes = digits.view(np.uint8)
    for _ in range(_WORD - 1):
        starts -= ones[starts - 1]
    return ones, starts


def _values(data: Bytes, digits: Bytes, runs: Numbers) -> Numbers:
    """The numbers that runs of 15 to 19 digits stand for; 0 for the others."""
    ends, values = runs.copy(), np.zeros(len(runs), np.int64)
    for _ in range(19):
        inside = digits[ends].astype(bool)
        values = np.where(inside, values * 10 + data[ends] - ord("0"), values)
        ends += inside
    lengths = ends - runs
    return np.where((lengths >= LEAST_DIGITS) & (digits[ends] == 0), values, 0)


def _positions(mask: npt.NDArray[np.bool_], length: int) -> Numbers:
    """Where a sparse mask is true, within a length: only words that hold anything are looked into."""
    whole = len(mask) // _WORD * _WORD
    words = np.flatnonzero(mask[:whole].view(np.uint64) != 0)
    word, byte = np.nonzero(mask[:whole].reshape(-1, _WORD)[words])
    found: Numbers = np.concatenate((words[word] * _WORD + byte, np.flatnonzero(mask[whole:]) + whole))
    return found[found < length]


def _odd(data: Bytes, starts: Numbers, ends: Numbers) -> npt.NDArray[np.bool_]:
    """Lines that are neither empty nor begin and end as objects do."""
    last = data[ends - 1]
    last = np.where(last == _RETURN, data[ends - 2], last)
    odd: npt.NDArray[np.bool_] = ((data[starts] != _OPEN) | (last != _CLOSE)) & (ends > starts)
    return odd


def _lines_of(places: Numbers, ends: Numbers) -> Numbers:
    return np.searchsorted(ends, places)


def _merged(windows: Iterable[tuple[int, int]]) -> Numbers:
    """Disjoint windows as a flat list of edges: a number lies in one if an odd count of edges is not above it."""
    edges: list[int] = []
    for low, high in sorted(windows):
        if edges and low <= edges[-1]:
            edges[-1] = max(edges[-1], high)
        else:
            edges += [low, high]
    return np.array(edges, np.int64)
