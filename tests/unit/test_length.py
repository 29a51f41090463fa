"""Weighted length of tweets, against twitter-text's own cases, and the limit of each day."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
import yaml

from tweetrecon.twitter import length


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", 0),
        ("Ferry back", 10),
        ("灯台", 4),
        ("عبّارة", 6),
        ("e\u0301", 1),
        ("“quoted” – yes", 14),
        ("see https://example.org/a/very/long/path/indeed/that/counts/nothing", 27),
        ("example.org", 23),
        ("🐈", 2),
        ("👩‍👩‍👧‍👦", 2),
        ("🙋🏽", 2),
        ("🇳🇴", 2),
        ("🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f", 2),
        ("1️⃣", 2),
        ("1 # *", 5),
    ],
)
def test_weighted_length(text: str, expected: int) -> None:
    assert length.weighted_length(text) == expected


@pytest.mark.parametrize(
    ("when", "limit"),
    [
        (datetime(2006, 3, 21, tzinfo=UTC), 140),
        (datetime(2017, 11, 6, 23, 59, tzinfo=UTC), 140),
        (datetime(2017, 11, 7, tzinfo=UTC), 280),
        (None, 280),
    ],
)
def test_limit(when: datetime | None, limit: int) -> None:
    assert length.limit_at(when) == limit


@pytest.mark.corpus
@pytest.mark.parametrize(
    "group", ["WeightedTweetsWithDiscountedEmojiCounterTest", "UnicodeDirectionalMarkerCounterTest"]
)
def test_twitter_text_conformance(shared: Path, group: str) -> None:
    suite = yaml.safe_load((shared / "corpus" / "twitter-text" / "validate.yml").read_text(encoding="utf-8"))
    cases = suite["tests"][group]
    assert cases
    for case in cases:
        assert length.weighted_length(case["text"]) == case["expected"]["weightedLength"], case["description"]
