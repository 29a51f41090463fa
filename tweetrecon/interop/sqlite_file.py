"""Export as one SQLite file, as sqlite-utils and Datasette take it: all tables, lists as JSON, texts searchable."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tweetrecon.errors import ConfigurationError
from tweetrecon.interop.csv_rows import cell
from tweetrecon.interop.export import FileTarget, Load, Row
from tweetrecon.schema import TABLES, Column, columns

if TYPE_CHECKING:
    import pyarrow as pa

_KEYS = {
    "documents": "document_id",
    "sightings": "sighting_id",
    "tweets": "tweet_key",
    "threads": "thread_id",
    "users": "username",
}
_INDEXES = {
    "sightings": ("document_id", "tweet_id"),
    "tweets": ("tweet_id", "author_username"),
    "references": ("tweet_key", "target_key"),
    "citations": ("tweet_key", "thread_id", "document_id"),
}


def save(load: Load, path: Path) -> None:
    """Write the file anew. Raises ConfigurationError where sqlite-utils is not installed."""
    try:
        import sqlite_utils
    except ImportError as error:
        raise ConfigurationError("--to sqlite needs sqlite-utils; pip install 'tweetrecon[sqlite]'") from error
    path.write_bytes(b"")  # an empty database; told as any other file where it cannot be written
    database = sqlite_utils.Database(path)
    try:
        for name, record in TABLES.items():
            declared = columns(record)
            table: Any = database[name]
            table.create({c.name: _affinity(c) for c in declared}, pk=_KEYS.get(name))
            table.insert_all(_rows(load(name)), pk=_KEYS.get(name))
            for column in _INDEXES.get(name, ()):
                table.create_index([column])
        texts: Any = database["tweets"]
        texts.enable_fts(["text"])
    finally:
        database.close()


def _affinity(column: Column) -> type:
    return column.type if column.type in (int, float, bool) else str


def _rows(table: pa.Table) -> Iterator[Row]:
    for batch in table.to_batches(max_chunksize=1000):
        for row in batch.to_pylist():
            yield {name: _value(value) for name, value in row.items()}


def _value(value: Any) -> Any:
    """Numbers and texts as they are; times in ISO 8601, lists as JSON."""
    return value if value is None or isinstance(value, (int, float, str)) else cell(value)


TARGET = FileTarget("sqlite", "one SQLite file with all tables, for sqlite-utils and Datasette", save)
