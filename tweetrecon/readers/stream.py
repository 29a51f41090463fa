"""The bytes of one input, decompressed. Damage ends the stream and is noted, not raised."""

from __future__ import annotations

import gzip
import io
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, BinaryIO, cast

from tweetrecon.model import RejectCode

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
            except (OSError, EOFError, zlib.error) as error:
                self.damage = _damage(error)
                break
            if not chunk:
                break
            view[filled : filled + len(chunk)] = chunk
            filled += len(chunk)
        return filled


def _decompressed(raw: BinaryIO) -> Callable[[int], bytes]:
    """A function that gives up to n decompressed bytes; the compression is known by its magic number."""
    file = raw if isinstance(raw, io.BufferedReader) else io.BufferedReader(raw)  # type: ignore[type-var]
    magic = file.peek(4)[:4]
    if magic.startswith(b"\x1f\x8b"):
        return gzip.GzipFile(fileobj=file).read1
    if magic == b"\x28\xb5\x2f\xfd":
        import pyarrow as pa

        unpacked: Callable[[int], bytes] = pa.CompressedInputStream(pa.PythonFile(file, "r"), "zstd").read
        return unpacked
    return file.read1


def _damage(error: Exception) -> Damage:
    text = str(error)
    if isinstance(error, EOFError) or "Truncated" in text:
        return Damage(RejectCode.TRUNCATED, "the compressed data end too early; fetch the file again", harmless=True)
    if "Not a gzipped file" in text:
        return Damage(
            RejectCode.UNREADABLE, "other bytes follow the compressed data; they were left out", harmless=True
        )
    return Damage(RejectCode.UNREADABLE, f"the data are damaged ({text}); fetch the file again", harmless=False)
