"""Why a dataset says what it says of a tweet."""

import json
import re
from pathlib import Path

from tests.cli.conftest import Call
from tweetrecon.cli import why
from tweetrecon.reconcile.identity import RULES
from tweetrecon.store import open_dataset
from tweetrecon.threads.stated import CONFIDENCE

ANSWER = "1455801958316118020"


def test_an_edge_has_its_rule_and_its_rivals(call: Call, archive: Path) -> None:
    told = call("explain", archive, f"https://x.com/marrow_fish/status/{ANSWER}").out
    assert "replied_to 1455782272887169027 @nordkai_port “4/4 The fish market stays shut today." in told
    assert re.search(
        r"concluded by leading_mention: the text begins with its author's handle; confidence 0\.\d\d", told
    )
    rivals = re.findall(r"rival: (0\.\d\d) (\d+) @nordkai_port", told)
    assert [key for _, key in rivals] == ["1455779943668518913", "1455780538320171010"]
    assert rivals == sorted(rivals, reverse=True)


def test_a_tweet_has_its_sightings_and_what_its_fields_came_from(call: Call, archive: Path) -> None:
    told = call("explain", archive, "1455779943668518913").out
    assert "Sightings: 2\n" in told
    assert "1. harbour-flood.html · line 16 · twitter_blockquote · embedded" in told
    assert "same_id: it has the same id" in told
    assert "username     nordkai_port  ← sightings 1, 2" in told
    assert "time         3 Nov 2021 06:12:40 UTC  ← the id of the tweet" in told
    assert "Referred to by: 1\n  replied_to by 1455780538320171010 @nordkai_port" in told


def test_what_sightings_state_differently_is_told(call: Call) -> None:
    rows = [
        {"tweet_id": "20", "author_username": "ann_example", "text": "The ferry sails at six."},
        {"tweet_id": "20", "author_username": "ann_example", "text": "The ferry sails at six."},
        {"author_username": "ann_example", "text": "The ferry sails at …"},
    ]
    Path("given.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    call("reconstruct", "given.jsonl", "-o", "out")
    told = call("explain", "out", "20").out
    assert re.search(
        r"text +“The ferry sails at six\.”  ← sightings \d, \d\n +not “The ferry sails at …”  ← sighting \d", told
    )
    assert "None" not in told
    assert "cut_text: same author, its text is a part of the tweet's, times agree" in told


def test_an_implied_tweet(call: Call, archive: Path) -> None:
    keys = [row["target_key"] for row in open_dataset(archive).references.to_pylist() if row["type"] == "retweeted"]
    told = call("explain", archive, *keys).out
    assert "← its earliest retweet, as the latest that it can have been sent" in told
    assert "(native_retweet, 0.95)" in told


def test_rows_for_programs(call: Call, archive: Path) -> None:
    told = json.loads(call("explain", archive, ANSWER, "--json").out)
    assert (told["tweet"]["tweet_key"], len(told["sightings"]), len(told["references"])) == (ANSWER, 1, 1)
    assert told["named"]["1455782272887169027"]["author_username"] == "nordkai_port"


def test_wrong_use_is_one_line(call: Call, archive: Path) -> None:
    assert (call("explain", archive).code, call("explain", archive, "5").code) == (2, 2)
    assert "Name a tweet of the dataset archive." in call("explain", archive).err
    assert "no tweet '5' in archive" in call("explain", archive, "5").err


def test_every_rule_has_its_words() -> None:
    rules = {name.removesuffix(why.BY_ANY_AUTHOR) for name in CONFIDENCE} | {rule.name for rule in RULES}
    assert rules == why.IDENTITY.keys()


def test_every_method_that_is_documented_has_its_words(root: Path) -> None:
    page = (root / "docs" / "threads.md").read_text("utf-8")
    section = page[page.index("## Who refers to whom") : page.index("## How good it is")]
    named = {name for name in re.findall(r"`([a-z_]+)`", section) if name in why.METHODS}
    assert named == why.METHODS.keys() - {"retweeted_id", "quoted_id"}
