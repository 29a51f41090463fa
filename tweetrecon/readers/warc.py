"""WARC files (ISO 28500): the records of a crawl, one gzip member or zstd frame each, or not compressed; WET too."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO

from tweetrecon.model import RejectCode
from tweetrecon.readers import http, times, web_archive
from tweetrecon.readers.article import Gate
from tweetrecon.readers.ledger import Ledger
from tweetrecon.readers.members import Broken, Members
from tweetrecon.readers.reader import Options, Read, Reader, Source
from tweetrecon.readers.stream import Stream
from tweetrecon.readers.web_archive import Head

_START = re.compile(rb"WARC/\d{1,2}\.\d{1,2}[ \t]{0,9}\r?\n")


_NO_PAGE = re.compile(rb"\nWARC-Type: (request|metadata|warcinfo)\r\n")
_LENGTH = re.compile(rb"\nContent-Length: (\d{1,15})\r\n")
_KEY = re.compile(rb"\nWARC-Record-ID: <([^<>\s]{1,200})>\r\n")


def sniff(head: bytes) -> bool:
    """Whether the bytes begin with a record."""
    return _START.match(head) is not None


def read(stream: Stream, source: Source, options: Options) -> Iterator[Read]:
    """A document for each page that is a response, a resource or a conversion."""
    return web_archive.read(Members(stream.rewound(), _START), _head, source, options)


def read_between(
    raw: BinaryIO,
    between: tuple[int, int | None],
    source: Source,
    options: Options,
    ledger: Ledger,
    gate: Gate,
) -> Iterator[Read]:
    """The same for the compressed records that begin between two places of a file; see :func:`read_records`."""
    raw.seek(between[0])
    return web_archive.read_records(Members(raw, _START, between), _head, source, options, ledger, gate)


def next_record(source: Source, place: int) -> int:
    """Where the first compressed record at or behind a place of a file begins, or where the file ends."""
    with source.open() as raw:
        return Members(raw, _START).seek(place)


def _head(members: Members) -> Head:
    fields = members.head(web_archive.HEADERS)
    if not _START.match(fields):
        raise Broken(RejectCode.BAD_RECORD, "no WARC record begins here")
    return _head_of_no_page(fields) or _head_of(http.fields(fields))


def _head_of_no_page(fields: bytes) -> Head | None:
    """The head of a record, two of three, that is surely no page: of these little counts, and that is found at once."""
    type_ = _NO_PAGE.search(fields)
    length = _LENGTH.search(fields) if type_ else None
    key = _KEY.search(fields) if length else None
    if not (type_ and length and key):
        return None
    return Head(type=type_[1].decode(), length=int(length[1]), key=key[1].decode("utf-8", "replace"))


def _head_of(named: dict[str, str]) -> Head:
    length = named.get("content-length", "")
    if not (length.isascii() and length.isdigit() and len(length) < 16):
        raise Broken(RejectCode.BAD_RECORD, "it states no length")
    return Head(
        type=named.get("warc-type", "").lower() or "record without a type",
        length=int(length),
        key=named.get("warc-record-id", "").strip("<> ") or None,
        url=named.get("warc-target-uri", "").strip("<> ") or None,
        captured_at=times.parse(named.get("warc-date")),
        media_type=named.get("content-type", ""),
        digest=named.get("warc-block-digest"),
        cut=named.get("warc-truncated"),
    )


READER = Reader(
    name="warc",
    doc="web archives: WARC and WET, a document for each page in them",
    suffixes=(".warc", ".wet"),
    sniff=sniff,
    read=read,
)
