"""Cuts the beginning of a text into the tokens of a date: numbers, words and marks, in any script and digits.

Each token has a letter; :mod:`tweetrecon.twitter.dates` recognizes layouts as patterns over these letters:

    ``D`` day   ``M`` month   ``Y`` year   ``N`` another number   ``I`` 2018-04-01   ``J`` 1/4/2018   ``C`` clock
    ``Z`` zone   ``W`` weekday   ``A`` AM or PM   ``B`` month or weekday   ``X`` weekday or AM/PM   ``f`` "of", "at"
    ``g`` "year"   ``e`` era   ``n`` line break   and ``, - * ' ( ) /`` for the marks of every script
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, NamedTuple

from tweetrecon.twitter.languages import calendar

FIRST_YEAR = 2006
LAST_YEAR = datetime.now(UTC).year + 1
LONGEST_DATE = 18  # tokens
BUDDHIST_ERA = 543  # years before Christ

GAP = "[\\s\u061c\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]"  # white space and bidi controls
_LETTER = (
    "[^\\s\\d!-/:-@\\[-`{-\u00a9\u00ab-\u00b9\u00bb-\u00bf×÷،؛؟۔।॥\u061c\u2010-\u206f\u2219\u22c5"
    "\u3000-\u303f\u30fb\ufe0e\ufe0f\uff01-\uff0f\uff1a-\uff20\uff5b-\uff65\ufeff]"
)
WORD = rf"{_LETTER}{{1,24}}+(?:\.{_LETTER}{{1,24}}+){{0,2}}+\.?"
_TOKEN = re.compile(
    rf"""{GAP}{{0,32}}+(?:
      (?P<I>(?P<I_year>\d{{4}})(?P<I_mark>[-/]|\.\s?)(?P<I_month>\d{{1,2}})(?P=I_mark)(?P<I_day>\d{{1,2}})(?!\d))
    | (?P<J>(?P<J_1>\d{{1,2}})\u200f?(?P<J_mark>[-/]|\.\s?)(?P<J_2>\d{{1,2}})\u200f?(?P=J_mark)
          (?P<J_year>\d{{4}})(?!\d))
    | (?P<C>(?P<hour>\d{{1,2}})(?:
          [:：](?P<minute>\d{{2}})(?:[:：](?P<second>\d{{2}}))?(?![\d:：])
        | \s?[時时시点點hH]\s?(?P<minute_h>\d{{2}})(?:\s?[分분])?(?!\d)
        | \.(?P<minute_dot>\d{{2}})(?:\.(?P<second_dot>\d{{2}}))?(?![\d.:])))
    | (?P<M>(?P<month>\d{{1,2}})\s?[月월]|(?i:th(?:(?:á|a\u0301)ng|g\.?))\s{{0,2}}(?P<month_vi>\d{{1,2}})(?!\d))
    | (?P<Z>(?:UTC|GMT)?[+−-](?P<zone_h>0\d|1[0-4]):?(?P<zone_m>[0-5]\d)(?!\d)|(?:UTC|GMT)(?!\w))
    | (?P<Y>(?P<year>\d{{4}})(?:\s?[年년]|\(e\)ko|e?ko(?!\w))?(?P<year_dot>\.)?)
    | (?P<D>(?P<day>\d{{1,2}})(?!\d)(?:\s?[日일号號]|(?:st|nd|rd|th|er|º|ª|\.º|an?|\(a\))(?!\w))?(?P<day_dot>\.)?)
    | (?P<word>{WORD})
    | (?P<mark>[,،、，\-–—―·∙•・⋅'’()（）/])
    )""",
    re.VERBOSE,
)
_MORE = re.compile(rf"(?:[^\S\n]{{1,3}}+|-)({WORD})")
_DAY_FIRST = re.compile("[\u200f\u0660-\u0e59]")  # digits of Arabic, Persian and the Indic scripts, and their mark
_MARKS = dict(zip(",،、，-–—―·∙•・⋅'’()（）/", ",,,,----*****''()()/", strict=True))


class Token(NamedTuple):
    """One token: its letter, what it says (a number, a :class:`calendar.Word`, a tuple) and where it stands."""

    letter: str
    value: Any
    start: int
    end: int
    dotted: bool = False


def tokens(text: str, pos: int) -> Iterator[Token]:
    """The tokens from ``pos`` on, up to the first thing that no date holds, or the second line break."""
    lines = 0
    for _ in range(LONGEST_DATE):
        found = _TOKEN.match(text, pos)
        token = _token(found, text) if found else None
        if found is None or token is None:
            return
        if breaks := text.count("\n", pos, token.start):
            lines += breaks
            if lines > 1:
                return
            yield Token("n", None, pos, token.start)
        yield token
        if token.letter == "N":
            return
        pos = token.end


def _token(found: re.Match[str], text: str) -> Token | None:
    kind = found.lastgroup or ""
    start, end = found.span(kind)
    if kind == "word":
        return _word(found[kind], text, start, end)
    if kind == "mark":
        return Token(_MARKS[found[kind]], None, start, end)
    if kind == "D":
        return Token("D", int(found["day"]), start, end, found["day_dot"] is not None)
    if kind == "Y":
        year = _year(found["year"])
        return Token("Y" if year else "N", year, start, end, found["year_dot"] is not None)
    value = _READERS[kind](found)
    return None if value is None else Token(kind, value, start, end)


def _word(raw: str, text: str, start: int, end: int) -> Token | None:
    """The token of a word, or of a name of several; "Oct.Next" is "Oct." with the next sentence glued to it."""
    known = calendar.word(raw)
    if known is None and "." in raw[:-1]:
        end = start + raw.index(".") + 1
        known = calendar.word(text[start:end])
    if known is None:
        return None
    token = Token(known.kind, known, start, end) if known.kind else None
    if known.opens_name:
        name = raw
        for _ in range(2):
            if (more := _MORE.match(text, end)) is None:
                break
            name, end = f"{name} {more[1]}", more.end()
            if (longer := calendar.word(name)) and longer.kind:
                token = Token(longer.kind, longer, start, end)
    return token


def _year(digits: str) -> int | None:
    """A year in which a tweet can have been written; Thai years count from the Buddha."""
    year = int(digits)
    year -= BUDDHIST_ERA if year > 2400 else 0
    return year if FIRST_YEAR <= year <= LAST_YEAR else None


def _numeric_year_first(found: re.Match[str]) -> tuple[int, int, int] | None:
    year = _year(found["I_year"])
    return (year, int(found["I_month"]), int(found["I_day"])) if year else None


def _numeric(found: re.Match[str]) -> tuple[int, int, int, bool] | None:
    """(first number, second number, year, whether dots part them or a script tells that the day comes first)."""
    year = _year(found["J_year"])
    day_first = "." in found["J_mark"] or _DAY_FIRST.search(found["J"]) is not None
    return (int(found["J_1"]), int(found["J_2"]), year, day_first) if year else None


def _clock(found: re.Match[str]) -> tuple[int, int, int | None] | None:
    """(hour, minute, second)."""
    hour, minute = int(found["hour"]), int(found["minute"] or found["minute_h"] or found["minute_dot"])
    seconds = found["second"] or found["second_dot"]
    second = int(seconds) if seconds else None
    return (hour, minute, second) if hour < 24 and minute < 60 and (second or 0) < 60 else None


def _month(found: re.Match[str]) -> int | None:
    month = int(found["month"] or found["month_vi"])
    return month if 1 <= month <= 12 else None


def _zone(found: re.Match[str]) -> int:
    """Minutes east of Greenwich."""
    if found["zone_h"] is None:
        return 0
    minutes = int(found["zone_h"]) * 60 + int(found["zone_m"])
    return minutes if "+" in found["Z"] else -minutes


_READERS = {"I": _numeric_year_first, "J": _numeric, "C": _clock, "M": _month, "Z": _zone}
