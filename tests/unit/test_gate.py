"""No sign of a tweet is missed, and none seen where there is none."""

from base64 import b64encode

import pytest

from tweetrecon.detect import gate, passes_gate
from tweetrecon.forms import signs


@pytest.mark.parametrize("sign", [sign for sign in gate.SIGNS if sign not in signs.BASE64])
def test_every_sign_opens_the_gate_wherever_it_stands(sign: str) -> None:
    for filler in ("", "é – ", "weet witter status ", "x" * 200):
        assert passes_gate(sign + filler)
        assert passes_gate(filler + sign)
        assert passes_gate(filler * 600 + sign + filler)


@pytest.mark.parametrize(
    "text", ["", "Tweet this", "twitter", "status", "weet" * 2000, "\ud800", "share/intent/tweet?url="]
)
def test_the_words_alone_do_not(text: str) -> None:
    assert not passes_gate(text)


def test_a_style_sheet_opens_nothing_but_markup_behind_it_does() -> None:
    style = "<style>.twitter-tweet{margin:0}blockquote.twitter-tweet p,.twitter-video{}</style>"
    assert not passes_gate(style)
    assert passes_gate(style + '<blockquote class="twitter-tweet">')


def test_patterns_of_addresses_open_nothing_but_names_do() -> None:
    assert not passes_gate(r"<script>/([a-z.-]+)(@|%40)([a-z.-]+)/, $..mailboxes[?(@.isPrimary)]</script>")
    assert passes_gate("<p>Ann (@ann_example)")


@pytest.mark.parametrize("before", ["", "a", "ab"])
def test_markup_in_base64_opens_where_it_speaks_of_tweets(before: str) -> None:
    def kept(markup: str) -> str:
        return f'<div data-borlabs-cookie-content="{b64encode((before + markup).encode()).decode()}">'

    assert passes_gate(kept('<blockquote class="twitter-tweet">'))
    assert passes_gate(kept("<a href='https://x.com/ann_example/status/1'>"))
    assert not passes_gate(kept("<blockquote>A film to be seen with your consent alone"))
