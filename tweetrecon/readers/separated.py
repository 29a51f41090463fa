"""CSV and its kin: one article a row, the columns named in the first."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from typing import BinaryIO, cast

from tweetrecon.model import RejectCode
from tweetrecon.readers import charset
from tweetrecon.readers.fields import CONTENT_FIELDS, Columns, Records
from tweetrecon.readers.reader import NOTHING, Fault, Options, Read, Reader, Source, rejected
from tweetrecon.readers.stream import Stream

_DELIMITERS = ",\t;|"
_COLUMN = re.compile(r"[\w][\w .:/()-]{0,60}")


def sniff(head: bytes) -> bool:
    """Whether the first line names columns, one of them for the article."""
    line, newline, _ = head[:4096].decode("utf-8", "replace").partition("\n")
    columns = _split(line)
    named = all(map(_COLUMN.fullmatch, columns))
    return bool(newline) and len(columns) > 1 and named and any(c.lower() in CONTENT_FIELDS for c in columns)


def read(stream: Stream, source: Source, options: Options) -> Iterator[Read]:
    """One document a row, keyed by its id or its number; the row of names is the first."""
    head = stream.head()
    decoded = charset.decode(head)
    if decoded is None or charset.is_binary(head):
        yield from rejected(source, head, RejectCode.UNDECODABLE, "no character set fits; convert the file to UTF-8")
        return
    text = io.TextIOWrapper(cast(BinaryIO, stream), encoding=decoded.charset, errors="replace", newline="")
    records = Records(source, options, "row")
    csv.field_size_limit(min(options.max_bytes, 2**31 - 1))
    rows = _rows(text, _delimiter(decoded.text), options.max_bytes)
    columns = Columns(_names(next(rows, [])), options)
    if columns.fault:
        yield from rejected(source, head[:80], *columns.fault)
        return
    number, found = 1, False
    for number, row in enumerate(rows, 2):
        if isinstance(row, Fault):
            yield from records.rejected(row, number)
        elif any(row):
            yield from records.read(dict(zip(columns.names, row, strict=False)), number)
        found = found or any(row)
    if stream.damage is not None:
        yield from records.rejected(Fault(stream.damage.code, stream.damage.detail), number + 1)
    elif not found:
        yield from rejected(source, head[:80], RejectCode.EMPTY, NOTHING)


def _rows(text: io.TextIOWrapper, delimiter: str, limit: int) -> Iterator[list[str] | Fault]:
    """The rows; one that breaks the notation, or holds a larger cell than the limit, costs no other."""
    line = "\n"

    def lines() -> Iterator[str]:
        nonlocal line
        while line := text.readline(limit):
            yield line

    rows = csv.reader(lines(), delimiter=delimiter)
    while True:
        try:
            yield next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            yield Fault(RejectCode.BAD_RECORD, f"{error}; check its quotes")
            while line and not line.endswith("\n"):
                line = text.readline(limit)


def _names(first: list[str] | Fault) -> list[str]:
    return [] if isinstance(first, Fault) else [cell.strip("\ufeff ") for cell in first]


def _delimiter(text: str) -> str:
    """The mark that stands most often in the first line."""
    return max(_DELIMITERS, key=text.partition("\n")[0].count)


def _split(line: str) -> list[str]:
    return [cell.strip(' "\r\ufeff') for cell in line.split(_delimiter(line))]


READER = Reader(
    name="csv",
    doc="CSV, TSV and the like: one article a row, with its markup or text in a column",
    suffixes=(".csv", ".tsv"),
    sniff=sniff,
    read=read,
)
