"""Parquet and Arrow files: one article a row, a few rows at a time, and of the columns only those that are of use."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from io import IOBase
from typing import Any, BinaryIO, cast

from tweetrecon.model import RejectCode
from tweetrecon.readers import charset
from tweetrecon.readers.fields import Columns, Records
from tweetrecon.readers.reader import NOT_FROM_A_PIPE, NOTHING, Fault, Options, Read, Reader, Source, rejected
from tweetrecon.readers.stream import Stream

_ROWS = 64
"""Rows held in memory at a time; each may be a whole page."""

_FAULTS = (ValueError, OSError, NotImplementedError, KeyError, TypeError, IndexError, MemoryError, OverflowError)
"""What pyarrow raises on files that are damaged or made to harm: its exceptions are subclasses of these."""

Parts = Callable[[BinaryIO, Options], Iterator["Any | Fault"]]
"""Gives the record batches of a file; where some rows cannot be read, the fault in their place."""


def _parquet(raw: BinaryIO, options: Options) -> Iterator[Any | Fault]:
    import pyarrow.parquet as pq

    file = pq.ParquetFile(raw, page_checksum_verification=True)
    columns = Columns(file.schema_arrow.names, options)
    if columns.fault:
        yield columns.fault
        return
    names = [file.schema_arrow.names[place] for place in columns.useful()]
    for group in range(file.num_row_groups):
        try:
            yield from file.iter_batches(_ROWS, [group], names, use_threads=False)
        except _FAULTS as error:
            yield _unreadable(error, f"row group {group + 1}")


def _arrow(raw: BinaryIO, options: Options) -> Iterator[Any | Fault]:
    import pyarrow as pa

    is_file = raw.read(6) == b"ARROW1"
    raw.seek(0)
    file = pa.PythonFile(cast(IOBase, raw), "r")
    batches = _batches_of_file(pa.ipc.open_file(file)) if is_file else pa.ipc.open_stream(file)
    for batch in batches:
        if isinstance(batch, Fault):
            yield batch
            continue
        columns = Columns(batch.schema.names, options)
        if columns.fault:
            yield columns.fault
            return
        useful = batch.select(columns.useful())
        yield from (useful.slice(start, _ROWS) for start in range(0, batch.num_rows, _ROWS))


def _batches_of_file(file: Any) -> Iterator[Any | Fault]:
    for number in range(file.num_record_batches):
        try:
            yield file.get_batch(number)
        except _FAULTS as error:
            yield _unreadable(error, f"record batch {number + 1}")


def _reads(parts: Parts) -> Callable[[Stream, Source, Options], Iterator[Read]]:
    def read(stream: Stream, source: Source, options: Options) -> Iterator[Read]:
        raw = stream.rewound()
        if not raw.seekable():
            yield from rejected(source, b"", RejectCode.UNREADABLE, NOT_FROM_A_PIPE)
            return
        records = Records(source, options, "row")
        number = 0
        for row in _rows(parts(raw, options), options):
            number += 1
            yield from records.read(row, number)
        if not number:
            yield from rejected(source, b"", RejectCode.EMPTY, NOTHING)

    return read


def _rows(parts: Iterator[Any | Fault], options: Options) -> Iterator[dict[str, Any] | Fault]:
    """All rows; those that cannot be read as one fault each batch."""
    try:
        for part in parts:
            if isinstance(part, Fault):
                yield part
                continue
            try:
                rows = _converted(part, options)
            except _FAULTS as error:
                yield _unreadable(error, f"{part.num_rows} rows")
            else:
                yield from rows
    except _FAULTS as error:
        yield _unreadable(error, "the file from here on")


def _converted(batch: Any, options: Options) -> list[dict[str, Any]]:
    names = Columns(batch.schema.names, options).names
    columns = [_values(column) for column in batch.columns]
    return [dict(zip(names, values, strict=True)) for values in zip(*columns, strict=True)]


def _values(column: Any) -> list[Any]:
    import pyarrow as pa

    column.validate(full=True)
    if pa.types.is_dictionary(column.type):
        column = column.dictionary_decode()
    if pa.types.is_timestamp(column.type):  # Python knows no nanoseconds
        column = column.cast(pa.timestamp("us", column.type.tz), safe=False)
    values = column.to_pylist()
    return [_text(v) if isinstance(v, bytes) else v for v in values]


def _text(value: bytes) -> str:
    decoded = charset.decode(value, markup=True)
    return decoded.text if decoded else ""


def _unreadable(error: Exception, what: str) -> Fault:
    return Fault(RejectCode.UNREADABLE, f"{what}: the data are damaged ({str(error)[:200]}); fetch the file again")


PARQUET = Reader(
    name="parquet",
    doc="Parquet: one article a row, with its markup or text in a column",
    suffixes=(".parquet", ".pq"),
    sniff=lambda head: head.startswith(b"PAR1"),
    read=_reads(_parquet),
    is_apart=True,
)
ARROW = Reader(
    name="arrow",
    doc="Arrow files and streams, Feather: one article a row, with its markup or text in a column",
    suffixes=(".arrow", ".feather", ".arrows"),
    sniff=lambda head: head.startswith((b"ARROW1", b"\xff\xff\xff\xff")),
    read=_reads(_arrow),
    is_apart=True,
)
