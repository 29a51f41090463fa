"""References that the sources state: by id, by showing the other tweet, by a retweet in the text, by a link."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from tweetrecon.model import ReferenceType
from tweetrecon.threads.posts import addressed
from tweetrecon.threads.references import Edge
from tweetrecon.twitter import urls

COLUMNS = (
    "row", "tweet", "sighting_id", "embed_id", "chain_position", "author_username", "text", "urls", "replied_to_id",
    "replied_to_username", "quoted_id", "quoted_username", "retweeted_id", "retweeted_username",
)  # fmt: skip

CONFIDENCE = {
    "same_id": 1.0,
    "edit_group": 1.0,
    "same_text": 0.99,
    "cut_text": 0.98,
    "commented_text": 0.95,
    "damaged_text": 0.93,
    "edited_text": 0.9,
    "same_text_by_any_author": 0.93,
    "cut_text_by_any_author": 0.9,
    "first": 0.95,
}
"""How often a retweet was matched to the right source, by the identity rule that did it (see docs/threads.md)."""


class Link(NamedTuple):
    """What a chain or an embed says: one tweet names another. ``rule`` told which tweet the other is."""

    tweet_key: str
    type: ReferenceType
    target_key: str
    method: str
    sighting_id: str
    rule: str


def chain_edges(links: Iterable[Link]) -> Iterator[Edge]:
    """Retweets, quotes and parents that an embed shows or that stand in a text."""
    for link in links:
        if link.tweet_key != link.target_key:
            inferred = link.rule not in ("same_id", "edit_group")
            yield Edge(
                link.tweet_key,
                link.type,
                link.target_key,
                link.method,
                CONFIDENCE.get(link.rule, 0.9),
                inferred,
                evidence=(link.sighting_id, f"identity {link.rule}"),
            )


def field_edges(rows: Iterable[Mapping[str, Any]], keys: Iterable[str]) -> Iterator[Edge]:
    """Edges by id from the columns of sightings, quotes from links in their texts; ``keys``: the tweets they show."""
    for row, key in zip(rows, keys, strict=True):
        for kind, column in (
            (ReferenceType.REPLIED_TO, "replied_to"),
            (ReferenceType.RETWEETED, "retweeted"),
            (ReferenceType.QUOTED, "quoted"),
        ):
            target, author = row[f"{column}_id"], row[f"{column}_username"]
            if target and target != key:
                if kind is ReferenceType.REPLIED_TO and author is None:
                    author = next(iter(addressed(row["text"] or "")), None)
                yield Edge(key, kind, target, f"{column}_id", author=author, evidence=(row["sighting_id"],))
        if row["chain_position"] == 0:
            yield from _linked(row, key)


def _linked(row: Mapping[str, Any], key: str) -> Iterator[Edge]:
    """A link to a status inside a tweet is how quotes are made; a photo page of the tweet itself is none."""
    for link in row["urls"]:
        status = urls.parse_status(link["expanded_url"] or link["url"])
        if status and status.tweet_id != key and status.tweet_id not in (row["quoted_id"], row["retweeted_id"]):
            evidence = (row["sighting_id"], link["url"])
            yield Edge(
                key,
                ReferenceType.QUOTED,
                status.tweet_id,
                "status_link",
                0.95,
                author=status.username,
                evidence=evidence,
            )
