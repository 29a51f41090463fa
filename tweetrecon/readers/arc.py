"""ARC files, the Internet Archive's format before WARC: records with one line of header each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime

from tweetrecon.model import RejectCode
from tweetrecon.readers import web_archive
from tweetrecon.readers.members import Broken, Members
from tweetrecon.readers.reader import Options, Read, Reader, Source
from tweetrecon.readers.stream import Stream
from tweetrecon.readers.web_archive import Head

_START = re.compile(rb"(?:filedesc|https?|ftp|dns|whois|gopher|news):[^\r\n]{1,8000} \d{8,18} [^\r\n]{0,9000}\d\r?\n")
_DATE = re.compile(r"\d{8,18}")


def sniff(head: bytes) -> bool:
    """Whether the bytes begin with the record that describes an ARC file."""
    return head.startswith(b"filedesc:") and _START.match(head) is not None


def read(stream: Stream, source: Source, options: Options) -> Iterator[Read]:
    """A document for each page."""
    return web_archive.read(Members(stream.rewound(), _START), _head, source, options)


def _head(members: Members) -> Head:
    """Version 1 has address, IP, date, type, length; version 2 has more between type and length."""
    words = members.line(web_archive.HEADERS).decode("utf-8", "replace").split()
    date = next((n for n in range(2, len(words) - 2) if _DATE.fullmatch(words[n])), None)
    if date is None or not (words[-1].isascii() and words[-1].isdigit() and len(words[-1]) < 16):
        raise Broken(RejectCode.BAD_RECORD, "no ARC record with a length begins here")
    url = " ".join(words[: date - 1])  # the address may hold spaces
    return Head(
        type="filedesc" if url.startswith("filedesc:") else "response",
        length=int(words[-1]),
        url=url,
        captured_at=_time(words[date]),
        media_type=words[date + 1],
    )


def _time(digits: str) -> datetime | None:
    try:
        return datetime.strptime(digits[:14].ljust(14, "0"), "%Y%m%d%H%M%S").replace(tzinfo=UTC)
    except ValueError:
        return None


READER = Reader(
    name="arc",
    doc="web archives before 2009: ARC, a document for each page in them",
    suffixes=(".arc",),
    sniff=sniff,
    read=read,
)
