"""How long ago: "2h", "vor 3 Tagen", "yesterday", "قبل يومين", counted back from a reference."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from typing import NamedTuple

from tweetrecon.model import Precision
from tweetrecon.twitter.date_tokens import GAP, WORD
from tweetrecon.twitter.languages import calendar

_PART = re.compile(rf"(?:(?!\n){GAP}){{0,4}}+(?:(?P<number>\d{{1,3}})(?!\d)|(?P<word>{WORD}(?:['’]{WORD})?))")
_WORD = re.compile(r"(?<!\S)\S")
_SOME_DAY = datetime(2020, 2, 29, tzinfo=UTC)
_LONGEST_CLOSE, _BELOW = 40, 160  # characters
_LONGEST_PHRASE = 6  # numbers and words


class Elapsed(NamedTuple):
    """The day, or the first of the month or year, that a phrase leads back to, and where in the text it ends."""

    value: date
    precision: Precision
    end: int


def read(text: str, pos: int, reference: datetime) -> Elapsed | None:
    """The longest phrase at ``pos`` within its line. Hours give but the day: when the page was shown is not known."""
    for phrase, amount, end in reversed(_beginnings(text, pos)):
        if span := calendar.ago(phrase):
            return Elapsed(*_back(reference, span.unit, amount if span.amount is None else span.amount), end)
    return None


def marks_feed(text: str, end: int) -> bool:
    """Whether what ends at ``end``, its line, or one of the two lines after it closes with how long ago it was.

    So do the items of feeds: "… 10 months ago", "about 4 minutes ago", "vor 3 Tagen".
    """
    low = max(0, end - _LONGEST_CLOSE)
    low = max(low, text.rfind("\n", low, end) + 1)
    lines = filter(str.strip, text[low : end + _BELOW].split("\n"))
    return any(map(_closes, islice(lines, 3)))


def _closes(line: str) -> bool:
    line = line[-_LONGEST_CLOSE:].rstrip()
    starts = (word.start() for word in _WORD.finditer(line) if any(map(str.isdigit, line[word.start() :])))
    return any((found := read(line, start, _SOME_DAY)) is not None and found.end == len(line) for start in starts)


def _beginnings(text: str, pos: int) -> list[tuple[str, int, int]]:
    """(phrase with ``#`` for its number, the number, where it ends) of the first words, shortest first."""
    found: list[tuple[str, int, int]] = []
    phrase, amount = "", 0
    for _ in range(_LONGEST_PHRASE):
        part = _PART.match(text, pos)
        if part is None or (part["number"] and "#" in phrase):
            break
        amount, pos = int(part["number"] or amount), part.end()
        phrase = f"{phrase} {part['word'] or '#'}".lstrip()
        found.append((phrase, amount, pos))
    return found


def _back(reference: datetime, unit: str, amount: int) -> tuple[date, Precision]:
    if unit == "year":
        return date(max(reference.year - amount, 1), 1, 1), Precision.YEAR
    if unit == "month":
        year, month = divmod(reference.year * 12 + reference.month - 1 - amount, 12)
        return date(max(year, 1), month + 1, 1), Precision.MONTH
    day = (reference - timedelta(**{f"{unit}s": amount})).date()
    return (day.replace(day=1), Precision.MONTH) if unit == "week" else (day, Precision.DAY)
