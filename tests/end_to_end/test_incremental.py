"""Act 2 over several datasets is the act 2 of one run over everything; a document left out leaves no trace."""

from pathlib import Path

import pytest

import tweetrecon as tr

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
ACT_2 = ("tweets", "references", "citations", "threads", "users")
ARTICLES = ("east-of-the-river.txt", "gec-feneri.html", "harbour-flood.html", "no-tweets.html")


@pytest.fixture(scope="module")
def together() -> tr.Dataset:
    return tr.run([SAMPLES / name for name in ARTICLES])


def test_several_datasets_give_what_one_run_gives(together: tr.Dataset, tmp_path: Path) -> None:
    for name in ARTICLES:
        tr.run([SAMPLES / name], tmp_path / name)
    merged = tr.reconstruct([tmp_path / name for name in ARTICLES])
    for table in ACT_2:
        assert merged.table(table).equals(together.table(table)), table


def test_order_of_datasets_changes_nothing(together: tr.Dataset, tmp_path: Path) -> None:
    for name in ARTICLES:
        tr.run([SAMPLES / name], tmp_path / name)
    merged = tr.reconstruct([tmp_path / name for name in reversed(ARTICLES)])
    for table in ACT_2:
        assert merged.table(table).equals(together.table(table)), table


def test_a_document_left_out_leaves_no_trace(together: tr.Dataset) -> None:
    (gone,) = (d["document_id"] for d in together.documents.to_pylist() if d["source_uri"] == "harbour-flood.html")
    kept = [s for s in together.sightings.to_pylist() if s["document_id"] != gone]
    rest = tr.reconstruct(kept)
    never = tr.run([SAMPLES / name for name in ARTICLES if name != "harbour-flood.html"])
    for table in ("references", "threads"):  # the other tables hold dates of documents, which sightings alone do not
        assert rest.table(table).to_pylist() == never.table(table).to_pylist(), table
