"""What happened to one document, step by step, as lines of text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from tweetrecon.cli.command import counted
from tweetrecon.cli.wording import one_line, when
from tweetrecon.extraction import Explanation
from tweetrecon.model import REJECT_DOCS, Document, Embed, Reject, Sighting

LONGEST_VALUE = 160
MOST_PLACES = 5


def narrative(found: Explanation, rejects: Sequence[Reject]) -> Iterator[str]:
    """The lines for one document; ``rejects`` are all of its, from reading on."""
    yield from _document(found.detection.document)
    if found.trace.fired:
        yield from _section("Forms called", _called(found, rejects))
    yield from _section("Embeds read", map(_embed, found.detection.embeds))
    yield from _section("Sightings made of them", map(_sighting, found.resolution.sightings))
    yield from _section("Refused or weakened", map(_reject, rejects))
    yield ""


def _section(title: str, items: Iterable[Iterable[str]]) -> Iterator[str]:
    told = list(items)
    yield f"\n{title}: {len(told)}"
    for number, (first, *rest) in enumerate(told, 1):
        yield f"  {number}. {first}"
        yield from (f"     {line}" for line in rest)


def _document(document: Document) -> Iterator[str]:
    name = ", ".join(filter(None, (document.source_uri, document.source_key)))
    charset = f", {document.charset}" if document.charset else ""
    yield f"{one_line(name)}  ({document.media_type}{charset}, {document.size_bytes:,} bytes)"
    published = when(document.published_at, None) if document.published_at else None
    yield from _values(
        {
            "title": document.title,
            "address": document.url,
            "site": document.site_name,
            "language": document.language,
            "published": published,
        },
        indent="  ",
    )


def _called(found: Explanation, rejects: Sequence[Reject]) -> Iterator[list[str]]:
    """Each form with what came of it: the embeds it read, those it added to, and what was refused of it."""
    embeds = found.detection.embeds
    read = Counter(embed.form for embed in embeds)
    added = Counter(form for embed in embeds for form in embed.also_forms)
    refused = Counter(reject.form for reject in rejects)
    passed = Counter(form for form, _ in found.trace.passed_over)
    for form, calls in groupby(found.trace.fired, key=lambda call: call[0]):
        places = [one_line(xpath) for _, xpath in calls]
        outcome = {
            "read": read[form],
            "added to another's": added[form],
            "refused or merged": refused[form],
            "at places read already": passed[form],
        }
        told = ", ".join(f"{number} {what}" for what, number in outcome.items() if number)
        yield [
            f"{form}, at {counted(len(places), 'place')}: {told or 'nothing'}",
            *places[:MOST_PLACES],
            *["…"] * (len(places) > MOST_PLACES),
        ]


def _embed(embed: Embed) -> Iterator[str]:
    yield f"{embed.form}, {embed.role}, {_place(embed)}"
    yield from _values(
        {
            "name": embed.raw_name,
            "username": embed.raw_username,
            "date": embed.raw_date or embed.timestamp,
            "address": embed.raw_url or embed.tweet_id,
            "text": embed.raw_text,
            "also by": ", ".join(embed.also_forms),
        }
    )


def _sighting(sighting: Sighting) -> Iterator[str]:
    author = f"@{one_line(sighting.author_username)}" if sighting.author_username else "(author unknown)"
    yield f"position {sighting.position}.{sighting.chain_position}, {sighting.role}: {author}"
    time = when(sighting.created_at, sighting.created_at_precision)
    source = f" (from {sighting.created_at_source})" if sighting.created_at_source else ""
    yield from _values(
        {
            "tweet": sighting.tweet_id,
            "sent": time + source,
            "flags": ", ".join(sighting.flags),
            "certainty": f"{sighting.confidence:.2f}",
            "text": sighting.text,
        }
    )


def _reject(reject: Reject) -> Iterator[str]:
    form = f", {reject.form}" if reject.form else ""
    yield f"{reject.code} ({reject.stage}{form}{', kept' if reject.kept else ''}): {one_line(reject.detail)}"
    yield REJECT_DOCS[reject.code]
    yield from _values({"evidence": reject.evidence})


def _place(embed: Embed) -> str:
    if embed.source_line is not None:
        return f"line {embed.source_line}, {embed.xpath}"
    return f"characters {embed.start}–{embed.end}"


def _values(values: Mapping[str, str | None], indent: str = "") -> Iterator[str]:
    yield from (f"{indent}{label:<10}{_short(value)}" for label, value in values.items() if value)


def _short(value: str) -> str:
    line = one_line(value)
    return line if len(line) <= LONGEST_VALUE else f"{line[:LONGEST_VALUE]}…"
