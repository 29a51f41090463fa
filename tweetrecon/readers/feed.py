"""Feeds: RSS and Atom, and the export of WordPress, which is RSS; each item is a document with its markup."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from lxml import etree

from tweetrecon.model import RejectCode, TimeSource
from tweetrecon.readers import article, charset, times
from tweetrecon.readers.article import Kind, PassedOver
from tweetrecon.readers.reader import Fault, Keys, Options, Read, Reader, Source, rejected
from tweetrecon.readers.stream import Stream

_FEED = re.compile(
    rb"(?:<\?[^>]{0,500}\?>\s{0,99}|<!--[^>]{0,2000}-->\s{0,99}|<!DOCTYPE[^>\[]{0,300}>\s{0,99}){0,9}"
    rb"<(?:rss|rdf:RDF|(?:atom:)?feed)\b"
)
_CONTENT = ("encoded", "content", "description", "summary")
_KEY = ("guid", "id", "link")
_PUBLISHED = ("pubDate", "published", "date", "updated")
_ARTICLES = frozenset({None, "post", "page"})
"""Types of WordPress items; others are attachments, menus, revisions, or of plug-ins."""


def sniff(head: bytes) -> bool:
    """Whether the bytes begin a feed."""
    return _FEED.match(head) is not None


def read(stream: Stream, source: Source, options: Options) -> Iterator[Read]:
    """One document an item, keyed by its guid, id or link; items without markup or text are counted."""
    passed = PassedOver()
    keys = Keys()
    found = False
    fault = None
    try:
        for number, item in enumerate(_items(stream), 1):
            if isinstance(item, str):
                passed.add(item)
                continue
            found = True
            yield from _document(item, number, source, options, keys)
    except (etree.LxmlError, ValueError, OSError) as error:
        fault = Fault(RejectCode.BAD_RECORD, f"no sound XML from here on ({str(error)[:200]}); fetch the feed again")
    if stream.damage is not None:
        fault = Fault(stream.damage.code, stream.damage.detail)
    if fault:
        yield from rejected(source, b"", *fault, key="(rest of the feed)")
    if not (fault and not found):
        yield from passed.report(source, found=found)


def _items(stream: Stream) -> Iterator[dict[str, str] | str]:
    """The fields of each item by local name, or what it is when it is no article."""
    tags = ("{*}item", "{*}entry")
    events = etree.iterparse(
        stream, tag=tags, recover=True, huge_tree=True, resolve_entities=False, no_network=True, load_dtd=False
    )
    for _, element in events:
        fields: dict[str, str] = {}
        for child in element.iterchildren(etree.Element):
            fields.setdefault(etree.QName(child).localname, _content(child))
        _forget(element)
        kind = fields.get("post_type")
        has_content = any(fields.get(name, "").strip() for name in _CONTENT)
        yield fields if has_content and kind in _ARTICLES else f"{kind or 'item'} without an article"


def _content(element: Any) -> str:
    """Text or markup of a field: XHTML of Atom stands as elements, everything else as text; links as attributes."""
    if element.get("type") == "xhtml":
        return etree.tostring(element, encoding="unicode", with_tail=False)
    return "".join(element.itertext()) or element.get("href") or ""


def _forget(element: Any) -> None:
    """Free an item and those before it, so that memory does not grow with the feed."""
    element.clear(keep_tail=False)
    while element.getprevious() is not None:
        del element.getparent()[0]


def _document(fields: dict[str, str], number: int, source: Source, options: Options, keys: Keys) -> Iterator[Read]:
    content = next(fields[name] for name in _CONTENT if fields.get(name, "").strip())
    key = next((fields[name].strip() for name in _KEY if fields.get(name, "").strip()), str(number))
    published = next((time for name in _PUBLISHED if (time := times.parse(fields.get(name)))), None)
    yield from article.read(
        source,
        charset.well_formed(content).encode(),
        options,
        Kind("text/html", "utf-8"),
        key=keys.unique(key),
        url=fields.get("link", "").strip() or None,
        title=fields.get("title", "").strip() or None,
        published_at=published,
        published_at_source=published and TimeSource.RECORD,
    )


READER = Reader(
    name="feed",
    doc="RSS, Atom, and exports of WordPress (WXR): a document for each item",
    suffixes=(".rss", ".atom"),
    sniff=sniff,
    read=read,
)
