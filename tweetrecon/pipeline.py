"""The line, written once: read → detect → resolve, then reconcile → thread → write."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tweetrecon import readers, workers
from tweetrecon.apart import Apart
from tweetrecon.errors import DatasetError
from tweetrecon.extraction import Capture
from tweetrecon.interop import archives
from tweetrecon.interop import sightings as given
from tweetrecon.model import REDACTED, Document, Reject, Sighting, Stage
from tweetrecon.readers import DEFAULTS, Inputs, Options, Read, Slice
from tweetrecon.reconcile import reconcile
from tweetrecon.schema import ACT_1, TABLES, from_table, to_table
from tweetrecon.spill import Room, code
from tweetrecon.store import Dataset, Progress, State, Writer, open_dataset
from tweetrecon.summary import Summary, summarized
from tweetrecon.suppression import NOTHING, Suppression
from tweetrecon.threads import thread

Tables = dict[str, pa.Table]
Captured = Mapping[str, Any]
"""The tables of act 1: `pyarrow.Table`, or for sightings what `Dataset.stream` gives."""
Watch = Callable[[Capture | None], object]
"""Is told of each document, and of each reject of reading, when act 1 is done with it; None: when it is with all."""

ORDER = {
    "documents": ("source_uri", "source_offset", "source_key", "document_id"),
    "sightings": ("document_id", "position", "chain_position", "sighting_id"),
    "rejects": ("source_uri", "source_key", "stage", "offset", "code", "form", "detail"),
}
"""The order of rows where no step gives one, so that the order of inputs changes nothing."""

BATCH_RECORDS, BATCH_SIZE = 20_000, 512 * 2**20
"""A batch of act 1 ends at this many records or bytes of content: some seconds of work, which a kill can cost."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """How a run goes. Only ``options`` change what comes out; with no workers all is done in this process."""

    options: Options = DEFAULTS
    workers: int = 0
    overwrite: bool = False
    watch: Watch | None = None


USUAL = Settings()
BEGINNING = Progress()


# ------------------------------------------------------------------------------------------------ the verbs


def run(inputs: Inputs, out: Path | None, settings: Settings = USUAL) -> Summary:
    """Both acts. With ``out`` None nothing is written and the dataset lives in memory."""
    return _made(inputs, out, settings, both=True)


def capture(inputs: Inputs, out: Path | None, settings: Settings = USUAL) -> Summary:
    """Act 1 alone: documents, sightings and rejects; the other tables stay empty."""
    return _made(inputs, out, settings, both=False)


def _made(inputs: Inputs, out: Path | None, settings: Settings, *, both: bool) -> Summary:
    """Act 1 in batches, each committed, from where the last run into ``out`` was stopped; then act 2 in one swap."""
    begun = time.monotonic()
    if out is None:
        batches = [batch.tables for batch in captured(inputs, settings)]
        tables = {name: pa.concat_tables([batch[name] for batch in batches]) for name in ACT_1}
        return summarized(Dataset.in_memory(rebuilt(tables) if both else tables), begun)
    made_how = {"configuration": asdict(settings.options), "inputs": _state(inputs)}
    with Writer(out, **made_how, resume=True, overwrite=settings.overwrite) as writer:
        if writer.progress.state is State.CAPTURING:
            _capture(inputs, settings, writer)
        if settings.watch:
            settings.watch(None)
        if both and writer.progress.state is State.CAPTURED:
            _rebuild(out, writer)
    return summarized(open_dataset(out), begun)


def _state(inputs: Inputs) -> dict[str, Any]:
    """What tells other inputs apart: names and sizes of the sources."""
    sources = "\n".join(sorted(f"{source.uri}\t{source.size}" for source in inputs.sources))
    return {"sources": len(inputs.sources), "sources_sha256": sha256(sources.encode()).hexdigest()}


def _capture(inputs: Inputs, settings: Settings, writer: Writer) -> None:
    for batch in captured(inputs, settings, writer.progress, Suppression(writer.redacted)):
        for name, table in batch.tables.items():
            if table.num_rows:
                writer.write(name, table)
        writer.redacted = batch.suppression.digests
        writer.commit(batch.progress)


def _rebuild(out: Path, writer: Writer) -> None:
    dataset = open_dataset(out)
    captured = {name: dataset.stream(name) if name == "sightings" else dataset.table(name) for name in ACT_1}
    changed = TABLES if writer.redacted else TABLES.keys() - {"documents"}
    for name in changed:
        writer.clear(name)
    for name, rows in pieces(captured, Suppression(writer.redacted), Room(writer.scratch)):
        if name in changed:
            writer.append(name, rows)
    writer.commit(Progress(State.RECONSTRUCTED))


def reconstruct(sources: Iterable[Path | given.Row], out: Path | None, *, overwrite: bool = False) -> Summary:
    """Act 2 alone, over datasets, files of sightings and sightings in memory; ``out`` may be the one dataset given."""
    begun = time.monotonic()
    sources = list(sources)
    suppression = _redacted(sources)
    if out is None:
        captured = gathered(sources)
        return summarized(Dataset.in_memory(without(captured, _learnt(suppression, captured))), begun)
    paths = [source for source in sources if isinstance(source, Path)]
    inputs = {"sources": len(sources), "names": sorted(path.name for path in paths)}
    made_how: dict[str, Any] = {} if out in paths else {"configuration": {}, "inputs": inputs}
    with Writer(out, **made_how, overwrite=overwrite) as writer:
        captured = gathered(sources)
        suppression = _learnt(suppression | Suppression(writer.redacted), captured)
        writer.redacted = suppression.digests
        for name, rows in pieces(captured, suppression, Room(writer.scratch)):
            writer.append(name, rows)
        writer.commit(Progress(State.RECONSTRUCTED))
    return summarized(open_dataset(out), begun)


# ------------------------------------------------------------------------------------------------ tables


class Batch(NamedTuple):
    """A finished piece of act 1: rows of its tables, how far the inputs are read then, and what is suppressed."""

    tables: Tables
    progress: Progress
    suppression: Suppression


def captured(
    inputs: Inputs, settings: Settings, done: Progress = BEGINNING, suppression: Suppression = NOTHING
) -> Iterator[Batch]:
    """Act 1 over what of the inputs is not done: sources in order of their URIs, in batches that depend on these alone.

    At least one batch, the last of which may be empty.
    """
    places: deque[Progress] = deque()
    rows = _Rows()
    for captures in workers.run(_items(inputs, settings, done, places), settings.workers):
        for capture in captures:
            suppression = suppression.learnt_from(capture.sightings)
            rows.add(suppression.applied(capture))
            if settings.watch:
                settings.watch(capture)
        place = places.popleft()
        if rows.fill_a_batch():
            yield Batch(rows.tables(), place, suppression)
            rows = _Rows()
    yield Batch(rows.tables(), Progress(State.CAPTURED), suppression)


def _items(inputs: Inputs, settings: Settings, done: Progress, places: deque[Progress]) -> Iterator[Read | Slice]:
    """What there is to read from a place on, record by record or slice by slice; notes the place after each."""
    with Apart() as apart:
        for place, item in _read(inputs, settings, done, apart):
            places.append(place)
            yield item


def _read(inputs: Inputs, settings: Settings, done: Progress, apart: Apart) -> Iterator[tuple[Progress, Read | Slice]]:
    """A source begun before is read again up to the place where it was left."""
    sources = sorted(inputs.sources, key=lambda source: source.uri)
    for whole in range(done.sources, len(sources)):
        known = done.records if whole == done.sources else 0
        with_care = settings.workers and readers.is_read_apart(sources[whole], settings.options)
        read = apart.read if with_care else readers.parts
        for number, item in enumerate(read(sources[whole], settings.options), start=1):
            place = Progress(State.CAPTURING, whole, number)
            if isinstance(item, Slice):
                yield place, item._replace(is_done=number <= known)
            elif number > known:
                yield place, item


@dataclass(slots=True)
class _Rows:
    """The rows of a batch as they come."""

    documents: list[Document] = field(default_factory=list)
    sightings: list[Sighting] = field(default_factory=list)
    rejects: list[Reject] = field(default_factory=list)
    records: int = 0
    size: int = 0

    def fill_a_batch(self) -> bool:
        return self.records >= BATCH_RECORDS or self.size >= BATCH_SIZE

    def add(self, capture: Capture) -> None:
        self.records += 1
        if capture.document is not None:
            self.documents.append(capture.document)
            self.size += capture.document.size_bytes
        self.sightings += capture.sightings
        self.rejects += capture.rejects

    def tables(self) -> Tables:
        return {name: to_table(name, getattr(self, name)) for name in ACT_1}


def pieces(captured: Captured, suppression: Suppression, room: Room) -> Iterator[tuple[str, pa.Table]]:
    """All tables after act 2, in pieces; in memory where something is suppressed."""
    if suppression:
        yield from without(captured, suppression).items()
    else:
        yield "documents", captured["documents"]
        yield from _second_act(captured, room)


def _second_act(captured: Captured, room: Room) -> Iterator[tuple[str, pa.Table]]:
    """The tables that act 2 makes, in pieces, those of one table in its order."""
    known = reconcile(captured["sightings"], captured["documents"], room)
    yield from (("sightings", rows) for rows in known.sightings_table())
    rejects = [captured["rejects"]]
    for name, rows in thread(known, captured["documents"]):
        if name == "rejects":
            rejects.append(rows)
        else:
            yield name, rows
    yield "rejects", _ordered("rejects", pa.concat_tables(rejects))


def rebuilt(captured: Captured) -> Tables:
    """All tables after act 2, in memory."""
    found: dict[str, list[pa.Table]] = {"documents": [captured["documents"]]}
    for name, rows in _second_act(captured, Room()):
        found.setdefault(name, []).append(rows)
    return {name: pa.concat_tables(parts) for name, parts in found.items()}


def without(captured: Captured, suppression: Suppression) -> Tables:
    """Act 2 with nothing of what is suppressed, also where only act 2 finds out whose a sighting is."""
    if not suppression:
        return rebuilt(captured)
    captured = suppression.applied_to(captured)
    tables = rebuilt(captured)
    late = suppression.late(tables)
    return rebuilt(suppression.applied_to(captured, late)) if late else tables


def _learnt(suppression: Suppression, captured: Captured) -> Suppression:
    return suppression.learnt_from(from_table("sightings", captured["sightings"]))


def _redacted(sources: Iterable[Path | given.Row]) -> Suppression:
    """What any of the datasets must not show."""
    folders = (source for source in sources if isinstance(source, Path) and source.is_dir())
    return Suppression(frozenset(digest for folder in folders for digest in open_dataset(folder).redacted))


def gathered(sources: Sequence[Path | given.Row]) -> Captured:
    """The tables of act 1 from datasets, files of sightings and sightings in memory; each row once.

    The sightings of a dataset that is the only source are streamed.
    """
    if len(sources) == 1 and isinstance(sources[0], Path) and sources[0].is_dir():
        sole = _captured_dataset(sources[0])
        if not _repeats(sole):
            return _of_dataset(sole)
    tables: dict[str, list[pa.Table]] = {name: [to_table(name, ())] for name in ACT_1}
    rows = []
    for source in sources:
        if not isinstance(source, Path):
            rows.append(source)
        elif source.is_dir():
            dataset = _captured_dataset(source)
            for name in ACT_1:
                tables[name].append(dataset.table(name))
        else:
            _add(tables, archives.read_any(source))
    _add(tables, given.read_rows(rows, "memory"))
    merged = {name: pa.concat_tables(parts) for name, parts in tables.items()}
    return {
        "documents": _ordered("documents", _once(merged["documents"], "document_id")),
        "sightings": _once(_tombstones_last(merged["sightings"]), "sighting_id"),
        "rejects": _early(merged["rejects"]),
    }


def _captured_dataset(folder: Path) -> Dataset:
    dataset = open_dataset(folder)
    if dataset.progress.state is State.CAPTURING:
        raise DatasetError(f"{folder}: its capture was interrupted; run that to its end first")
    return dataset


def _repeats(dataset: Dataset) -> bool:
    """Whether any sighting is there more than once."""
    batches = dataset.stream("sightings").select(["sighting_id"]).to_batches()
    ids = np.array([code(i) for batch in batches for i in batch["sighting_id"].to_pylist()], dtype=np.uint64)
    return len(np.unique(ids)) < len(ids)


def _of_dataset(dataset: Dataset) -> Captured:
    return {
        "documents": _ordered("documents", _once(dataset.documents, "document_id")),
        "sightings": dataset.stream("sightings"),
        "rejects": _early(dataset.rejects),
    }


def _early(rejects: pa.Table) -> pa.Table:
    """The rejects of act 1."""
    return rejects.filter(pc.is_in(rejects["stage"], pa.array([Stage.READ, Stage.DETECT, Stage.RESOLVE])))


def _add(tables: dict[str, list[pa.Table]], found: given.Given) -> None:
    tables["documents"].append(to_table("documents", found.documents))
    tables["sightings"].append(to_table("sightings", found.sightings))
    tables["rejects"].append(to_table("rejects", found.rejects))


def _ordered(name: str, table: pa.Table) -> pa.Table:
    return table.sort_by([(column, "ascending") for column in ORDER[name]])


def _tombstones_last(sightings: pa.Table) -> pa.Table:
    """So that the list of one dataset finds out from another what it is to leave out."""
    redacted = pa.array([REDACTED in (flags or ()) for flags in sightings["flags"].to_pylist()], pa.bool_())
    return pa.concat_tables([sightings.filter(pc.invert(redacted)), sightings.filter(redacted)])


def _once(table: pa.Table, key: str) -> pa.Table:
    """The rows of a table, of several with the same key only the first."""
    first: dict[Any, int] = {}
    for row, value in enumerate(table[key].to_pylist()):
        first.setdefault(value, row)
    return table.take(list(first.values())) if len(first) < table.num_rows else table
