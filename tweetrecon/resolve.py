"""Embed → sightings: ids, usernames, times and chains, each checked against the others.

One embed gives the sighting of the tweet it shows (``chain_position`` 0) and one sighting of role ``inner`` for each
tweet that it names inside: the sources of a retweet chain, outermost first, then the quoted tweet, then the parent.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import datetime, timedelta
from typing import Any

from tweetrecon.model import (
    Document,
    Embed,
    Precision,
    ReferenceType,
    Reject,
    RejectCode,
    Role,
    Sighting,
    Stage,
    TimeSource,
    Url,
)
from tweetrecon.twitter import dates, direction, entities, retweets, snowflake, urls, usernames

EVIDENCE_LENGTH = 80


@dataclass(frozen=True, slots=True)
class Resolution:
    """The sightings of one document, in order of position and chain position, and what was refused or weakened."""

    sightings: tuple[Sighting, ...] = ()
    rejects: tuple[Reject, ...] = ()


@dataclass(slots=True)
class _Notes:
    """What is wrong with the embed at hand: flags for its sighting, rejects for the table."""

    document: Document
    form: str
    flags: list[str] = field(default_factory=list)
    rejects: list[Reject] = field(default_factory=list)

    def add(self, code: RejectCode, detail: str, evidence: str | None, *, kept: bool = True) -> None:
        if kept:
            self.flags.append(str(code))
        self.rejects.append(
            Reject(
                stage=Stage.RESOLVE,
                code=code,
                source_uri=self.document.source_uri,
                source_key=self.document.source_key,
                document_id=self.document.document_id,
                form=self.form,
                detail=detail,
                evidence=evidence[:EVIDENCE_LENGTH] if evidence else None,
                kept=kept,
            )
        )


@dataclass(frozen=True, slots=True)
class _Time:
    value: datetime
    precision: Precision
    source: TimeSource


def resolve(document: Document, embeds: Sequence[Embed]) -> Resolution:
    """All sightings of a document. Embeds that state nothing that could be true are refused; weak ones are flagged."""
    sightings: list[Sighting] = []
    rejects: list[Reject] = []
    position = 0
    for embed in embeds:
        chain, refused = _chain(document, embed, position)
        sightings += chain
        rejects += refused
        position += bool(chain)
    return Resolution(tuple(sightings), tuple(rejects))


def _chain(document: Document, embed: Embed, position: int) -> tuple[list[Sighting], list[Reject]]:
    notes = _Notes(document, embed.form)
    shown = _sighting(document, embed, notes, position)
    if shown is None:
        return [], notes.rejects
    inner = [*_retweet_sources(embed, shown), *_inner_embeds(document, embed, notes, position)]
    placed = [
        replace(s, sighting_id=sighting_id(document.document_id, position, n), chain_position=n)
        for n, (_, s) in enumerate(inner, start=1)
    ]
    return [_with_relations(shown, inner), *placed], notes.rejects


def sighting_id(document_id: str, position: int, chain_position: int) -> str:
    """The stable id of a sighting: 20 hexadecimal digits."""
    key = f"{document_id}/{position}/{chain_position}".encode()
    return hashlib.blake2b(key, digest_size=10).hexdigest()


# ------------------------------------------------------------------------------------------------ one sighting


def _sighting(document: Document, embed: Embed, notes: _Notes, position: int) -> Sighting | None:
    status = urls.parse_status(embed.raw_url) if embed.raw_url else None
    tweet_id = _tweet_id(embed, status, notes)
    username = _username(embed, status, notes)
    named = embed.raw_username or not notes.rejects  # the author of a refused address names no tweet
    if not (tweet_id or embed.raw_text or (username and named)):
        if not notes.rejects:
            notes.add(RejectCode.NO_EVIDENCE, "neither id nor author nor text", embed.raw_url, kept=False)
        return None
    time = _time(document, embed, tweet_id, notes)
    if direction.bidi_controls(embed.raw_text or "") or direction.bidi_controls(embed.raw_name or ""):
        notes.flags.append("bidi_control")
    return Sighting(
        sighting_id=sighting_id(document.document_id, position, 0),
        document_id=document.document_id,
        position=position,
        tweet_id=tweet_id,
        url=urls.canonical_url(tweet_id, username) if tweet_id else None,
        archive_url=embed.archive_url or _archived(embed.raw_url, status),
        author_username=username,
        author_name=embed.raw_name or None,
        created_at=time.value if time else None,
        created_at_precision=time.precision if time else None,
        created_at_source=time.source if time else None,
        text_truncated=embed.text_truncated or _looks_cut(embed.raw_text),
        replied_to_username=usernames.clean(embed.replied_to_username) if embed.replied_to_username else None,
        flags=tuple(dict.fromkeys((*embed.flags, *notes.flags))),
        **_carried(embed),
        **_of_text(embed.raw_text, embed.urls),
    )


_CARRIED = tuple(
    {f.name for f in fields(Embed)}
    & {f.name for f in fields(Sighting)}
    - {"tweet_id", "urls", "flags", "text_truncated", "replied_to_username", "archive_url"}
)
"""Fields that an embed states and a sighting keeps as they are."""


def _carried(embed: Embed) -> dict[str, Any]:
    return {name: getattr(embed, name) for name in _CARRIED}


def _of_text(text: str | None, stated: tuple[Url, ...]) -> dict[str, Any]:
    """What a text tells of itself: direction and entities."""
    found = entities.extract(text or "")
    return {
        "text": text or None,
        "text_dir": direction.text_dir(text or ""),
        "hashtags": found.hashtags,
        "cashtags": found.cashtags,
        "mentions": found.mentions,
        "urls": _urls(stated, found.urls),
    }


def _tweet_id(embed: Embed, status: urls.StatusUrl | None, notes: _Notes) -> str | None:
    tweet_id = embed.tweet_id or (status.tweet_id if status else None)
    if tweet_id is None or snowflake.is_plausible(tweet_id):
        return tweet_id
    kept = bool(embed.raw_text)
    notes.add(RejectCode.IMPLAUSIBLE_ID, f"no clock could have made the id {tweet_id[:24]}", embed.raw_url, kept=kept)
    return None


def _username(embed: Embed, status: urls.StatusUrl | None, notes: _Notes) -> str | None:
    linked = status.username if status else None
    if not embed.raw_username:
        return linked
    shown = usernames.clean(embed.raw_username)
    if shown is None:
        notes.add(RejectCode.USERNAME_INVALID, "the byline's username is none of Twitter's", embed.raw_username)
        return linked
    if linked and usernames.fold(linked) != usernames.fold(shown):
        notes.add(RejectCode.USERNAME_CONFLICT, f"byline names @{shown}, status URL @{linked}", embed.raw_url)
    return shown


def _archived(url: str | None, status: urls.StatusUrl | None) -> str | None:
    """The permalink itself, if it leads to a copy in a web archive; on a page of the archive it may lack the host."""
    prefix = status.archive_prefix if status else None
    return url if prefix and prefix.startswith(("http://", "https://", "//")) else None


def _looks_cut(text: str | None) -> bool:
    return text is not None and text.rstrip().endswith("…")


def _urls(stated: tuple[Url, ...], found: Sequence[str]) -> tuple[Url, ...]:
    """The links the markup states, then those that only the text shows."""
    known = {u.url for u in stated} | {u.display_url for u in stated}
    return (*stated, *(Url(url=u) for u in dict.fromkeys(found) if u not in known))


# ------------------------------------------------------------------------------------------------ time


def _time(document: Document, embed: Embed, tweet_id: str | None, notes: _Notes) -> _Time | None:
    """The best time known: of a snowflake id, else stated for machines, else of an early id, else as printed.

    A printed embed date is the UTC day of the id (measured in 1,263 of 1,264 embeds), so another day is a conflict;
    clocks are shown in an unknown zone, so there the neighbouring days are no conflict.
    """
    printed = _printed(document, embed, notes)
    stated = dates.parse(embed.timestamp) if embed.timestamp else None
    of_id = snowflake.created_at(tweet_id) if tweet_id else None
    if of_id is not None:
        if printed is not None and _conflict(of_id, printed):
            detail = f"printed {printed.value:%Y-%m-%d}, the id says {of_id.value:%Y-%m-%d}"
            notes.add(RejectCode.DATE_CONFLICT, detail, embed.raw_date)
        exact = of_id.source == TimeSource.SNOWFLAKE or stated is None
        if exact:
            return _Time(of_id.value, of_id.precision, of_id.source)
    if stated is not None:
        return _Time(stated.value, stated.precision, embed.timestamp_source)
    if printed is not None:
        source = TimeSource.RELATIVE if printed.inferred else TimeSource.BYLINE
        return _Time(printed.value, printed.precision, source)
    return None


def _printed(document: Document, embed: Embed, notes: _Notes) -> dates.ParsedDate | None:
    if not embed.raw_date:
        return None
    reference = document.published_at or document.captured_at
    printed = dates.parse(embed.raw_date, lang=document.language, reference=reference)
    if printed is None:
        notes.add(RejectCode.DATE_UNREADABLE, "no known layout of a date", embed.raw_date)
    return printed


def _conflict(of_id: snowflake.IdTime, printed: dates.ParsedDate) -> bool:
    if printed.precision in (Precision.MONTH, Precision.YEAR):
        return False
    slack = timedelta(seconds=of_id.error_seconds) + timedelta(days=0 if printed.zoned else 1)
    first, last = (of_id.value - slack).date(), (of_id.value + slack).date()
    return not first <= printed.value.date() <= last


# ------------------------------------------------------------------------------------------------ inner tweets


def _inner_embeds(
    document: Document, embed: Embed, notes: _Notes, position: int
) -> Iterator[tuple[ReferenceType, Sighting]]:
    """The tweets that the markup shows inside the embed, with the relation of the outer one to each."""
    relations = (
        (ReferenceType.RETWEETED, embed.retweeted),
        (ReferenceType.QUOTED, embed.quoted),
        (ReferenceType.REPLIED_TO, embed.parent),
    )
    for relation, inner in relations:
        if inner is None:
            continue
        own = _Notes(document, inner.form)
        sighting = _sighting(document, inner, own, position)
        notes.rejects += own.rejects
        if sighting is not None:
            yield relation, replace(sighting, role=Role.INNER)


def _retweet_sources(embed: Embed, shown: Sighting) -> Iterator[tuple[ReferenceType, Sighting]]:
    """One sighting for each hop of "RT @a: RT @b: …", outermost first. A source's time is not stated: null."""
    if not shown.text or embed.retweeted is not None:
        return
    for hop in retweets.hops(shown.text):
        start, end = _span(shown, hop.start, hop.start + len(hop.full_text))
        source = Sighting(
            sighting_id="",
            document_id=shown.document_id,
            position=shown.position,
            form=shown.form,
            role=Role.INNER,
            start=start,
            end=end,
            text_start=start,
            text_end=end,
            xpath=shown.xpath,
            source_line=shown.source_line,
            raw_text=hop.full_text,
            raw_username=hop.username,
            author_username=hop.username,
            text_truncated=hop.truncated,
            lang=shown.lang,
            confidence=shown.confidence,
            **_of_text(hop.full_text, ()),
        )
        yield ReferenceType.RETWEETED, source


def _span(shown: Sighting, start: int, end: int) -> tuple[int | None, int | None]:
    """A span of the tweet's text as a span of the document, where the text stands there unchanged."""
    if shown.text_start is None or shown.text_end is None or shown.text_end - shown.text_start != len(shown.text or ""):
        return None, None
    return shown.text_start + start, shown.text_start + end


def _with_relations(shown: Sighting, inner: Sequence[tuple[ReferenceType, Sighting]]) -> Sighting:
    """The shown tweet with the relations that its inner tweets state; the outermost retweet source counts."""
    first: dict[ReferenceType, Sighting] = {}
    for relation, sighting in inner:
        first.setdefault(relation, sighting)
    if source := first.get(ReferenceType.RETWEETED):
        shown = replace(shown, retweeted_id=source.tweet_id, retweeted_username=source.author_username)
    if quoted := first.get(ReferenceType.QUOTED):
        shown = replace(shown, quoted_id=quoted.tweet_id, quoted_username=quoted.author_username)
    if (parent := first.get(ReferenceType.REPLIED_TO)) and not shown.replied_to_id:
        shown = replace(shown, replied_to_id=parent.tweet_id, replied_to_username=parent.author_username)
    return shown
