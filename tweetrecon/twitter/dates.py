"""Dates as Twitter printed them, in all 47 languages of its interface and the layouts of all its years.

One parser serves every language: it finds the month's name, the year and the day in any order that Twitter used.

    November 27, 2018 · 30 March 2016 · 6 de junio de 2018 · 16 июля 2016 г. · 2014. július 12. · 2018년 4월 13일 ·
    2013, 11月 18 · ٢٧ تشرين الثاني ٢٠١٨ · 2018(e)ko urtarrilaren 27(a) · 3:05 PM - Apr 1, 2018 ·
    Tue Jun 29 13:02:34 +0000 2021 · 2011-11-07T20:21:07+00:00 · 12 Dec 11 · Nov 27 · 2h · vor 3 Tagen

The date under an embedded tweet is the UTC day of its id (measured: 1,263 of 1,264 embeds in 28 languages). A clock is
shown in its viewer's zone, so there the day may differ by one. What a date does not say is never made up: without a
``reference`` (the article's date) "Nov 27" and "2h" are no dates, and 4/5/2018 is one only if the language settles it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple

from tweetrecon.model import Precision
from tweetrecon.twitter import elapsed
from tweetrecon.twitter.date_layouts import Layout, layout
from tweetrecon.twitter.date_tokens import FIRST_YEAR, GAP, LAST_YEAR, Token, tokens
from tweetrecon.twitter.languages import calendar

_LEAD = re.compile(rf"{GAP}{{0,80}}+(?:\[{GAP}{{0,8}}+)?")  # "[" opens a Markdown link
_REST = re.compile(rf"{GAP}{{0,80}}+\.?(?:\](?:\[[^\]\n]{{0,40}}\]|\([^)\n]{{0,400}}\))?)?{GAP}{{0,80}}+\Z")
_LINE_END = re.compile(rf"(?:(?!\n){GAP}){{0,80}}+(?:\n|\Z|[·∙•|)\]—–])")
_WORD_START = re.compile(r"(?<![^\W_])[^\W_]|(?<!\d)\d")
_ISO = re.compile(
    r"(?P<moment>\d{4}-\d\d-\d\d(?:T|\ (?=\d\d:\d\d(?::\d\d|\ ?[Z+])))"
    r"\d\d:\d\d(?P<seconds>:\d\d(?P<fraction>[.,]\d{1,9})?)?)"
    r"\ ?(?P<zone>Z|UTC|[+-]\d\d(?::?\d\d)?)?(?![\w:])",
    re.ASCII | re.VERBOSE,
)
_EPOCH = re.compile(r"(1\d{9})(\d{3})?", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedDate:
    """A date and its place in the text, ``text[start:end]``.

    ``value`` is aware UTC, the beginning of what ``precision`` leaves open. ``zoned`` is false where a clock was shown
    without its zone, or the date counts from a reference: then the true UTC day may be a neighbour. ``inferred``: the
    year, or all of it, comes from the reference.
    """

    start: int
    end: int
    value: datetime
    precision: Precision
    zoned: bool = True
    inferred: bool = False


def parse(text: str, *, lang: str | None = None, reference: datetime | None = None) -> ParsedDate | None:
    """The date that the whole text is, but for white space, bidi marks, a full stop and a Markdown link. None: no date.

    ``lang`` (BCP 47) only breaks ties: neither a page's language nor ``data-lang`` tells the language of the date.
    ``reference`` is the article's date, naive meaning UTC. Seconds and milliseconds since 1970 are read too.
    """
    if epoch := _EPOCH.fullmatch(text):
        return _from_epoch(epoch)
    found = match(text, lang=lang, reference=reference)
    return found if found and _REST.match(text, found.end) else None


def match(
    text: str, pos: int = 0, endpos: int | None = None, *, lang: str | None = None, reference: datetime | None = None
) -> ParsedDate | None:
    """The longest date that begins at ``pos``, after white space and bidi marks. None: there is none up to ``endpos``.

    It may be wrapped over two lines, and prose may follow at once ("June 1, 2018The next sentence"). What prose could
    continue is read only at the end of a line: dates without year or day, "12 Dec 11", "2h", and clocks after the day.
    """
    lead = _LEAD.match(text, pos)
    start = lead.end() if lead else pos
    if iso := _ISO.match(text, start):
        found = _from_iso(iso)
    else:
        utc = _usable(reference)
        found = _stated(text, start, lang, utc) or (_elapsed(text, start, utc) if utc else None)
    return found if found and (endpos is None or found.end <= endpos) else None


def find(
    text: str, pos: int = 0, endpos: int | None = None, *, lang: str | None = None, reference: datetime | None = None
) -> ParsedDate | None:
    """The first date in ``text[pos:endpos]``. None: there is none. Linear in the window."""
    endpos = len(text) if endpos is None else min(endpos, len(text))
    starts = (begin.start() for begin in _WORD_START.finditer(text, pos, endpos))
    return next((d for at in starts if (d := match(text, at, endpos, lang=lang, reference=reference))), None)


def _usable(reference: datetime | None) -> datetime | None:
    """The reference in UTC; None where it is before Twitter's time or far ahead, as a page may wrongly say."""
    if reference is None or not FIRST_YEAR <= reference.year <= LAST_YEAR:
        return None
    return reference.astimezone(UTC) if reference.tzinfo else reference.replace(tzinfo=UTC)


# ------------------------------------------------------------------------------------------------ stated dates


class _Day(NamedTuple):
    """A day, or the first of a month."""

    value: date
    precision: Precision = Precision.DAY
    inferred: bool = False


def _stated(text: str, start: int, lang: str | None, reference: datetime | None) -> ParsedDate | None:
    """A date of day, month and year, of which the reference may supply the year."""
    found = list(tokens(text, start))
    shape = layout("".join(token.letter for token in found))
    if shape is None:
        return None
    end, count = _extent(text, found, shape)
    if shape.partial and not _LINE_END.match(text, end):
        return None
    parts = {part: found[place] for part, place in shape.places.items() if place < count}
    weekday = next((t.value.weekday for t in found[:count] if t.letter in "WBX" and t is not parts.get("month")), None)
    day = _day(parts, weekday, lang, reference)
    begin = next(token.start for token in found if token.letter not in "f'n")  # without "on", "the", "ngày"
    return _clocked(day, begin, end, parts) if day else None


def _extent(text: str, found: list[Token], shape: Layout) -> tuple[int, int]:
    """Where the date ends, and how many tokens it has: without or with the weekday and clock that follow its core."""
    last = found[shape.core - 1]
    follower = found[shape.core] if shape.tail > shape.core else None
    if follower and (follower.letter != "C" or follower.start > last.end):
        tail = found[shape.tail - 1].end
        if shape.places.get("zone", 0) > shape.core or _LINE_END.match(text, tail):
            return tail, shape.tail
    full_stop = last.dotted and not _ends_with_dot(found[: shape.core])
    return last.end - full_stop, shape.core


def _ends_with_dot(core: list[Token]) -> bool:
    """Whether the dot is the date's own: "2014. július 12.", "21. lipnja 2018.". Else it ends a sentence."""
    if sum(token.dotted for token in core) < 2:
        return False
    names = (token.value.months for token in core if token.letter in "MB" and isinstance(token.value, calendar.Word))
    return core[-1].letter == "D" or any(tag in months for months in names for tag in ("hr", "sr"))


def _day(parts: dict[str, Token], weekday: int | None, lang: str | None, reference: datetime | None) -> _Day | None:
    if "numeric" in parts:
        return _numeric(parts["numeric"], lang)
    month = _month(parts, lang)
    if month is None:
        return None
    if "day" not in parts:
        return _Day(date(parts["year"].value, month, 1), Precision.MONTH)
    day = parts["day"].value
    year = _year(parts, reference)
    if year is not None:
        value = _date(year, month, day)
        return _Day(value) if value else None
    return None if "short" in parts or reference is None else _latest(month, day, weekday, reference)


def _numeric(token: Token, lang: str | None) -> _Day | None:
    """What is above 12 tells the order, or dots (always day first), or the language. 2018-04-01 is certain."""
    if token.letter == "I":
        value = _date(*token.value)
        return _Day(value) if value else None
    first, second, year, dotted = token.value
    if dotted or first > 12 or first == second:
        order: str | None = "dmy"
    else:
        order = "mdy" if second > 12 else calendar.numeric_order(lang)
    day, month = (first, second) if order == "dmy" else (second, first)
    value = _date(year, month, day) if order else None
    return _Day(value) if value else None


def _month(parts: dict[str, Token], lang: str | None) -> int | None:
    """The month that a word names.

    Five names are another month in Croatian than in Polish and Czech (listopad, listopada, lis, lip, srp). There the
    layout tells: Poles write "8 lis 2018", Czechs "8. lis 2018", Croats "8. lis 2018.".
    """
    word = parts["month"].value
    if isinstance(word, int):
        return word
    months: dict[str, int] = word.months
    if len(set(months.values())) == 1:
        return next(iter(months.values()))
    stated = months.get(calendar.language(lang) or "")
    if "day" not in parts or "year" not in parts or parts["month"].start < parts["day"].start:
        return stated
    if not parts["day"].dotted:
        return stated or months.get("pl")
    return months.get("hr") if parts["year"].dotted else stated or months.get("cs", months.get("hr"))


def _year(parts: dict[str, Token], reference: datetime | None) -> int | None:
    if "year" in parts:
        return int(parts["year"].value)
    if "short" not in parts:
        return None
    token = parts["short"]  # "12 Dec 11"
    latest = reference.year if reference else LAST_YEAR
    year = 2000 + int(token.value)
    return year if token.end - token.start == 2 and FIRST_YEAR <= year <= latest else None


def _latest(month: int, day: int, weekday: int | None, reference: datetime) -> _Day | None:
    """The last such day up to the reference, give or take the zones; the last of that weekday, if one is named."""
    tomorrow = reference.date() + timedelta(days=1)
    days = (_date(year, month, day) for year in range(tomorrow.year, FIRST_YEAR - 1, -1))
    value = next((d for d in days if d and d <= tomorrow and weekday in (None, d.weekday())), None)
    return _Day(value, inferred=True) if value else None


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _clocked(day: _Day, start: int, end: int, parts: dict[str, Token]) -> ParsedDate:
    """The day with the clock that stands before it, inside it or after it."""
    midnight = datetime.combine(day.value, time(), UTC)
    if "clock" not in parts or day.precision != Precision.DAY:
        return ParsedDate(
            start=start, end=end, value=midnight, precision=day.precision, zoned=not day.inferred, inferred=day.inferred
        )
    hour, minute, second = parts["clock"].value
    if "half" in parts and hour <= 12:
        hour = hour % 12 + parts["half"].value.afternoon
    zone = parts.get("zone")
    shown = midnight.replace(hour=hour, minute=minute, second=second or 0)
    return ParsedDate(
        start=start,
        end=end,
        value=shown - timedelta(minutes=zone.value if zone else 0),
        precision=Precision.MINUTE if second is None else Precision.SECOND,
        zoned=zone is not None,
        inferred=day.inferred,
    )


# ------------------------------------------------------------------------------------------------ other dates


def _elapsed(text: str, start: int, reference: datetime) -> ParsedDate | None:
    found = elapsed.read(text, start, reference)
    if found is None or found.value.year < FIRST_YEAR or not _LINE_END.match(text, found.end):
        return None
    value = datetime.combine(found.value, time(), UTC)
    return ParsedDate(start=start, end=found.end, value=value, precision=found.precision, zoned=False, inferred=True)


def _from_iso(found: re.Match[str]) -> ParsedDate | None:
    zone = (found["zone"] or "Z").replace("UTC", "Z")
    try:
        value = datetime.fromisoformat(found["moment"] + zone).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    if not FIRST_YEAR <= value.year <= LAST_YEAR:
        return None
    precision = Precision.MINUTE if found["seconds"] is None else Precision.SECOND
    return ParsedDate(
        start=found.start(),
        end=found.end(),
        value=value,
        precision=Precision.MILLISECOND if found["fraction"] else precision,
        zoned=found["zone"] is not None,
    )


def _from_epoch(found: re.Match[str]) -> ParsedDate | None:
    seconds, milliseconds = found.groups()
    value = datetime.fromtimestamp(int(seconds), UTC) + timedelta(milliseconds=int(milliseconds or 0))
    if not FIRST_YEAR <= value.year <= LAST_YEAR:
        return None
    precision = Precision.MILLISECOND if milliseconds else Precision.SECOND
    return ParsedDate(start=0, end=found.end(), value=value, precision=precision)
