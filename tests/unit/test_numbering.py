"""Thread numbers: the table of cases, the words that open and continue threads, and the labelled real texts."""

import json
from pathlib import Path
from typing import Any

import pytest

from tweetrecon.twitter import numbering

CASES = [
    json.loads(line)
    for line in (Path(__file__).parents[1] / "conformance" / "numbering.jsonl").read_text(encoding="utf-8").splitlines()
]


@pytest.mark.parametrize("case", CASES, ids=[case["case"] for case in CASES])
def test_conformance(case: dict[str, Any]) -> None:
    found = numbering.parse(case["text"])
    assert {
        "number": found and found.number,
        "total": found and found.total,
        "style": found and found.style,
        "place": found and case["text"][found.start : found.end],
    } == {key: case[key] for key in ("number", "total", "style", "place")}


OPENING = [
    "Thread: the history of our lighthouse",
    "THREAD\n\nOur lighthouse is 200 years old.",
    "THREAD on the storm and the lighthouse",
    "[Thread] our lighthouse",
    "(thread) our lighthouse",
    "🧵 Our lighthouse is 200 years old",
    "Our lighthouse is 200 years old 🧵👇",
    "Our lighthouse is 200 years old — THREAD",
    "Our lighthouse is 200 years old <thread>",
    "Our lighthouse is 200 years old.\n\nA thread => https://t.co/a1B2c3D4e5",
    "Our lighthouse is 200 years old. A thread:",
    "Hilo: la historia de nuestro faro",
    "ثريد: تاريخ المنارة",
    "Тред: история маяка",
]
NOT_OPENING = [
    "",
    "Our lighthouse is 200 years old",
    "Thread pool best practices",
    "Excellent thread https://t.co/a1B2c3D4e5",
    "Good thread. Read it.",
    "End of thread.",
    "You will love this thread... https://t.co/a1B2c3D4e5",
    "I can't add more tweets to the thread, so here is another",
    "Hello. A thread of wool was found on the stairs",
    "#thread @thread",
]


@pytest.mark.parametrize("text", OPENING)
def test_opens_a_thread(text: str) -> None:
    assert numbering.opens_thread(text)


@pytest.mark.parametrize("text", NOT_OPENING)
def test_opens_no_thread(text: str) -> None:
    assert not numbering.opens_thread(text)


CONTINUING = [
    "(cont'd) and then the lamp went out",
    "(cont) and then the lamp went out",
    "cont. and then the lamp went out",
    "@quay_cat continued: the lamp went out",
    "...and then the lamp went out",
    "@quay_cat … and then the lamp went out",
    "（続き）そして灯りが消えた",
    "@quay_cat （続き）そして灯りが消えた",
    "续：然后灯灭了",
    "تابع: ثم انطفأ المصباح",
    "…ثم انطفأ المصباح",
]
NOT_CONTINUING = [
    "",
    "and then the lamp went out",
    "The lamp went out... (cont)",
    "continued pressure on the lamp fund",
    "... What a night!",
    "引き続き灯りをともす",
    "تابعوا أخبار المنارة",
    "2/8 … and then",
]


@pytest.mark.parametrize("text", CONTINUING)
def test_continues(text: str) -> None:
    assert numbering.continues(text)


@pytest.mark.parametrize("text", NOT_CONTINUING)
def test_continues_nothing(text: str) -> None:
    assert not numbering.continues(text)


@pytest.mark.corpus
def test_labelled_numbers(shared: Path) -> None:
    lines = (shared / "corpus" / "threads" / "number_markers.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    pairs = [(row, numbering.parse(row["text"])) for row in rows]
    hits = [(row, found) for row, found in pairs if found and row["label"] == "number"]
    predicted = sum(found is not None for _, found in pairs)
    labelled = sum(row["label"] == "number" for row in rows)
    assert 2 * len(hits) / (predicted + labelled) >= 0.97
    assert sum((found.number, found.total) == (row["number"], row["total"]) for row, found in hits) / len(hits) >= 0.99
