"""Any byte that changed is found, and named by its file; so is any row that leads nowhere."""

import os
import random
import shutil
from pathlib import Path

import pyarrow as pa
import pytest

from tweetrecon import pipeline, readers
from tweetrecon.errors import DatasetError
from tweetrecon.schema import ACT_1, TABLES
from tweetrecon.store import Writer, open_dataset
from tweetrecon.store.verify import LAWS, Fault, verify

CHANGES = 1000 if "TWEETRECON_TORTURE" in os.environ else 200


@pytest.fixture(scope="module")
def sound(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A dataset of the samples."""
    out = tmp_path_factory.mktemp("verify") / "sound"
    pipeline.run(readers.find([root / "samples"]), out)
    return out


@pytest.fixture
def out(sound: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(sound, tmp_path / "out"))


def test_a_sound_dataset_has_no_faults(sound: Path, root: Path, tmp_path: Path) -> None:
    assert verify(sound) == []
    pipeline.capture(readers.find([root / "samples"]), tmp_path / "captured")
    assert verify(tmp_path / "captured") == []


def test_every_changed_byte_is_found(out: Path) -> None:
    rng = random.Random(1)
    files = sorted(p for p in out.rglob("*") if p.is_file())
    for _ in range(CHANGES):
        file = rng.choice(files)
        before = file.read_bytes()
        changed = bytearray(before)
        changed[rng.randrange(len(changed))] ^= rng.randrange(1, 256)
        file.write_bytes(changed)
        assert [fault.path for fault in verify(out)] == [file.relative_to(out).as_posix()]
        file.write_bytes(before)
    assert verify(out) == []


def test_files_that_are_missing_or_strange_are_named(out: Path) -> None:
    (part,) = (out / "threads").iterdir()
    part.rename(out / "threads" / "copy.parquet")
    name = f"threads/{part.name}"
    assert verify(out) == [Fault(name, "is missing"), Fault("threads/copy.parquet", "is no part of the dataset")]
    with pytest.raises(DatasetError, match="does not exist"):
        verify(out / "nowhere")


EMPTIED = {
    "documents": set(),  # sightings may come without documents
    "sightings": {"documents", "citations"},
    "tweets": {"references", "citations", "threads"},
    "references": set(),
    "citations": set(),
    "threads": {"tweets", "citations"},
    "users": set(),
    "rejects": set(),
}


@pytest.mark.parametrize("name", TABLES)
def test_rows_that_lead_nowhere_are_found(name: str, out: Path) -> None:
    """What depends on a table that lost its rows is named."""
    tables = {table: open_dataset(out).table(table) for table in TABLES}
    with Writer(out, resume=True) as writer:
        writer.replace(name, tables[name].slice(0, 0))
    assert {fault.path for fault in verify(out)} == EMPTIED[name]


def test_outcomes_have_their_reasons(out: Path) -> None:
    documents = open_dataset(out).documents
    place = documents.schema.get_field_index("outcome")
    rejected = pa.array(["rejected"] * documents.num_rows)
    with Writer(out, resume=True) as writer:
        writer.replace("documents", documents.set_column(place, documents.schema.field(place), rejected))
    problems = {fault.problem.split(" ", 2)[2] for fault in verify(out)}
    assert problems == {"are rejected without a reason", "have an outcome that disagrees with their sightings"}


def test_a_sighting_without_its_document_is_found(out: Path) -> None:
    documents = open_dataset(out).documents
    with Writer(out, resume=True) as writer:
        writer.replace("documents", documents.slice(1))
    assert [fault.path for fault in verify(out)] == ["sightings", "rejects"]
    assert {law.table for law in LAWS} >= set(ACT_1)


def test_laws_of_rows(out: Path) -> None:
    """A tweet answers one other; what was redacted shows no text."""
    dataset = open_dataset(out)
    sightings, references = dataset.sightings.to_pylist(), dataset.references.to_pylist()
    sightings[0]["flags"] = ["redacted"]
    answer = next(row for row in references if row["type"] == "replied_to")
    references.append({**answer, "target_key": next(t for t in dataset.tweets["tweet_key"].to_pylist() if t)})
    with Writer(out, resume=True) as writer:
        writer.replace("sightings", pa.Table.from_pylist(sightings, dataset.sightings.schema))
        writer.replace("references", pa.Table.from_pylist(references, dataset.references.schema))
    assert [fault.problem.split(" ", 2)[2] for fault in verify(out)] == [
        "were redacted and still show a text",
        "give a tweet more than one that it answers",
    ]
