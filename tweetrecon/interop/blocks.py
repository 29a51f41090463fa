"""Files of lines in blocks of whole lines, so that many are looked at in one operation."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from tweetrecon.interop.dump import LONGEST
from tweetrecon.readers.stream import Stream

SIZE = 2**20
"""Bytes of a block: what the caches of a core hold."""


class Block(NamedTuple):
    """Some lines: the number of the first, from 1, its offset, and how many. One that is too long is only begun."""

    number: int
    offset: int
    lines: int
    data: bytes
    too_long: bool = False


def blocks(stream: Stream) -> Iterator[Block]:
    """All lines of a stream; the last may lack its end."""
    number, offset, rest = 1, 0, b""
    while data := stream.read(SIZE):
        data = rest + data
        end = data.rfind(b"\n") + 1
        if end:
            lines = data.count(b"\n", 0, end)
            yield Block(number, offset, lines, data[:end])
            number, offset, rest = number + lines, offset + end, data[end:]
        elif len(data) <= LONGEST:
            rest = data
        else:
            yield Block(number, offset, 1, data, too_long=True)
            skipped = _skipped(stream)
            number, offset, rest = number + 1, offset + len(data) + skipped, b""
    if rest:
        yield Block(number, offset, 1, rest)


def _skipped(stream: Stream) -> int:
    """Read to the end of a line; how many bytes that took."""
    length = 0
    while data := stream.readline(LONGEST):
        length += len(data)
        if data.endswith(b"\n"):
            break
    return length
