"""Who cites what: one row for every sighting, with its tweet, its thread and its document."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from tweetrecon.schema import arrow_schema

_ABOUT = {
    "document_url": "url",
    "document_title": "title",
    "document_published_at": "published_at",
    "site_name": "site_name",
}
_TAKEN = ("document_id", "sighting_id", "role", "position")
_ORDER = ("tweet_key", "document_id", "position", "sighting_id")


def citations(
    sightings: pa.Table, keys: Sequence[str], rules: Sequence[str], threads: Sequence[str], documents: pa.Table | None
) -> pa.Table:
    """``sightings`` with, in parallel, their tweets' keys, the rules of identity and the threads."""
    schema = arrow_schema("citations")
    columns: dict[str, Any] = {name: sightings[name] for name in _TAKEN}
    columns |= {"tweet_key": keys, "identity_rule": rules, "thread_id": threads}
    columns |= _about(sightings, documents)
    found = pa.table([pa.chunked_array([_array(columns[f.name], f.type)]) for f in schema], schema=schema)
    return found.sort_by([(name, "ascending") for name in _ORDER])


def _about(sightings: pa.Table, documents: pa.Table | None) -> dict[str, Any]:
    """What is known of the documents."""
    if documents is None or not documents.num_rows:
        return {name: [None] * sightings.num_rows for name in _ABOUT}
    rows = pc.index_in(sightings["document_id"], documents["document_id"].combine_chunks())
    return {name: documents[column].take(rows) for name, column in _ABOUT.items()}


def _array(values: Any, kind: pa.DataType) -> Any:
    if isinstance(values, pa.ChunkedArray):
        values = values.combine_chunks()
    return values if isinstance(values, pa.Array) else pa.array(values, kind)
