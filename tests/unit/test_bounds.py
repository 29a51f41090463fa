"""Where flattened tweets begin, when several sightings of one tweet speak together."""

from datetime import UTC, datetime
from itertools import permutations
from typing import Any

import pyarrow as pa
import pytest

from tweetrecon.model import Beginning, Sighting
from tweetrecon.reconcile import reconcile
from tweetrecon.schema import to_table

DAY = datetime(2018, 11, 27, tzinfo=UTC)
TWEET = "The ferry sails again! From pier two. #harbour"


def flat(name: str, passage: str, *likely: str, **columns: Any) -> Sighting:
    """A sighting that would begin where the first of the given texts does; each next one is half as likely."""
    places = tuple(
        Beginning(
            start=100 + passage.index(text),
            text=passage[passage.index(text) :],
            probability=0.6 / 2**n,
            support=6.0 - n,
        )
        for n, text in enumerate(likely)
    )
    start = places[0].start
    given: dict[str, Any] = {
        "author_username": "Harbour_Master",
        "created_at": DAY,
        "context_after": f"Page {name} goes on.",
    }
    return Sighting(
        sighting_id=name, document_id=f"document {name}", form="flat_byline", start=start, end=140 + len(passage),
        text_start=start, text_end=100 + len(passage), raw_text=places[0].text, text=places[0].text, beginnings=places,
        **given | columns,
    )  # fmt: skip


def settled(sightings: pa.Table) -> pa.Table:
    """The sightings after act 2."""
    return pa.concat_tables(reconcile(sightings).sightings_table())


def texts(*sightings: Sighting) -> dict[str, tuple[int | None, str | None]]:
    rows = settled(to_table("sightings", sightings)).to_pylist()
    return {row["sighting_id"]: (row["text_start"], row["text"]) for row in rows if row["chain_position"] == 0}


ONE = flat("a", f"It was foggy. {TWEET}", "It was foggy.", TWEET, "From pier two.")
OTHER = flat("b", f"Nobody knew. {TWEET}", "Nobody knew.", TWEET, "From pier two.")


def test_other_neighbours_fix_the_bounds() -> None:
    assert texts(ONE, OTHER) == {"a": (114, TWEET), "b": (113, TWEET)}


def test_order_changes_nothing_and_a_second_run_neither() -> None:
    third = flat("c", f"Read on.\n{TWEET}", "Read on.", TWEET)
    for order in permutations((ONE, OTHER, third)):
        once = settled(to_table("sightings", order))
        assert once.equals(settled(to_table("sightings", (ONE, OTHER, third))))
        assert once.equals(settled(once))


def test_alone_a_sighting_keeps_its_capture() -> None:
    assert texts(ONE) == {"a": (100, ONE.text)}


def test_markup_shows_the_whole_text() -> None:
    shown = Sighting(
        sighting_id="m", document_id="page", form="twitter_blockquote", author_username="harbour_master", text=TWEET,
        tweet_id="1067400000000000000", created_at=datetime(2018, 11, 27, 9, 30, tzinfo=UTC),
    )  # fmt: skip
    assert texts(ONE, shown)["a"] == (114, TWEET)


def test_what_extractors_left_of_a_tweet_persuades_nobody() -> None:
    remnants = [flat(name, f"Read on in {name}. #harbour", "#harbour") for name in "cdefg"]
    found = texts(ONE, OTHER, *remnants)
    assert (found["a"][1], found["b"][1]) == (TWEET, TWEET)


PROSE = "The ferryman had waited for a week: "


def test_a_byline_directly_behind_what_stands_before_the_tweet_elsewhere_has_lost_its_text() -> None:
    told = [flat(name, f"{PROSE}{TWEET}", TWEET, f"{PROSE}{TWEET}") for name in "ab"]
    bereft = flat("c", PROSE.strip(), PROSE.strip())
    once = settled(to_table("sightings", [*told, bereft]))
    (row,) = (row for row in once.to_pylist() if row["sighting_id"] == "c")
    assert (row["text"], row["raw_text"], row["text_start"], row["text_end"]) == (None, None, None, None)
    assert (row["start"], row["end"]) == (bereft.text_end, bereft.end)
    assert once.equals(settled(once))


@pytest.mark.parametrize("others", [1, 2])
def test_a_tweet_between_which_and_the_next_a_byline_was_lost_keeps_its_text(others: int) -> None:
    first = "No ferry today, sorry. Come back on Monday."
    joined = flat("a", f"{first} {TWEET}", TWEET, f"{first} {TWEET}")
    own = [flat(f"b{n}", f"It was foggy. {first}", first, "It was foggy.") for n in range(others)]
    found = texts(joined, flat("c", f"{TWEET}", TWEET), *own)
    assert {found[one.sighting_id][1] for one in own} == {first}


def test_a_text_found_missing_returns_when_the_others_are_gone() -> None:
    told = [flat(name, f"{PROSE}{TWEET}", TWEET, f"{PROSE}{TWEET}") for name in "ab"]
    bereft = flat("c", PROSE.strip(), PROSE.strip())
    rows = [row for row in settled(to_table("sightings", [*told, bereft])).to_pylist() if row["sighting_id"] == "c"]
    again = settled(pa.Table.from_pylist(rows, to_table("sightings", [bereft]).schema)).to_pylist()
    assert [(row["start"], row["text_start"], row["text_end"], row["text"]) for row in again] == [
        (bereft.start, bereft.text_start, bereft.text_end, bereft.text)
    ]


def test_entities_follow_the_text() -> None:
    (row,) = (row for row in settled(to_table("sightings", (ONE, OTHER))).to_pylist() if row["sighting_id"] == "b")
    assert (row["hashtags"], row["start"], row["raw_text"]) == (["harbour"], 113, TWEET)


@pytest.mark.parametrize(
    "apart",
    [
        pytest.param({"author_username": "ferryman"}, id="another author"),
        pytest.param({"created_at": DAY.replace(day=28)}, id="another day"),
    ],
)
def test_other_tweets_do_not_speak(apart: dict[str, Any]) -> None:
    stranger = flat("b", f"Nobody knew. {TWEET}", "From pier two.", "Nobody knew.", TWEET, **apart)
    assert texts(ONE, stranger) == {"a": (100, ONE.text), "b": (stranger.text_start, stranger.text)}


def test_a_place_that_one_document_missed_is_counted_out() -> None:
    late = flat("b", f"Nobody knew. {TWEET}", "Nobody knew.", "From pier two.")
    sure = flat("c", f"{TWEET}", TWEET)
    assert texts(ONE, late, sure)["b"] == (113, TWEET)


def test_a_retweet_chain_stays_as_captured() -> None:
    retweet = "RT @ferryman: The ferry sails again! From pier two. #harbour"
    inner = Sighting(
        sighting_id="a1", document_id="document a", chain_position=1, author_username="ferryman", text=TWEET
    )
    outer = flat("a", f"It was foggy. {retweet}", retweet, "It was foggy.")
    other = flat("b", f"Nobody knew. {retweet}", "From pier two.", retweet)
    found = texts(outer, inner, other)
    assert found["a"] == (outer.text_start, retweet)
    assert found["b"][1] == retweet
