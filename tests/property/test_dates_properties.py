"""Dates from any text: nothing raises, spans stay inside, what is found reads the same alone, no pattern runs away."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from re import _constants, _parser  # type: ignore[attr-defined]
from types import ModuleType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tweetrecon.model import Precision
from tweetrecon.twitter import date_layouts, date_tokens, dates, elapsed
from tweetrecon.twitter.languages import calendar

WORDS = sorted(calendar._words())
PIECES = st.sampled_from(
    [*WORDS, *"0123456789٣۳३๓-·,./()’[]", "12", "27", "2018", "2561", "99", "20:11", "3:05", "T", "Z", "+0000", "PM",
     " ", " ", " ", "\n", "\u200f", "\u202f", "年", "月", "日", "년", "월", "일", "tháng ", "ago"]
)  # fmt: skip
DATE_LIKE = st.lists(PIECES, max_size=12).map("".join)
MOMENTS = st.datetimes() | st.datetimes(datetime(2006, 4, 1), datetime(2026, 1, 1))
REFERENCES = st.none() | MOMENTS | MOMENTS.map(lambda moment: moment.replace(tzinfo=UTC))
THAI_MONTHS = [names.split("|")[0] for names in calendar._read("calendar")["months"]["th"]]
LANGS = st.none() | st.sampled_from(["hr", "pl", "en-US", "fr", "zh-TW", "", "x"]) | st.text(max_size=5)


@given(st.text() | DATE_LIKE, LANGS, REFERENCES, st.integers(-3, 20), st.none() | st.integers(-3, 40))
def test_nothing_raises_and_spans_stay_inside(
    text: str, lang: str | None, reference: datetime | None, pos: int, endpos: int | None
) -> None:
    start = max(pos, 0)
    for found in (
        dates.match(text, start, endpos, lang=lang, reference=reference),
        dates.find(text, start, endpos, lang=lang, reference=reference),
    ):
        if found is not None:
            assert start <= found.start < found.end <= (len(text) if endpos is None else min(endpos, len(text)))
            assert 2006 <= found.value.year <= date_tokens.LAST_YEAR + 1
            assert found.value.tzinfo is UTC
            assert reference is not None or not found.inferred
    dates.parse(text, lang=lang, reference=reference)


@given(DATE_LIKE, LANGS, REFERENCES)
def test_what_is_found_reads_the_same_alone(text: str, lang: str | None, reference: datetime | None) -> None:
    found = dates.match(text, lang=lang, reference=reference)
    if found is not None:
        alone = dates.parse(text[found.start : found.end], lang=lang, reference=reference)
        assert alone is not None
        assert (alone.value, alone.precision, alone.zoned) == (found.value, found.precision, found.zoned)


@given(st.dates(date(2006, 3, 21), date(2026, 12, 31)), st.text(max_size=3))
def test_any_day_is_read_in_any_layout(day: date, after: str) -> None:
    month = day.strftime("%B")
    for text in (
        f"{month} {day.day}, {day.year}",
        f"{day.day} {month} {day.year}",
        f"{day.year}年{day.month}月{day.day}日",
        f"{day.year}-{day.month:02}-{day.day:02}",
        f"{day.day}. {day.month}. {day.year}",
        f"{day.day} tháng {day.month}, {day.year}",
        f"{day.day} {THAI_MONTHS[day.month - 1]} {day.year + 543}",
    ):
        found = dates.match(f"{text} \n{after}")
        assert found is not None
        assert (found.value.date(), found.precision) == (day, Precision.DAY)


def repeats(parsed: Any) -> Iterator[int]:
    """The upper bounds of all repetitions of a parsed pattern."""
    for operation, argument in parsed:
        if operation in (_constants.MAX_REPEAT, _constants.MIN_REPEAT, _constants.POSSESSIVE_REPEAT):
            yield int(argument[1])
        for inner in nested(argument):
            yield from repeats(inner)


def nested(argument: Any) -> Iterator[Any]:
    if isinstance(argument, _parser.SubPattern):
        yield argument
    elif isinstance(argument, tuple | list):
        for part in argument:
            yield from nested(part)


@pytest.mark.parametrize("module", [date_layouts, date_tokens, dates, elapsed])
def test_every_pattern_is_bounded(module: ModuleType) -> None:
    """No repetition without an upper bound, so the work at one place of a text does not grow with the text."""
    patterns = [value for value in vars(module).values() if isinstance(value, re.Pattern)]
    if module is date_layouts:
        patterns += [*date_layouts._patterns(date_layouts._WHOLE), *date_layouts._patterns(date_layouts._PARTIAL)]
    assert patterns
    assert max(bound for p in patterns for bound in repeats(_parser.parse(p.pattern, p.flags))) <= 400


def test_a_long_text_costs_no_more_tokens_than_a_short_one() -> None:
    for piece in ("1 ", "May ", "de ", "- ", "2018 ", "th", "a.", "\u200f", "9", "Mon (", "20:11 "):
        assert len(list(date_tokens.tokens(piece * 10_000, 0))) <= 2 * date_tokens.LONGEST_DATE
