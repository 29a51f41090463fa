"""Bytes of a known media type → the document they are, or why they are none."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from tweetrecon.model import Reject, RejectCode, Stage
from tweetrecon.readers import charset, markup
from tweetrecon.readers.charset import Bytes
from tweetrecon.readers.reader import NOTHING, Fault, Options, Read, Source, document, reject, rejected

_MEDIA_TYPES = {
    "text/html": "text/html",
    "application/xhtml+xml": "text/html",
    "text/plain": "text/plain",
    "text/markdown": "text/markdown",
    "text/x-markdown": "text/markdown",
}
_UNCLEAR = frozenset({"", "text/plain", "text/xml", "application/xml", "application/octet-stream", "unknown/unknown"})
"""Types that servers state for pages, too, when they do not know better."""

_CHARSET = re.compile(r"""(?i)charset\s{0,5}=\s{0,5}["']?\s{0,5}([\w:.-]{2,40})""")

_MOST_KINDS = 30


Gate = Callable[[Bytes], bool]
"""Tells of the bytes of a page, in UTF-8, whether it can hold a tweet."""


class Kind(NamedTuple):
    """How to read a payload: as which media type, and the charset that its transport declares."""

    media_type: str
    declared: str | None = None


def media_type(content_type: str) -> str:
    """The media type alone of a `Content-Type`, in lower case."""
    return content_type.partition(";")[0].strip().lower()


def may_be(content_type: str) -> bool:
    """Whether a payload of this `Content-Type` may be an article."""
    return media_type(content_type) in _MEDIA_TYPES.keys() | _UNCLEAR


def kind(content_type: str, payload: Bytes) -> Kind | None:
    """How to read a payload of this `Content-Type`; None where it is no article."""
    stated = media_type(content_type)
    is_page = stated in _UNCLEAR and markup.sniff(charset.plain(bytes(payload[:4096])))
    found = "text/html" if is_page else _MEDIA_TYPES.get(stated)
    label = _CHARSET.search(content_type)
    return Kind(found, label[1] if label else None) if found else None


def decode(payload: Bytes, kind: Kind, options: Options, gate: Gate | None = None) -> charset.Decoded | Fault:
    """The text of a payload; of a page that does not pass the gate only that it could be decoded."""
    if len(payload) > options.max_bytes:
        return Fault(RejectCode.TOO_LARGE, f"more than {options.max_bytes:,} bytes; raise --max-bytes if it is sound")
    is_page = kind.media_type == "text/html"
    if is_page and gate and charset.is_clean_utf8(payload) and not gate(payload):
        return charset.Decoded("", "utf-8")
    payload = bytes(payload)
    if charset.is_binary(payload):
        return Fault(RejectCode.BINARY, "no text; extract the text first or leave it out")
    decoded = charset.decode(payload, declared=kind.declared, markup=is_page)
    if decoded is None:
        return Fault(RejectCode.UNDECODABLE, "no character set fits; convert the file to UTF-8")
    return decoded if decoded.text.strip() else Fault(RejectCode.EMPTY, NOTHING)


def read(
    source: Source,
    payload: Bytes,
    options: Options,
    kind: Kind,
    *,
    flaw: Fault | None = None,
    gate: Gate | None = None,
    **fields: Any,
) -> Iterator[Read]:
    """The document of a payload, or its rejection; ``flaw`` is a fault that does not keep it from being read.

    Pages that do not pass the gate have no text, because decoding them costs more than to look for signs of tweets.
    """
    decoded = decode(payload, kind, options, gate)
    fields["media_type"] = kind.media_type
    if isinstance(decoded, Fault):
        yield from rejected(source, payload, decoded.code, decoded.detail, **fields)
        return
    found = document(source, payload, charset=decoded.charset, text=decoded.text, **fields)
    yield found
    if flaw:
        yield reject(found, flaw.code, flaw.detail, kept=True)


class PassedOver:
    """Counts what an archive holds besides articles, so that nothing goes unnoticed."""

    def __init__(self) -> None:
        self._kinds: Counter[str] = Counter()

    def add(self, what: str, times: int = 1) -> None:
        """Note a part by what it is: a record type, a media type, a status."""
        known = what in self._kinds or len(self._kinds) < _MOST_KINDS
        self._kinds[what[:60] if known else "other"] += times

    def add_all(self, later: PassedOver) -> None:
        """Note what another one noted."""
        for what, times in later._kinds.items():
            self.add(what, times)

    def report(self, source: Source, *, found: bool) -> Iterator[Read]:
        """One reject that counts them all; a rejected document where no article was ``found`` beside them."""
        counts = ", ".join(f"{count:,} {what}" for what, count in self._kinds.most_common())
        if not found:
            detail = f"no article in it, only {counts}; leave it out" if counts else NOTHING
            yield from rejected(source, b"", RejectCode.EMPTY, detail)
        elif counts:
            yield Reject(
                stage=Stage.READ,
                code=RejectCode.NOT_AN_ARTICLE,
                source_uri=source.uri,
                detail=f"passed over: {counts}",
                kept=True,
            )
