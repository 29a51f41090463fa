"""Formats in which one file is one document."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from tweetrecon.model import RejectCode
from tweetrecon.readers import charset
from tweetrecon.readers.reader import Options, Read, Source, document, reject, rejected
from tweetrecon.readers.stream import Stream


def reads_whole(media_type: str) -> Callable[[Stream, Source, Options], Iterator[Read]]:
    """The ``read`` of a format whose files are single documents of ``media_type``."""

    def read(stream: Stream, source: Source, options: Options) -> Iterator[Read]:
        payload = stream.read(options.max_bytes + 1)
        fault = _fault(payload, stream, options)
        if fault is not None:
            yield from rejected(source, payload, *fault, media_type=media_type)
            return
        decoded = charset.decode(payload, markup=media_type == "text/html")
        if decoded is None:
            detail = "no character set fits; convert the file to UTF-8"
            yield from rejected(source, payload, RejectCode.UNDECODABLE, detail, media_type=media_type)
            return
        read_one = document(source, payload, media_type=media_type, charset=decoded.charset, text=decoded.text)
        yield read_one
        if stream.damage is not None:
            yield reject(read_one, stream.damage.code, stream.damage.detail, kept=True)

    return read


def _fault(payload: bytes, stream: Stream, options: Options) -> tuple[RejectCode, str] | None:
    if len(payload) > options.max_bytes:
        return RejectCode.TOO_LARGE, f"more than {options.max_bytes:,} bytes; raise the limit if the file is sound"
    if stream.damage is not None and not (stream.damage.harmless and payload):
        return stream.damage.code, stream.damage.detail
    if not payload.strip():
        return RejectCode.EMPTY, "nothing in it; fetch it again or leave it out"
    if charset.is_binary(payload):
        return RejectCode.BINARY, "no text; extract the text first or leave it out"
    return None
