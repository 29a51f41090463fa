"""Each export is opened by the tool it is for; tools that are not installed (extra ``readers``) are skipped."""

import csv
import io
import json
import shutil
import sqlite3
from pathlib import Path
from typing import Any

import duckdb
import pytest

from tests.cli.conftest import Call
from tweetrecon.interop.targets import SIDECARS
from tweetrecon.schema import TABLES
from tweetrecon.store import manifest, open_dataset
from tweetrecon.store.verify import verify

pytestmark = pytest.mark.filterwarnings("ignore")  # of the tools themselves


def tool(name: str) -> Any:
    return pytest.importorskip(name, reason=f"{name} is not installed: pip install 'tweetrecon[readers]'")


def tweets(folder: Path) -> list[dict[str, Any]]:
    return open_dataset(folder).tweets.to_pylist()


# ------------------------------------------------------------------------------------------------ SQLite


def test_sqlite_holds_every_row_of_every_table(call: Call, archive: Path) -> None:
    tool("sqlite_utils")
    assert call("export", archive, "--to", "sqlite", "-o", "tweets.db").code == 0
    assert call("export", archive, "--to", "sqlite", "-o", "tweets.db").code == 0
    with sqlite3.connect("tweets.db") as database:
        database.row_factory = sqlite3.Row
        for name in TABLES:
            rows = [dict(row) for row in database.execute(f'select * from "{name}"')]
            assert len(rows) == open_dataset(archive).table(name).num_rows
        found = {row["tweet_key"]: dict(row) for row in database.execute("select * from tweets")}
    for tweet in tweets(archive):
        row = found[tweet["tweet_key"]]
        assert (row["tweet_id"], row["text"], row["sightings_count"]) == (
            tweet["tweet_id"],
            tweet["text"],
            tweet["sightings_count"],
        )
        assert json.loads(row["hashtags"]) == tweet["hashtags"]
        assert json.loads(row["urls"]) == tweet["urls"]
        assert (row["created_at"] or "").removesuffix("Z")[:19] == f"{tweet['created_at'] or '':%Y-%m-%dT%H:%M:%S}"


def test_sqlite_utils_finds_words_in_texts(call: Call, archive: Path) -> None:
    sqlite_utils = tool("sqlite_utils")
    call("export", archive, "--to", "sqlite", "-o", "tweets.db")
    word = next(
        w for t in tweets(archive) for w in (t["text"] or "").split() if w.isascii() and w.isalpha() and len(w) > 5
    )
    database = sqlite_utils.Database("tweets.db")
    assert any(word in row["text"] for row in database["tweets"].search(word))
    assert database["tweets"].pks == ["tweet_key"]
    database.close()


def test_sqlite_needs_a_file(call: Call, archive: Path) -> None:
    assert call("export", archive, "--to", "sqlite").code == 2
    assert call("export", archive, "--to", "sqlite", "-o", "missing/tweets.db").code == 5


# ------------------------------------------------------------------------------------------------ sidecars


@pytest.mark.parametrize("sidecar", SIDECARS, ids=lambda s: s.name)
def test_sidecars_stand_in_the_dataset_and_leave_it_whole(sidecar: Any, call: Call, archive: Path) -> None:
    assert sidecar.file in manifest.SIDECARS
    assert call("export", archive, "--to", sidecar.name).code == 0
    written = (archive / sidecar.file).read_text("utf-8")
    call("export", archive, "--to", sidecar.name)
    assert (archive / sidecar.file).read_text("utf-8") == written
    assert all(part.sha256 in written for part in manifest.read(archive).parts if part.rows)
    assert verify(archive) == []
    (archive / "other.json").write_text("{}")
    assert len(verify(archive)) == 1


def test_mlcroissant_loads_every_table(call: Call, archive: Path) -> None:
    mlcroissant = tool("mlcroissant")
    call("export", archive, "--to", "croissant")
    described = mlcroissant.Dataset(jsonld=archive / "croissant.json")
    assert described.metadata.ctx.issues.errors == set()
    records = list(described.records("tweets"))
    assert [r["tweets/tweet_key"].decode() for r in records] == [t["tweet_key"] for t in tweets(archive)]
    assert len(list(described.records("sightings"))) == open_dataset(archive).sightings.num_rows


def test_rocrate_knows_every_file(call: Call, archive: Path) -> None:
    rocrate = tool("rocrate.rocrate")
    call("export", archive, "--to", "ro-crate")
    crate = rocrate.ROCrate(archive)
    files = {entity.id for entity in crate.get_by_type("File")}
    assert files == {part.path for part in manifest.read(archive).parts} | {"manifest.json", "README.md"}
    assert all((archive / file).is_file() for file in files)
    assert crate.name == "archive"
    assert crate.root_dataset["datePublished"]


# ------------------------------------------------------------------------------------------------ tables and lines


def test_hugging_face_datasets_loads_the_folder_as_it_is(archive: Path, tmp_path: Path) -> None:
    datasets = tool("datasets")
    for name in ("tweets", "threads"):
        loaded = datasets.load_dataset(str(archive), name, split="train", cache_dir=str(tmp_path / "cache"))
        assert loaded.num_rows == open_dataset(archive).table(name).num_rows


def test_pandas_reads_csv_jsonl_and_twarc_csv(call: Call, archive: Path) -> None:
    pandas = tool("pandas")
    known = [t for t in tweets(archive) if t["tweet_id"] and t["status"] == "seen"]
    for name in ("csv", "jsonl", "twarc-csv"):
        call("export", archive, "--to", name, "-o", name)
    table = pandas.read_csv("csv", dtype={"tweet_id": str})
    assert table["tweet_key"].tolist() == [t["tweet_key"] for t in tweets(archive)]
    lines = pandas.read_json("jsonl", lines=True, dtype={"tweet_id": str, "tweet_key": str})
    assert lines["text"].tolist() == [t["text"] for t in tweets(archive)]
    twarc = pandas.read_csv("twarc-csv", dtype={"id": str}, low_memory=False)
    assert twarc["id"].tolist() == [t["tweet_id"] for t in known]


def test_duckdb_reads_csv_and_jsonl(call: Call, archive: Path) -> None:
    for name in ("csv", "jsonl"):
        call("export", archive, "--to", name, "-o", f"tweets.{name}")
        keys = duckdb.execute(f"select tweet_key from 'tweets.{name}'").fetchall()
        assert sorted(str(key) for (key,) in keys) == sorted(t["tweet_key"] for t in tweets(archive))


def test_dehydrated_lines_tell_places_and_no_texts(call: Call, archive: Path) -> None:
    out = call("export", archive, "--to", "dehydrated").out
    rows = [json.loads(line) for line in out.splitlines()]
    dataset = open_dataset(archive)
    cited = [c for c in dataset.citations.to_pylist() if not c["tweet_key"].startswith("x:")]
    assert len(rows) == len(cited)
    assert all(row["sha256"] and row["tweet_id"] for row in rows)
    assert any(row["article_url"] for row in rows)
    texts = [t["text"] for t in tweets(archive) if t["text"] and len(t["text"]) > 20]
    assert texts
    assert not any(text[:20] in out for text in texts)


def test_threads_as_text_hold_every_text_and_gap(call: Call, archive: Path) -> None:
    out = call("export", archive, "--to", "text").out
    threads = open_dataset(archive).threads.to_pylist()
    assert out.count("=" * 72) == len(threads)
    assert out.count("(missing: ") == sum(len(t["gaps"]) for t in threads)
    lines = {line.strip() for line in out.splitlines()}
    texts = [tweet["text"] for thread in threads for tweet in thread["tweets"] if tweet["text"]]
    assert all(line.strip() in lines for text in texts for line in text.splitlines())


def test_a_csv_without_rows_has_its_header(call: Call, tmp_path: Path) -> None:
    shutil.copy("samples/no-tweets.html", "none.html")
    call("run", "none.html", "-o", "empty")
    assert len(next(csv.reader(io.StringIO(call("export", "empty", "--to", "csv").out)))) > 20
    assert call("export", "empty", "--to", "ro-crate").code == 0
    assert call("export", "empty", "--to", "croissant").code == 0
