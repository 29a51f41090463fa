"""The sightings of some tweets → their rows of the tweets table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from tweetrecon.model import TimeSource, TweetStatus
from tweetrecon.reconcile import fields
from tweetrecon.reconcile.numbering import CONFLICTS, NAMED_ONLY
from tweetrecon.reconcile.numbers import Bytes, Ints
from tweetrecon.schema import arrow_schema
from tweetrecon.twitter import snowflake, urls

if TYPE_CHECKING:
    import pyarrow as pa

_SUMMED = (
    "document_id", "archived", "form", "also_forms", "text", "flags", "author_username", "bound_at", "bound_precision",
)  # fmt: skip

Row = Mapping[str, Any]


def tweets(sightings: pa.Table, of_row: Ints, keys: Sequence[str], marks: Bytes, cited: Sequence[Any]) -> pa.Table:
    """One row for each of ``keys``: chosen columns, counts, variants, and what its sightings disagree on.

    Records of tweet archives (column ``archived``) are no documents and cite nothing.

    ``of_row`` numbers the tweet of each sighting from 0 upwards, none left out, and ascends; ``cited`` tells when its
    document was published.
    """
    import pyarrow as pa

    rows = sightings.select(_SUMMED).to_pylist()
    chosen = fields.choose(sightings, of_row)
    times = {name: chosen.pop(name).to_pylist() for name in fields.TIME_COLUMNS}
    names = chosen["author_username"].to_pylist()
    ends = np.searchsorted(of_row, np.arange(len(keys)), side="right").tolist()
    records = []
    start = 0
    for i, (key, end, mark) in enumerate(zip(keys, ends, marks.tolist(), strict=True)):
        tweet_id = None if key.startswith("x:") else key
        members = rows[start:end]
        record = {
            "tweet_key": key,
            "tweet_id": tweet_id,
            "url": urls.canonical_url(tweet_id, names[i]) if tweet_id else None,
        }
        record |= _time(tweet_id, members, {column: values[i] for column, values in times.items()})
        records.append(record | _summary(members, mark, cited[start:end]))
        start = end
    schema = arrow_schema("tweets")
    columns = [
        chosen[f.name].cast(f.type) if f.name in chosen else pa.array([r[f.name] for r in records], type=f.type)
        for f in schema
    ]
    return pa.table(columns, schema=schema)


def _time(tweet_id: str | None, members: Sequence[Row], stated: dict[str, Any]) -> dict[str, Any]:
    """As stated; else what the id says; for a tweet that is only named, the time of its earliest retweet as a bound."""
    if stated["created_at"] is not None:
        return stated
    of_id = snowflake.created_at(tweet_id) if tweet_id else None
    if of_id is not None:
        return {"created_at": of_id.value, "created_at_precision": of_id.precision, "created_at_source": of_id.source}
    bounds = [(row["bound_at"], row["bound_precision"]) for row in members if row["bound_at"]]
    if not bounds:
        return stated
    time, precision = min(bounds)
    return {"created_at": time, "created_at_precision": precision, "created_at_source": TimeSource.RETWEET_BOUND}


def _summary(members: Sequence[Row], mark: int, cited: Sequence[Any]) -> dict[str, Any]:
    documents = {row["document_id"] for row in members if not row["archived"]}
    times = [t for t, row in zip(cited, members, strict=True) if t is not None and not row["archived"]]
    texts = Counter(row["text"] for row in members if row["text"])
    conflicts = {name for bit, name in CONFLICTS.items() if mark & bit}
    return {
        "status": TweetStatus.IMPLIED if mark & NAMED_ONLY else TweetStatus.SEEN,
        "sightings_count": len(members),
        "documents_count": len(documents),
        "first_cited_at": min(times, default=None),
        "last_cited_at": max(times, default=None),
        "text_variants": [
            {"text": text, "sightings_count": count}
            for text, count in sorted(texts.items(), key=lambda t: (-t[1], t[0]))
        ],
        "sources": sorted({form for row in members for form in (row["form"], *row["also_forms"])}),
        "flags": sorted({flag for row in members for flag in row["flags"]} | conflicts),
    }
