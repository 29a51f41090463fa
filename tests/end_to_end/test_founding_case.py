"""The case the project began with: an Arabic article as plain text, two flattened tweets, the second a retweet."""

import json
from pathlib import Path
from typing import Any

import pytest

import tweetrecon as tr

FACTS = ("position", "chain_position", "form", "role", "author_username", "author_name", "text", "text_dir")


def rows(table: Any) -> list[dict[str, Any]]:
    return list(table.to_pylist())


@pytest.fixture(scope="module")
def sample(root_path: Path) -> tr.Dataset:
    return tr.run([root_path / "samples" / "east-of-the-river.txt"])


@pytest.fixture(scope="module")
def root_path() -> Path:
    return Path(__file__).resolve().parents[2]


def check(dataset: tr.Dataset) -> None:
    sightings = rows(dataset.sightings)
    assert [(s["position"], s["chain_position"], s["role"]) for s in sightings] == [
        (0, 0, "embedded"),
        (1, 0, "embedded"),
        (1, 1, "inner"),
    ]
    tweets = rows(dataset.tweets)
    assert sorted((t["author_username"], t["status"]) for t in tweets) == [
        ("USAbilAraby", "seen"),
        ("USAbilAraby", "seen"),
        ("brett_mcgurk", "implied"),
    ]
    (implied,) = (t for t in tweets if t["status"] == "implied")
    assert implied["created_at_source"] == "retweet_bound"
    assert all(t["text_dir"] == "rtl" and t["tweet_id"] is None for t in tweets)
    (edge,) = rows(dataset.references)
    assert (edge["type"], edge["target_key"]) == ("retweeted", implied["tweet_key"])
    assert dataset.threads.num_rows == 2
    assert dataset.documents["mentions_count"].to_pylist() == [2]  # the prose speaks of Twitter twice


def test_the_sample(sample: tr.Dataset, root_path: Path) -> None:
    check(sample)
    text = (root_path / "samples" / "east-of-the-river.txt").read_text("utf-8")
    for sighting in rows(sample.sightings):
        assert text[sighting["text_start"] : sighting["text_end"]] == sighting["text"]
        before = text[: sighting["text_start"]]
        assert before.endswith(("\n", "RT @brett_mcgurk: "))


def test_the_prose_of_the_sample_gives_nothing(root_path: Path) -> None:
    lines = (root_path / "samples" / "east-of-the-river.txt").read_text("utf-8").splitlines()
    prose = [line for line in lines if "@" not in line]
    assert len(prose) == len(lines) - 4
    assert not list(tr.capture("\n".join(prose)))


def test_the_real_article(shared: Path) -> None:
    expected = json.loads((shared / "corpus" / "founding" / "expected.json").read_text("utf-8"))
    dataset = tr.run([shared / "corpus" / "founding" / "article.txt"])
    check(dataset)
    for want, got in zip(expected["sightings"], rows(dataset.sightings), strict=True):
        for name, value in want.items():
            if name == "created_at_day":
                assert got["created_at"].date().isoformat() == value
            else:
                assert got[name] == value, name
