"""Threads as cards, and what the other verbs print."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.cli.conftest import Call
from tweetrecon.cli.wording import isolated, one_line, safe, when
from tweetrecon.forms import FORMS, TEXT_FORMS
from tweetrecon.model import Gap, Thread, ThreadKind, ThreadTweet
from tweetrecon.schema import TABLES, columns, to_table
from tweetrecon.store import Writer, open_dataset

FIRST_OF_HARBOUR = "1455779943668518913"


def test_cards_tell_text_time_and_place(call: Call, archive: Path) -> None:
    ended = call("show", archive, FIRST_OF_HARBOUR)
    assert ended.code == 0
    assert "Nordkai Port @nordkai_port · 3 Nov 2021 06:12:40 UTC" in ended.out
    assert f"https://twitter.com/nordkai_port/status/{FIRST_OF_HARBOUR}" in ended.out
    assert "from harbour-flood.html · line 16 · twitter_blockquote · confidence" in ended.out
    call("run", "samples/harbour-flood.html", "-o", "alone")
    alone = call("show", "alone", FIRST_OF_HARBOUR).out
    assert "3/4 by @nordkai_port missing: in none of the documents" in alone


def test_the_founding_case_is_readable(call: Call, archive: Path) -> None:
    out = call("show", archive, "east-of-the-river.txt", "--kind", "retweet_chain").out
    lines = out.splitlines()
    assert lines[0].startswith("retweet chain · 2 tweets · 1 gap · in 1 document")
    assert "@brett_mcgurk · no later than 27 Nov 2018 (day only)" in lines[1]
    assert "Tweet by @brett_mcgurk not captured: known only through the tweet below" in lines[2]
    (first,) = [line for line in lines if "قتال عنيف" in line and "RT" not in line]
    assert first.strip("│ ").startswith("\u2067")
    assert first.strip("│ ").endswith("\u2069")


@pytest.mark.parametrize(
    "what",
    [
        FIRST_OF_HARBOUR,
        f"https://twitter.com/nordkai_port/status/{FIRST_OF_HARBOUR}",
        f"https://x.com/i/status/{FIRST_OF_HARBOUR}?s=20",
    ],
)
def test_a_thread_is_named_by_a_tweet(what: str, call: Call, archive: Path) -> None:
    (row,) = [json.loads(line) for line in call("show", archive, what, "--json").out.splitlines()]
    assert row["thread_id"] == FIRST_OF_HARBOUR


def test_filters(call: Call, archive: Path) -> None:
    def ids(*args: str) -> set[str]:
        return {json.loads(line)["thread_id"] for line in call("show", archive, "--json", *args).out.splitlines()}

    threads = open_dataset(archive).threads.to_pylist()
    assert ids() == {t["thread_id"] for t in threads}
    assert ids("--kind", "single") == {t["thread_id"] for t in threads if t["kind"] == "single"}
    assert ids("--author", "@USABILARABY") == {
        t["thread_id"] for t in threads if "USAbilAraby" in t["author_usernames"]
    }
    assert FIRST_OF_HARBOUR in ids("https://www.example.org/harbour/2021/11/night-of-high-water")
    few = call("show", archive, "-n", "1")
    assert f"{len(threads) - 1} more threads: -n 0 shows all" in few.err
    assert "no thread fits" in call("show", archive, "--author", "nobody").err


def test_an_unknown_name_is_one_line(call: Call, archive: Path) -> None:
    ended = call("show", archive, "12345")
    assert ended.code == 2
    assert "no thread, tweet or document '12345' in archive" in ended.err


HOSTILE = "\x1b]0;owned\x07\x1b[31mred\x9b1m\u202egnp.exe\u2066 [bold]x[/bold] :smile:"


def test_what_tweets_hold_cannot_take_the_terminal_over(call: Call) -> None:
    tweet = ThreadTweet(
        position=0,
        depth=0,
        tweet_key="1",
        text=HOSTILE + "\r\nsecond\u2028third",
        author_name=HOSTILE,
        author_username=HOSTILE,
        lang=HOSTILE,
        url=HOSTILE,
        number=2,
    )
    gap = Gap(after_position=0, reason="number_missing", number=HOSTILE, author_username=HOSTILE)
    thread = Thread(thread_id=HOSTILE, kind=ThreadKind.SINGLE, tweets_count=1, tweets=(tweet,), gaps=(gap,))
    with Writer(Path("out")) as writer:
        writer.write("threads", to_table("threads", [thread]))
    out = call("show", "out").out
    assert not set(out) & set("\x1b\x07\x9b\u202e\r\u2028")
    assert out.count("\u2066") == out.count("\u2069") == 0
    assert "[bold]x[/bold] :smile:" in out
    assert "second" in out
    assert "third" in out


def test_words_for_times() -> None:
    time = datetime(2018, 11, 7, 4, 5, 6, 789_000, tzinfo=UTC)
    assert when(time, "millisecond") == when(time, "second") == "7 Nov 2018 04:05:06 UTC"
    assert when(time, "minute") == "7 Nov 2018 04:05 UTC"
    assert when(time, "hour") == "7 Nov 2018 04 h UTC"
    assert when(time, "day") == "7 Nov 2018 (day only)"
    assert when(time, "month") == "Nov 2018 (month only)"
    assert when(time, "year") == "2018 (year only)"
    assert when(time, "day", "retweet_bound") == "no later than 7 Nov 2018 (day only)"
    assert when(None, None) == "date unknown"


def test_lines_are_isolated_only_where_directions_meet() -> None:
    assert isolated("plain", "ltr") == "plain"
    assert isolated("see نص", "ltr") == "\u2066see نص\u2069"
    assert isolated("نص", "rtl") == "\u2067نص\u2069"
    assert safe("👩\u200d🚀 می\u200cروم") == "👩\u200d🚀 می\u200cروم"
    assert one_line(" a\n\tb ") == "a b"


# ------------------------------------------------------------------------------------------------ other verbs


def test_explain_tells_each_step(call: Call) -> None:
    out = call("explain", "samples/harbour-flood.html").out
    for words in (
        "Forms called: ",
        "twitter_blockquote, at 4 places: 4 read\n",
        "plain_blockquote, at 4 places: 4 at places read already\n",
        "escaped_markup, at 1 place: nothing\n",
        "Embeds read: 4",
        "Sightings made of them: ",
        "same_tweet_again",
        "(from snowflake)",
    ):
        assert words in out
    assert "Sightings made of them: 0" in call("explain", "samples/no-tweets.html").out


def test_explain_tells_why_nothing_was_read(call: Call) -> None:
    Path("bad.jsonl").write_text('{"id": "good", "text": "x"}\n{"id": "cut", "te')
    ended = call("explain", "bad.jsonl")
    assert ended.code == 3
    assert "truncated (read): line 2: the file ends in the middle of a record" in ended.out
    one = call("explain", "bad.jsonl", "--key", "good")
    assert one.code == 0
    assert "bad.jsonl, good" in one.out
    assert "truncated" not in one.out
    assert call("explain", "bad.jsonl", "--key", "absent").code == 4


def test_explain_as_data(call: Call) -> None:
    rows = [json.loads(line) for line in call("explain", "samples", "--json").out.splitlines()]
    assert rows[0]["document"]["source_uri"] == "east-of-the-river.txt"
    assert all({"document", "anchors", "sightings", "rejects"} == set(row) for row in rows)
    assert "4 more documents" in call("explain", "samples", "-n", "1").err


def test_forms_lists_every_form(call: Call) -> None:
    rows = [json.loads(line) for line in call("forms", "--json").out.splitlines()]
    assert [row["form"] for row in rows] == [form.name for form in FORMS] + [form.name for form in TEXT_FORMS]
    assert all(row["form"] in call("forms").out for row in rows)


def test_schema_describes_every_column(call: Call) -> None:
    rows = [json.loads(line) for line in call("schema", "--json").out.splitlines()]
    wanted = [(name, column.name) for name, record in TABLES.items() for column in columns(record)]
    assert [(row["table"], row["column"]) for row in rows] == wanted
    assert all(row["meaning"] for row in rows)
    out = call("schema", "tweets").out
    assert "tweet_key" in out
    assert "sighting_id" not in out


def test_the_demo_shows_threads_and_says_where_they_are(call: Call) -> None:
    ended = call("demo")
    assert ended.code == 0
    assert "USAbilAraby" in ended.out
    assert "Parquet files in tweetrecon-demo/" in ended.err
    assert open_dataset("tweetrecon-demo").documents.num_rows == 5
    assert call("demo").code == 0
