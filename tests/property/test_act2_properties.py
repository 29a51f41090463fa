"""What holds of act 2 whatever the sightings: order, documents and repeated runs change nothing."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pyarrow as pa
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tweetrecon.model import Sighting
from tweetrecon.reconcile import reconcile
from tweetrecon.schema import from_dict, to_table
from tweetrecon.spill import Room
from tweetrecon.threads import thread

NAMES = ("anna", "ben", "Chris_1")
TEXTS = (
    "The bridge stays closed until further notice",
    "The bridge stays closed…",
    "@anna is that so? We shall see tomorrow",
    "1/2 The ferries run again from Monday",
    "2/2 and the bridge opens in spring",
    "RT @ben: The bridge stays closed until further notice",
    "RT @anna RT @ben: The bridge stays",
    "👍",
    "",
)
START = datetime(2018, 11, 27, tzinfo=UTC)

rows = st.lists(
    st.fixed_dictionaries(
        {
            "document_id": st.sampled_from("de"),
            "position": st.integers(0, 5),
            "tweet_id": st.none() | st.integers(1, 6).map(str),
            "author_username": st.none() | st.sampled_from(NAMES),
            "text": st.sampled_from(TEXTS),
            "created_at": st.none() | st.integers(0, 60).map(lambda hours: START + timedelta(hours=hours)),
            "replied_to_id": st.none() | st.integers(1, 6).map(str),
            "retweeted_id": st.none() | st.integers(1, 6).map(str),
        }
    ),
    max_size=12,
)


def act2(given_rows: list[dict[str, Any]], room: Room | None = None) -> dict[str, pa.Table]:
    """All tables of act 2; the sightings' ids go by their content, so that copies of rows keep theirs."""
    precision = {"created_at_precision": "second", "created_at_source": "attribute"}
    sightings = [from_dict(Sighting, row | (precision if row["created_at"] else {})) for row in given_rows]
    known = reconcile(to_table("sightings", sightings), room=room)
    found = {"sightings": list(known.sightings_table())}
    for name, piece in thread(known):
        found.setdefault(name, []).append(piece)
    return {name: pa.concat_tables(pieces) for name, pieces in found.items()}


def texts(column: Any) -> list[str]:
    """The values of a column of texts, sorted."""
    return sorted(column.to_pylist())


def numbered(given_rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The rows with a sighting id each."""
    return [{"sighting_id": f"s{i}"} | row for i, row in enumerate(given_rows)]


@given(rows, st.randoms())
def test_the_order_of_sightings_changes_nothing(given_rows: list[dict[str, Any]], random: Any) -> None:
    given_rows = numbered(given_rows)
    shuffled = random.sample(given_rows, len(given_rows))
    assert act2(given_rows) == act2(shuffled)


def row(position: int, hours: int | None = None, **columns: Any) -> dict[str, Any]:
    """A row of the first text."""
    when = None if hours is None else START + timedelta(hours=hours)
    nothing = dict.fromkeys(("tweet_id", "author_username", "replied_to_id", "retweeted_id"))
    return {"document_id": "d", "position": position, "text": TEXTS[0], "created_at": when} | nothing | columns


IMPOSSIBLE = [
    *[row(0)] * 5, row(1, text=TEXTS[5]), row(0, retweeted_id="2"), row(0, 0), row(0, 1, tweet_id="1"),
    row(0, 2, tweet_id="2"),
]  # fmt: skip
"""Two retweets, in different partitions, that are older than what they repeat."""


@settings(max_examples=30)
@given(rows, st.integers(2, 5))
@example(IMPOSSIBLE, 2)
def test_the_number_of_partitions_changes_nothing(given_rows: list[dict[str, Any]], share: int) -> None:
    given_rows = numbered(given_rows)
    assert act2(given_rows, Room(share=share, held=6)) == act2(given_rows)


@given(rows)
def test_a_second_run_over_the_result_changes_nothing(given_rows: list[dict[str, Any]]) -> None:
    first = act2(numbered(given_rows))
    assert act2(first["sightings"].to_pylist()) == first


@given(rows)
def test_every_sighting_and_every_tweet_is_in_exactly_one_place(given_rows: list[dict[str, Any]]) -> None:
    found = act2(numbered(given_rows))
    members = [m for row in found["threads"].to_pylist() for m in row["tweets"]]
    assert sorted(m["tweet_key"] for m in members) == texts(found["tweets"]["tweet_key"])
    assert len({m["tweet_key"] for m in members}) == len(members)
    held = [s for m in members for s in m["sighting_ids"]]
    assert sorted(held) == texts(found["sightings"]["sighting_id"])
    assert texts(found["citations"]["sighting_id"]) == sorted(held)


@given(rows)
def test_different_ids_stay_apart_and_references_end_at_tweets(given_rows: list[dict[str, Any]]) -> None:
    found = act2(numbered(given_rows))
    tweets = {t["tweet_key"]: t for t in found["tweets"].to_pylist()}
    assert {row["tweet_id"] for row in given_rows if row["tweet_id"]} <= set(tweets)
    answered: set[str] = set()
    for edge in found["references"].to_pylist():
        assert edge["tweet_key"] in tweets
        assert edge["target_key"] in tweets
        assert edge["tweet_key"] != edge["target_key"]
        assert edge["method"]
        assert 0 < edge["confidence"] <= 1
        if edge["type"] == "replied_to":
            assert edge["tweet_key"] not in answered
            answered.add(edge["tweet_key"])


@given(rows)
def test_parents_stand_before_children(given_rows: list[dict[str, Any]]) -> None:
    for row in act2(numbered(given_rows))["threads"].to_pylist():
        place = {m["tweet_key"]: m["position"] for m in row["tweets"]}
        depth = {m["tweet_key"]: m["depth"] for m in row["tweets"]}
        assert [m["position"] for m in row["tweets"]] == list(range(row["tweets_count"]))
        assert row["tweets"][0]["tweet_key"] == row["thread_id"]
        for member in row["tweets"]:
            if member["parent_key"] is not None:
                assert place[member["parent_key"]] < member["position"]
                assert member["depth"] == depth[member["parent_key"]] + 1
            else:
                assert member["depth"] == 0
