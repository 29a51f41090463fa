"""Retweet chains: the sources that stand only inside a text become sightings of their own, and who retweets whom.

Capture does the same for what it reads; sightings made elsewhere, and older datasets, may hold chains in the text
alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from tweetrecon.model import ReferenceType, Role, Sighting, Url
from tweetrecon.twitter import direction, entities, retweets

KINDS = (
    (ReferenceType.QUOTED, "quote_shown"),
    (ReferenceType.REPLIED_TO, "parent_shown"),
    (ReferenceType.RETWEETED, "native_retweet"),
    (ReferenceType.RETWEETED, "manual_retweet"),
    (ReferenceType.RETWEETED, "nested_retweet"),
)
"""What a link can be: its type and the rule that says so."""


class Link(NamedTuple):
    """A sighting (by row) that names another as the tweet it retweets, quotes or answers, and the rule that says so.

    ``embed`` is the row of the tweet shown; in a nested chain ``outer`` is a source inside it.
    """

    embed: int
    outer: int
    inner: int
    type: ReferenceType
    method: str


def unwound(rows: Iterable[Mapping[str, Any]]) -> Iterator[Sighting]:
    """Sightings for the sources in the texts of those embeds that have none yet, outermost source first."""
    rows = list(rows)
    done = {(row["document_id"], row["position"]) for row in rows if row["chain_position"] > 0}
    for row in rows:
        if _names_anybody(row["text"]) and (row["document_id"], row["position"]) not in done:
            for place, hop in enumerate(retweets.hops(row["text"]), 1):
                yield _source(row, place, hop)


def _names_anybody(text: str | None) -> bool:
    return text is not None and ("@" in text or "＠" in text)


def _source(row: Mapping[str, Any], place: int, hop: retweets.Hop) -> Sighting:
    found = entities.extract(hop.text)
    return Sighting(
        sighting_id=f"{row['sighting_id']}#{place}",
        document_id=row["document_id"],
        position=row["position"],
        chain_position=place,
        form=row["form"],
        role=Role.INNER,
        raw_text=hop.text,
        raw_username=hop.username,
        author_username=hop.username,
        tweet_id=row["retweeted_id"] if place == 1 else None,
        text=hop.text or None,
        text_truncated=hop.truncated,
        text_dir=direction.text_dir(hop.text),
        lang=row["lang"],
        hashtags=found.hashtags,
        cashtags=found.cashtags,
        mentions=found.mentions,
        urls=tuple(Url(url=u) for u in dict.fromkeys(found.urls)),
        confidence=row["confidence"],
    )


def links(rows: Sequence[Mapping[str, Any]]) -> Iterator[Link]:
    """Which row names which.

    Within an embed the quoted tweet and the shown parent are known by the relations of its outer row; every other inner
    row is the next hop of the retweet chain.
    """
    embeds: dict[tuple[str, int], list[int]] = {}
    for i, row in sorted(enumerate(rows), key=lambda r: (r[1]["chain_position"], r[1]["sighting_id"])):
        embeds.setdefault((row["document_id"], row["position"]), []).append(i)
    for members in embeds.values():
        inner = [i for i in members if rows[i]["chain_position"] > 0]
        if inner and inner[0] != members[0]:
            yield from _links_of(rows, members[0], inner)


def _links_of(rows: Sequence[Mapping[str, Any]], outer: int, inner: Sequence[int]) -> Iterator[Link]:
    shown, last = rows[outer], outer
    style = "native_retweet" if inner and retweets.parse(shown["text"] or "").native else "manual_retweet"
    for i in inner:
        if _is_named(rows[i], shown["quoted_id"], shown["quoted_username"], shown["retweeted_username"]):
            yield Link(outer, outer, i, ReferenceType.QUOTED, "quote_shown")
        elif _is_named(rows[i], shown["replied_to_id"], shown["replied_to_username"], shown["retweeted_username"]):
            yield Link(outer, outer, i, ReferenceType.REPLIED_TO, "parent_shown")
        else:
            yield Link(outer, last, i, ReferenceType.RETWEETED, style if last == outer else "nested_retweet")
            last = i


def _is_named(row: Mapping[str, Any], tweet_id: str | None, username: str | None, source: str | None) -> bool:
    if row["tweet_id"] or tweet_id:
        return row["tweet_id"] is not None and row["tweet_id"] == tweet_id
    return username is not None and username == row["author_username"] and username != source
