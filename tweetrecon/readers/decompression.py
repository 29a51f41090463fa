"""Decompressors of one gzip member or zstd frame, with one face: bounded output, and the bytes that are left over."""

from __future__ import annotations

from typing import Protocol, cast

import deflate
import stringzilla  # type: ignore[import-not-found]
import zstandard
from isal import igzip_lib

Dictionary = zstandard.ZstdCompressionDict

GZIP, ZSTD = b"\x1f\x8b\x08", b"\x28\xb5\x2f\xfd"
"""What a member, and a frame, begin with."""

DAMAGE = (cast("type[Exception]", igzip_lib.IsalError), zstandard.ZstdError)
"""What decompressors raise on data that are damaged, a checksum that is wrong included."""

LARGEST = 128 * 2**20
"""The largest window, and dictionary, that is accepted."""

_WHOLE = 8 * 2**20
"""The largest member that is decompressed in one step."""
_DEFLATE_RATIO = 1032
"""No deflated byte stands for more."""
_SHORTEST = 18
"""Bytes of a gzip member's header and trailer."""

_STEP = 1024 * 1024
_ZSTD_STEP = 2048
"""zstandard knows no bound to its output, and 4 bytes can stand for 128 KiB: feed it little."""


class Decompressor(Protocol):
    """Decompresses one member. ``checked``: a checksum at its end vouches for its bytes."""

    checked: bool

    @property
    def eof(self) -> bool:
        """Whether the member is at its end."""

    @property
    def hungry(self) -> bool:
        """Whether it cannot go on without input."""

    def decompress(self, data: bytes) -> tuple[bytes, bytes]:
        """Some output, of bounded size, and the input that was not used."""


class _Gzip:
    checked = True

    def __init__(self) -> None:
        self._inflate = igzip_lib.IgzipDecompressor(flag=igzip_lib.DECOMP_GZIP)

    @property
    def eof(self) -> bool:
        return self._inflate.eof

    @property
    def hungry(self) -> bool:
        return self._inflate.needs_input

    def decompress(self, data: bytes) -> tuple[bytes, bytes]:
        if not self._inflate.needs_input:
            return self._inflate.decompress(b"", _STEP), self._inflate.unused_data or data
        return self._inflate.decompress(data, _STEP), self._inflate.unused_data


class _Zstd:
    checked = False  # checksums are optional, and many writers leave them out
    hungry = True

    def __init__(self, dictionary: Dictionary | None) -> None:
        self._inflate = zstandard.ZstdDecompressor(dictionary, max_window_size=LARGEST).decompressobj()

    @property
    def eof(self) -> bool:
        return self._inflate.eof

    def decompress(self, data: bytes) -> tuple[bytes, bytes]:
        chunk = self._inflate.decompress(data[:_ZSTD_STEP])
        return chunk, self._inflate.unused_data + data[_ZSTD_STEP:]


def decompressor(data: bytes, dictionary: Dictionary | None = None) -> Decompressor | None:
    """What decompresses a member that begins with these bytes; None where none begins."""
    if data.startswith(GZIP):
        return _Gzip()
    return _Zstd(dictionary) if data.startswith(ZSTD) else None


class Whole:
    """A gzip member that is decompressed already."""

    checked = True
    eof = True
    hungry = False

    def __init__(self, content: bytes) -> None:
        self.content = content

    def decompress(self, data: bytes) -> tuple[bytes, bytes]:
        """All of it; ``data`` are what follows it."""
        return self.content, data


class Ahead:
    """Bytes of a file that are at hand, of which gzip members are decompressed whole.

    libdeflate takes three quarters of the time of ISA-L, but must be given a member as a whole, and its size. So a
    member is taken to end where the next one seems to begin, or with the bytes if they are the ``last``; where that is
    wrong, or the member damaged or large, its checksum and size do not agree, and it is left for other ways.
    """

    def __init__(self, data: bytes = b"", *, last: bool = False) -> None:
        self._data = data
        self._view = memoryview(data)
        self._at = 0
        self._last = last

    def __len__(self) -> int:
        return len(self._data) - self._at

    def rest(self) -> bytes:
        """The bytes that are left."""
        return self._data[self._at :]

    def take(self) -> Whole | None:
        """The next member; None where that cannot be had whole."""
        if self._view[self._at : self._at + len(GZIP)] != GZIP:
            return None
        end = stringzilla.find(self._data, GZIP, self._at + _SHORTEST)
        if end < 0 and not self._last:
            return None
        end = end if end >= 0 else len(self._data)
        content = _content(self._view[self._at : end])
        if content is None:
            return None
        self._at = end
        return Whole(content)


def _content(member: memoryview) -> bytes | None:
    """What a gzip member holds; None where it is no sound member of that length, or a large one."""
    size = int.from_bytes(member[-4:], "little")
    if size > min(_WHOLE, _DEFLATE_RATIO * len(member)):
        return None
    try:
        content = deflate.gzip_decompress(member, max(size, 1))  # 0 would mean that the size is unknown
    except deflate.DeflateError:
        return None
    return cast(bytes, content) if len(content) == size else None  # a bytearray that nobody changes


def first_bytes(data: bytes, dictionary: Dictionary | None) -> bytes:
    """The first bytes that come of a member whose first bytes are given; nothing where it is none, or damaged."""
    found = decompressor(data, dictionary)
    chunk = b""
    try:
        while found and data and not chunk and not found.eof:
            chunk, data = found.decompress(data)
    except DAMAGE:
        return b""
    return chunk


def dictionary_of(frame: bytes) -> Dictionary | None:
    """The dictionary in a frame, which may itself be compressed."""
    if frame.startswith(ZSTD):
        try:
            frame = zstandard.ZstdDecompressor().decompress(frame, max_output_size=LARGEST)
        except zstandard.ZstdError:
            return None
    return Dictionary(frame)
