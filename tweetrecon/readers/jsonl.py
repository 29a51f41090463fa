"""JSON lines: one article a line, as corpora and crawlers give them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, NamedTuple

import orjson

from tweetrecon.model import RejectCode, TimeSource
from tweetrecon.readers import charset, html, times
from tweetrecon.readers.reader import NOTHING, Fault, Options, Read, Reader, Source, document, rejected
from tweetrecon.readers.stream import Stream

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

_FIRST_PAIR = re.compile(rb'\{\s{0,20}"[^"\n]{1,200}"\s{0,20}:')
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(?:[-_][A-Za-z0-9]{1,8}){0,4}")


class _Line(NamedTuple):
    """A line of the input; ``offset`` counts decompressed bytes."""

    number: int
    offset: int
    data: bytes

    @property
    def ended(self) -> bool:
        return self.data.endswith(b"\n")


class _Content(NamedTuple):
    text: str
    media_type: str


def sniff(head: bytes) -> bool:
    """Whether the bytes begin with a line that is a JSON object, or with one too long to see its end."""
    line, newline, _ = head.partition(b"\n")
    if not newline and len(head) >= 4096:
        return _FIRST_PAIR.match(line) is not None
    return bool(_parsed(line))


def read(stream: Stream, source: Source, options: Options) -> Iterator[Read]:
    """One document a line, the rejected ones included; blank lines are none."""
    seen: set[int] = set()
    line = _Line(0, 0, b"\n")
    found = False
    for line in _lines(stream, options.max_bytes):
        if line.data.strip() and (line.ended or stream.damage is None):
            found = True
            yield from _read_line(line, source, options, seen)
    if stream.damage is not None:
        cut = _Line(line.number + 1, line.offset + len(line.data), b"") if line.ended else line
        yield from _rejected(source, cut, Fault(stream.damage.code, stream.damage.detail))
    elif not found:
        yield from rejected(source, b"", RejectCode.EMPTY, NOTHING)


def _lines(stream: Stream, limit: int) -> Iterator[_Line]:
    """Lines of at most ``limit`` bytes and one; of a longer one the rest is skipped."""
    number = offset = 0
    while data := stream.readline(limit + 1):
        number += 1
        yield _Line(number, offset, data)
        offset += len(data)
        rest = data
        while len(data) > limit and rest and not rest.endswith(b"\n"):
            rest = stream.readline(limit)
            offset += len(rest)


def _read_line(line: _Line, source: Source, options: Options, seen: set[int]) -> Iterator[Read]:
    record = _record(line, options)
    if isinstance(record, Fault):
        yield from _rejected(source, line, record)
        return
    content = _content(record, options)
    if isinstance(content, Fault):
        yield from _rejected(source, line, content)
        return
    payload = content.text.encode()
    key = _key(record, line, payload, seen)
    facts = _facts(record) | {"source_offset": line.offset, "media_type": content.media_type, "charset": "utf-8"}
    yield document(source, payload, key=key, text=content.text.replace("\0", "\ufffd"), **facts)


def _rejected(source: Source, line: _Line, fault: Fault) -> Iterator[Read]:
    detail = f"line {line.number}: {fault.detail}"
    return rejected(source, line.data, fault.code, detail, key=str(line.number), source_offset=line.offset)


# ------------------------------------------------------------------------------------------------ one record


def _record(line: _Line, options: Options) -> dict[str, Any] | Fault:
    if len(line.data) > options.max_bytes:
        return Fault(RejectCode.TOO_LARGE, f"longer than {options.max_bytes:,} bytes; raise --max-bytes if it is sound")
    record = _parsed(line.data)
    if record is None and not line.ended:
        return Fault(RejectCode.TRUNCATED, "the file ends in the middle of a record; fetch it again")
    return Fault(RejectCode.BAD_RECORD, "no JSON object; mend or remove the line") if record is None else record


def _parsed(line: bytes) -> dict[str, Any] | None:
    """The object on a line; what orjson refuses (NaN, lone surrogates, a BOM, other charsets) has a second chance."""
    try:
        record = orjson.loads(line)
    except orjson.JSONDecodeError:
        record = _parsed_leniently(line)
    return record if isinstance(record, dict) else None


def _parsed_leniently(line: bytes) -> Any:
    decoded = charset.decode(line)
    try:
        return json.loads(decoded.text, strict=False, parse_constant=lambda name: None) if decoded else None
    except (ValueError, RecursionError):
        return None


def _content(record: dict[str, Any], options: Options) -> _Content | Fault:
    """The article in a record: fields named by the options, else those of common names; markup before text."""
    named = options.html_field or options.text_field
    markup = (options.html_field,) if options.html_field else () if named else HTML_FIELDS
    plain = (options.text_field,) if options.text_field else () if named else TEXT_FIELDS
    either = () if named else EITHER_FIELDS
    if text := _first(record, markup):
        return _Content(text, "text/html")
    if text := _first(record, plain):
        return _Content(text, "text/plain")
    if text := _first(record, either):
        return _Content(text, "text/html" if html.is_markup(text) else "text/plain")
    asked = (*markup, *plain, *either)
    if any(name in record for name in asked):
        return Fault(RejectCode.EMPTY, "its article is empty; fetch it again or leave it out")
    wanted = " or ".join(f"`{name}`" for name in asked if named) or "known content field"
    has = ", ".join(name[:30] for name in list(record)[:12])
    return Fault(
        RejectCode.NO_CONTENT_FIELD, f"no {wanted}; name one of its fields ({has}) with --html-field or --text-field"
    )


def _key(record: dict[str, Any], line: _Line, payload: bytes, seen: set[int]) -> str:
    """What names the record in its source; where a record is there twice, its line is added, so that ids differ."""
    key = _first(record, KEY_FIELDS) or str(line.number)
    identity = hash((key, payload))
    if identity in seen:
        return f"{key}#{line.number}"
    seen.add(identity)
    return key


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


READER = Reader(
    name="jsonl",
    doc="JSON lines: one article a line, with its markup or text in a field",
    suffixes=(".jsonl", ".ndjson", ".jsonlines"),
    sniff=sniff,
    read=read,
)
