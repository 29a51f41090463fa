"""Retweet chains: the table of cases, what a chain promises of its spans, and the labelled real texts."""

import json
from pathlib import Path
from typing import Any

import pytest

from tweetrecon.twitter import retweets

CASES = [
    json.loads(line)
    for line in (Path(__file__).parents[1] / "conformance" / "retweets.jsonl").read_text(encoding="utf-8").splitlines()
]


@pytest.mark.parametrize("case", CASES, ids=[case["case"] for case in CASES])
def test_conformance(case: dict[str, Any]) -> None:
    chain = retweets.parse(case["text"])
    assert {
        "comment": chain.comment,
        "hops": [[hop.style, hop.username, hop.text] for hop in chain.hops],
        "after": chain.after,
        "credits": [[credit.style, credit.username] for credit in chain.credits],
        "native": chain.native,
        "truncated": bool(chain.hops) and chain.hops[-1].truncated,
    } == {key: case[key] for key in ("comment", "hops", "after", "credits", "native", "truncated")}


def full_texts(text: str) -> list[str]:
    return [hop.full_text for hop in retweets.parse(text).hops]


def test_a_hop_holds_the_hops_inside_it() -> None:
    assert full_texts("ok RT @quay_cat: hm RT @harbour_desk: Ferry back") == [
        "hm RT @harbour_desk: Ferry back",
        "Ferry back",
    ]


def test_a_quoted_hop_ends_at_its_own_closing_mark() -> None:
    assert full_texts("“@quay_cat: “@harbour_desk: back” hm” bye") == ["“@harbour_desk: back” hm", "back"]


def test_the_poster_of_a_native_retweet_has_no_say() -> None:
    assert full_texts("RT @quay_cat: RT @harbour_desk: Ferry back <- at last") == [
        "RT @harbour_desk: Ferry back <- at last",
        "Ferry back",
    ]
    assert full_texts("ha RT @quay_cat: RT @harbour_desk: Ferry back <- at last")[0] == "RT @harbour_desk: Ferry back"


def test_every_hop_around_a_cut_text_is_cut() -> None:
    chain = retweets.parse("RT @quay_cat: “@tidewatch: low tide” RT @harbour_desk: no fer…")
    assert [(hop.username, hop.truncated) for hop in chain.hops] == [("quay_cat", True), ("tidewatch", False)]


def test_a_credit_spans_its_phrase() -> None:
    text = "Tide tables (via @tidewatch) cc @quay_cat, @harbour_desk"
    assert [text[credit.start : credit.end] for credit in retweets.parse(text).credits] == [
        "(via @tidewatch)",
        "cc @quay_cat, @harbour_desk",
        "cc @quay_cat, @harbour_desk",
    ]


def test_a_chain_without_end_is_cut_short() -> None:
    chain = retweets.parse("RT @quay_cat: " * 1000 + "meow")
    assert len(chain.hops) == 32
    assert chain.hops[-1].text.endswith("RT @quay_cat: meow")


@pytest.mark.corpus
def test_labelled_chains(shared: Path) -> None:
    lines = (shared / "corpus" / "threads" / "rt_parse.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [row for line in lines if not is_credit(row := json.loads(line))]
    right = sum(
        [hop.username.lower() for hop in retweets.parse(row["text"]).hops]
        == [hop["handle"].lower() for hop in row["chain"]]
        for row in rows
    )
    assert right / len(rows) >= 0.97


def is_credit(row: dict[str, Any]) -> bool:
    """The labels write a mere "via @user" as a chain of one hop."""
    return any(hop["style"] == "via" for hop in row["chain"])
