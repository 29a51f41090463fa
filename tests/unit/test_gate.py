"""No sign of a tweet is missed, and none seen where there is none."""

import pytest

from tweetrecon.detect import gate, passes_gate


@pytest.mark.parametrize("sign", gate.SIGNS)
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
