"""What WARC and ARC have in common: records one after the other, each a page as a server sent it, or something else."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from tweetrecon.model import RejectCode, TimeSource
from tweetrecon.readers import article, http
from tweetrecon.readers.article import Gate
from tweetrecon.readers.ledger import Ledger
from tweetrecon.readers.members import Broken, Members
from tweetrecon.readers.reader import Fault, Keys, Options, Read, Source, rejected

HEADERS = 64 * 1024
"""Longest header of a record that is read."""
_HTTP = 256 * 1024
"""What the HTTP head of a response may add to the size of its page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What the header of a record says. ``type`` is that of WARC; ``length`` counts the bytes of its block."""

    type: str
    length: int
    key: str | None = None
    url: str | None = None
    captured_at: datetime | None = None
    media_type: str = ""
    digest: str | None = None
    cut: str | None = None


class Lost(NamedTuple):
    """A record, or bytes that should have been some, from ``offset`` to ``end`` of the file."""

    key: str | None
    offset: int
    end: int
    fault: Fault


class Page(NamedTuple):
    """A record that may hold an article. ``checked``: a checksum of the container vouches for it."""

    head: Head
    offset: int
    block: memoryview
    checked: bool


class Other(NamedTuple):
    """A record that holds none, by its type."""

    type: str


Parse = Callable[[Members], Head]
"""Reads the header of a record. Raises Broken where it is none."""

_PAGES = frozenset({"response", "resource", "conversion"})
_OF_THE_CRAWL = ("metadata:", "urn:")
"""Addresses that crawlers give to their logs, screenshots and extracted texts."""


def read(members: Members, parse: Parse, source: Source, options: Options) -> Iterator[Read]:
    """The documents of an archive, each lost record rejected with its place, and a count of what is no article."""
    ledger = Ledger()
    yield from read_records(members, parse, source, options, ledger)
    yield from ledger.report(source)


def read_records(
    members: Members, parse: Parse, source: Source, options: Options, ledger: Ledger, gate: Gate | None = None
) -> Iterator[Read]:
    """The documents of an archive and each lost record; what else there is to tell is left in the ledger."""
    for item in _records(members, parse, options.max_bytes + _HTTP):
        if isinstance(item, Other):
            ledger.passed.add(item.type)
            continue
        reads = (
            _lost(item, source, ledger.keys) if isinstance(item, Lost) else _page(item, source, options, ledger, gate)
        )
        for one in reads:
            ledger.found = True
            yield one
    ledger.end = members.offset


def _records(members: Members, parse: Parse, limit: int) -> Iterator[Page | Other | Lost]:
    while True:
        head = None
        try:
            if not members.next():
                return
            offset = members.offset
            head = parse(members)
            item = _block(members, head, offset, limit)
        except Broken as broken:
            offset = members.offset
            end = members.resume(broken)
            where = f"bytes {offset:,} to {end:,}" if end > offset else f"in the member at byte {offset:,}"
            step = "fetch the file again" if broken.code is not RejectCode.BAD_RECORD else "mend or remove it"
            detail = f"{broken.detail} ({where}); {step}"
            yield Lost(head.key if head else None, offset, end, Fault(broken.code, detail))
        else:
            yield item


def _block(members: Members, head: Head, offset: int, limit: int) -> Page | Other | Lost:
    """A record as a whole, once it is sure that it ends where it says."""
    wanted = head.type in _PAGES
    if wanted and head.length <= limit:
        block = members.take(head.length)
        return Page(head, offset, block, checked=members.end())
    first = memoryview(members.peek(min(head.length, _HTTP)) if wanted else b"")
    members.skip(head.length)
    members.end()
    response = _response(head, first)
    if other := _no_article(head, response) if wanted else head.type:
        return Other(other)
    detail = f"{head.length:,} bytes; raise --max-bytes if it is sound"
    return Lost(head.key, offset, offset, Fault(RejectCode.TOO_LARGE, detail))


def _lost(item: Lost, source: Source, keys: Keys) -> Iterator[Read]:
    key = keys.unique(item.key or f"@{item.offset}")
    return rejected(source, b"", item.fault.code, item.fault.detail, key=key, source_offset=item.offset)


# ------------------------------------------------------------------------------------------------ one page


def _page(page: Page, source: Source, options: Options, ledger: Ledger, gate: Gate | None) -> Iterator[Read]:
    head = page.head
    response = _response(head, page.block)
    if other := _no_article(head, response):
        ledger.passed.add(other)
        return
    facts = _facts(page, ledger.keys)
    body = http.decoded(response, options.max_bytes) if response else http.Body(page.block)
    if isinstance(body, Fault):
        yield from rejected(source, page.block, body.code, body.detail, **facts)
        return
    kind = article.kind(_content_type(head, response), body.data)
    if kind is None:
        ledger.passed.add("unknown type")
        return
    yield from article.read(source, body.data, options, kind, flaw=_flaw(page, body), gate=gate, **facts)


def _response(head: Head, block: memoryview) -> http.Response | None:
    is_http = head.type == "response" or head.media_type.startswith("application/http")
    return http.parse(block) if is_http else None


def _content_type(head: Head, response: http.Response | None) -> str:
    if response:
        return response.headers.get("content-type", "")
    return "" if head.media_type.startswith("application/http") else head.media_type


def _no_article(head: Head, response: http.Response | None) -> str | None:
    """What a record is when status or media type tell that it is no article."""
    if (head.url or "").startswith(_OF_THE_CRAWL):
        return "record about the crawl"
    if response and not 200 <= response.status < 300:
        return f"HTTP {response.status}"
    stated = _content_type(head, response)
    return None if article.may_be(stated) else article.media_type(stated)


def _facts(page: Page, keys: Keys) -> dict[str, Any]:
    """What the record says of its document."""
    head = page.head
    return {
        "key": keys.unique(head.key or f"@{page.offset}"),
        "source_offset": page.offset,
        "url": head.url,
        "captured_at": head.captured_at,
        "captured_at_source": head.captured_at and TimeSource.WARC_DATE,
    }


def _flaw(page: Page, body: http.Body) -> Fault | None:
    """A fault that leaves a page readable, as far as it came."""
    if page.head.cut:
        return Fault(RejectCode.TRUNCATED, f"the crawler cut it ({page.head.cut[:40]}); capture it again")
    if not body.whole:
        return Fault(RejectCode.TRUNCATED, "its encoding breaks off before the end; capture it again")
    if not page.checked and not _digest_holds(page):
        return Fault(RejectCode.BAD_RECORD, "its bytes are not those of its digest; fetch the file again")
    return None


def _digest_holds(page: Page) -> bool:
    """Whether the bytes have the digest that the record states for its block, where it states one of a known kind."""
    name, _, stated = (page.head.digest or "").partition(":")
    if name.lower() not in {"sha1", "sha256", "md5"} or not stated:
        return True
    digest = hashlib.new(name.lower(), page.block, usedforsecurity=False)
    spelt = (base64.b32encode(digest.digest()).decode().rstrip("="), digest.hexdigest().upper())
    return stated.rstrip("=").upper() in spelt
