"""State may hold anything under any key, cut anywhere: reading it never raises and loses no tweet that JSON holds."""

import json

from hypothesis import given
from hypothesis import strategies as st

from tweetrecon.forms.state import parts, unescaped

KEYS = st.sampled_from(
    "user core legacy full_text text screen_name username url html type __typename id id_str entities urls media"
    " quoted_status retweeted_status result quoted_tweet photos expanded_url raw_oembed author_url".split()
)
LEAVES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=30),
    st.sampled_from(
        (
            "tweet",
            "https://twitter.com/ada_quill/status/1404500000000000000",
            '<blockquote class="twitter-tweet"><a href="https://twitter.com/a/status/1404500000000000000">x',
            '{"full_text": "status/',
            "&lt;blockquote twitter-tweet",
        )
    ),
)
VALUES = st.recursive(LEAVES, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=6))


@given(VALUES)
def test_any_value_is_read(value: object) -> None:
    list(parts(json.dumps(value), "form"))


@given(VALUES, st.integers(0, 400), st.sampled_from(("", "window.state = ", "f(", "x={a:")))
def test_cut_state_is_read(value: object, end: int, before: str) -> None:
    list(parts(before + json.dumps(value)[:end], "form"))


@given(st.text())
def test_any_text_is_read(text: str) -> None:
    list(parts(text + "twitter-tweet", "form"))


@given(st.text())
def test_escapes_resolve_to_what_was_escaped(text: str) -> None:
    assert unescaped(json.dumps(text)[1:-1]) == text


@given(st.lists(st.sampled_from(("list", "object", "string")), max_size=6).filter(lambda w: w.count("string") < 4))
def test_a_tweet_is_found_however_deep(wrappings: list[str]) -> None:
    value: object = {"type": "tweet", "url": "https://twitter.com/ada_quill/status/1404500000000000000"}
    for wrapping in wrappings:
        value = [value] if wrapping == "list" else {"a": value} if wrapping == "object" else json.dumps(value)
    source = value if isinstance(value, str) else json.dumps(value)
    assert [part.tweet.raw_url for part in parts(source, "form") if part.tweet] == [
        "https://twitter.com/ada_quill/status/1404500000000000000"
    ]
