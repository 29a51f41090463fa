"""Exports from the command line."""

import csv
import json
from pathlib import Path

import pytest

from tests.cli.conftest import Call
from tweetrecon.interop.targets import TARGETS
from tweetrecon.store import open_dataset


@pytest.mark.parametrize("name", [target.name for target in TARGETS])
def test_standard_output_and_file_are_the_same(name: str, call: Call, archive: Path) -> None:
    printed = call("export", archive, "--to", name)
    written = call("export", archive, "--to", name, "-o", "file")
    assert (printed.code, written.code, written.out) == (0, 0, "")
    assert printed.out
    assert Path("file").read_bytes().decode() == printed.out


def test_json_lines_hold_every_tweet(call: Call, archive: Path) -> None:
    keys = [json.loads(line)["tweet_key"] for line in call("export", archive, "--to", "jsonl").out.splitlines()]
    assert keys == open_dataset(archive).tweets["tweet_key"].to_pylist()


def test_tweets_left_out_are_told(call: Call, archive: Path) -> None:
    without = open_dataset(archive).tweets["tweet_id"].null_count
    assert f"{without} tweets without an id left out" in call("export", archive, "--to", "ids").err
    assert call("export", archive, "--to", "ids", "-q").err == ""
    assert call("export", archive, "--to", "jsonl").err == ""


def test_excel_safe_is_for_csv(call: Call, archive: Path) -> None:
    assert call("export", archive, "--to", "csv", "--excel-safe", "-o", "safe.csv").code == 0
    with Path("safe.csv").open(encoding="utf-8-sig", newline="") as file:
        assert {row["tweet_id"][:1] for row in csv.DictReader(file)} == {"'", ""}
    assert call("export", archive, "--to", "ids", "--excel-safe").code == 2


def test_file_that_cannot_be_written(call: Call, archive: Path) -> None:
    ended = call("export", archive, "--to", "csv", "-o", archive)
    assert ended.code == 5
    assert "choose another file" in ended.err


def test_no_dataset(call: Call) -> None:
    assert call("export", "nowhere", "--to", "csv").code == 2
