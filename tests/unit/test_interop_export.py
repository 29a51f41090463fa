"""Exports: what other tools read out of them is what the tables hold."""

import csv
import io
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tweetrecon import pipeline
from tweetrecon.interop import archives, csv_rows, twarc_csv
from tweetrecon.interop.dump import Item
from tweetrecon.interop.markdown_threads import escaped
from tweetrecon.interop.personal import NOBODY
from tweetrecon.interop.targets import EXCEL_SAFE, TARGETS
from tweetrecon.model import Media, Precision, Reject, Sighting, TimeSource, Url
from tweetrecon.readers import Source
from tweetrecon.store import Dataset

PARENT, REPLY, QUOTED = "1067433000000000002", "1067436123456789507", "1067400000000000003"


def sighting(number: int, tweet_id: str | None, **values: Any) -> Sighting:
    known: dict[str, Any] = {
        "created_at": datetime(2018, 11, 27, 14, number, 19, tzinfo=UTC),
        "created_at_precision": Precision.SECOND,
        "created_at_source": TimeSource.ARCHIVE,
    }
    return Sighting(sighting_id=f"s{number}", document_id=f"d{number}", tweet_id=tweet_id, **{**known, **values})


@pytest.fixture(scope="module")
def dataset() -> Dataset:
    """An answer with everything, the tweet it answers, a quoted one only named, and one without an id."""
    reply = sighting(
        2,
        REPLY,
        url=f"https://twitter.com/jonas_w/status/{REPLY}",
        author_username="jonas_w",
        author_name="Jonas, W.",
        author_id="77",
        text='=Rivers "and"\nroads https://t.co/aaaaaaaaaa #flood $RVR @mira_k',
        hashtags=("flood",),
        cashtags=("RVR",),
        mentions=("mira_k",),
        urls=(Url(url="https://t.co/aaaaaaaaaa", expanded_url="https://example.org/a", display_url="example.org/a"),),
        media=(
            Media(type="photo", url="https://pbs.twimg.com/media/x.jpg", alt_text="a flooded road"),
            Media(type="video", url="https://pbs.twimg.com/v.jpg"),
        ),
        lang="en",
        conversation_id=PARENT,
        replied_to_id=PARENT,
        replied_to_username="mira_k",
        quoted_id=QUOTED,
        quoted_username="ola_p",
        like_count=5,
        retweet_count=2,
        reply_count=1,
        quote_count=0,
    )
    parent = sighting(1, PARENT, author_username="mira_k", text="Is the road open?")
    nameless = sighting(3, None, author_username="ola_p", text="No id here, only words that stand in an article.")
    return pipeline.reconstruct([reply, parent, nameless], None).dataset


def exported(dataset: Dataset, name: str) -> str:
    (target,) = (target for target in TARGETS if target.name == name)
    return "".join(target.write(dataset.table))


def test_snscrape_lines_come_back_as_they_went(dataset: Dataset) -> None:
    lines = [json.loads(line) for line in exported(dataset, "snscrape").splitlines()]
    read = [
        row
        for number, line in enumerate(lines, 1)
        for row in archives.read_item(Item(number, None, line), Source("lines.jsonl"), NOBODY)
    ]
    back = {row.tweet_id: row for row in read if isinstance(row, Sighting) and row.chain_position == 0}
    assert not any(isinstance(row, Reject) for row in read)
    assert set(back) == {REPLY, PARENT, QUOTED}
    tweets = {row["tweet_id"]: row for row in dataset.tweets.to_pylist()}
    kept = (
        "url author_username author_name author_id created_at text hashtags cashtags mentions lang conversation_id"
        " like_count retweet_count reply_count quote_count"
    ).split()
    for name in kept:
        value = getattr(back[REPLY], name)
        assert (list(value) if isinstance(value, tuple) else value) == tweets[REPLY][name], name
    assert [(u.url, u.expanded_url, u.display_url) for u in back[REPLY].urls] == [
        ("https://t.co/aaaaaaaaaa", "https://example.org/a", "example.org/a")
    ]
    assert [(m.type, m.url, m.alt_text) for m in back[REPLY].media] == [
        ("photo", "https://pbs.twimg.com/media/x.jpg", "a flooded road"),
        ("video", "https://pbs.twimg.com/v.jpg", None),
    ]
    assert (back[REPLY].replied_to_id, back[REPLY].replied_to_username) == (PARENT, "mira_k")
    assert back[REPLY].quoted_id == QUOTED


def test_snscrape_lines_have_its_types(dataset: Dataset) -> None:
    lines = {str(line["id"]): line for line in map(json.loads, exported(dataset, "snscrape").splitlines())}
    assert lines[QUOTED] == {"_type": "snscrape.modules.twitter.TweetRef", "id": int(QUOTED)}
    reply = lines[REPLY]
    assert (reply["date"], reply["conversationId"]) == ("2018-11-27T14:02:19+00:00", int(PARENT))
    assert reply["renderedContent"] == reply["rawContent"].replace("https://t.co/aaaaaaaaaa", "example.org/a")
    start, end = reply["links"][0]["indices"]
    assert reply["rawContent"][start:end] == "https://t.co/aaaaaaaaaa"


@pytest.mark.corpus
def test_snscrape_lines_have_exactly_its_keys(dataset: Dataset, shared: Any) -> None:
    real = json.loads((shared / "corpus/threads/samples/snscrape_0.7.jsonl").read_text().splitlines()[0])
    lines = {str(line["id"]): line for line in map(json.loads, exported(dataset, "snscrape").splitlines())}
    assert set(lines[REPLY]) == set(real) - {"_snscrape"}
    assert set(lines[REPLY]["user"]) == set(real["user"])
    assert set(lines[REPLY]["links"][0]) == set(real["links"][0])
    assert set(lines[REPLY]["media"][0]) == set(real["media"][0])


def test_conclusions_are_not_exported_as_facts(dataset: Dataset) -> None:
    edges = dataset.references.to_pylist()
    inferred = dataset.references.set_column(
        dataset.references.schema.get_field_index("inferred"),
        dataset.references.schema.field("inferred"),
        [[True] * len(edges)],
    )
    tables = {"tweets": dataset.tweets, "references": inferred}
    for target in TARGETS:
        text = "".join(target.write(tables.__getitem__)) if target.name in ("snscrape", "twarc-csv") else ""
        assert '"inReplyToTweetId":1' not in text
        assert f",{PARENT},,{QUOTED}," not in text
    assert f",{PARENT},,{QUOTED}," in exported(dataset, "twarc-csv")


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_csv_is_faithful(dataset: Dataset) -> None:
    found = {row["tweet_key"]: row for row in rows(exported(dataset, "csv"))}
    tweets = dataset.tweets.to_pylist()
    assert [row["text"] for row in found.values()] == [tweet["text"] or "" for tweet in tweets]
    reply = found[REPLY]
    assert json.loads(reply["hashtags"]) == ["flood"]
    assert (reply["replied_to_key"], reply["replied_to_username"], reply["replied_to_inferred"]) == (
        PARENT,
        "mira_k",
        "false",
    )
    assert reply["created_at"] == "2018-11-27T14:02:19Z"


def test_a_spreadsheet_neither_runs_nor_rounds_the_safe_file(dataset: Dataset) -> None:
    text = "".join(EXCEL_SAFE.write(dataset.table))
    assert text.startswith("\ufeff")
    cells = [cell for row in rows(text.removeprefix("\ufeff")) for cell in row.values()]
    assert f"'{REPLY}" in cells
    assert [
        cell for cell in cells if cell.startswith(("=", "+", "-", "@")) or (cell.isdigit() and len(cell) > 15)
    ] == []


def test_twarc_csv(dataset: Dataset) -> None:
    found = rows(exported(dataset, "twarc-csv"))
    assert list(found[0]) == list(twarc_csv.COLUMNS)
    assert len(set(twarc_csv.COLUMNS)) == 84
    reply = {row["id"]: row for row in found}[REPLY]
    assert reply["text"].startswith('=Rivers "and"\\nroads')
    assert reply["created_at"] == "2018-11-27T14:02:19.000Z"
    assert (reply["in_reply_to_username"], reply["referenced_tweets.replied_to.id"]) == ("mira_k", PARENT)
    assert json.loads(reply["entities.urls"]) == ["https://example.org/a"]
    assert {row["id"] for row in found} == {REPLY, PARENT}


@pytest.mark.parametrize("name", ["csv", "twarc-csv", "jsonl", "snscrape"])
def test_duckdb_opens_it_whole(name: str, dataset: Dataset, tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_text(exported(dataset, name), encoding="utf-8", newline="")
    reader = "read_csv(?, all_varchar = true)" if name.endswith("csv") else "read_json(?)"
    column = "text" if name != "snscrape" else "rawContent"
    query = f"SELECT {column} FROM {reader} WHERE {column} LIKE '=Rivers%'"
    found = duckdb.execute(query, [str(path)]).fetchall()
    assert [text.replace("\\n", "\n") for (text,) in found] == [
        '=Rivers "and"\nroads https://t.co/aaaaaaaaaa #flood $RVR @mira_k'
    ]


def test_header_of_a_dataset_without_tweets() -> None:
    empty = Dataset.in_memory({})
    assert exported(empty, "csv").splitlines() == [",".join(csv_rows.COLUMNS)]
    assert [exported(empty, name) for name in ("jsonl", "snscrape", "ids", "markdown")] == [""] * 4


def test_json_lines_hold_the_references(dataset: Dataset) -> None:
    lines = {line["tweet_key"]: line for line in map(json.loads, exported(dataset, "jsonl").splitlines())}
    assert {(r["type"], r["target_key"]) for r in lines[REPLY]["references"]} == {
        ("replied_to", PARENT),
        ("quoted", QUOTED),
    }
    assert len(lines) == dataset.tweets.num_rows


def test_ids(dataset: Dataset) -> None:
    assert set(exported(dataset, "ids").splitlines()) == {REPLY, PARENT, QUOTED}


def test_markdown_shows_threads_in_order(dataset: Dataset) -> None:
    text = exported(dataset, "markdown")
    assert "## Conversation by @mira\\_k, @jonas\\_w" in text
    assert text.index("> Is the road open?") < text.index('> \\=Rivers "and"') < text.index("\\#flood")


@given(st.text())
def test_escaped_markdown_is_one_line_without_markup(text: str) -> None:
    line = escaped(text)
    assert len(line.splitlines()) <= 1
    plain = line.replace("\\\\", "")
    assert all(plain[max(place - 1, 0)] == "\\" for place, sign in enumerate(plain) if sign in "`*_[]<>#")
