"""MHTML: a page saved by a browser with all its parts, as a multipart message."""

from __future__ import annotations

import email
import re
from collections.abc import Iterator
from email.message import Message
from typing import Any

from tweetrecon.model import RejectCode, TimeSource
from tweetrecon.readers import article, times
from tweetrecon.readers.article import Kind
from tweetrecon.readers.frames import put_back
from tweetrecon.readers.reader import Fault, Options, Read, Reader, Source, rejected
from tweetrecon.readers.stream import Stream

_HEAD = re.compile(
    rb"(?:[\w-]{1,40}:[^\r\n]{0,2000}\r?\n(?:[ \t][^\r\n]{0,2000}\r?\n){0,20}){0,30}?"
    rb"content-type:\s{0,9}multipart/(?:related|mixed|alternative)\b",
    re.IGNORECASE,
)


def sniff(head: bytes) -> bool:
    """Whether the bytes begin with the head of a multipart message."""
    return _HEAD.match(head) is not None


def read(stream: Stream, source: Source, options: Options) -> Iterator[Read]:
    """The page that was saved: the part that the message begins with, or the first page in it."""
    data = stream.read(options.max_bytes + 1)
    if len(data) > options.max_bytes:
        detail = f"more than {options.max_bytes:,} bytes; raise --max-bytes if it is sound"
        yield from rejected(source, b"", RejectCode.TOO_LARGE, detail)
        return
    flaw = Fault(stream.damage.code, stream.damage.detail) if stream.damage else None
    try:
        message = email.message_from_bytes(data)
        page = _page(message)
        payload = _with_frames(message, page) if page else None
    except (ValueError, LookupError, AttributeError, TypeError, RecursionError) as error:
        flaw = Fault(RejectCode.BAD_RECORD, f"no sound message ({error}); save the page again")
        payload = page = None
    if page is None or payload is None:
        fault = flaw or Fault(RejectCode.EMPTY, "no page in it; save it again")
        yield from rejected(source, data, *fault)
        return
    kind = Kind("text/html" if page.get_content_subtype() != "plain" else "text/plain", page.get_content_charset())
    yield from article.read(source, payload, options, kind, flaw=flaw, **_facts(message, page))


def _page(message: Message) -> Message | None:
    """The part that is the page itself; frames, pictures and styles are the others."""
    parts = [part for part in message.walk() if article.may_be(part.get_content_type()) and not part.is_multipart()]
    address = message.get("Snapshot-Content-Location")
    saved = (part for part in parts if address and part.get("Content-Location") == address)
    return next(saved, next((part for part in parts if part.get_content_subtype() != "plain"), None))


def _with_frames(message: Message, page: Message) -> bytes:
    """The markup of the page, its frames in it; the page points to them as `cid:` and their Content-ID."""
    frames = {
        f"cid:{str(part['Content-ID']).strip('<> ')}": part
        for part in message.walk()
        if part["Content-ID"] and part is not page and part.get_content_type() == "text/html"
    }
    return put_back(_payload(page), lambda address: _payload(frames[address]) if address in frames else None)


def _payload(part: Message) -> bytes:
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _facts(message: Message, page: Message) -> dict[str, Any]:
    """Address and time of the capture, as browsers state them."""
    address = message.get("Snapshot-Content-Location") or page.get("Content-Location")
    captured = times.parse(str(message.get("Date", "")))
    return {
        "url": str(address).strip() if address else None,
        "captured_at": captured,
        "captured_at_source": captured and TimeSource.RECORD,
    }


READER = Reader(
    name="mhtml",
    doc="MHTML: a page saved by a browser as one file",
    suffixes=(".mhtml", ".mht"),
    sniff=sniff,
    read=read,
)
