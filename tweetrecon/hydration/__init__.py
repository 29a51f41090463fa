"""Hydrate a dataset: complete what its documents show with tweets from archives that people hold already.

A dump is read as often as it makes further tweets wanted that it may have held before. What was taken is committed
after each dump, with a note which dumps were searched for everything that is wanted now: after a kill, and when further
dumps are given later, only the others are read. The threads are rebuilt at the end, from all sightings.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from tweetrecon import pipeline
from tweetrecon.errors import DatasetError
from tweetrecon.hydration.taken import Taken, merged, without
from tweetrecon.interop.search import Search, Tally
from tweetrecon.interop.unidentified import Unidentified
from tweetrecon.interop.wanted import Wanted, fact_of_row
from tweetrecon.model import Reject
from tweetrecon.readers.reader import Source
from tweetrecon.schema import ACT_1, from_table
from tweetrecon.store import Dataset, Progress, State, Writer, manifest, open_dataset
from tweetrecon.suppression import Suppression

_SEEN_OF_A_DUMP = 64 * 1024
_EDGES = ("tweet_id", "author_username", "replied_to_id", "replied_to_username", "quoted_id", "retweeted_id", "urls")


class Step(NamedTuple):
    """One dump was read: what became of its records, the bytes of its lines, and how many sightings were taken."""

    source: Source
    tally: Tally
    bytes: int
    sightings: int


Watch = Callable[[Step], object]


class Hydrated(NamedTuple):
    """What a hydration did."""

    dataset: Dataset
    steps: tuple[Step, ...]
    rejected: int


def hydrate(out: Path, dumps: Iterable[Source], context: int = 0, watch: Watch | None = None) -> Hydrated:
    """Take from the dumps what matters to the dataset, and rebuild its threads.

    With ``context`` also what is up to so many answers away. Raises InputError for a dump that cannot be opened,
    DatasetError, OutputError.
    """
    dumps = sorted(dumps, key=lambda source: source.uri)
    renew(out)
    dataset = open_dataset(out)
    wanted, unidentified = targets(dataset, context)
    steps: list[Step] = []
    refused: set[Reject] = set()
    with Writer(out, resume=True) as writer:
        while unread := [s for s in dumps if writer.hydrated.get(s.uri) != _note(s, wanted, unidentified)]:
            for source in unread:
                asked = _note(source, wanted, unidentified)
                search, taken = Search(wanted, unidentified), Taken()
                for row in search.read(source):
                    taken.add(row)
                commit(out, writer, taken)
                refused.update(row for row in taken.rejects if not row.kept)
                if _note(source, wanted, unidentified) == asked:
                    writer.hydrated[source.uri] = asked
                writer.commit(Progress(State.CAPTURED))
                steps.append(Step(source, search.tally, search.bytes, len(taken)))
                if watch:
                    watch(steps[-1])
        if writer.progress.state is State.CAPTURED:
            finish(out, writer, dumps, context)
    return Hydrated(open_dataset(out), tuple(steps), len(refused))


def renew(out: Path) -> None:
    """Let the dataset have its threads, and be of this version. Raises DatasetError where its capture is not done."""
    dataset = open_dataset(out)
    if dataset.progress.state is State.CAPTURING:
        raise DatasetError(f"{out}: its capture was interrupted; run that to its end first")
    if dataset.progress.state is State.CAPTURED or not manifest.read(out).is_current:
        pipeline.reconstruct([out], out)


def targets(dataset: Dataset, context: int) -> tuple[Wanted, Unidentified]:
    """What is cited, with what the dataset knows of the place of its tweets; and what it knows without an id."""
    shown = dataset.tweets.select(["tweet_id", "documents_count"]).to_pylist()
    wanted = Wanted((t["tweet_id"] for t in shown if t["tweet_id"] and t["documents_count"]), context)
    for row in dataset.sightings.select([*_EDGES, "conversation_id"]).to_pylist():
        if row["tweet_id"]:
            wanted.learn(row["tweet_id"], fact_of_row(row))
    return wanted, Unidentified(dataset.tweets.to_pylist())


def _note(source: Source, wanted: Wanted, unidentified: Unidentified) -> str:
    """Tells apart a dump together with what was looked for in it: by size and both ends, not by reading all of it."""
    digest = sha256(f"{wanted.digest()}\0{unidentified.digest()}\0".encode())
    if source.path is not None:
        with source.path.open("rb") as file:
            size = file.seek(0, 2)
            digest.update(f"{size}\0".encode())
            for place in (0, max(0, size - _SEEN_OF_A_DUMP)):
                file.seek(place)
                digest.update(file.read(_SEEN_OF_A_DUMP))
    return digest.hexdigest()


def commit(out: Path, writer: Writer, taken: Taken) -> None:
    """Write what was taken, without what is suppressed and what an earlier reading gave."""
    before = open_dataset(out)
    suppression = Suppression(writer.redacted).learnt_from(taken.sightings)
    writer.redacted = suppression.digests
    tables = taken.tables()
    for name, table in (suppression.applied_to(tables) if suppression else tables).items():
        fresh = without(table, before.table(name), name)
        if fresh.num_rows:
            writer.write(name, fresh)


def finish(out: Path, writer: Writer, dumps: Iterable[Source], context: int) -> None:
    """Act 2 over all sightings; what several dumps or readings gave alike is kept once.

    The dumps were searched for all that the dataset can ask for now: it knows fewer tweets without an id than before.
    """
    dataset = open_dataset(out)
    captured = {name: dataset.table(name) for name in ACT_1}
    suppression = Suppression(writer.redacted).learnt_from(from_table("sightings", captured["sightings"]))
    writer.redacted = suppression.digests
    tables = pipeline.without(merged(captured), suppression)
    for name, table in tables.items():
        writer.replace(name, table)
    wanted, unidentified = targets(Dataset.in_memory(tables), context)
    writer.hydrated |= {source.uri: _note(source, wanted, unidentified) for source in dumps}
    writer.commit(Progress(State.RECONSTRUCTED))
