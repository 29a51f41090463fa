"""The words of dates in all languages at once: month names, weekdays, half-days, articles, and "3 days ago".

One table serves every language, because almost no word of a date means two things: of some 1,400 names of months only
five name two different ones, all of them between Croatian, Polish and Czech.
"""

from __future__ import annotations

import json
import unicodedata
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent
MONTH, WEEKDAY, HALF_DAY, FILLER, YEAR_MARK, ERA = "MWAfge"
MONTH_OR_WEEKDAY, WEEKDAY_OR_HALF_DAY = "BX"
_AMBIGUOUS = {MONTH + WEEKDAY: MONTH_OR_WEEKDAY, WEEKDAY + HALF_DAY: WEEKDAY_OR_HALF_DAY}

# Arabic and Persian keyboards write the same letter in two ways; dots, joiners and stretching marks come and go.
_ALIKE: dict[int, str | None] = {
    ord("ı"): "i", ord("ي"): "ی", ord("ى"): "ی", ord("ك"): "ک", ord("ة"): "ه", ord("ە"): "ه",
    ord("ـ"): None, ord("."): None, ord("॰"): None, ord("׳"): None, 0x200C: None, 0x200D: None,
}  # fmt: skip


@dataclass(slots=True)
class Word:
    """What a word can be in a date. ``kind`` is a letter of the layouts in :mod:`tweetrecon.twitter.dates`, or "".

    ``months`` holds the month for each language that has the word (1–12), ``weekday`` 0 = Monday, ``afternoon`` is 12
    for PM. ``opens_name``: longer names begin with it ("كانون الثاني").
    """

    kind: str = ""
    months: dict[str, int] = field(default_factory=dict)
    weekday: int | None = None
    afternoon: int = 0
    opens_name: bool = False


@dataclass(frozen=True, slots=True)
class Span:
    """How long ago: an amount of ``unit`` (second … year). ``amount`` None: the number in the phrase tells."""

    unit: str
    amount: int | None


@lru_cache(maxsize=4096)
def word(text: str) -> Word | None:
    """The meaning of a word as written, or of several with single spaces between; None when no date has it."""
    return _words().get(fold(text))


@lru_cache(maxsize=1024)
def ago(phrase: str) -> Span | None:
    """The meaning of "vor # Tagen", "yesterday", "# h": ``#`` stands for a number."""
    return _spans().get(fold(phrase))


def numeric_order(lang: str | None) -> str | None:
    """``dmy`` or ``mdy``: how a language (BCP 47) writes 04/05/2018; None where that is not settled."""
    tag = (lang or "").casefold().replace("_", "-")
    orders: Mapping[str, str] = _read("calendar")["numeric_order"]
    return orders.get(tag) or orders.get(language(tag) or "")


def language(lang: str | None) -> str | None:
    """The table's name for a language tag: "hr-HR" is "hr", Twitter's "msa" is "ms"."""
    primary = (lang or "").casefold().replace("_", "-").partition("-")[0]
    return {"msa": "ms", "in": "id", "iw": "he", "nb": "no", "nn": "no", "tl": "fil"}.get(primary, primary) or None


def fold(text: str) -> str:
    """A word without case, accents, vowel signs, abbreviation dots and keyboard variants."""
    if text.isascii():
        return text.lower().replace(".", "")
    plain = unicodedata.normalize("NFKD", text.casefold()).translate(_ALIKE)
    return "".join(c for c in plain if not unicodedata.combining(c))


# ------------------------------------------------------------------------------------------------ tables


@cache
def _read(name: str) -> dict[str, Any]:
    table: dict[str, Any] = json.loads((FOLDER / f"{name}.json").read_text("utf-8"))
    return table


@cache
def _words() -> dict[str, Word]:
    table = _read("calendar")
    words: dict[str, Word] = {}
    for tag, months in table["months"].items():
        for number, names in enumerate(months, 1):
            for entry in _entries(words, names.split("|"), MONTH):
                entry.months.setdefault(tag, number)
    for days in table["weekdays"].values():
        for number, names in enumerate(days):
            for entry in _entries(words, names.split("|"), WEEKDAY):
                entry.weekday = number
    for names, hours in ((table["am"], 0), (table["pm"], 12)):
        for entry in _entries(words, names, HALF_DAY):
            entry.afternoon = hours
    for key, kind in (("fillers", FILLER), ("year_marks", YEAR_MARK), ("eras", ERA)):
        deque(_entries(words, table[key], kind), maxlen=0)
    return words


def _entries(words: dict[str, Word], names: Iterable[str], kind: str) -> Iterator[Word]:
    """The entries of ``names``, made or given one more kind; a name of several words marks its first word too."""
    for name in filter(None, names):
        key = fold(name).replace("-", " ")  # "quinta-feira"
        first, _, rest = key.partition(" ")
        if rest:
            words.setdefault(first, Word()).opens_name = True
        entry = words.setdefault(key, Word())
        if kind in (FILLER, entry.kind):  # "de" is sooner "of" than a Hungarian morning or an Irish Wednesday
            entry.kind = kind
        else:
            entry.kind = _AMBIGUOUS.get(entry.kind + kind, entry.kind or kind)
        yield entry


@cache
def _spans() -> dict[str, Span]:
    return {
        fold(phrase): Span(unit, None if amount == "#" else int(amount))
        for unit, by_amount in _read("ago").items()
        for amount, phrases in by_amount.items()
        for phrase in phrases
    }
