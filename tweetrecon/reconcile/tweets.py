"""Groups of sightings → the tweets table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from tweetrecon.model import Role, TimeSource, TweetStatus
from tweetrecon.reconcile.identity import Group
from tweetrecon.schema import arrow_schema
from tweetrecon.twitter import snowflake, urls

if TYPE_CHECKING:
    import pyarrow as pa

_SUMMED = (
    "document_id",
    "role",
    "form",
    "also_forms",
    "text",
    "flags",
    "created_at",
    "created_at_precision",
    "author_username",
)

Row = Mapping[str, Any]


def tweets(sightings: pa.Table, groups: Sequence[Group], keys: Sequence[str], documents: pa.Table | None) -> pa.Table:
    """One row a group, in the order given: chosen columns, counts, variants, and what its sightings disagree on."""
    import numpy as np
    import pyarrow as pa

    from tweetrecon.reconcile import fields

    of_row = np.zeros(sightings.num_rows, dtype=np.int64)
    for number, group in enumerate(groups):
        for item, _ in group.members:
            of_row[item.row] = number
    rows = sightings.select(_SUMMED).to_pylist()
    cited = _citation_times(documents)
    archived = {row["document_id"] for row in rows if row["role"] == Role.ARCHIVED}
    chosen = fields.choose(sightings, of_row)
    times = {name: chosen.pop(name).to_pylist() for name in fields.TIME_COLUMNS}
    names = chosen["author_username"].to_pylist()
    records = [
        {
            "tweet_key": key,
            "tweet_id": group.tweet_id,
            "url": urls.canonical_url(group.tweet_id, name) if group.tweet_id else None,
        }
        | _time(group, rows, {column: values[i] for column, values in times.items()})
        | _summary(group, rows, cited, archived)
        for i, (group, key, name) in enumerate(zip(groups, keys, names, strict=True))
    ]
    schema = arrow_schema("tweets")
    columns = [
        chosen[f.name].cast(f.type) if f.name in chosen else pa.array([r[f.name] for r in records], type=f.type)
        for f in schema
    ]
    return pa.table(columns, schema=schema)


def _citation_times(documents: pa.Table | None) -> dict[str, Any]:
    if documents is None:
        return {}
    rows = documents.select(["document_id", "published_at", "captured_at"]).to_pylist()
    return {row["document_id"]: row["published_at"] or row["captured_at"] for row in rows}


def _time(group: Group, rows: Sequence[Row], stated: dict[str, Any]) -> dict[str, Any]:
    """As stated; else what the id says; for a tweet that is only named, the time of its earliest retweet as a bound."""
    if stated["created_at"] is not None:
        return stated
    of_id = snowflake.created_at(group.tweet_id) if group.tweet_id else None
    if of_id is not None:
        return {"created_at": of_id.value, "created_at_precision": of_id.precision, "created_at_source": of_id.source}
    bounds = [rows[item.embed] for item, _ in group.members if item.inner and rows[item.embed]["created_at"]]
    if not bounds:
        return stated
    earliest = min(bounds, key=lambda row: (row["created_at"], row["created_at_precision"]))
    return {
        "created_at": earliest["created_at"],
        "created_at_precision": earliest["created_at_precision"],
        "created_at_source": TimeSource.RETWEET_BOUND,
    }


def _summary(group: Group, rows: Sequence[Row], cited: Mapping[str, Any], archived: set[str]) -> dict[str, Any]:
    """Counts and variants; ``archived`` documents are records of tweet archives, which cite nothing."""
    members = [rows[item.row] for item, _ in group.members]
    documents = {row["document_id"] for row in members} - archived
    times = [time for document in documents if (time := cited.get(document)) is not None]
    texts = Counter(row["text"] for row in members if row["text"])
    return {
        "status": TweetStatus.IMPLIED if group.named_only and group.tweet_id is None else TweetStatus.SEEN,
        "sightings_count": len(members),
        "documents_count": len(documents),
        "first_cited_at": min(times, default=None),
        "last_cited_at": max(times, default=None),
        "text_variants": [
            {"text": text, "sightings_count": count}
            for text, count in sorted(texts.items(), key=lambda t: (-t[1], t[0]))
        ],
        "sources": sorted({form for row in members for form in (row["form"], *row["also_forms"])}),
        "flags": sorted({flag for row in members for flag in row["flags"]} | _conflicts(group, members)),
    }


def _conflicts(group: Group, members: Sequence[Row]) -> set[str]:
    """What sightings of one tweet state differently, beyond cuts and lost links."""
    flags = set()
    longest = group.longest
    if any(key not in longest for key, text in group.texts.items() if not (text.cut_head or text.cut_tail)):
        flags.add("text_conflict")
    if len({item.day for item, _ in group.members if item.day and not item.tweet_id}) > 1:
        flags.add("date_conflict")
    if len({row["author_username"].casefold() for row in members if row["author_username"]}) > 1:
        flags.add("username_conflict")
    return flags
