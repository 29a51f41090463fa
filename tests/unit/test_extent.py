"""Where the tweet of a byline begins, in each layout; the table of weights; the confidence."""

import json
from importlib import resources

import pytest

from tweetrecon.twitter import byline
from tweetrecon.twitter.extent import extents
from tweetrecon.twitter.passage import Prose

BYLINE = "— Ada Quill (@ada_quill) June 1, 2018"
TORN = "— Ada Quill (@ada_quill)\nJune 1, 2018"
PROSE = "The council met again on Tuesday and decided, after a long debate, that the old bridge should be kept for now."
NEXT = "Nothing of this was known to the engineers, who had packed their instruments on the evening before and left."


def tweets(text: str) -> list[str | None]:
    return [text[span.start : span.end] if span else None for _, span in extents(text, byline.find(text))]


LAYOUTS = {
    "plain": f"{PROSE}\n\nKeep the bridge! #oldbridge https://t.co/a1B2c3D4e5\n\n{BYLINE}\n\n{NEXT}",
    "dense": f"{PROSE}\nKeep the bridge! #oldbridge https://t.co/a1B2c3D4e5\n{BYLINE}\n{NEXT}",
    "glued": f"{PROSE}\n\nKeep the bridge! #oldbridge https://t.co/a1B2c3D4e5{BYLINE}\n\n{NEXT}",
    "torn": f"{PROSE}\n\nKeep the bridge!\n#oldbridge\nhttps://t.co/a1B2c3D4e5\n{TORN}\n{NEXT}",
    "quote": f"{PROSE}\n\n> Keep the bridge! #oldbridge https://t.co/a1B2c3D4e5\n>\n> {BYLINE}\n\n{NEXT}",
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_text_begins_after_the_prose(layout: str) -> None:
    assert [tweet and tweet.split() for tweet in tweets(LAYOUTS[layout])] == [
        ["Keep", "the", "bridge!", "#oldbridge", "https://t.co/a1B2c3D4e5"]
    ]


def test_a_quote_holds_all_its_paragraphs() -> None:
    text = f"{PROSE}\n\n> One.\n>\n> Two. <https://t.co/a1B2c3D4e5>\n>\n> {BYLINE}\n"
    assert tweets(text) == ["One.\n>\n> Two. <https://t.co/a1B2c3D4e5>"]


def test_a_byline_ends_what_a_tweet_can_hold() -> None:
    text = f"Keep the bridge!\n{BYLINE}\nKeep the ferry!\n{BYLINE}\n"
    assert tweets(text) == ["Keep the bridge!", "Keep the ferry!"]


def test_a_byline_after_nothing_has_no_text() -> None:
    assert tweets(f"{BYLINE}\n{BYLINE}\n") == [None, None]


def test_no_tweet_is_longer_than_its_time_allows_where_a_shorter_reading_exists() -> None:
    (tweet,) = tweets("\n".join([PROSE, PROSE, PROSE, "Keep it.", BYLINE.replace("2018", "2014")]))
    assert tweet is not None
    assert len(tweet) <= 140


def test_confidence_is_a_share_and_higher_where_structure_is_clear() -> None:
    (clear,) = [span for _, span in extents(LAYOUTS["quote"], byline.find(LAYOUTS["quote"]))]
    murky_text = f"One word. And two. And three words. Then four {BYLINE} and on."
    (murky,) = [span for _, span in extents(murky_text, byline.find(murky_text))]
    assert clear is not None
    assert murky is not None
    assert 0 <= murky.confidence < clear.confidence <= 1


@pytest.mark.parametrize(
    ("text", "layout"),
    [
        (f"{PROSE}\n{NEXT}\nA.\n{BYLINE}\n{NEXT}", "dense"),
        (f"{PROSE}\n\n{NEXT}\n\nA.\n\n{BYLINE}\n\n{NEXT}", "loose"),
        (f"{PROSE}\n\n  * one\n  * two\n\nA.\n\n{BYLINE}\n\n{NEXT}", "listed"),
        (f"{PROSE} {PROSE} {NEXT} {PROSE} A. {BYLINE} {NEXT} {NEXT}", "run"),
        (f"{PROSE}\n\nA.{BYLINE}\n\n{NEXT}", "glued"),
        (f"{PROSE}\nA.\n— Ada Quill (@ada_quill)\nJune 1, 2018\n{NEXT}", "torn"),
    ],
)
def test_layout(text: str, layout: str) -> None:
    (line,) = byline.find(text)
    passage = Prose(text).passage(line, 0, 280)
    assert passage is not None
    assert passage.layout == layout


def test_table_is_readable_and_calibrated() -> None:
    source = resources.files("tweetrecon.twitter").joinpath("extent_weights.json").read_text(encoding="utf-8")
    table = json.loads(source)
    for steps in (table["alone"], table["together"]):
        assert steps[0][0] == 0
        assert steps == sorted(steps)
        assert [share for _, share in steps] == sorted(share for _, share in steps)
    assert list(table["weights"]) == sorted(table["weights"])
    assert all(isinstance(weight, float) for weight in table["weights"].values())


@pytest.mark.parametrize("credit", ["/via @bo_lind", "/ via @bo_lind", "/by @bo_lind", "/cc @bo_lind"])
def test_no_tweet_begins_with_a_credit(credit: str) -> None:
    tweet = f"Keep the bridge! #oldbridge\n\n{credit} https://t.co/a1B2c3D4e5"
    assert tweets(f"{tweet}\n\n{BYLINE}\n") == [tweet]
