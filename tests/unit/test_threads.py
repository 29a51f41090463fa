"""Tweets become references, threads, citations and users."""

from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from tweetrecon.model import Sighting
from tweetrecon.reconcile import reconcile
from tweetrecon.schema import from_dict, to_table
from tweetrecon.threads import thread
from tweetrecon.threads.forest import grow

START = datetime(2018, 11, 27, 9, tzinfo=UTC)


def shown(
    number: int, text: str, author: str = "harbourmaster", minutes: int | None = None, **row: Any
) -> dict[str, Any]:
    """The sighting of tweet ``number``, sent ``minutes`` after nine and standing at that place of one document."""
    when = START + timedelta(minutes=number if minutes is None else minutes)
    times = {"created_at": when, "created_at_precision": "second", "created_at_source": "attribute"}
    return {
        "sighting_id": f"s{number}", "document_id": "d", "position": number, "tweet_id": str(100 + number),
        "author_username": author, "text": text,
    } | times | row  # fmt: skip


def tables(*rows: dict[str, Any]) -> dict[str, pa.Table]:
    """Act 2 over sightings given by the columns that matter."""
    found: dict[str, list[pa.Table]] = {}
    for name, piece in thread(reconcile(to_table("sightings", [from_dict(Sighting, row) for row in rows]))):
        found.setdefault(name, []).append(piece)
    return {name: pa.concat_tables(pieces) for name, pieces in found.items()}


def edges(found: dict[str, pa.Table]) -> set[tuple[str, str, str]]:
    """All references as (tweet, type, target)."""
    return {(r["tweet_key"], r["type"], r["target_key"]) for r in found["references"].to_pylist()}


def test_a_stated_parent_is_not_inferred() -> None:
    found = tables(shown(1, "Bridge closed"), shown(2, "Why?", "ferryman", replied_to_id="101"))
    [edge] = found["references"].to_pylist()
    assert (edge["tweet_key"], edge["target_key"], edge["inferred"], edge["method"]) == (
        "102",
        "101",
        False,
        "replied_to_id",
    )
    assert (edge["confidence"], edge["evidence"]) == (1.0, ["s2"])


def test_a_leading_mention_leads_to_that_authors_latest_tweet() -> None:
    rows = [shown(1, "Bridge closed"), shown(2, "Open again at noon"), shown(9, "@HarbourMaster good news", "ferryman")]
    found = tables(*rows)
    edge = next(r for r in found["references"].to_pylist() if r["tweet_key"] == "109")
    assert (edge["target_key"], edge["type"], edge["inferred"], edge["method"]) == (
        "102",
        "replied_to",
        True,
        "leading_mention",
    )
    assert 0 < edge["confidence"] < 1
    assert any(line.startswith("rival 101") for line in edge["evidence"])


def test_an_answer_to_nobody_shown_implies_a_tweet() -> None:
    found = tables(shown(1, "@Ferryman thanks a lot"))
    implied = next(t for t in found["tweets"].to_pylist() if t["status"] == "implied")
    assert (implied["author_username"], implied["created_at"], implied["text"]) == ("Ferryman", None, None)
    [row] = found["threads"].to_pylist()
    assert (row["kind"], row["tweets_count"], row["complete"]) == ("conversation", 2, False)
    assert [g["reason"] for g in row["gaps"]] == ["parent_not_captured"]


def test_numbers_order_a_thread_and_show_its_holes() -> None:
    texts = ["1/5 The bridge stays closed", "2/5 The inspectors found rust", "4/5 Ferries run instead"]
    rows = [shown(n, text, position=9 - n, tweet_id=None, created_at=None) for n, text in enumerate(texts, 1)]
    [row] = tables(*rows)["threads"].to_pylist()
    assert [t["text"] for t in row["tweets"]] == texts
    assert (row["kind"], row["authors_count"]) == ("self_thread", 1)
    assert [(t["number"], t["number_total"]) for t in row["tweets"]] == [(1, 5), (2, 5), (4, 5)]
    assert [(g["number"], g["reason"], g["after_position"]) for g in row["gaps"]] == [
        ("3/5", "number_missing", 1),
        ("5/5", "tail_missing", 2),
    ]


def test_a_retweet_hangs_on_its_source_and_leaves_the_self_thread_one() -> None:
    rows = [
        shown(1, "The bridge stays closed all week"),
        shown(2, "Ferries run every hour", replied_to_id="101"),
        shown(3, "RT @harbourmaster: The bridge stays closed all week", "ferryman"),
    ]
    [row] = tables(*rows)["threads"].to_pylist()
    assert row["kind"] == "self_thread"
    assert {(t["tweet_key"], t["reference_type"]) for t in row["tweets"]} == {
        ("101", None),
        ("102", "replied_to"),
        ("103", "retweeted"),
    }


def test_quotes_tie_threads_without_merging_them() -> None:
    url = {"url": "https://t.co/a", "expanded_url": "https://twitter.com/harbourmaster/status/101"}
    found = tables(shown(1, "Bridge closed"), shown(2, "Look at this", "ferryman", urls=[url]))
    assert edges(found) == {("102", "quoted", "101")}
    assert found["threads"]["kind"].to_pylist() == ["single", "single"]


def test_order_is_by_time_with_parents_before_children() -> None:
    rows = [
        shown(1, "Root"),
        shown(2, "first branch", "a", minutes=10, replied_to_id="101"),
        shown(3, "second branch", "b", minutes=5, replied_to_id="101"),
        shown(4, "below the first", "c", minutes=20, replied_to_id="102"),
    ]
    [row] = tables(*rows)["threads"].to_pylist()
    assert [(t["tweet_key"], t["depth"]) for t in row["tweets"]] == [("101", 0), ("103", 1), ("102", 1), ("104", 2)]


def test_a_parent_that_is_newer_than_its_answer_is_refused() -> None:
    found = tables(shown(1, "Early", replied_to_id="109"), shown(9, "Late", "ferryman"))
    assert found["rejects"]["code"].to_pylist() == ["newer_parent"]
    assert ("101", "replied_to", "109") not in edges(found)


def test_a_circle_of_undated_answers_is_broken() -> None:
    rows = [
        shown(n, f"text {n}", f"user{n}", tweet_id=str(n), replied_to_id=str(n % 3 + 1), created_at=None)
        for n in (1, 2, 3)
    ]
    found = tables(*rows, shown(8, "alone"))
    assert found["rejects"]["code"].to_pylist() == ["cycle_broken"]
    assert found["references"].num_rows == 2
    assert {t["tweets_count"] for t in found["threads"].to_pylist()} == {1, 3}


def test_citations_name_the_thread_and_the_identity_rule() -> None:
    rows = [
        shown(1, "The bridge stays closed all week"),
        shown(2, "The bridge stays closed all week", document_id="e", tweet_id=None, minutes=1),
    ]
    citations = tables(*rows)["citations"].to_pylist()
    assert [(c["document_id"], c["thread_id"], c["identity_rule"]) for c in citations] == [
        ("d", "101", "same_id"),
        ("e", "101", "same_text"),
    ]


def test_an_id_under_two_usernames_tells_a_renaming() -> None:
    rows = [
        shown(1, "Bridge closed", "harbour_old"),
        shown(1, "Bridge closed", "harbourmaster", sighting_id="x", document_id="e"),
        shown(1, "Bridge closed", "harbourmaster", sighting_id="y", document_id="f"),
        shown(2, "@harbour_old when will it open?", "ferryman"),
    ]
    found = tables(*rows)
    user = next(u for u in found["users"].to_pylist() if u["username"] == "harbourmaster")
    assert user["former_usernames"] == [{"username": "harbour_old", "evidence": "same_id:101"}]
    assert edges(found) == {("102", "replied_to", "101")}


def test_chains_of_a_million_and_circles_among_them_take_no_recursion() -> None:
    count = 1_000_000
    parent = np.maximum(np.arange(count) - 1, 0)
    parent[::100_000] = np.minimum(np.arange(0, count, 100_000) + 5, count - 1)
    forest = grow(parent, np.ones(count))
    assert len(forest.dropped) == 10
    assert (forest.parent[forest.root] == forest.root).all()
    assert forest.depth.max() == 99_999


@pytest.mark.parametrize("name", ["tweets", "references", "threads", "citations", "users", "rejects"])
def test_nothing_gives_empty_tables(name: str) -> None:
    assert tables()[name].num_rows == 0
