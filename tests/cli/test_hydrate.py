"""Hydrate from the command line."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Call
from tweetrecon.store import open_dataset


@pytest.fixture
def exported(call: Call, archive: Path) -> Path:
    """The tweets of the dataset as another tool would hold them."""
    call("export", archive, "--to", "snscrape", "-o", "tweets.jsonl")
    return Path("tweets.jsonl")


def test_dumps_are_searched_once_and_told(call: Call, archive: Path, exported: Path) -> None:
    first = call("hydrate", archive, "--from", exported)
    assert first.code == 0
    assert first.out == ""
    assert "tweets.jsonl" in first.err
    assert "taken" in first.err
    again = call("hydrate", archive, "--from", exported)
    told = "nothing new: all of these dumps were searched before, for all that the dataset lacks"
    assert (again.code, again.err.strip()) == (0, told)
    assert call("verify", archive).code == 0


def test_figures_come_as_json(call: Call, archive: Path, exported: Path) -> None:
    ended = call("hydrate", archive, "--from", exported, "--report", "--json")
    facts = json.loads(ended.out)
    assert ended.err == ""
    assert facts["sightings_taken"] > 0
    assert [r.pop("dump") for r in facts["records"]] == ["tweets.jsonl"] * facts["readings"]
    assert all(r.pop("seen") == sum(r.values()) for r in facts["records"])
    assert facts["tweets_archived"] > 0
    assert set(facts) >= {"gaps_before", "gaps_closed", "gaps_after", "confirmed", "refuted", "untold", "rules"}


def test_the_report_stands_alone(call: Call, archive: Path) -> None:
    before = {p: p.read_bytes() for p in sorted(archive.rglob("*")) if p.is_file()}
    ended = call("hydrate", archive, "--report")
    assert ended.code == 0
    assert "gap closed" in ended.out
    assert "of what was concluded" in ended.out
    assert {p: p.read_bytes() for p in sorted(archive.rglob("*")) if p.is_file()} == before
    assert call("hydrate", archive, "--report", "-q").out == ""


def test_damaged_dumps_end_with_three_and_their_lines_are_named(call: Call, archive: Path) -> None:
    Path("bad.jsonl").write_text('{"id_str": "1"\n<html>\n')
    ended = call("hydrate", archive, "--from", "bad.jsonl")
    assert ended.code == 3
    assert "2 records could not be read as tweets; the table rejects tells which and why\n" in ended.err
    rejects = [r for r in open_dataset(archive).rejects.to_pylist() if r["source_uri"] == "bad.jsonl"]
    assert [r["source_key"] for r in rejects] == ["1", "2"]


@pytest.mark.parametrize(
    "args", [(), ("--from", "missing.jsonl"), ("--online", "nowhere"), ("--context", "-1", "--report")]
)
def test_wrong_use_is_told(args: tuple[str, ...], call: Call, archive: Path) -> None:
    ended = call("hydrate", archive, *args)
    assert ended.code == 2
    assert ended.err.startswith("tweetrecon: ")


def test_only_datasets_are_hydrated(call: Call) -> None:
    Path("empty").mkdir()
    assert call("hydrate", "empty", "--report").code == 2
