"""Records with named fields, as corpora hold articles → documents: which field is the article, what others say."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from tweetrecon.model import RejectCode, TimeSource
from tweetrecon.readers import charset, markup, times
from tweetrecon.readers.reader import Fault, Keys, Options, Read, Source, document, rejected

# Names under which corpora hold a thing; the first that a record has counts.
HTML_FIELDS = ("html", "raw_html", "content_html", "html_content", "page_html")
TEXT_FIELDS = ("text", "raw_text", "plain_text", "markdown")
EITHER_FIELDS = ("content", "raw_content", "body", "article", "maintext")
"""Markup in some corpora and text in others; the content tells."""
KEY_FIELDS = ("id", "doc_id", "document_id", "uuid", "guid", "url")
URL_FIELDS = ("url", "source_url", "canonical_url", "link", "uri")
TITLE_FIELDS = ("title", "headline")
SITE_FIELDS = ("site_name", "sitename")
LANGUAGE_FIELDS = ("lang", "language")
PUBLISHED_FIELDS = (
    "published_at",
    "date_published",
    "published",
    "publish_date",
    "published_date",
    "date_publish",
    "date",
)
CAPTURED_FIELDS = ("captured_at", "crawled_at", "date_download", "crawl_date", "fetched_at", "warc_date", "timestamp")

CONTENT_FIELDS = frozenset(HTML_FIELDS + TEXT_FIELDS + EITHER_FIELDS)
KNOWN_FIELDS = CONTENT_FIELDS.union(
    KEY_FIELDS, URL_FIELDS, TITLE_FIELDS, SITE_FIELDS, LANGUAGE_FIELDS, PUBLISHED_FIELDS, CAPTURED_FIELDS
)

_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(?:[-_][A-Za-z0-9]{1,8}){0,4}")


class Content(NamedTuple):
    """The article in a record: its text or markup."""

    text: str
    media_type: str


class Records:
    """Makes documents of the records of one source. ``unit`` is what its format calls a record: a line, a row."""

    def __init__(self, source: Source, options: Options, unit: str) -> None:
        self._source = source
        self._options = options
        self._unit = unit
        self._keys = Keys()

    def read(self, record: dict[str, Any] | Fault, number: int, raw: bytes = b"", **place: Any) -> Iterator[Read]:
        """The document of the record with a number; ``raw`` is its source, and ``place`` what is known beside it."""
        if isinstance(record, Fault):
            yield from self.rejected(record, number, raw, **place)
            return
        found = content(record, self._options)
        if isinstance(found, Fault):
            yield from self.rejected(found, number, raw, **place)
            return
        payload = found.text.encode()
        facts = _facts(record) | place | {"media_type": found.media_type, "charset": "utf-8"}
        key = self._keys.unique(_first(record, KEY_FIELDS) or str(number), payload)
        yield document(self._source, payload, key=key, text=found.text.replace("\0", "\ufffd"), **facts)

    def rejected(self, fault: Fault, number: int, raw: bytes = b"", **place: Any) -> Iterator[Read]:
        """The rejection of the record with a number."""
        detail = f"{self._unit} {number}: {fault.detail}"
        return rejected(self._source, raw, fault.code, detail, key=str(number), **place)


def content(record: dict[str, Any], options: Options) -> Content | Fault:
    """The article in a record: fields named by the options, else those of common names; markup before text."""
    named = options.html_field or options.text_field
    marked_up = (options.html_field,) if options.html_field else () if named else HTML_FIELDS
    plain = (options.text_field,) if options.text_field else () if named else TEXT_FIELDS
    either = () if named else EITHER_FIELDS
    if text := _first(record, marked_up):
        return Content(text, "text/html")
    if text := _first(record, plain):
        return Content(text, "text/plain")
    if text := _first(record, either):
        return Content(text, "text/html" if markup.is_markup(text) else "text/plain")
    if any(name in record for name in (*marked_up, *plain, *either)):
        return Fault(RejectCode.EMPTY, "its article is empty; fetch it again or leave it out")
    return no_content_field(list(record), options)


def no_content_field(has: Sequence[str], options: Options) -> Fault:
    """The fault of a record, or a whole table, with these fields only."""
    wanted = " or ".join(f"`{name}`" for name in (options.html_field, options.text_field) if name)
    names = ", ".join(name[:30] for name in has[:12])
    return Fault(
        RejectCode.NO_CONTENT_FIELD,
        f"no {wanted or 'known content field'}; name one of its fields ({names}) with --html-field or --text-field",
    )


class Columns:
    """Which columns of a table are of use: those of common names, in whatever case, and those that options name."""

    def __init__(self, names: Sequence[str], options: Options) -> None:
        self._named = {name for name in (options.html_field, options.text_field) if name}
        self.names = [name if name in self._named else name.lower() for name in names]
        wanted = self._named or CONTENT_FIELDS
        self.fault = None if wanted & set(self.names) else no_content_field(names, options)
        """Why no row can be an article."""

    def useful(self) -> list[int]:
        """The places of the columns that are read, each name once."""
        known = self._named | KNOWN_FIELDS
        return [place for name, place in {n: p for p, n in enumerate(self.names)}.items() if name in known]


def _facts(record: dict[str, Any]) -> dict[str, Any]:
    language = _first(record, LANGUAGE_FIELDS)
    published = _first_time(record, PUBLISHED_FIELDS)
    captured = _first_time(record, CAPTURED_FIELDS)
    return {
        "url": _first(record, URL_FIELDS),
        "title": _first(record, TITLE_FIELDS),
        "site_name": _first(record, SITE_FIELDS),
        "language": language if language and _LANGUAGE.fullmatch(language) else None,
        "published_at": published,
        "published_at_source": published and TimeSource.RECORD,
        "captured_at": captured,
        "captured_at_source": captured and TimeSource.RECORD,
    }


def _first(record: dict[str, Any], names: Sequence[str]) -> str | None:
    """The first of the named fields that holds something to read: a string that is not blank, or a whole number."""
    for name in names:
        value = record.get(name)
        if isinstance(value, str) and value.strip():
            return charset.well_formed(value)
        if isinstance(value, int) and not isinstance(value, bool):
            return str(value)
    return None


def _first_time(record: dict[str, Any], names: Sequence[str]) -> datetime | None:
    return next((time for name in names if (time := times.parse(record.get(name))) is not None), None)
