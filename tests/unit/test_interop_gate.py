"""The byte gate lets every line pass that speaks of a wanted tweet, and few others."""

import json
import re

from hypothesis import given
from hypothesis import strategies as st

from tweetrecon.interop.gate import Gate
from tweetrecon.twitter import snowflake

IDS = st.one_of(st.integers(10**17, 2 * 10**18), st.integers(10**14, 10**16), st.integers(20, 10**11)).map(str)
DIGITS = re.compile(rb"(?<![0-9])[0-9]+(?![0-9])")


def passing(gate: Gate, block: bytes) -> list[bytes]:
    return [block[line.start : line.end] for line in gate.passing(block)]


@given(
    st.lists(st.lists(IDS, max_size=4), min_size=1, max_size=8),
    st.sets(IDS, max_size=5),
    st.text("0123456789 ab", max_size=30),
    st.booleans(),
)
def test_no_line_with_a_wanted_id_is_held_back(
    tweets: list[list[str]], wanted: set[str], noise: str, ends: bool
) -> None:
    lines = [json.dumps({"noise": noise, "ids": ids, "numbers": [int(i) for i in ids]}).encode() for ids in tweets]
    some = {ids[0] for ids in tweets[::2] if ids}
    gate = Gate(wanted | some)
    passed = set(passing(gate, b"\n".join(lines) + b"\n" * ends))
    keys = {i[:15].encode() if len(i) >= 15 else i.encode() for i in wanted | some}
    for line in lines:
        found = {run[:15] if len(run) >= 15 else run for run in DIGITS.findall(line)}
        assert (line in {p.rstrip(b"\n") for p in passed}) == bool(found & keys)


def test_numbers_and_places_of_lines() -> None:
    block = b'{"id": 1067433000000000001}\n\n{"id": 1077433000000000002}\r\n{"id_str":"1087433000000000003"}'
    found = Gate(["1077433000000000002", "1087433000000000003"]).passing(block)
    assert [(line.number, block[line.start : line.end]) for line in found] == [
        (2, b'{"id": 1077433000000000002}\r\n'),
        (3, b'{"id_str":"1087433000000000003"}'),
    ]


def test_lines_that_are_no_objects_pass_to_be_refused() -> None:
    block = b'{"id": 1}\nnot json\n{"cut": "off\n\xef\xbb\xbf{"id": 2}\n   {}\n\n{"id": 3}\n'
    assert passing(Gate([]), block) == [b"not json\n", b'{"cut": "off\n', b'\xef\xbb\xbf{"id": 2}\n', b"   {}\n"]


def test_tweets_without_an_id_are_looked_for_by_time_and_author() -> None:
    noon, day = 1067433000000000000, 86_400_000 << 22
    lines = [
        b'{"id": 1067433000000000001, "user": {"screen_name": "Mira_K"}}\n',
        b'{"id": 1067433000000000002, "user": {"screen_name":"jonas_w"}}\n',
        b'{"id": 1167433000000000001, "user": {"screen_name": "mira_k"}}\n',
        b'{"id": 1234567, "author": {"username": "mira_k"}}\n',
    ]
    block = b"".join(lines)
    assert passing(Gate([], [(noon - day, noon + day)], ["mira_k"]), block) == lines[:1]
    assert passing(Gate([], [(noon - day, noon + day), (0, 10**6)], ["mira_k"]), block) == [lines[0], lines[3]]


@given(st.integers(10**14, 2**62), st.integers(0, 2**50), st.integers(0, 2**50))
def test_windows_hold_their_first_id_and_not_their_last(first: int, length: int, place: int) -> None:
    line = f'{{"id": {first + place}, "username": "mira_k"}}\n'.encode()
    assert bool(Gate([], [(first, first + length)], ["mira_k"]).passing(line)) == (place < length)


def test_snowflakes_of_the_first_day_have_fewer_digits() -> None:
    early = str(300_000_000_000_000 - 1)
    assert snowflake.created_at("290000000000001") is not None
    assert passing(Gate([early]), b'{"id": 299999999999999}\n') == [b'{"id": 299999999999999}\n']
