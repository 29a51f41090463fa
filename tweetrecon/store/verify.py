"""Whether a dataset is, to the byte, what was written, and whether its tables fit together."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import file_digest
from pathlib import Path
from typing import NamedTuple

from tweetrecon.errors import DatasetError
from tweetrecon.store import card, manifest
from tweetrecon.store.dataset import Dataset, open_dataset
from tweetrecon.store.manifest import Manifest
from tweetrecon.store.writer import TEMPORARY


class Fault(NamedTuple):
    """What is wrong with a file, or, of files that are sound, with a table. The path is relative to the dataset."""

    path: str
    problem: str


class Law(NamedTuple):
    """A query that counts the rows of a table that break a rule between tables."""

    table: str
    broken: str
    query: str


_FROM_DOCUMENTS = "form <> 'given'"
_WITH_DOCUMENTS = "exists (from documents)"  # sightings of other tools come without documents

LAWS = (
    Law(
        "sightings",
        "stand in no document of the dataset",
        f"from sightings where {_WITH_DOCUMENTS} and {_FROM_DOCUMENTS} and document_id not in"
        " (select document_id from documents)",
    ),
    Law(
        "documents",
        "have fewer sightings than they count",
        "from documents left join (select document_id, count(*) as found from sightings group by all)"
        " using (document_id) where coalesce(found, 0) < sightings_count",
    ),
    Law(
        "documents",
        "have an outcome that disagrees with their sightings",
        "from documents where (outcome = 'tweets') <> (sightings_count > 0)",
    ),
    Law(
        "documents",
        "are rejected without a reason",
        "from documents where outcome = 'rejected'"
        " and document_id not in (select document_id from rejects where document_id is not null)",
    ),
    Law(
        "sightings",
        "were redacted and still show a text",
        "from sightings where list_contains(flags, 'redacted') and (text is not null or raw_text is not null"
        " or context_before is not null or context_after is not null)",
    ),
    Law(
        "rejects",
        "concern a document that is not there",
        f"from rejects where {_WITH_DOCUMENTS} and stage in ('detect', 'resolve') and document_id not in"
        " (select document_id from documents)",
    ),
    Law(
        "references",
        "give a tweet more than one that it answers",
        "from (select tweet_key from \"references\" where type = 'replied_to' group by all having count(*) > 1)",
    ),
    Law(
        "references",
        "name a tweet that is not there",
        'from "references" where tweet_key not in (select tweet_key from tweets)'
        " or target_key not in (select tweet_key from tweets)",
    ),
    Law(
        "citations",
        "name a tweet, thread or sighting that is not there",
        "from citations where tweet_key not in (select tweet_key from tweets)"
        " or thread_id not in (select thread_id from threads)"
        " or sighting_id not in (select sighting_id from sightings)",
    ),
    Law(
        "tweets",
        "stand in no thread, or in several",
        "from tweets left join (select t.tweet_key as tweet_key, count(*) as places"
        " from (select unnest(tweets) as t from threads) group by all) using (tweet_key)"
        " where coalesce(places, 0) <> 1",
    ),
    Law(
        "threads",
        "name a tweet that is not there",
        "from (select unnest(tweets) as t from threads) where t.tweet_key not in (select tweet_key from tweets)",
    ),
)


def verify(dataset: Path) -> list[Fault]:
    """All faults of a dataset, of its files first; tables are compared only where all files are sound.

    Raises DatasetError for a folder that is no dataset.
    """
    try:
        content = manifest.read(dataset)
        text = (dataset / manifest.NAME).read_text(encoding="utf-8")
    except (DatasetError, UnicodeDecodeError):
        if (dataset / manifest.NAME).exists():
            return [Fault(manifest.NAME, "is damaged")]
        raise
    if not manifest.is_sealed(text):
        return [Fault(manifest.NAME, "is not as it was written")]
    return [*_files(dataset, content), *_strangers(dataset, content)] or list(_tables(open_dataset(dataset)))


def _files(dataset: Path, content: Manifest) -> Iterator[Fault]:
    expected = {part.path: part.sha256 for part in content.parts} | {card.NAME: content.card_sha256}
    for path, digest in sorted(expected.items()):
        try:
            with (dataset / path).open("rb") as file:
                if file_digest(file, "sha256").hexdigest() != digest:
                    yield Fault(path, "is not as it was written")
        except FileNotFoundError:
            yield Fault(path, "is missing")
        except OSError as error:
            yield Fault(path, f"cannot be read ({error.strerror})")


def _strangers(dataset: Path, content: Manifest) -> Iterator[Fault]:
    named = {part.path for part in content.parts} | {card.NAME, manifest.NAME, *manifest.SIDECARS}
    for file in sorted(dataset.rglob("*")):
        path = file.relative_to(dataset)
        if file.is_file() and path.parts[0] != TEMPORARY and path.as_posix() not in named:
            yield Fault(path.as_posix(), "is no part of the dataset")


def _tables(dataset: Dataset) -> Iterator[Fault]:
    with dataset.connect() as connection:
        for law in LAWS:
            row = connection.execute(f"select count(*) {law.query}").fetchone()
            if row and row[0]:
                yield Fault(law.table, f"{row[0]:,} rows {law.broken}")
