"""Dates: the table of cases, where a date ends in running text, all of CLDR, and the real dates of the corpora."""

import gzip
import importlib
import json
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tweetrecon.model import Precision
from tweetrecon.twitter import dates, snowflake
from tweetrecon.twitter.languages import calendar

LINES = (Path(__file__).parents[1] / "conformance" / "dates.jsonl").read_text(encoding="utf-8").splitlines()
CASES = [json.loads(line) for line in LINES]
ARTICLE = datetime(2018, 11, 28, 9, tzinfo=UTC)


def utc(moment: str | None) -> datetime | None:
    return datetime.fromisoformat(moment).replace(tzinfo=UTC) if moment else None


@pytest.mark.parametrize("case", CASES, ids=[f"{case['lang']}: {case['text']}" for case in CASES])
def test_conformance(case: dict[str, Any]) -> None:
    for lang in (case["lang"], None):
        if lang is None and case.get("lang_needed"):
            continue
        found = dates.parse(case["text"], lang=lang, reference=utc(case.get("reference")))
        if case["value"] is None:
            assert found is None
        else:
            assert found is not None
            assert (found.value, found.precision) == (utc(case["value"]), case["precision"])
            assert found.zoned is case.get("zoned", True)
            assert found.inferred is ("reference" in case)


@pytest.mark.parametrize(
    ("text", "ends_after"),
    [
        ("June 1, 2018 The next sentence", "2018"),
        ("June 1, 2018The next sentence", "2018"),
        ("June 1, 2018. The next sentence", "2018"),
        ("June 1, 201803:11An entry of a live blog", "2018"),
        ("June 1, 2018 20:11 An entry of a live blog", "2018"),
        ("June 1, 2018 20:11\nA page's own layout", "20:11"),
        ("June 1, 2018\n20:11\nAn entry of a live blog", "2018"),
        ("June 1,\n2018\nThe next sentence", "2018"),
        ("June 1, 2018\n2019 was another year", "2018"),
        ("June 1, 2018 12 people came", "2018"),
        ("June 1, 2018](https://example.org)", "2018"),
        ("3:05 PM - Jun 1, 2018 from Gdańsk", "2018"),
        ("3:05 PM - Jun 1, 2018\n447 Retweets", "2018"),
        ("2018年6月1日次の文", "日"),
        ("2018년 6월 1일에 다음", "일"),
        ("1 июня 2018 г. Следующее", "г."),
        ("1 июня 2018 г.Следующее", "г."),
        ("1. lipnja 2018. Sljedeća", "2018."),
        ("2018. június 1. A következő", "1."),
        ("2018. június 1.02:43A következő", "1."),
        ("1. Juni 2018. Der nächste", "2018"),
        ("1 de junio de 2018 de nuevo", "2018"),
        ("1 มิถุนายน 2018ข้อความ", "2018"),
        ("\u200f١ يونيو ٢٠١٨\u200f النص التالي", "٢٠١٨"),
    ],
)
def test_where_a_date_ends(text: str, ends_after: str) -> None:
    found = dates.match(text)
    assert found is not None
    assert found.value.date() == date(2018, 6, 1)
    assert found.end == text.index(ends_after) + len(ends_after)


def test_a_date_is_looked_for_only_between_the_bounds() -> None:
    text = "(@aniko_v) \n   June 1, 2018 and on"
    found = dates.match(text, 10)
    assert found is not None
    assert text[found.start : found.end] == "June 1, 2018"
    assert dates.match(text) is None
    assert dates.match(text, 10, text.index("2018") + 2) is None
    assert dates.match("2018年11月27日", 0, len("2018年11月2")) is None
    assert dates.match("Nov 27 was a day", 0, len("Nov 27"), reference=ARTICLE) is None
    assert dates.match("March June 1, 2018", 0) is None
    assert dates.match("June 1\n\n2018") is None


@pytest.mark.parametrize(
    "text", ["12 Dec 11 people", "Nov 27 people", "May 2018 be better", "2h later", "5 out of 10", "yesterday he said"]
)
def test_what_prose_could_continue_needs_the_end_of_a_line(text: str) -> None:
    assert dates.match(text, reference=ARTICLE) is None


def test_find_gives_the_first_date() -> None:
    text = "He wrote on 5 June, then on June 1, 2018, then on June 2, 2018."
    found = dates.find(text)
    assert found is not None
    assert text[found.start : found.end] == "June 1, 2018"
    assert dates.find(text, 0, text.index("1, 2018")) is None
    assert dates.find("写于2018年6月1日") == dates.match("写于2018年6月1日")


def test_references_in_other_zones_and_without_one() -> None:
    late = datetime(2018, 11, 27, 23, tzinfo=UTC)
    for reference in (late, late.replace(tzinfo=None), late.astimezone()):
        found = dates.parse("yesterday", reference=reference)
        assert found is not None
        assert found.value == datetime(2018, 11, 26, tzinfo=UTC)


def test_a_reference_before_twitter_or_far_ahead_is_none() -> None:
    for reference in (datetime.min, datetime(1970, 1, 1, tzinfo=UTC), datetime.max):
        assert dates.parse("Nov 27", reference=reference) is None
        assert dates.parse("2h", reference=reference) is None


def test_a_day_tomorrow_may_be_the_zone_but_not_later() -> None:
    found = [dates.parse(text, reference=ARTICLE) for text in ("Nov 29", "Nov 30")]
    assert [d and d.value.year for d in found] == [2018, 2017]


def test_the_croatian_months_are_told_by_layout_then_by_language() -> None:
    def month(text: str, lang: str | None = None) -> int | None:
        found = dates.parse(text, lang=lang)
        return found.value.month if found else None

    assert [month(t) for t in ("9. lis 2018.", "9 lis 2018", "9. lis 2018", "lis 9, 2018")] == [10, 11, 11, None]
    assert [month("lis 9, 2018", lang) for lang in ("hr-HR", "pl", "cs")] == [10, 11, 11]
    assert month("9. listopada 2018.", "pl") == 10


def test_only_these_months_mean_two_things() -> None:
    table = calendar._words()
    ambiguous = {word for word, entry in table.items() if len(set(entry.months.values())) > 1}
    assert ambiguous == {"lis", "listopad", "listopada", "lip", "srp"}


# ------------------------------------------------------------------------------------------------ tables


def test_the_committed_tables_are_what_the_script_builds() -> None:
    pytest.importorskip("babel")
    built = importlib.import_module("scripts.build_date_tables").tables()
    assert built == {
        name: (calendar.FOLDER / name).read_text(encoding="utf-8") for name in ("calendar.json", "ago.json")
    }


def cldr_dates() -> Iterator[tuple[str, str, date]]:
    """(language, text, day) of each month in the layouts of CLDR that name the month."""
    babel = pytest.importorskip("babel.dates")
    languages = importlib.import_module("scripts.build_date_tables").LOCALES
    for language, locales in languages.items():
        for locale in locales.split():
            for month in range(1, 13):
                day = date(2018, month, 27 if month % 2 else 5)
                for layout in ("full", "long", "d MMM y"):
                    yield language, babel.format_date(day, layout, locale=locale), day


def test_every_month_of_every_language() -> None:
    wrong = []
    for language, text, day in cldr_dates():
        found = dates.parse(text, lang=language)
        if found is None or found.value.date() != day:
            wrong.append((language, text, found))
    assert wrong == []


def test_without_the_language_nothing_but_undotted_croatian_is_missed() -> None:
    wrong = []
    for language, text, day in cldr_dates():
        found = dates.parse(text)
        if found is None or found.value.date() != day:
            wrong.append((language, text))
    assert {text.partition(" ")[2] for _, text in wrong} <= {"lis 2018", "srp 2018", "lip 2018"}


# ------------------------------------------------------------------------------------------------ corpora


@pytest.mark.corpus
def test_all_dates_of_the_forms_corpus(shared: Path) -> None:
    lines = (shared / "corpus" / "forms" / "dates.jsonl").read_text(encoding="utf-8").splitlines()
    wrong = []
    for case in map(json.loads, lines):
        for lang in (case["lang"], None):
            found = dates.parse(case["string"], lang=lang)
            if (found and found.value.date().isoformat()) != (case["iso"] and case["iso"][:10]):
                wrong.append((lang, case["string"], found))
    assert wrong == []


@pytest.mark.corpus
def test_all_dates_of_the_posts(shared: Path) -> None:
    with gzip.open(shared / "corpus" / "posts" / "posts.jsonl.gz", "rt", encoding="utf-8") as lines:
        tweets = [tweet for line in lines for tweet in json.loads(line)["tweets"] if tweet["date"]]
    found = {tweet["date"]: dates.parse(tweet["date"]) for tweet in tweets}
    wrong = {
        t["date"] for t in tweets if (d := found[t["date"]]) is None or d.value.date().isoformat() != t["iso_date"]
    }
    assert tweets
    assert wrong == set()


@pytest.mark.corpus
def test_all_dates_of_the_pages_are_the_days_of_their_ids(shared: Path) -> None:
    pages = map(json.loads, (shared / "corpus" / "html_labels.jsonl").read_text(encoding="utf-8").splitlines())
    tweets = [tweet for page in pages for kind in ("embedded", "timeline_tweets") for tweet in page[kind]]
    shown = [(tweet["date_text"], tweet["id"]) for tweet in tweets if tweet.get("date_text") and tweet["id"]]
    assert shown
    for text, tweet_id in shown:
        found, told = dates.parse(text), snowflake.created_at(tweet_id)
        assert found is not None
        assert told is not None
        slack = timedelta(days=0 if found.zoned else 1)
        assert abs(found.value.date() - told.value.date()) <= slack, text
        assert found.precision in (Precision.DAY, Precision.MINUTE)
