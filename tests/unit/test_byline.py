"""Bylines: every layout that extractors leave, and the lines that only look like one."""

import gzip
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from tweetrecon.twitter import byline

FOUND = [
    ("— Ada Quill (@ada_quill) June 1, 2018", "Ada Quill", "ada_quill", "2018-06-01"),
    ("Keep it.\n– Ada Quill (@ada_quill) June 1, 2018\nNext.", "Ada Quill", "ada_quill", "2018-06-01"),
    ("Keep it. #bridge\n- Ada Quill (@ada_quill) June 1, 2018\nNext.", "Ada Quill", "ada_quill", "2018-06-01"),
    ("Keep it— Ada Quill (@ada_quill) June 1, 2018", "Ada Quill", "ada_quill", "2018-06-01"),
    ("Keep it — Ada Quill (@ada_quill) June 1, 2018 The next sentence", "Ada Quill", "ada_quill", "2018-06-01"),
    ("-- Ada Quill (@ada_quill) June 1, 2018", "Ada Quill", "ada_quill", "2018-06-01"),
    ("—— Ada Quill (@ada_quill) 2018年6月1日", "Ada Quill", "ada_quill", "2018-06-01"),
    ("— Ada Quill (@ada_quill)\nJune 1, 2018", "Ada Quill", "ada_quill", "2018-06-01"),
    (
        "> — Ada Quill (@ada\\_quill) [June 1,\n> 2018](https://twitter.com/a/status/1)",
        "Ada Quill",
        "ada_quill",
        "2018-06-01",
    ),
    ("Keep it! https://t.co/a1\nAda Quill (@ada_quill) 17 juli 2016", "Ada Quill", "ada_quill", "2016-07-17"),
    ("— Ada (née Quill) (@ada_quill) 1. Juni 2018", "Ada (née Quill)", "ada_quill", "2018-06-01"),
    (
        "— Ada Quill @ada@mill.example (@ada_quill) 1 juin 2018",
        "Ada Quill @ada@mill.example",
        "ada_quill",
        "2018-06-01",
    ),
    ("— 🏳️\u200d🌈 Ada – Quill (@ada_quill) 1 de junio de 2018", "🏳️\u200d🌈 Ada – Quill", "ada_quill", "2018-06-01"),
    ("— آدا (@ada_quill) ١ يونيو ٢٠١٨", "آدا", "ada_quill", "2018-06-01"),
    ("— \u202bآدا\u202c (\u200e@ada_quill\u200e) \u200f1 يونيو، 2018", "\u202bآدا\u202c", "ada_quill", "2018-06-01"),
    ("— エイダ（@ada_quill） 2018年6月1日", "エイダ", "ada_quill", "2018-06-01"),
    ("— — Ada Quill (@ada_quill) June 1, 2018", "Ada Quill", "ada_quill", "2018-06-01"),
    ("&mdash; Ada Quill (@ada_quill) June 1, 2018", "Ada Quill", "ada_quill", "2018-06-01"),
    ("— **Ada Quill** (@ada_quill) *June 1, 2018*", "Ada Quill", "ada_quill", "2018-06-01"),
    (
        '— Ada Quill ([@ada_quill](https://twitter.com/ada_quill)) [June 1, 2018](<https://x.com/a/status/1> "t")',
        "Ada Quill",
        "ada_quill",
        "2018-06-01",
    ),
    ("— Ada Quill (@ada_quill), June 1, 2018", "Ada Quill", "ada_quill", "2018-06-01"),
    ("— Ada Quill (@ada_quill) (June 1, 2018)", "Ada Quill", "ada_quill", "2018-06-01"),
    ("> — Ada Quill (@ada_quill) June\n> 1, 2018", "Ada Quill", "ada_quill", "2018-06-01"),
    ("— Ada Quill of the\n(@ada_quill) June 1, 2018", "Ada Quill of the", "ada_quill", "2018-06-01"),
    (
        "Keep the bridge, because the ferry is slow and its captain slower. — Ada\nQuill (@ada_quill) June 1, 2018",
        "Ada Quill",
        "ada_quill",
        "2018-06-01",
    ),
    ("Keep it #mill\n\n— Ada Quill (@ada_quill)\n\nJune 1, 2018\n\nOn.", "Ada Quill", "ada_quill", "2018-06-01"),
    ("Keep it pic.twitter.com/a1 Ada Quill (@ada_quill) June 1, 2018", "Ada Quill", "ada_quill", "2018-06-01"),
    (
        "Keep it! https://t.co/a1\nAda Quill (@ada_quill) sábado, 27 de febrero de 2016",
        "Ada Quill",
        "ada_quill",
        "2016-02-27",
    ),
]
REFUSED = [
    "An evening by the river\nAda Quill (@ada_quill) 17 juli 2016",
    "- Fix infix operators (@ada_quill)",
    "* Ada Quill (@ada_quill)\n* Bo Lind (@bo_b)",
    "— Oscar Wilde",
    "— Ada Quill (@ada@mill.example) June 1, 2018",
    "— Ada Quill (@ada.bsky.social) June 1, 2018",
    "A post shared by Ada Quill (@ada_quill) on May 14, 2016 at 3:24pm PDT",
    "Photo — Ada Quill (@ada_quill) June 1, 2018",
    "@bo_b I agree with (@ada_quill), as of June.",
    "Keep it — Ada Quill (@ada_quill), June 1, 2018 was a Friday.",
    "— The mill's own people (@ada_quill)\n\nJune 1, 2018",
    "Keep it #mill\n\n— Ada Quill (@ada_quill)\n\nJune 1, 2018 was a Friday.",
    "- Ada Quill (@ada_quill), June 1, 2018",
    "- Fix the bridge (@ada_quill) June 1, 2018",
    "— Fix the bridge (@ada_quill) 2018-06-01",
    "— By Ada Quill (@ada_quill) June 1, 2018",
    "Bridges #politics\nVon Ada Quill (@ada_quill) 1. Juni 2018",
    "The mayor – Bo Lind (@bo_b) June 1, 2018 to May 3, 2020 – was ill.",
]


@pytest.mark.parametrize(("text", "name", "username", "day"), FOUND, ids=[case[0][:30] for case in FOUND])
def test_found(text: str, name: str, username: str, day: str) -> None:
    (found,) = byline.find(text)
    assert (found.name, found.username, found.date and found.date.value.date().isoformat()) == (name, username, day)


@pytest.mark.parametrize("text", REFUSED)
def test_refused(text: str) -> None:
    assert list(byline.find(text)) == []


def test_the_link_of_the_date_is_kept() -> None:
    (found,) = byline.find(
        "— Ada (@ada_quill) [June 1, 2018](https://twitter.com/ada_quill/status/1002000000000000000)"
    )
    assert found.url == "https://twitter.com/ada_quill/status/1002000000000000000"


@pytest.mark.parametrize("link", ["[June 1, 2018][3]", "[June 1, 2018][]", "[June 1, 2018]"])
def test_a_link_that_is_defined_elsewhere_is_named(link: str) -> None:
    (found,) = byline.find(f"— Ada (@ada_quill) {link}")
    assert (found.url, found.label) == (None, "3" if "[3]" in link else "June 1, 2018")


def test_spans_hold_dash_to_date() -> None:
    text = "before\n\n— Ada Quill (@ada_quill) June 1, 2018\n\nafter"
    (found,) = byline.find(text)
    assert text[found.start : found.end] == "— Ada Quill (@ada_quill) June 1, 2018"


@pytest.mark.parametrize("date", ["Nov 27", "2h", "昨日"])
def test_a_date_that_counts_from_an_unknown_day_ends_a_byline_and_says_nothing(date: str) -> None:
    (found,) = byline.find(f"Keep it.\n\n— Ada (@ada_quill) {date}\n\nNext.")
    assert (found.raw_date, found.date) == (date, None)
    (dated,) = byline.find(f"— Ada (@ada_quill) {date}\n", reference=datetime(2018, 11, 28, tzinfo=UTC))
    assert dated.date is not None
    assert list(byline.find(f"Keep it.\nAda (@ada_quill) {date}\n")) == []


def test_a_string_known_to_be_an_attribution_needs_neither_dash_nor_date() -> None:
    found = byline.parse_attribution("Ada Quill (@ada_quill)")
    assert found is not None
    assert (found.name, found.username, found.date) == ("Ada Quill", "ada_quill", None)


def records(shared: Path, name: str) -> Iterator[dict[str, Any]]:
    with gzip.open(shared / "corpus" / "text" / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


@pytest.mark.corpus
@pytest.mark.parametrize("extractor", ["wet_like", "bs4_newline", "bs4_space", "readability_lxml+noclass", "markdown"])
def test_every_labelled_byline_is_found_with_its_username_and_day(shared: Path, extractor: str) -> None:
    wrong = []
    for record in records(shared, extractor):
        found = list(byline.find(record["text"], lang=record["lang"]))
        for tweet in record["tweets"]:
            at = tweet["attribution_start"]
            line = next(
                (b for b in found if at is not None and b.start < tweet["attribution_end"] and b.end > at), None
            )
            day = line.date.value.date().isoformat() if line and line.date else None
            right = line and line.username.lower() == tweet["handle"].lower()
            if at is not None and not (right and day == (tweet["iso_date"] or "")[:10]):
                wrong.append((record["doc_id"], tweet["handle"], day))
    assert wrong == []


@pytest.mark.corpus
def test_no_byline_in_texts_without_tweets(shared: Path) -> None:
    found = [
        (record["doc_id"], line) for record in records(shared, "negatives") for line in byline.find(record["text"])
    ]
    assert found == []
