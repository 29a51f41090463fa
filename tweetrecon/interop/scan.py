"""What a few vector operations find out about a block of lines: where its lines are, and its long runs of digits."""

from __future__ import annotations

from functools import cached_property

import numpy as np
import numpy.typing as npt

from tweetrecon.interop.blocks import Block

Bytes = npt.NDArray[np.uint8]
Numbers = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]

LONG, SHORT = 8, 4
"""Bytes of the words by which runs of digits are found: a run of 2 × word - 1 and more fills one of them."""

WORDS: dict[int, tuple[type[np.unsignedinteger], int]] = {
    LONG: (np.uint64, 0x0101010101010101),
    SHORT: (np.uint32, 0x01010101),
}
"""The numpy type of a word, and the word whose bytes are all true."""

_ZERO, _NEWLINE, _OPEN, _CLOSE, _RETURN = b"0\n{}\r"


class Scratch:
    """Memory for the masks of a block, used again for each: fresh memory costs more than what is done with it."""

    def __init__(self) -> None:
        self._bytes = np.empty(0, np.uint8)
        self._masks = np.empty((2, 0), bool)

    def masks(self, data: Bytes) -> tuple[Mask, Mask]:
        """Which bytes are digits, and which are line ends."""
        size = len(data)
        if size > len(self._bytes):
            self._bytes, self._masks = np.empty(size, np.uint8), np.empty((2, size + -size % LONG), bool)
        shifted, digits, newlines = self._bytes[:size], self._masks[0, :size], self._masks[1, :size]
        np.subtract(data, np.uint8(_ZERO), out=shifted)
        np.less(shifted, 10, out=digits)
        np.equal(data, _NEWLINE, out=newlines)
        return digits, newlines


class Scan:
    """One block: ``starts`` and ``ends`` of its lines (the places of their newlines); good until the next one."""

    def __init__(self, block: Block, scratch: Scratch) -> None:
        self.block = block
        self.data: Bytes = np.frombuffer(block.data, np.uint8)
        self.digits, newlines = scratch.masks(self.data)
        ends = _positions(newlines, block.size + 1)
        if len(ends) > 1 and ends[-1] == block.size == ends[-2] + 1:
            ends = ends[:-1]  # that of the padding, which is needed only where the last line lacks its own
        self.ends = ends
        self.starts: Numbers = np.concatenate(([0], ends[:-1] + 1))

    @cached_property
    def runs(self) -> Numbers:
        """Where runs of digits begin that are 15 digits long or longer."""
        return _runs(self.digits, LONG)

    @cached_property
    def short_runs(self) -> Numbers:
        """The same for seven digits."""
        return _runs(self.digits, SHORT)

    @cached_property
    def values(self) -> Numbers:
        """The numbers that the runs of 15 to 19 digits stand for; 0 for longer ones."""
        ends, values = self.runs.copy(), np.zeros(len(self.runs), np.int64)
        for _ in range(19):
            inside = self.digits[ends]
            values = np.where(inside, values * 10 + self.data[ends] - _ZERO, values)
            ends += inside
        return np.where((ends - self.runs >= 2 * LONG - 1) & ~self.digits[ends], values, 0)

    @cached_property
    def odd(self) -> Mask:
        """Which lines neither are empty nor begin and end as objects do."""
        last = self.data[self.ends - 1]
        last = np.where(last == _RETURN, self.data[self.ends - 2], last)
        odd: Mask = ((self.data[self.starts] != _OPEN) | (last != _CLOSE)) & (self.ends > self.starts)
        return odd

    def lines_of(self, places: Numbers) -> Numbers:
        """The numbers of the lines, from 0, in which places lie."""
        return np.searchsorted(self.ends, places)


def _runs(digits: Mask, word: int) -> Numbers:
    kind, all_digits = WORDS[word]
    full = np.flatnonzero(digits[: len(digits) // word * word].view(kind) == kind(all_digits))
    starts = full[np.diff(full, prepend=-2) > 1] * word
    ones = digits.view(np.uint8)
    for _ in range(word - 1):
        starts -= ones[starts - 1]
    return starts


def _positions(mask: Mask, length: int) -> Numbers:
    """Where a sparse mask is true, within a length: only words that hold anything are looked into."""
    whole = len(mask) // LONG * LONG
    words = np.flatnonzero(mask[:whole].view(np.uint64) != 0)
    word, byte = np.nonzero(mask[:whole].reshape(-1, LONG)[words])
    found: Numbers = np.concatenate((words[word] * LONG + byte, np.flatnonzero(mask[whole:]) + whole))
    return found[found < length]
