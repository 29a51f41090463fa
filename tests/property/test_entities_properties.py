"""What holds of entities, direction and length of every text: no error, true spans without overlaps, linear work."""

import itertools

from hypothesis import given
from hypothesis import strategies as st

from tweetrecon.twitter import direction, entities, length, usernames

MARKS = [
    "#",
    "＃",
    "@",
    "＠",
    "$",
    "RT ",
    "rt:",
    "://",
    "/",
    ".",
    "…",
    "(",
    ")",
    "-",
    "_",
    "?",
    "=",
    "\u200f",
    "\u2067",
]
WORDS = ["a", "TEST", "灯台", "سلام", "👩‍👩‍👧", "️", "1", "é", "की"]
LINKS = [
    "https://",
    "http://example.org",
    "https://t.co/a1B2c3D4e5",
    "pic.twitter.com/a1B2c3D4e5",
    "example.org/a",
    "t.co/",
]
PIECES = st.sampled_from(MARKS + WORDS + LINKS)
TEXTS = st.one_of(st.text(max_size=150), st.lists(PIECES | st.text(max_size=4), max_size=40).map("".join))


@given(TEXTS)
def test_entities_are_what_their_spans_hold(text: str) -> None:
    found = entities.extract(text)
    spans = [
        *zip(found.hashtags, found.hashtag_spans, itertools.repeat("#＃"), strict=False),
        *zip(found.mentions, found.mention_spans, itertools.repeat("@＠"), strict=False),
        *zip(found.cashtags, found.cashtag_spans, itertools.repeat("$"), strict=False),
    ]
    assert len(spans) == len(found.hashtags) + len(found.mentions) + len(found.cashtags)
    for name, (start, end), sigils in spans:
        assert text[start] in sigils
        assert text[start + 1 : end] == name
    assert tuple(text[start:end] for start, end in found.url_spans) == found.urls


@given(TEXTS)
def test_no_character_belongs_to_two_entities(text: str) -> None:
    found = entities.extract(text)
    spans = sorted((*found.hashtag_spans, *found.mention_spans, *found.cashtag_spans, *found.url_spans))
    assert all(a[1] <= b[0] for a, b in itertools.pairwise(spans))
    assert all(0 <= start < end <= len(text) for start, end in spans)


@given(TEXTS)
def test_mentions_are_usernames(text: str) -> None:
    assert all(len(m) <= usernames.LEGACY_MAX_LENGTH and m.isascii() for m in entities.extract(text).mentions)


@given(TEXTS)
def test_direction_and_length_of_any_text(text: str) -> None:
    assert direction.text_dir(text) in ("ltr", "rtl")
    assert set(direction.bidi_controls(text).characters) <= set(text)
    assert length.weighted_length(text) >= 0


@given(st.text(alphabet=st.characters(codec="ascii", categories=["L", "Zs"]), max_size=80))
def test_ascii_words_count_one_each(text: str) -> None:
    assert length.weighted_length(text) == len(text)
    assert direction.text_dir(text) == "ltr"


@given(st.text(alphabet="灯台港船", max_size=80))
def test_cjk_counts_two_each(text: str) -> None:
    assert length.weighted_length(text) == 2 * len(text)


@given(st.text(alphabet="سلامعبر ", min_size=1, max_size=80).filter(str.strip))
def test_rtl_letters_make_an_rtl_text(text: str) -> None:
    assert direction.text_dir(text.replace(" ", "")) == "rtl"


@given(st.lists(PIECES, min_size=1, max_size=4).map("".join))
def test_repetition_is_no_trap(piece: str) -> None:
    """Strings of one piece repeated are what makes patterns explode; the suite's time would show it."""
    text = piece * (4000 // len(piece))
    entities.extract(text)
    direction.text_dir(text)
    length.weighted_length(text)
