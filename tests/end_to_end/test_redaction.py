"""What was asked to be forgotten is in no table any more, and comes back with no later run."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tweetrecon import pipeline, readers
from tweetrecon.errors import DatasetError
from tweetrecon.model import REDACTED
from tweetrecon.pipeline import Settings
from tweetrecon.redaction import redact
from tweetrecon.schema import TABLES
from tweetrecon.store import Dataset, State, open_dataset
from tweetrecon.store.verify import verify

ID = "1455779943668518913"
WORDS = "The quay is under water again, and nobody at the office answers"
EMBED = (
    f'<blockquote class="twitter-tweet"><p>{WORDS}</p>&mdash; Ann Ample (@ann_example) '
    f'<a href="https://twitter.com/ann_example/status/{ID}">November 3, 2021</a></blockquote>'
)
RETWEET = (
    f'<blockquote class="twitter-tweet"><p>RT @ann_example: {WORDS}</p>&mdash; Bob (@bob_example) '
    '<a href="https://twitter.com/bob_example/status/1455801958316118020">November 3, 2021</a></blockquote>'
)
ANSWER = (
    '<blockquote class="twitter-tweet"><p>@ann_example @carl_example We asked for a winch in 2017.</p>&mdash; Dora'
    ' (@dora_example) <a href="https://twitter.com/dora_example/status/1455801958316118021">November 3, 2021</a>'
    "</blockquote>"
)
PAGES = {
    "embed.html": f"<title>“{WORDS}”, says Ann Ample</title><p>Ann Ample wrote: {EMBED}<p>So far the quay. {ANSWER}",
    "retweet.html": f"<title>What Bob repeats</title><p>Bob wrote: {RETWEET}",
    "flat.txt": f"The mayor spoke.\n\n{WORDS}\n— Ann Ample (@ann_example) November 3, 2021\n\nThen he left.\n",
    "other.html": EMBED.replace(WORDS, "The ferry sails at six from pier seven today").replace(ID, f"{ID[:-1]}4"),
}


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    folder = tmp_path / "pages"
    folder.mkdir()
    for name, content in PAGES.items():
        (folder / name).write_text(content)
    return folder


def run(pages: Path, out: Path, *, overwrite: bool = False) -> Dataset:
    return pipeline.run(readers.find([pages]), out, Settings(overwrite=overwrite)).dataset


def strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from strings(inner)


def told(out: Path) -> str:
    """Everything that any cell of any table says, and the files beside them."""
    dataset = open_dataset(out)
    cells = [text for name in TABLES for row in dataset.table(name).to_pylist() for text in strings(row)]
    return "\n".join([*cells, (out / "manifest.json").read_text(), (out / "README.md").read_text()])


def tree(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_a_tweet_is_in_no_table_any_more(pages: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run(pages, out)
    assert WORDS in told(out)
    assert redact(out, ids=[f"https://x.com/ann_example/status/{ID}"]) == (3, 3)
    assert WORDS not in told(out)
    assert "quay" not in told(out)
    assert verify(out) == []


def test_a_tombstone_stays_and_what_hangs_on_it(pages: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run(pages, out)
    redact(out, ids=[ID])
    dataset = open_dataset(out)
    tweets = {row["tweet_id"]: row for row in dataset.tweets.to_pylist()}
    gone = tweets[ID]
    assert (gone["url"], gone["text"], gone["author_username"], gone["author_name"]) == (
        f"https://twitter.com/i/status/{ID}",
        None,
        None,
        None,
    )
    assert (REDACTED in gone["flags"], gone["created_at"] is not None) == (True, True)
    assert [e["type"] for e in dataset.references.to_pylist() if e["tweet_key"] == "1455801958316118020"] == [
        "retweeted"
    ]
    repeated = tweets["1455801958316118020"]
    assert (repeated["author_username"], repeated["text"]) == ("bob_example", None)
    assert tweets[f"{ID[:-1]}4"]["text"] == "The ferry sails at six from pier seven today"
    titles = set(dataset.documents["title"].to_pylist())
    assert titles == {None, "What Bob repeats"}


def test_an_account_is_named_nowhere_any_more(pages: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run(pages, out)
    redact(out, usernames=["@Ann_Example"])
    everything = told(out)
    for name in ("ann_example", "Ann Ample", WORDS, "The ferry sails"):
        assert name.casefold() not in everything.casefold()
    answer = open_dataset(out).tweets.to_pylist()
    assert "@[redacted] @carl_example We asked for a winch in 2017." in [row["text"] for row in answer]
    assert [row["mentions"] for row in answer if row["author_username"] == "dora_example"] == [["carl_example"]]
    assert "ann_example" not in open_dataset(out).users["username"].to_pylist()
    assert verify(out) == []


def test_later_runs_leave_out_the_same(pages: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run(pages, out)
    redact(out, ids=[ID])
    redacted = tree(out)
    run(pages, out)
    assert tree(out) == redacted
    run(pages, out, overwrite=True)
    assert tree(out) == redacted
    pipeline.reconstruct([out], out)
    assert tree(out) == redacted
    redact(out, ids=[ID])
    assert tree(out) == redacted


def test_what_comes_later_is_left_out_too(pages: Path, tmp_path: Path) -> None:
    """A list made before the tweet is there; a dataset merged with one that has a list; capture alone."""
    run(pages, tmp_path / "new")
    early = tmp_path / "early"
    pipeline.capture(readers.find([pages / "other.html"]), early)
    assert redact(early, ids=[ID]) == (0, 0)
    assert open_dataset(early).progress.state is State.CAPTURED
    pipeline.capture(readers.find([pages / "embed.html"]), early, Settings(overwrite=True))
    assert WORDS not in told(early)
    merged = pipeline.reconstruct([early, tmp_path / "new"], tmp_path / "merged").dataset
    assert WORDS not in told(tmp_path / "merged")
    flat = [row for row in merged.sightings.to_pylist() if row["form"] == "flat_byline"]
    assert [(row["author_username"], row["flags"]) for row in flat] == [(None, [REDACTED])]
    assert ID in merged.tweets["tweet_id"].to_pylist()
    assert open_dataset(tmp_path / "merged").redacted >= open_dataset(early).redacted
    in_memory = pipeline.reconstruct([early, tmp_path / "new"], None).dataset
    assert WORDS not in json.dumps(in_memory.sightings.select(["text", "raw_text"]).to_pylist())


def test_a_tweet_known_without_an_id(pages: Path, tmp_path: Path) -> None:
    (pages / "embed.html").unlink()
    (pages / "retweet.html").unlink()
    out = tmp_path / "out"
    (key,) = (row["tweet_key"] for row in run(pages, out).tweets.to_pylist() if row["tweet_id"] is None)
    assert redact(out, ids=[key]) == (1, 1)
    assert WORDS not in told(out)
    run(pages, out, overwrite=True)
    assert WORDS not in told(out)


def test_a_list_that_names_no_tweet(pages: Path, tmp_path: Path) -> None:
    run(pages, tmp_path / "out")
    with pytest.raises(DatasetError, match="'ann' is no id"):
        redact(tmp_path / "out", ids=["ann"])
