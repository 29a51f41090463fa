"""The byte gate lets every line pass that speaks of a wanted tweet, and few others."""

import io
import json
import random
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tweetrecon.interop.blocks import SIZE, blocks
from tweetrecon.interop.dump import LONGEST
from tweetrecon.interop.gate import Gate
from tweetrecon.readers.stream import Stream
from tweetrecon.twitter import snowflake

IDS = st.one_of(st.integers(10**17, 2 * 10**18), st.integers(10**14, 10**16), st.integers(20, 10**11)).map(str)
DIGITS = re.compile(rb"(?<![0-9])[0-9]+(?![0-9])")


def passing(gate: Gate, data: bytes) -> list[bytes]:
    found = (
        (block.data, line) for block in blocks(Stream(io.BytesIO(data))) for line in gate.passing(gate.scan(block))
    )
    return [bytes(lines[line.start : line.end]) for lines, line in found]


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
    passed = {line.rstrip(b"\n") for line in passing(gate, b"\n".join(lines) + b"\n" * ends)}
    for line in lines:
        assert line in passed or not (wanted | some) & {run.decode() for run in DIGITS.findall(line)}


def test_few_other_lines_pass() -> None:
    rng = random.Random(5)
    wanted = [str(rng.randrange(10**18, 2**62)) for _ in range(2000)] + [
        str(rng.randrange(10**9, 10**11)) for _ in range(50)
    ]
    lines = [json.dumps({"id": rng.randrange(10**18, 2**62), "count": rng.randrange(10**9)}) for _ in range(5000)]
    assert len(passing(Gate(wanted), "\n".join(lines).encode())) <= 5


def test_numbers_and_places_of_lines() -> None:
    data = b'{"id": 1067433000000000001}\n\n{"id": 1077433000000000002}\r\n{"id_str":"1087433000000000003"}\n'
    (block,) = blocks(Stream(io.BytesIO(data)))
    gate = Gate(["1077433000000000002", "1087433000000000003"])
    scan = gate.scan(block)
    assert len(scan.ends) == 4
    assert [(line.number, data[line.start : line.end]) for line in gate.passing(scan)] == [
        (2, b'{"id": 1077433000000000002}\r\n'),
        (3, b'{"id_str":"1087433000000000003"}\n'),
    ]


@pytest.mark.parametrize("ends", [True, False])
def test_blocks_hold_whole_lines_of_any_length_in_order(ends: bool) -> None:
    rng = random.Random(3)
    lines = [b"x" * rng.choice((0, 5, 4000, SIZE - 1, SIZE, 3 * SIZE)) for _ in range(60)] + [b"last"]
    data = b"\n".join(lines) + b"\n" * ends
    found, offset = b"", 0
    for one in blocks(Stream(io.BytesIO(data))):
        assert one.offset == offset
        found += bytes(one.data[: one.size])
        offset += one.size
        assert found.endswith(b"\n") or offset == len(data)
    assert found == data


def test_a_line_too_long_is_begun_and_passed() -> None:
    data = b"{}\n" + b"y" * (LONGEST + 3 * SIZE) + b"\n{}\n"
    found = [(one.offset, one.too_long, one.size) for one in blocks(Stream(io.BytesIO(data)))]
    assert [(offset, long) for offset, long, _ in found] == [(0, False), (3, True), (len(data) - 3, False)]


def test_lines_that_are_no_objects_pass_to_be_refused() -> None:
    data = b'{"id": 1}\nnot json\n{"cut": "off\n\xef\xbb\xbf{"id": 2}\n   {}\n\n{"id": 3}\n'
    assert passing(Gate([]), data) == [b"not json\n", b'{"cut": "off\n', b'\xef\xbb\xbf{"id": 2}\n', b"   {}\n"]


def test_tweets_without_an_id_are_looked_for_by_time_and_author() -> None:
    noon, day = 1067433000000000000, 86_400_000 << 22
    lines = [
        b'{"id": 1067433000000000001, "user": {"screen_name": "Mira_K"}}\n',
        b'{"id": 1067433000000000002, "user": {"screen_name":"jonas_w"}}\n',
        b'{"id": 1167433000000000001, "user": {"screen_name": "mira_k"}}\n',
        b'{"id": 1234567, "author": {"username": "mira_k"}}\n',
    ]
    data = b"".join(lines)
    assert passing(Gate([], [(noon - day, noon + day)], ["mira_k"]), data) == lines[:1]
    assert passing(Gate([], [(noon - day, noon + day), (0, 10**6)], ["mira_k"]), data) == [lines[0], lines[3]]


@given(st.integers(10**14, 2**62), st.integers(0, 2**50), st.integers(0, 2**50))
def test_windows_hold_their_first_id_and_not_their_last(first: int, length: int, place: int) -> None:
    line = f'{{"id": {first + place}, "username": "mira_k"}}\n'.encode()
    assert bool(passing(Gate([], [(first, first + length)], ["mira_k"]), line)) == (place < length)


@pytest.mark.parametrize("tweet_id", ["20", "123456", "1234567", "29700859247", "290000000000001", "9007199254740993"])
def test_ids_of_all_years_are_found(tweet_id: str) -> None:
    assert snowflake.created_at(tweet_id) is not None
    lines = [
        f'{{"id_str": "{tweet_id}"}}\n',
        f'{{"url": "https://twitter.com/i/status/{tweet_id}"}}\n',
        '{"id_str": "7777777"}\n',
    ]
    assert passing(Gate([tweet_id]), "".join(lines).encode()) == [line.encode() for line in lines[:2]]
