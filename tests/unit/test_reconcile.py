"""One tweet from many sightings."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

import pyarrow as pa
import pytest

from tweetrecon.model import Sighting
from tweetrecon.reconcile import reconcile
from tweetrecon.reconcile.identity import RULES
from tweetrecon.schema import from_dict, to_table

LONG = "The harbour bridge stays closed until the inspection on Monday is finished, says the council"


class Link(NamedTuple):
    """That one tweet names another."""

    tweet_key: str
    type: str
    target_key: str
    rule: str


class Found(NamedTuple):
    """What `reconcile` found; ``tweet_keys`` are parallel to ``sightings``."""

    tweets: pa.Table
    sightings: pa.Table
    tweet_keys: list[str]
    stated: list[Link]


def known(*rows: dict[str, Any]) -> Found:
    """Reconcile sightings given by the columns that matter; each stands in a document of its own unless told."""
    sightings = [
        from_dict(Sighting, {"sighting_id": f"s{i}", "document_id": f"d{i}", "author_username": "harbourmaster"} | row)
        for i, row in enumerate(rows)
    ]
    result = reconcile(to_table("sightings", sightings))
    keys = [str(result.found.keys[tweet]) for tweet in result.found.of_row.tolist()]
    rules = [result.rules[rule] for rule in result.found.rule_of_row.tolist()]
    links = zip(*(numbers.tolist() for numbers in result.links), strict=True)
    stated = [Link(keys[outer], result.kinds[kind][0], keys[inner], rules[inner]) for outer, inner, kind in links]
    tweets, shown = pa.concat_tables(result.tweets.all()), pa.concat_tables(result.sightings_table())
    return Found(tweets, shown, keys, stated)


def keys(*rows: dict[str, Any]) -> list[str]:
    """The tweet of each sighting, in the order of the rows."""
    result = known(*rows)
    of = dict(zip(result.sightings["sighting_id"].to_pylist(), result.tweet_keys, strict=True))
    return [of[row.get("sighting_id", f"s{i}")] for i, row in enumerate(rows)]


def day(number: int) -> dict[str, Any]:
    """A printed date."""
    when = datetime(2018, 11, number, tzinfo=UTC)
    return {"created_at": when, "created_at_precision": "day", "created_at_source": "byline"}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param({"tweet_id": "11", "text": "a"}, {"tweet_id": "11", "text": "b"}, id="same id"),
        pytest.param({"tweet_id": "11", "text": LONG}, {"text": LONG}, id="same text"),
        pytest.param({"text": LONG, "author_username": "HarbourMaster"}, {"text": LONG}, id="case of the username"),
        pytest.param(
            {"text": "It’s “open” &amp; free 🎉"}, {"text": 'It\'s "open" & free'}, id="quotes, entities, emoji"
        ),
        pytest.param({"text": f"{LONG} https://t.co/abcdefgh1"}, {"text": LONG}, id="lost link"),
        pytest.param({"text": LONG}, {"text": LONG[:40] + "…"}, id="cut at the end"),
        pytest.param({"text": LONG}, {"text": "…" + LONG[-40:]}, id="cut at the head"),
        pytest.param({"text": LONG}, {"text": LONG.replace("inspection", "inspecton")}, id="a letter lost"),
        pytest.param({"text": LONG} | day(26), {"text": LONG} | day(27), id="a day apart, by time zone"),
        pytest.param({"tweet_id": "11", "text": LONG}, {"text": LONG, "author_username": None}, id="no author"),
    ],
)
def test_one_tweet(one: dict[str, Any], other: dict[str, Any]) -> None:
    first, second = keys(one, other)
    assert first == second


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param({"tweet_id": "11", "text": LONG}, {"tweet_id": "12", "text": LONG}, id="two ids"),
        pytest.param({"text": f"{LONG} 1"}, {"text": f"{LONG} 2"}, id="another number"),
        pytest.param({"text": LONG} | day(5), {"text": LONG} | day(15), id="another date"),
        pytest.param({"text": LONG}, {"text": LONG, "author_username": "ferryman"}, id="another author"),
        pytest.param({"text": "Yes."}, {"text": "Yes, but only on Sundays."}, id="short beginning"),
        pytest.param({"text": "👍"}, {"text": "🎉"}, id="other signs"),
        pytest.param(
            {"text": f"{LONG} https://t.co/abcdefgh1"}, {"text": f"{LONG} https://t.co/ijklmnop2"}, id="another link"
        ),
    ],
)
def test_two_tweets(one: dict[str, Any], other: dict[str, Any]) -> None:
    first, second = keys(one, other)
    assert first != second


def test_versions_of_an_edited_tweet_are_one() -> None:
    first, second = keys({"tweet_id": "11", "edit_tweet_ids": ["11", "12"]}, {"tweet_id": "12", "text": "b"})
    assert first == second == "11"


def test_a_sighting_without_id_takes_the_id() -> None:
    assert keys({"text": LONG}, {"text": LONG, "tweet_id": "11"}) == ["11", "11"]


def test_the_same_text_posted_twice_goes_by_date() -> None:
    rows = [
        {"tweet_id": "11", "text": LONG} | day(5),
        {"tweet_id": "12", "text": LONG} | day(15),
        {"text": LONG} | day(15),
    ]
    assert keys(*rows) == ["11", "12", "12"]


def test_fields_come_from_the_best_sighting_and_variants_are_kept() -> None:
    result = known(
        {"tweet_id": "11", "text": LONG[:30] + "…", "text_truncated": True, "like_count": 3} | day(5),
        {"tweet_id": "11", "text": LONG, "lang": "en", "author_username": "HarbourMaster", "like_count": 5},
        {"tweet_id": "11", "text": LONG, "lang": "en", "author_username": "HarbourMaster"},
    )
    [tweet] = result.tweets.to_pylist()
    assert tweet["text"] == LONG
    assert not tweet["text_truncated"]
    assert tweet["author_username"] == "HarbourMaster"
    assert (tweet["lang"], tweet["like_count"], tweet["created_at_precision"]) == ("en", 5, "day")
    assert [(v["sightings_count"], v["text"]) for v in tweet["text_variants"]] == [(2, LONG), (1, LONG[:30] + "…")]


def test_the_source_of_a_retweet_is_found_in_another_document() -> None:
    result = known(
        {"tweet_id": "11", "text": LONG},
        {"tweet_id": "12", "author_username": "ferryman", "text": f"RT @HarbourMaster: {LONG}"},
    )
    assert result.tweets["tweet_key"].to_pylist() == ["11", "12"]
    [link] = result.stated
    assert (link.tweet_key, link.type, link.target_key, link.rule) == ("12", "retweeted", "11", "same_text")


def test_a_source_that_nobody_shows_is_implied_and_bounded_by_the_retweet() -> None:
    result = known({"text": f"RT @ferryman: {LONG}"} | day(27))
    implied = next(t for t in result.tweets.to_pylist() if t["status"] == "implied")
    assert (implied["author_username"], implied["text"], implied["created_at_source"]) == (
        "ferryman",
        LONG,
        "retweet_bound",
    )
    assert implied["created_at"] == datetime(2018, 11, 27, tzinfo=UTC)
    inner = next(s for s in result.sightings.to_pylist() if s["role"] == "inner")
    assert (inner["sighting_id"], inner["chain_position"], inner["created_at"]) == ("s0#1", 1, None)


@pytest.mark.parametrize(
    "text",
    [
        f"So true “@harbourmaster: {LONG}”",
        f"MT @harbourmaster {LONG.replace('on Monday ', '')}",
        f"RT @harbour_old: {LONG}",
        f"RT @harbourmaster: {LONG[:50]}...",
        f"RT @harbourmaster: {LONG} <- finally",
    ],
)
def test_manual_renamed_cut_and_reworded_retweets_find_their_source(text: str) -> None:
    result = known({"tweet_id": "11", "text": LONG}, {"tweet_id": "12", "author_username": "ferryman", "text": text})
    assert [(link.tweet_key, link.target_key) for link in result.stated] == [("12", "11")]


def test_who_repeats_a_text_by_hand_shortens_its_links_anew() -> None:
    result = known(
        {"tweet_id": "11", "text": f"{LONG} https://t.co/abcdefgh1"},
        {"tweet_id": "12", "author_username": "ferryman", "text": f"RT @harbourmaster: {LONG} https://t.co/ijklmnop2"},
    )
    assert [(link.tweet_key, link.target_key) for link in result.stated] == [("12", "11")]


def test_nested_retweets_form_a_chain() -> None:
    result = known({"text": f"RT @ferryman: so true RT @harbourmaster: {LONG}", "author_username": "pilot"})
    names = dict(zip(result.tweets["tweet_key"].to_pylist(), result.tweets["author_username"].to_pylist(), strict=True))
    edges = {(names[link.tweet_key], names[link.target_key]) for link in result.stated}
    assert edges == {("pilot", "ferryman"), ("ferryman", "harbourmaster")}


def test_a_tweet_does_not_become_its_own_source() -> None:
    result = known({"text": f"RT @harbourmaster: {LONG}"})
    assert all(link.tweet_key != link.target_key for link in result.stated)
    assert result.tweets.num_rows == 2


def test_two_embeds_given_the_same_place_are_two_statements() -> None:
    rows = [{"document_id": "d", "position": 0, "text": f"{LONG} {n}"} for n in (1, 2)]
    assert known(*rows).tweets.num_rows == 2


def test_nothing_gives_nothing() -> None:
    assert known().tweets.num_rows == 0


def test_every_rule_is_documented(root: Path) -> None:
    page = (root / "docs" / "threads.md").read_text(encoding="utf-8")
    assert [rule.name for rule in RULES if f"`{rule.name}`" not in page] == []
