"""HTTP responses as crawlers store them: head, body, and the body without its transfer and content encodings."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

import brotli  # type: ignore[import-untyped]
import zstandard
from isal import isal_zlib

from tweetrecon.model import RejectCode
from tweetrecon.readers.decompression import DAMAGE
from tweetrecon.readers.reader import Fault

_HEAD = 256 * 1024
_STATUS = re.compile(rb"HTTP/\d(?:\.\d)?[ \t]{1,9}(\d{3})")
_BLANK_LINE = re.compile(rb"\r?\n\r?\n")
_FOLD = re.compile(r"\r?\n[ \t]{1,99}")
_CHUNK_SIZE = re.compile(rb"(?:\r?\n)?[ \t]{0,9}([0-9A-Fa-f]{1,8})[ \t]{0,9}(?:;[^\r\n]{0,1000})?\r?\n")

_STEP = 2048
_MOST_ENCODINGS = 3
RATIO = 200
"""No page is so repetitive that it shrinks to less than a 200th; what claims to is a decompression bomb."""
HARMLESS = 2**20
"""A size below which no ratio matters."""

_FAULTS = (*DAMAGE, brotli.error, EOFError)

Inflate = Callable[[bytes], Iterator[bytes]]


class Response(NamedTuple):
    """A response; ``headers`` have lower-case names, of those given twice the first counts."""

    status: int
    headers: dict[str, str]
    body: memoryview


class Body(NamedTuple):
    """A body as the site wrote it; ``whole`` is false where its encoding breaks off."""

    data: bytes | memoryview
    whole: bool = True


def parse(block: memoryview) -> Response | None:
    """A response; None where the bytes begin with no status line."""
    status = _STATUS.match(block)
    if status is None:
        return None
    blank = _BLANK_LINE.search(block, status.end(), _HEAD)
    start, end = blank.span() if blank else (len(block), len(block))
    return Response(int(status[1]), fields(bytes(block[:start])), block[end:])


def fields(head: bytes) -> dict[str, str]:
    """The `Name: value` lines of a head, names in lower case; folded lines are joined."""
    text = head.decode("utf-8", "replace")
    if "\n " in text or "\n\t" in text:
        text = _FOLD.sub(" ", text)
    found: dict[str, str] = {}
    for line in text.split("\n"):
        name, colon, value = line.partition(":")
        if colon:
            found.setdefault(name.strip().lower(), value.strip())
    return found


# ------------------------------------------------------------------------------------------------ encodings


def decoded(response: Response, limit: int) -> Body | Fault:
    """The body without its encodings; a fault where it is larger than ``limit`` or a decompression bomb.

    Crawlers often store a body decoded and leave the headers as they were, so bytes that are not in the encoding
    stated are taken as they are.
    """
    is_chunked = "chunked" in response.headers.get("transfer-encoding", "").lower()
    body = _joined(response.body) if is_chunked else Body(response.body)
    names = response.headers.get("content-encoding", "").lower().replace(",", " ").split()
    if len(names) > _MOST_ENCODINGS:
        return Fault(RejectCode.BAD_RECORD, f"{len(names)} content encodings on top of each other; leave it out")
    for name in reversed(names):
        inner = _decompressed(bytes(body.data), name, limit)
        if isinstance(inner, Fault):
            return inner
        body = Body(inner.data, body.whole and inner.whole)
    return body


def _joined(data: memoryview) -> Body:
    """The chunks of a body; bytes that are no chunks are taken as they are."""
    chunks: list[memoryview] = []
    place = 0
    while size := _CHUNK_SIZE.match(data, place):
        length = int(size[1], 16)
        if length == 0:
            return Body(b"".join(chunks))
        chunks.append(data[size.end() : size.end() + length])
        place = size.end() + length
    return Body(b"".join([*chunks, data[place:]]), whole=not chunks)


def _decompressed(data: bytes, name: str, limit: int) -> Body | Fault:
    inflate = _INFLATE.get(name)
    if inflate is None or not data:
        return Body(data)
    parts: list[bytes] = []
    size = 0
    try:
        for part in inflate(data):
            parts.append(part)
            size += len(part)
            if size > limit:
                return Fault(
                    RejectCode.TOO_LARGE, f"more than {limit:,} bytes when decoded; raise --max-bytes if sound"
                )
            if size > max(HARMLESS, RATIO * len(data)):
                return Fault(RejectCode.TOO_LARGE, f"a decompression bomb: over {RATIO} × its size; leave it out")
    except _FAULTS:
        return Body(b"".join(parts), whole=False) if size else Body(data)
    return Body(b"".join(parts))


def _zlib(data: bytes, window: int) -> Iterator[bytes]:
    while data:
        inflate = isal_zlib.decompressobj(window)
        while not inflate.eof:
            part = inflate.decompress(data, HARMLESS)
            yield part
            data = inflate.unconsumed_tail
            if not part and not data and not inflate.eof:
                raise EOFError
        data = inflate.unused_data if inflate.unused_data.startswith(b"\x1f\x8b") else b""


def _gzip(data: bytes) -> Iterator[bytes]:
    return _zlib(data, 31)


def _deflate(data: bytes) -> Iterator[bytes]:
    """What servers call deflate: with zlib's head, as it should be, or without."""
    with_head = data[0] & 15 == 8 and int.from_bytes(data[:2], "big") % 31 == 0
    return _zlib(data, 15 if with_head else -15)


def _brotli(data: bytes) -> Iterator[bytes]:
    inflate = brotli.Decompressor()
    yield inflate.process(data, output_buffer_limit=HARMLESS)
    while not inflate.is_finished():
        part = inflate.process(b"", output_buffer_limit=HARMLESS)
        if not part:
            raise EOFError
        yield part


def _zstd(data: bytes) -> Iterator[bytes]:
    while data:
        inflate = zstandard.ZstdDecompressor(max_window_size=2**27).decompressobj()
        place = 0
        while not inflate.eof and place < len(data):
            yield inflate.decompress(data[place : place + _STEP])
            place += _STEP
        if not inflate.eof:
            raise EOFError
        data = inflate.unused_data + data[place:]


_INFLATE: dict[str, Inflate] = {
    "gzip": _gzip,
    "x-gzip": _gzip,
    "deflate": _deflate,
    "br": _brotli,
    "zstd": _zstd,
}
