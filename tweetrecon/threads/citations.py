"""Who cites what: one row for every sighting, with its tweet, its thread and its document."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from tweetrecon.model import Citation, Role

if TYPE_CHECKING:
    import pyarrow as pa

_ABOUT = ("document_id", "url", "title", "published_at", "site_name")


def citations(
    sightings: Iterable[tuple[Mapping[str, Any], str, str]], threads: Mapping[str, str], documents: pa.Table | None
) -> list[Citation]:
    """``sightings`` with their tweet's key and the identity rule; ``threads``: the thread of each tweet.

    Records of tweet archives cite nothing.
    """
    about = {d["document_id"]: d for d in documents.select(_ABOUT).to_pylist()} if documents is not None else {}
    sightings = list(sightings)
    archived = {row["document_id"] for row, _, _ in sightings if row["role"] == Role.ARCHIVED}
    found = [
        _citation(row, key, rule, threads[key], about.get(row["document_id"], {}))
        for row, key, rule in sightings
        if row["document_id"] not in archived
    ]
    return sorted(found, key=lambda c: (c.tweet_key, c.document_id, c.position, c.sighting_id))


def _citation(row: Mapping[str, Any], key: str, rule: str, thread_id: str, document: Mapping[str, Any]) -> Citation:
    return Citation(
        tweet_key=key,
        thread_id=thread_id,
        document_id=row["document_id"],
        sighting_id=row["sighting_id"],
        role=row["role"],
        position=row["position"],
        identity_rule=rule,
        document_url=document.get("url"),
        document_title=document.get("title"),
        document_published_at=document.get("published_at"),
        site_name=document.get("site_name"),
    )
