"""Export as CSV: one row a tweet, lists as JSON, relations as columns.

The usual file is faithful: each cell holds what the table holds. A spreadsheet runs cells that begin like a formula and
rounds ids to 15 digits; in the safe file such cells begin with an apostrophe, and a mark tells that it is UTF-8.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

import orjson

from tweetrecon.interop.export import Load, Post, Row, Target, posts
from tweetrecon.model import ReferenceType, Tweet
from tweetrecon.schema import columns

BYTE_ORDER_MARK = "\ufeff"
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_EXACT_DIGITS = 15
_PARTS = ("key", "username", "inferred")

COLUMNS = (*(c.name for c in columns(Tweet)), *(f"{kind}_{part}" for kind in ReferenceType for part in _PARTS))


def write(load: Load) -> Iterator[str]:
    """The faithful file."""
    return csv_lines(COLUMNS, _rows(load))


def write_excel_safe(load: Load) -> Iterator[str]:
    """The file that spreadsheets neither run nor round."""
    yield BYTE_ORDER_MARK
    yield from csv_lines(COLUMNS, _rows(load), excel_safe)


def csv_lines(header: Sequence[str], rows: Iterable[Row], change: Callable[[str], str] = str) -> Iterator[str]:
    """Lines of CSV (RFC 4180): the names of the columns, then each row; keys that a row lacks are empty cells."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow(header)
    for row in rows:
        writer.writerow([change(cell(row.get(name))) for name in header])
        yield buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()
    yield buffer.getvalue()


def cell(value: Any) -> str:
    """A value as text: times in ISO 8601, lists as JSON, nothing for null."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.isoformat().replace("+00:00", "Z")
    return value if isinstance(value, str) else orjson.dumps(value).decode()


def excel_safe(text: str) -> str:
    """The text of a cell, behind an apostrophe where a spreadsheet would run or round it."""
    risky = text.startswith(_FORMULA) or (text.isdigit() and len(text) > _EXACT_DIGITS)
    return f"'{text}" if risky else text


def _rows(load: Load) -> Iterator[Row]:
    return (post.tweet | _relations(post) for post in posts(load))


def _relations(post: Post) -> Row:
    row: Row = {}
    for kind, (reference, tweet) in post.related.items():
        values = (reference["target_key"], tweet["author_username"], reference["inferred"])
        row |= {f"{kind}_{part}": value for part, value in zip(_PARTS, values, strict=True)}
    return row


TARGET = Target("csv", "CSV: the table `tweets`, lists as JSON, with what each refers to", write)
EXCEL_SAFE = Target("csv", "CSV that a spreadsheet can open without harm", write_excel_safe)
