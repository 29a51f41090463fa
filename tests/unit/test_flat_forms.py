"""Forms of flattened text: offsets, cleaning, confidence; counting talk of tweets."""

import textwrap

import pytest

from tweetrecon.forms import flat_byline, flat_quotation, flat_rendered, flat_retweet
from tweetrecon.forms.form import TextView
from tweetrecon.model import Embed
from tweetrecon.twitter import markdown, talk


def only(found: list[Embed]) -> Embed:
    (embed,) = found
    return embed


def test_markdown_is_cleaned_and_its_span_is_exact() -> None:
    text = "Look:\n\n> Keep the [bridge](https://t.co/a1)!\n> <https://t.co/b2>\n>\n> — Ada (@ada_quill) June 1, 2018\n"
    embed = only(list(flat_byline.read(TextView(text))))
    assert embed.raw_text == "Keep the bridge!\nhttps://t.co/b2"
    assert text[embed.text_start : embed.text_end] == "Keep the [bridge](https://t.co/a1)!\n> <https://t.co/b2>"


def test_hard_wrapped_lines_are_joined_where_the_whole_text_is_wrapped() -> None:
    tweet = "Keep the bridge, because the ferry is slow and its captain is slower, says everybody. https://t.co/a1"
    prose = " ".join(["The council met again on Tuesday and decided that the bridge should stay for now."] * 6)
    text = "\n\n".join(textwrap.fill(part, 72) for part in (prose, tweet, "— Ada (@ada_quill) June 1, 2018", prose))
    assert only(list(flat_byline.read(TextView(text)))).raw_text == tweet
    assert markdown.wrap_width("Keep it.\nOr not.\n\nBoth are fine.") is None


def test_lists_and_addresses_do_not_hide_a_wrapping() -> None:
    prose = textwrap.fill("The council met again on Tuesday and decided that the bridge should stay. " * 12, 76)
    lists = "- a ferry that is slow, says its captain\n- a bridge that is not, says the mayor\n"
    assert markdown.wrap_width(f"{prose}\n\n{lists}\nhttps://example.org/{'a' * 90}\n") in range(72, 77)
    assert markdown.wrap_width(f"{prose}\n\n{lists * 12}") is None


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("no marks at all", "no marks at all"),
        ("[pic.twitter.com/a1](https://t.co/a1)", "pic.twitter.com/a1"),
        ("see [this][3] and ![alt](x.png)that", "see this and that"),
        ('a{" "}b', "a b"),
        (r"@mill\_gauge \#1", "@mill_gauge #1"),
        ("a < b > c", "a < b > c"),
        ("one\n> two", "one\ntwo"),
        ("one\n> what she said\ntwo", "one\n> what she said\ntwo"),
    ],
)
def test_displayed(given: str, shown: str) -> None:
    assert markdown.displayed(given) == shown


def test_the_quotation_s_span_is_what_stands_between_the_marks() -> None:
    text = "Not all agreed. Ada Quill (@ada_quill) wrote on Twitter: “Keep the bridge!” Then silence."
    embed = only(list(flat_quotation.read(TextView(text))))
    assert text[embed.text_start : embed.text_end] == embed.raw_text == "Keep the bridge!"
    assert (embed.raw_name, embed.raw_username) == ("Ada Quill", "ada_quill")
    assert embed.confidence < 0.6


@pytest.mark.parametrize(
    "said", ["tweeted:", "twitterte:", "a tweeté :", "tuiteó:", "написал в твиттере:", "ツイート:", "tweet attı:"]
)
def test_quotations_in_other_languages(said: str) -> None:
    assert (
        only(list(flat_quotation.read(TextView(f"Ada (@ada_quill) {said} «Keep the bridge!»")))).raw_username
        == "ada_quill"
    )


@pytest.mark.parametrize(
    "text",
    [
        "“Keep the bridge!” tweeted Ada Quill (@ada_quill).",
        "“Keep the bridge,” Ada Quill (@ada_quill) wrote on Twitter.",
        "In a tweet, Ada Quill (@ada_quill) said: “Keep the bridge!”",
        "« Gardez le pont », a tweeté Ada Quill (@ada_quill).",
        'כתבה בטוויטר עדה (@ada_quill): "הצילו את הגשר!"',
        "エイダ（@ada_quill）は「古い橋を残してください」とツイートした。",
        "Ada Quill (@ada_quill) wrote on X: “Keep the bridge!”",
        "एडा (@ada_quill) ने ट्वीट किया: “पुराने पुल को बचाओ!”",
    ],
)
def test_quotations_before_and_after_their_author(text: str) -> None:
    embed = only(list(flat_quotation.read(TextView(f"It was late. {text} Then silence."))))
    assert embed.raw_username == "ada_quill"
    assert (embed.raw_text or "").strip()[:1] not in '“«「"'


@pytest.mark.parametrize(
    "text",
    [
        "Ada (@ada_quill) said: “Keep the bridge!”",
        "“@ada_quill: ok”",
        "Ada (@ada_quill) tweeted.",
        "“Should the bridge stay?” Tweet your answer to @ada_quill.",
        "Ada (@ada_quill) tweets about “bridges and mills”.",
        "Photo: @ada_quill/Twitter. “Keep the bridge!”",
    ],
)
def test_no_quotation(text: str) -> None:
    assert list(flat_quotation.read(TextView(text))) == []


def test_a_feed_of_retweets_cites_nothing() -> None:
    line = "RT @mill_gauge: 4.20 m & rising.\n"
    assert len(list(flat_retweet.read(TextView(line * 4)))) == 4
    assert list(flat_retweet.read(TextView(line * 5))) == []


@pytest.mark.parametrize(
    "ago", [" 10 months ago", "\nabout 4 minutes ago", "\n\nMore tweets\n1\xa0day\xa0ago", " vor 3 Tagen"]
)
def test_items_of_a_feed_cite_nothing(ago: str) -> None:
    text = f"Recent tweets\n{{}}{ago}\nAnother line.\n"
    assert list(flat_retweet.read(TextView(text.format("RT @mill_gauge: 4.20 m and rising…")))) == []
    assert list(flat_quotation.read(TextView(text.format("“@mill_gauge: 4.20 m and rising fast”")))) == []
    retweet = "RT @mill_gauge: 4.20 m. Leave now\n"
    assert list(flat_retweet.read(TextView(f"Archive\nMy Tweets\n{retweet}"))) == []
    assert len(list(flat_retweet.read(TextView(f"She read on Twitter:\n{retweet}It was late.\n")))) == 1


@pytest.mark.parametrize(
    "clock", ["3:05 PM - Apr 1, 2018", "15:05 - 1 avr. 2018", "15:05 · 1. Apr. 2018", "午後3:05 - 2018年4月1日"]
)
def test_a_rendered_widget_in_other_languages(clock: str) -> None:
    text = f"Ada Quill ✔ @ada_quill\nKeep the bridge!\n{clock}\n"
    embed = only(list(flat_rendered.read(TextView(text))))
    assert (embed.raw_name, embed.raw_text, embed.raw_date) == ("Ada Quill", "Keep the bridge!", clock)
    assert text[embed.text_start : embed.text_end] == "Keep the bridge!"


@pytest.mark.parametrize(
    ("text", "phrases"),
    [
        ("She tweeted it. He wrote on Twitter that he had not.", 2),
        ("It was a tweet on Twitter.", 1),
        ("He retweeted it. Она ретвитнула.", 2),
        ("Share on Facebook\nShare on Twitter\nTweet\n트위터\nWhatsApp Twitter Pinterest", 0),
        ("Это действительно так, и het tweetal lacht.", 0),
        ("see twitter.com/ada and pic.twitter.com/a1 @twitter #twitter", 0),
        ("tuition is gratuit, says the institution", 0),
        ("قال عبر “تويتر” اليوم", 1),
        ("先日つぶやいた。ツイッターで話題。트위터에 썼다. 推特", 4),
        ("", 0),
    ],
)
def test_talk_of_tweets(text: str, phrases: int) -> None:
    assert talk.count(text) == phrases


def test_talk_inside_embeds_does_not_count() -> None:
    text = "He tweeted. Then: my first tweet ever. — and no more."
    assert talk.count(text, skip=[(18, 38)]) == talk.count(text) - 1 == 1
