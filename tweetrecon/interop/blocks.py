"""Files of lines in blocks of whole lines, so that many are looked at in one operation."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from tweetrecon.interop.dump import LONGEST
from tweetrecon.readers.stream import Stream

SIZE = 2**20
"""Bytes of a block: what the caches of a core hold."""

PADDING = b"\n" + b" " * 31
"""What stands behind a block's last line, so that words may be read beyond its end."""

_PIECE = 2**16


class Block(NamedTuple):
    """Some whole lines: where they begin in the file, and their bytes, which the next block overwrites.

    Behind ``size`` bytes of lines stands :data:`PADDING`. ``too_long``: only the beginning of a line that is not read.
    """

    offset: int
    data: memoryview
    size: int
    too_long: bool = False


def blocks(stream: Stream) -> Iterator[Block]:
    """All lines of a stream; the last may lack its end. One buffer is filled again and again."""
    buffer, filled, offset = bytearray(SIZE + len(PADDING)), 0, 0
    while got := _fill(stream, buffer, filled):
        begun, filled = filled, filled + got
        end = buffer.rfind(b"\n", begun, filled) + 1
        if end:
            rest = bytes(memoryview(buffer)[end:filled])
            yield _block(offset, buffer, end)
            buffer[: len(rest)] = rest
            filled, offset = len(rest), offset + end
        elif filled > LONGEST:
            yield Block(offset, memoryview(buffer)[:filled], filled, too_long=True)
            filled, offset = 0, offset + filled + _skipped(stream)
        if filled + len(PADDING) == len(buffer):
            buffer = buffer + bytes(len(buffer))
    if filled:
        yield _block(offset, buffer, filled)


def _fill(stream: Stream, buffer: bytearray, filled: int) -> int:
    """Fill the buffer up to the padding; how many bytes came. Small pieces cost no fresh memory."""
    begun, last = filled, len(buffer) - len(PADDING)
    with memoryview(buffer) as view:
        while filled < last and (got := stream.readinto(view[filled : min(filled + _PIECE, last)])):
            filled += got
    return filled - begun


def _block(offset: int, buffer: bytearray, size: int) -> Block:
    buffer[size : size + len(PADDING)] = PADDING
    return Block(offset, memoryview(buffer)[: size + len(PADDING)], size)


def _skipped(stream: Stream) -> int:
    """Read to the end of a line; how many bytes that took."""
    length = 0
    while data := stream.readline(LONGEST):
        length += len(data)
        if data.endswith(b"\n"):
            break
    return length
