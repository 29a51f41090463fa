"""Where flattened tweets begin, decided by all sightings of one tweet together.

A byline marks the end of a flattened tweet, and each document for itself leaves some doubt about its start. The same
tweet stands in other documents between other neighbours, or in another extraction of the same page with other breaks:
what they have in common is the tweet. A sighting in markup shows it whole.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from functools import reduce
from typing import TYPE_CHECKING, Any

from tweetrecon.model import Beginning, Role, Sighting, Url
from tweetrecon.reconcile.voices import Voice, bare, decided, voice, whole
from tweetrecon.schema import from_table, to_table
from tweetrecon.twitter import direction, entities
from tweetrecon.twitter.extent import WITHOUT_TEXT, confidence

if TYPE_CHECKING:
    import pyarrow as pa


def settled(sightings: pa.Table) -> pa.Table:
    """The sightings, those of flattened tweets with the bounds on which all of the same tweet agree.

    What each document says by itself stays in ``beginnings``, from which every run decides anew. Embeds with a retweet
    chain, whose rows were made from the text as captured, speak for others and stay as they are.
    """
    import pyarrow as pa
    import pyarrow.compute as pc

    doubtful = pc.fill_null(pc.greater(pc.list_value_length(sightings["beginnings"]), pa.scalar(0)), False)
    if not pc.any(doubtful).as_py():
        return sightings
    flat: dict[str, Sighting] = {s.sighting_id: s for s in from_table("sightings", sightings.filter(doubtful))}
    chained = _chained(sightings)
    for own, text, sure in _decided(flat.values(), _shown_whole(sightings, flat.values())):
        sighting = flat[own.order]
        if (sighting.document_id, sighting.position) not in chained:
            flat[own.order] = _without_text(sighting) if text is None else _with_bounds(sighting, text, sure)
    return pa.concat_tables([sightings.filter(pc.invert(doubtful)), to_table("sightings", list(flat.values()))])


def _decided(flat: Iterable[Sighting], sure: Iterable[Mapping[str, Any]]) -> Iterator[tuple[Voice, str | None, float]]:
    """For each sighting in doubt its voice, the text decided on (None: it is missing), and the confidence in it."""
    voices: dict[Any, list[Voice]] = defaultdict(list)
    for sighting in flat:
        own = voice(sighting.beginnings, sighting.context_after, sighting.sighting_id)
        if own.longest:
            voices[_author_and_day(sighting.author_username, sighting.created_at)].append(own)
    for row in sure:
        key = _author_and_day(row["author_username"], row["created_at"])
        if key in voices and row["text"].strip():
            voices[key].append(whole(row["text"]))
    for given in voices.values():
        for group, own, text, chance in decided(given):
            if own.order:
                yield own, text, confidence(chance, together=len(group) > 1)


def _author_and_day(username: str | None, created_at: datetime | None) -> tuple[str, str]:
    return (username or "").lower(), f"{created_at:%Y-%m-%d}" if created_at else ""


def _chained(sightings: pa.Table) -> set[tuple[str, int]]:
    """Embeds (document and position) that name sources inside."""
    import pyarrow as pa
    import pyarrow.compute as pc

    inner = sightings.select(["document_id", "position"]).filter(pc.greater(sightings["chain_position"], pa.scalar(0)))
    return {(row["document_id"], row["position"]) for row in inner.to_pylist()}


def _shown_whole(sightings: pa.Table, flat: Iterable[Sighting]) -> list[dict[str, Any]]:
    """Texts that markup bounds, of the same authors."""
    import pyarrow as pa
    import pyarrow.compute as pc

    authors = pa.array(sorted({(s.author_username or "").lower() for s in flat}), type=pa.string())
    tests: list[Any] = [
        pc.is_in(pc.utf8_lower(sightings["author_username"]), authors),
        pc.equal(sightings["role"], pa.scalar(Role.EMBEDDED.value)),
        pc.equal(sightings["chain_position"], pa.scalar(0)),
        pc.invert(pc.starts_with(sightings["form"], "flat_")),
        pc.invert(sightings["text_truncated"]),
        pc.is_valid(sightings["text"]),
    ]
    every: Any = reduce(pc.and_, tests)
    return sightings.select(["author_username", "created_at", "text"]).filter(every).to_pylist()


def _without_text(sighting: Sighting) -> Sighting:
    """The sighting of a byline whose tweet the extractor dropped, as capture gives one that nothing precedes."""
    return replace(
        sighting,
        start=_text_end(sighting),
        text_start=None,
        text_end=None,
        raw_text=None,
        text=None,
        text_dir="ltr",
        hashtags=(),
        cashtags=(),
        mentions=(),
        urls=(),
        confidence=WITHOUT_TEXT,
    )


def _text_end(sighting: Sighting) -> int:
    """Where the text ends before the byline; one whose text was found to be missing has kept it as its start."""
    return (sighting.start if sighting.text_end is None else sighting.text_end) or 0


def _with_bounds(sighting: Sighting, text: str, sure: float) -> Sighting:
    """The sighting with the text that equals ``text`` but for white space."""
    beginning = _beginning(sighting, text)
    if beginning is None or beginning.start == sighting.text_start:
        return replace(sighting, confidence=sure if beginning else sighting.confidence)
    found = entities.extract(beginning.text)
    return replace(
        sighting,
        start=beginning.start,
        text_start=beginning.start,
        text_end=_text_end(sighting),
        raw_text=beginning.text,
        text=beginning.text,
        text_dir=direction.text_dir(beginning.text),
        hashtags=found.hashtags,
        cashtags=found.cashtags,
        mentions=found.mentions,
        urls=tuple(Url(url=url) for url in dict.fromkeys(found.urls)),
        confidence=sure,
    )


def _beginning(sighting: Sighting, text: str) -> Beginning | None:
    """The place of which ``text`` is the text, white space left out.

    One that the document by itself did not show is counted out, letter by letter, unless what is displayed there is
    not what stands there: None.
    """
    known = next((b for b in sighting.beginnings if bare(b.text) == text), None)
    first = max(sighting.beginnings, key=lambda b: len(bare(b.text)))
    if known or len(first.text) != _text_end(sighting) - first.start:
        return known
    inked = [place for place, letter in enumerate(first.text) if not letter.isspace()]
    place = inked[-len(text)]
    return Beginning(start=first.start + place, text=first.text[place:], probability=0.0, support=0.0)
