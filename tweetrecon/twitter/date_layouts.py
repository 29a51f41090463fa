"""The layouts of dates: patterns over the letters of :mod:`tweetrecon.twitter.date_tokens`, not over words.

So one line serves all languages: ``M`` is "November", "नवंबर", "11月" and "tháng 11".
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import NamedTuple

_MONTH, _WEEKDAY, _HALF = "[MB]", "[WBX]", "[AX]"

# Before the day: "3:05 PM -", "الثلاثاء", "Tue,". After it: "(金)", "at 3:05 PM", "13:02:34 GMT".
_HEAD = (
    rf"f?(?:(?P<half_1>{_HALF})?(?P<clock_1>C)(?P<half_2>{_HALF})?f?(?P<zone_1>Z)?[-,*n]{{0,3}})?"
    rf"(?:\(?{_WEEKDAY}\)?[,n]{{0,2}})?(?:f'?)?"
)
_TAIL = (
    rf"(?:,?\(?{_WEEKDAY}\)?)?"
    rf"(?(clock_1)|(?:[,(f*-]{{0,3}}(?P<half_3>{_HALF})?(?P<clock_2>C)(?P<half_4>{_HALF})?f?\)?(?P<zone_2>Z)?)?)"
)
_WHOLE = (
    rf"(?P<day>D)[fn',/-]{{0,3}}(?P<month>{_MONTH})[fen',/-]{{0,3}}(?P<year>Y)g?",  # 6 de junio de 2018, 16 мая 2018 г.
    rf"(?P<month>{_MONTH})[fn']{{0,2}}(?P<day>D)[fen,]{{0,3}}(?P<year>Y)g?",  # November 27, 2018; 11月 3, 2010
    rf"(?P<year>Y)[fgn,]{{0,3}}(?P<month>{_MONTH})[fn,]{{0,2}}(?P<day>D)",  # 2014. július 12., 2014, 10月 2
    rf"(?P<month>{_MONTH})(?P<day>D)(?P<clock>C)(?P<half>{_HALF})?(?P<zone>Z)?(?P<year>Y)",  # Jun 29 13:02:34 2021
    r"(?P<numeric>[IJ])g?",  # 2018-04-01, 1.4.2018
)
_PARTIAL = (
    rf"(?P<day>D)-?(?P<month>{_MONTH})[-']?(?P<short>D)",  # 12 Dec 11
    rf"(?P<day>D)[fn']{{0,2}}(?P<month>{_MONTH})(?![fen',-]{{0,3}}[NYD])",  # 27 من تشرين الثاني
    rf"(?P<month>{_MONTH})[fn']{{0,2}}(?P<day>D)(?![fen,]{{0,3}}[NYD])",  # Nov 27
    rf"(?P<month>{_MONTH})[fen,']{{0,2}}(?P<year>Y)g?",  # November 2018
    rf"(?P<year>Y)[fn]{{0,2}}(?P<month>{_MONTH})(?![fn,]{{0,2}}[ND])",  # 2018年11月
)


class Layout(NamedTuple):
    """What the tokens say.

    ``places``: part → index of its token; the parts are day, month, year, short (year), numeric, clock, half, zone.
    ``core`` and ``tail``: how many tokens the date has without and with the weekday and clock that may follow it.
    ``partial``: it lacks the year, the century or the day.
    """

    places: dict[str, int]
    core: int
    tail: int
    partial: bool


@lru_cache(maxsize=4096)
def layout(letters: str) -> Layout | None:
    """The layout of the longest date that the letters of some tokens begin with, whole ones before partial ones."""
    for cores in (_WHOLE, _PARTIAL):
        found = [m for pattern in _patterns(cores) if (m := pattern.match(letters))]
        if found:
            best = max(found, key=lambda m: m.end("core"))
            places = {name.partition("_")[0]: best.start(name) for name, letter in best.groupdict().items() if letter}
            return Layout(places, places.pop("core") + len(best["core"]), best.end(), cores is _PARTIAL)
    return None


@cache
def _patterns(cores: tuple[str, ...]) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(f"{_HEAD}(?P<core>{core}){_TAIL}") for core in cores)
