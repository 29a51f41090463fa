"""The samples: what the README promises of them."""

from pathlib import Path

import pytest

import tweetrecon as tr

SAMPLES = Path(__file__).resolve().parents[2] / "samples"


@pytest.fixture(scope="module")
def dataset() -> tr.Dataset:
    return tr.run([SAMPLES])


def test_every_sample_has_its_outcome(dataset: tr.Dataset) -> None:
    outcomes = dict(
        zip(dataset.documents["source_uri"].to_pylist(), dataset.documents["outcome"].to_pylist(), strict=True)
    )
    assert outcomes == {
        "east-of-the-river.txt": "tweets",
        "gec-feneri.html": "tweets",
        "harbour-flood.html": "tweets",
        "inland.warc.gz": "tweets",
        "no-tweets.html": "none",
    }


def test_share_follow_and_timeline_links_are_no_tweets(dataset: tr.Dataset) -> None:
    documents = {d["source_uri"]: d["document_id"] for d in dataset.documents.to_pylist()}
    sightings = dataset.sightings.to_pylist()
    assert not [s for s in sightings if s["document_id"] == documents["no-tweets.html"]]
    flood = [s for s in sightings if s["document_id"] == documents["harbour-flood.html"]]
    assert [s["tweet_id"] for s in flood if s["role"] == "embedded"] == [
        "1455779943668518913",
        "1455780538320171010",
        "1455782272887169027",
        "1455801958316118020",
    ]


def test_turkish_date_agrees_with_the_id(dataset: tr.Dataset) -> None:
    (sighting,) = (s for s in dataset.sightings.to_pylist() if s["author_username"] == "gecfenerimuze")
    assert sighting["raw_date"] == "21 Temmuz 2016"
    assert sighting["created_at"].date().isoformat() == "2016-07-21"
    assert sighting["flags"] == []


def test_missing_part_of_the_self_thread_is_a_gap() -> None:
    thread = tr.run([SAMPLES / "harbour-flood.html"]).thread("1455779943668518913")
    assert [t.number for t in thread.tweets if t.number] == [1, 2, 4]
    assert [g.number for g in thread.gaps] == ["3/4"]
    assert not thread.complete


def test_articles_together_give_the_whole_thread(dataset: tr.Dataset) -> None:
    thread = dataset.thread("1455779943668518913")
    assert [t.number for t in thread.tweets] == [1, 2, 3, 4, None]
    assert (thread.complete, thread.documents_count, thread.kind) == (True, 2, "conversation")
    assert len(thread.tweets[0].document_ids) == 2


def test_the_page_of_a_web_archive_keeps_its_place(dataset: tr.Dataset) -> None:
    (page,) = (d for d in dataset.documents.to_pylist() if d["source_uri"] == "inland.warc.gz")
    assert page["url"] == "https://www.example.com/inland/whose-barge"
    assert page["source_key"] == "urn:uuid:9b08923d-10c6-4fd9-94b2-b8fda02f34a6"
    assert (page["captured_at"].isoformat(), page["captured_at_source"]) == ("2021-11-03T07:30:00+00:00", "warc_date")


def test_two_runs_write_the_same_bytes(tmp_path: Path) -> None:
    for name in ("one", "two"):
        tr.run([SAMPLES], tmp_path / name)
    first, second = (
        {p.relative_to(tmp_path / n): p.read_bytes() for p in (tmp_path / n).rglob("*.parquet")} for n in ("one", "two")
    )
    assert first
    assert first == second
