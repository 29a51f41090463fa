"""The records of a dump: JSON lines, rows of twarc-csv, a JSON document, or a script (``window.YTD… = […]``).

Lines are streamed. Documents and scripts, which exports keep to some hundred megabytes, are read whole; where they are
damaged, the elements before the damage are kept.
"""

from __future__ import annotations

import bz2
import codecs
import io
import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple, cast

import orjson

from tweetrecon.errors import InputError
from tweetrecon.interop import twarc_rows
from tweetrecon.interop.archive import Record, Refusal
from tweetrecon.model import RejectCode
from tweetrecon.readers.stream import Stream

LONGEST = 64 * 2**20
"""Bytes of the longest line that is read; a response page of v2 has less than one megabyte."""

_SCRIPT = re.compile(rb"\s{0,99}[A-Za-z_$][\w$.]{0,99}(?:\[[^\]\n]{1,99}\])?\s{0,9}=\s{0,9}(?=[\[{])")
_SPACE = re.compile(r"\s*,?\s*")


class Item(NamedTuple):
    """What stands at a place: ``number`` counts lines, or elements of a document, from 1; ``offset`` bytes of lines.

    ``raw`` are the bytes of a line, or the beginning of what was refused; of elements they are not at hand.
    """

    number: int
    offset: int | None
    content: Record | Refusal
    raw: bytes = b""


@contextmanager
def opened(path: Path) -> Iterator[Stream]:
    """The bytes of a file, decompressed (.gz, .zst, .bz2). Raises InputError where it cannot be opened."""
    try:
        with path.open("rb") as raw:
            yield decompressed(raw)
    except OSError as error:
        raise InputError(f"{path}: {error.strerror}; check the path") from error


def decompressed(raw: BinaryIO) -> Stream:
    """The bytes of a file or member: gzip and Zstandard as everywhere, bzip2 as in grabs of the stream."""
    buffered = raw if isinstance(raw, io.BufferedReader) else io.BufferedReader(cast(Any, raw))
    packed = buffered.peek(3)[:3] == b"BZh"
    return Stream(cast(BinaryIO, bz2.BZ2File(buffered) if packed else buffered))


def items(stream: Stream) -> Iterator[Item]:
    """Each record of a dump, and each place where there is none."""
    head = stream.head()
    if twarc_rows.sniff(head):
        yield from _rows(stream)
    else:
        yield from _elements(stream) if is_document(head) else _lines(stream)
    yield from damage(stream)


def is_lines(head: bytes) -> bool:
    """Whether the bytes begin JSON lines."""
    return not (is_document(head) or twarc_rows.sniff(head))


def damage(stream: Stream) -> Iterator[Item]:
    """What cut a stream short that was read to its end, if anything did."""
    if stream.damage is not None:
        yield Item(0, None, Refusal(stream.damage.code, stream.damage.detail))


def is_document(head: bytes) -> bool:
    """Whether the bytes begin one document, a script included, and not lines."""
    opening = head.removeprefix(codecs.BOM_UTF8).lstrip()
    if opening.startswith(b"[") or _SCRIPT.match(opening):
        return True
    first, _, second = opening.partition(b"\n")
    return first.rstrip() == b"{" or (second.startswith((b" ", b"\t")) and _parsed(first) is None)


# ------------------------------------------------------------------------------------------------ lines


def _lines(stream: Stream) -> Iterator[Item]:
    number = offset = 0
    while line := stream.readline(LONGEST + 1):
        number += 1
        length = len(line)
        while not line.endswith(b"\n") and len(line) > LONGEST and (rest := stream.readline(LONGEST)):
            length += len(rest)
            if rest.endswith(b"\n"):
                break
        if line.strip():
            yield line_item(number, offset, line)
        offset += length


def line_item(number: int, offset: int, line: bytes) -> Item:
    """The record of a line, or why it is none."""
    return Item(number, offset, _line(line), line)


def _line(line: bytes) -> Record | Refusal:
    if len(line) > LONGEST:
        return Refusal(RejectCode.TOO_LARGE, f"longer than {LONGEST:,} bytes")
    record = _parsed(line)
    if isinstance(record, dict):
        return record
    if record is None and not line.endswith(b"\n"):
        return Refusal(RejectCode.TRUNCATED, "the file ends in the middle of a line; fetch it again")
    return Refusal(RejectCode.BAD_RECORD, "no JSON object; mend or remove the line")


def _parsed(data: bytes) -> Any:
    """The value that bytes hold; what orjson refuses (NaN, lone surrogates, a BOM) has a second chance."""
    try:
        return orjson.loads(data)
    except orjson.JSONDecodeError:
        return _parsed_leniently(data)


def _parsed_leniently(data: bytes) -> Any:
    try:
        return _sound(json.loads(data.decode("utf-8-sig"), parse_constant=lambda _: None))
    except (ValueError, RecursionError):
        return None


def _sound(value: Any) -> Any:
    """The value with U+FFFD for surrogates that stand alone, which no column of text can hold."""
    escaped = json.dumps(value, ensure_ascii=False).encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return json.loads(escaped)


def _rows(stream: Stream) -> Iterator[Item]:
    for number, (content, beginning) in enumerate(twarc_rows.records(stream), 1):
        yield Item(number, None, content, beginning.encode("utf-8", "replace"))


# ------------------------------------------------------------------------------------------------ documents


def _elements(stream: Stream) -> Iterator[Item]:
    data = stream.read().removeprefix(codecs.BOM_UTF8)
    script = _SCRIPT.match(data)
    body = data[script.end() :] if script else data
    value = _parsed(body.rstrip().removesuffix(b";"))
    if value is None:
        yield from _salvaged(body)
        return
    for number, element in enumerate(value if isinstance(value, list) else [value], 1):
        yield _element(number, element)


def _element(number: int, value: Any) -> Item:
    if isinstance(value, dict):
        return Item(number, None, value)
    return Item(number, None, Refusal(RejectCode.BAD_RECORD, "no JSON object"), str(value)[:80].encode())


def _salvaged(body: bytes) -> Iterator[Item]:
    """The elements of a damaged array up to the damage, then the damage."""
    text = body.decode("utf-8", "replace").lstrip()
    decoder = json.JSONDecoder(parse_constant=lambda _: None)
    place, number = int(text.startswith("[")), 1
    while True:
        place = _after_space(text, place)
        try:
            value, place = decoder.raw_decode(text, place)
            value = _sound(value)
        except (ValueError, RecursionError):
            break
        yield _element(number, value)
        number += 1
    detail = f"no JSON from character {place:,} of the document on; what came before was kept"
    yield Item(number, None, Refusal(RejectCode.TRUNCATED, detail), text[place : place + 80].encode("utf-8", "replace"))


def _after_space(text: str, place: int) -> int:
    found = _SPACE.match(text, place)
    return found.end() if found else place
