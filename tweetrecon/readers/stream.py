"""The bytes of one input, decompressed. Damage ends the stream and is noted, not raised."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, BinaryIO, cast

from tweetrecon.model import RejectCode
from tweetrecon.readers.decompression import DAMAGE, Decompressor, decompressor

HEAD = 64 * 1024
"""How much of an input is at hand before reading it, to tell its format."""


@dataclass(frozen=True, slots=True)
class Damage:
    """Why a stream ended before its end. ``harmless`` where what came before is surely right, only incomplete."""

    code: RejectCode
    detail: str
    harmless: bool


class Stream(io.BufferedReader):
    """Decompressed bytes of an input that never raise while they are read: see :attr:`damage` at the end."""

    def __init__(self, raw: BinaryIO) -> None:
        self._raw = cast(BinaryIO, raw if raw.seekable() else _Tape(raw))
        self._tolerant = _Tolerant(self._raw)
        super().__init__(self._tolerant, HEAD)

    @property
    def damage(self) -> Damage | None:
        """What cut the stream short; known once it has been read to its end."""
        return self._tolerant.damage

    def head(self) -> bytes:
        """The first bytes, without consuming them."""
        return self.peek(HEAD)

    def rewound(self) -> BinaryIO:
        """The bytes before decompression, from the first, for a format that decompresses them itself.

        Nothing but :meth:`head` may have been read before, and nothing of the stream is to be read after.
        """
        self._raw.seek(0)
        return self._raw


class _Tape(io.RawIOBase):
    """What cannot be read twice (a pipe), with a memory of its first bytes, so that it can be read from the first."""

    _MOST = 1024 * 1024

    def __init__(self, raw: BinaryIO) -> None:
        self._source = raw if isinstance(raw, io.BufferedIOBase) else io.BufferedReader(raw)  # type: ignore[type-var]
        self._memory: bytearray | None = bytearray()
        self._again = b""

    def readable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = 0) -> int:
        """To the first byte, once, while it is remembered."""
        if offset or whence or self._memory is None:
            raise io.UnsupportedOperation("seek")
        self._again, self._memory = bytes(self._memory), None
        return 0

    def readinto(self, buffer: Any) -> int:
        size = memoryview(buffer).nbytes
        data, self._again = self._again[:size], self._again[size:]
        data = data or self._source.read1(size)
        if self._memory is not None:
            self._memory = self._memory + data if len(self._memory) < self._MOST else None
        buffer[: len(data)] = data
        return len(data)


class _Tolerant(io.RawIOBase):
    """The decompressed bytes of a raw source; the first error is kept and looks like the end."""

    def __init__(self, raw: BinaryIO) -> None:
        self._raw = raw
        self._chunk: Callable[[int], bytes] | None = None
        self.damage: Damage | None = None

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        """Fill the whole buffer unless the input ends, so that one peek sees a whole head."""
        view = memoryview(buffer).cast("B")
        filled = 0
        while filled < len(view) and self.damage is None:
            try:
                self._chunk = self._chunk or _decompressed(self._raw)
                chunk = self._chunk(len(view) - filled)
            except (OSError, EOFError, _NotCompressedError, *DAMAGE) as error:
                self.damage = _damage(error)
                break
            if not chunk:
                break
            view[filled : filled + len(chunk)] = chunk
            filled += len(chunk)
        return filled


class _NotCompressedError(Exception):
    """Bytes that begin no compressed member follow one."""


class _Unpacked:
    """The decompressed bytes of gzip members or zstd frames, one after the other."""

    def __init__(self, raw: io.BufferedReader[Any]) -> None:
        self._raw = raw
        self._fed = b""
        self._ready = b""
        self._member: Decompressor | None = None

    def read1(self, size: int) -> bytes:
        """Up to ``size`` bytes; none at the end. Raises EOFError where the last member has no end."""
        while not self._ready and self._more():
            pass
        chunk, self._ready = self._ready[:size], self._ready[size:]
        return chunk

    def _more(self) -> bool:
        if self._member is None and not self._next():
            return False
        member = self._member
        if member is None:
            raise _NotCompressedError
        if member.hungry and not self._fed and not self._feed():
            raise EOFError
        self._ready, self._fed = member.decompress(self._fed)
        self._member = None if member.eof else member
        return True

    def _next(self) -> bool:
        """Begin a member, past zeros that pad the one before; False at the end of the file."""
        while len(self._fed) < 4 and self._feed():
            self._fed = self._fed.lstrip(b"\0")
        self._fed = self._fed.lstrip(b"\0")
        self._member = decompressor(self._fed)
        return bool(self._fed)

    def _feed(self) -> bool:
        piece = self._raw.read1(HEAD)
        self._fed += piece
        return bool(piece)


def _decompressed(raw: BinaryIO) -> Callable[[int], bytes]:
    """A function that gives up to n decompressed bytes; the compression is known by its magic number."""
    file = raw if isinstance(raw, io.BufferedReader) else io.BufferedReader(raw)  # type: ignore[type-var]
    return file.read1 if decompressor(file.peek(4)[:4]) is None else _Unpacked(file).read1


def _damage(error: Exception) -> Damage:
    if isinstance(error, EOFError):
        return Damage(RejectCode.TRUNCATED, "the compressed data end too early; fetch the file again", harmless=True)
    if isinstance(error, _NotCompressedError):
        detail = "other bytes follow the compressed data; they were left out"
        return Damage(RejectCode.UNREADABLE, detail, harmless=True)
    return Damage(RejectCode.UNREADABLE, f"the data are damaged ({error}); fetch the file again", harmless=False)
