"""Rows of a table on standard output, as JSON lines."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import orjson

if TYPE_CHECKING:
    import pyarrow as pa


def print_rows(table: pa.Table) -> None:
    """Each row as one line; times in ISO 8601, UTC."""
    for batch in table.to_batches(max_chunksize=1000):
        for row in batch.to_pylist():
            sys.stdout.buffer.write(orjson.dumps(row, option=orjson.OPT_UTC_Z | orjson.OPT_APPEND_NEWLINE))
