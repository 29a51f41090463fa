"""What holds of the chain of every text, however broken: no error, true spans, parts that stand in the text."""

import itertools
import re

from hypothesis import given
from hypothesis import strategies as st

from tweetrecon.twitter import retweets

MARKERS = ["RT ", "RT: ", "RT", "rt ", "MT ", "QT ", "retweeting ", "♺ ", "via ", "h/t ", "cc ", "OH: ", "さんから"]
NAMES = ["@a_1", "@quay_cat", "＠b", "@quay.example", "@a@b"]
MARKS = [*":： \n“”\"„«»「」'’()…\u200f", " ...", "<- ", "&lt;-- "]
WORDS = ["hello", "灯台", "سلام", "https://t.co/a1B2c3D4e5", "#tag", "🐈"]
PIECES = st.sampled_from(MARKERS + NAMES + MARKS + WORDS)
TEXTS = st.one_of(st.text(max_size=200), st.lists(PIECES | st.text(max_size=8), max_size=40).map("".join))


@given(TEXTS)
def test_every_part_stands_in_the_text(text: str) -> None:
    chain = retweets.parse(text)
    for hop in chain.hops:
        assert text[hop.start : hop.end] == hop.text
        assert text.startswith(hop.full_text, hop.start)
        assert hop.full_text.startswith(hop.text)
        assert re.fullmatch(r"[A-Za-z0-9_]{1,20}", hop.username)
    for credit in chain.credits:
        assert credit.username in text[credit.start : credit.end]
    assert chain.comment in text
    assert chain.after in text


@given(TEXTS)
def test_each_hop_stands_within_the_one_before(text: str) -> None:
    for outer, inner in itertools.pairwise(retweets.parse(text).hops):
        assert outer.end <= inner.start
        assert inner.end <= outer.start + len(outer.full_text)


@given(TEXTS)
def test_a_text_without_hops_is_all_comment(text: str) -> None:
    chain = retweets.parse(text)
    if not chain.hops:
        assert not re.search(r"\w", text.replace(chain.comment, "", 1))
        assert (chain.after, chain.native) == ("", False)


@given(st.from_regex(r"[A-Za-z0-9_]{1,15}", fullmatch=True), st.text(alphabet=st.characters(categories=["L", "Zs"])))
def test_a_native_retweet_is_read_back(username: str, words: str) -> None:
    said = f"x{words}x"
    (hop,) = retweets.parse(f"RT @{username}: {said}").hops
    assert (hop.username, hop.text, hop.truncated) == (username, said, False)


@given(st.lists(st.from_regex(r"[a-z0-9_]{1,15}", fullmatch=True), min_size=1, max_size=12), st.sampled_from(["", ":"]))
def test_a_chain_is_read_back_to_any_depth(usernames: list[str], colon: str) -> None:
    text = "".join(f"RT @{username}{colon} " for username in usernames) + "Ferry back at noon"
    hops = retweets.parse(f"at last {text}").hops
    assert [hop.username for hop in hops] == usernames
    assert [hop.text for hop in hops] == [""] * (len(usernames) - 1) + ["Ferry back at noon"]
