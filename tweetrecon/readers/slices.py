"""Slices of large archives, so that each process reads its own: handing pages from one to another would cost more."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from tweetrecon.model import RejectCode
from tweetrecon.readers import warc
from tweetrecon.readers.article import Gate
from tweetrecon.readers.decompression import GZIP, Ahead
from tweetrecon.readers.ledger import Ledger
from tweetrecon.readers.reader import Options, Read, Source, rejected

SIZE = 2 * 2**20
"""Bytes of a slice: some hundred pages, a second or less of work."""

_FIRST = 512 * 1024
"""The longest first member of an archive whose records are compressed one by one; it describes the crawl."""


class Slice(NamedTuple):
    """The records of a WARC that begin at ``start`` or behind and before ``stop`` (None: up to its end).

    A slice that ``is_done`` was dealt with by an earlier run; it is read for its ledger alone.
    """

    source: Source
    options: Options
    start: int = 0
    stop: int | None = None
    is_done: bool = False

    @property
    def is_last(self) -> bool:
        """Whether it goes to the end of its archive."""
        return self.stop is None


def can_be_cut(source: Source) -> bool:
    """Whether a source is a WARC in a file, each of whose records is a gzip member."""
    if source.path is None or not source.path.is_file():
        return False
    try:
        with source.open() as raw:
            magic = raw.read(len(GZIP))
            first = Ahead(magic + raw.read(_FIRST)).take() if magic == GZIP else None
    except OSError:
        return False
    return first is not None and warc.sniff(first.content)


def cut(source: Source, options: Options) -> Iterator[Slice]:
    """The slices of a source that can be cut. Where they end is a matter of its bytes alone."""
    start = 0
    size = source.size
    while start + SIZE < size and (stop := warc.next_record(source, start + SIZE)) < size:
        yield Slice(source, options, start, stop)
        start = stop
    yield Slice(source, options, start)


def read(part: Slice, ledger: Ledger, gate: Gate) -> Iterator[Read]:
    """What a slice holds; pages that do not pass the gate have no text. ``ledger`` is filled in meanwhile."""
    try:
        raw = part.source.open()
    except OSError as error:
        detail = f"{error.strerror or error}; check its permissions"
        yield from rejected(part.source, b"", RejectCode.UNREADABLE, detail)
        return
    with raw:
        yield from warc.read_between(raw, (part.start, part.stop), part.source, part.options, ledger, gate)
