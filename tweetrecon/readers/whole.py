"""Formats in which one file is one document."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from tweetrecon.model import RejectCode
from tweetrecon.readers import charset
from tweetrecon.readers.reader import NOTHING, Fault, Options, Read, Source, document, reject, rejected
from tweetrecon.readers.stream import Stream


def reads_whole(media_type: str) -> Callable[[Stream, Source, Options], Iterator[Read]]:
    """The ``read`` of a format whose files are single documents of ``media_type``."""

    def read(stream: Stream, source: Source, options: Options) -> Iterator[Read]:
        payload = stream.read(options.max_bytes + 1)
        decoded = _fault(payload, stream, options) or _decoded(payload, media_type)
        if isinstance(decoded, Fault):
            yield from rejected(source, payload, decoded.code, decoded.detail, media_type=media_type)
            return
        read_one = document(source, payload, media_type=media_type, charset=decoded.charset, text=decoded.text)
        yield read_one
        if stream.damage is not None:
            yield reject(read_one, stream.damage.code, stream.damage.detail, kept=True)

    return read


def _fault(payload: bytes, stream: Stream, options: Options) -> Fault | None:
    if len(payload) > options.max_bytes:
        return Fault(RejectCode.TOO_LARGE, f"more than {options.max_bytes:,} bytes; raise --max-bytes if it is sound")
    if stream.damage is not None and not (stream.damage.harmless and payload):
        return Fault(stream.damage.code, stream.damage.detail)
    if charset.is_binary(payload):
        return Fault(RejectCode.BINARY, "no text; extract the text first or leave it out")
    return None


def _decoded(payload: bytes, media_type: str) -> charset.Decoded | Fault:
    decoded = charset.decode(payload, markup=media_type == "text/html")
    if decoded is None:
        return Fault(RejectCode.UNDECODABLE, "no character set fits; convert the file to UTF-8")
    return decoded if decoded.text.strip() else Fault(RejectCode.EMPTY, NOTHING)
