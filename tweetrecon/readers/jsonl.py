"""JSON lines: one article a line, as corpora and crawlers give them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

import orjson

from tweetrecon.model import RejectCode
from tweetrecon.readers import charset
from tweetrecon.readers.fields import Records
from tweetrecon.readers.reader import NOTHING, Fault, Options, Read, Reader, Source, rejected
from tweetrecon.readers.stream import Stream

_FIRST_PAIR = re.compile(rb'\{\s{0,20}"[^"\n]{1,200}"\s{0,20}:')


class _Line(NamedTuple):
    """A line of the input; ``offset`` counts decompressed bytes."""

    number: int
    offset: int
    data: bytes

    @property
    def ended(self) -> bool:
        return self.data.endswith(b"\n")


def sniff(head: bytes) -> bool:
    """Whether the bytes begin with a line that is a JSON object, or with one too long to see its end."""
    line, newline, _ = head.partition(b"\n")
    if not newline and len(head) >= 4096:
        return _FIRST_PAIR.match(line) is not None
    return bool(_parsed(line))


def read(stream: Stream, source: Source, options: Options) -> Iterator[Read]:
    """One document a line, the rejected ones included; blank lines are none."""
    records = Records(source, options, "line")
    line = _Line(0, 0, b"\n")
    found = False
    for line in _lines(stream, options.max_bytes):
        if line.data.strip() and (line.ended or stream.damage is None):
            found = True
            record = _record(line, options)
            yield from records.read(record, line.number, line.data, source_offset=line.offset)
    if stream.damage is not None:
        cut = _Line(line.number + 1, line.offset + len(line.data), b"") if line.ended else line
        fault = Fault(stream.damage.code, stream.damage.detail)
        yield from records.rejected(fault, cut.number, cut.data, source_offset=cut.offset)
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


READER = Reader(
    name="jsonl",
    doc="JSON lines: one article a line, with its markup or text in a field",
    suffixes=(".jsonl", ".ndjson", ".jsonlines"),
    sniff=sniff,
    read=read,
)
