"""Decompressors of one gzip member or zstd frame, with one face: bounded output, and the bytes that are left over."""

from __future__ import annotations

from typing import Protocol, cast

import zstandard
from isal import igzip_lib

Dictionary = zstandard.ZstdCompressionDict

GZIP, ZSTD = b"\x1f\x8b\x08", b"\x28\xb5\x2f\xfd"
"""What a member, and a frame, begin with."""

DAMAGE = (cast("type[Exception]", igzip_lib.IsalError), zstandard.ZstdError)
"""What decompressors raise on data that are damaged, a checksum that is wrong included."""

LARGEST = 128 * 2**20
"""The largest window, and dictionary, that is accepted."""

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
