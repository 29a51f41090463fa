"""The line, written once: read → detect → resolve, then reconcile → thread → write."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from tweetrecon import readers
from tweetrecon.detect import Detection, Trace, detect
from tweetrecon.interop import sightings as given
from tweetrecon.model import Document, Outcome, Reject, Sighting, Stage
from tweetrecon.readers import DEFAULTS, Inputs, Options
from tweetrecon.reconcile import reconcile
from tweetrecon.resolve import Resolution, resolve
from tweetrecon.schema import ACT_1, to_table
from tweetrecon.store import Dataset, Writer, open_dataset
from tweetrecon.threads import thread

Tables = dict[str, pa.Table]
Watch = Callable[[Document], object]
"""Is told of each document when act 1 is done with it."""

ORDER = {
    "documents": ("source_uri", "source_offset", "source_key", "document_id"),
    "sightings": ("document_id", "position", "chain_position", "sighting_id"),
    "rejects": ("source_uri", "source_key", "stage", "offset", "code", "form", "detail"),
}
"""The order of rows where no step gives one, so that the order of inputs changes nothing."""


class Summary(NamedTuple):
    """What a run did, and the dataset it made."""

    dataset: Dataset
    documents: int
    sightings: int
    tweets: int
    threads: int
    gaps: int
    rejected: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Capture:
    """What act 1 makes of one document."""

    document: Document
    sightings: tuple[Sighting, ...]
    rejects: tuple[Reject, ...]


class Explanation(NamedTuple):
    """What each step made of one document."""

    trace: Trace
    detection: Detection
    resolution: Resolution


# ------------------------------------------------------------------------------------------------ one document


def capture_document(document: Document) -> Capture:
    """Act 1 for one document: a pure function, so that any runner may call it anywhere."""
    if document.outcome is Outcome.REJECTED:
        return Capture(document, (), ())
    detection = detect(document)
    resolution = resolve(detection.document, detection.embeds)
    done = replace(
        detection.document,
        outcome=Outcome.TWEETS if resolution.sightings else Outcome.NONE,
        sightings_count=len(resolution.sightings),
        text="",
    )
    return Capture(done, resolution.sightings, detection.rejects + resolution.rejects)


def explain(document: Document) -> Explanation:
    """Act 1 for one document, with what came of each step."""
    trace = Trace()
    detection = detect(document, trace)
    return Explanation(trace, detection, resolve(detection.document, detection.embeds))


# ------------------------------------------------------------------------------------------------ the verbs


def run(
    inputs: Inputs,
    out: Path | None,
    *,
    options: Options = DEFAULTS,
    overwrite: bool = False,
    watch: Watch | None = None,
) -> Summary:
    """Both acts. With ``out`` None nothing is written and the dataset lives in memory."""
    made_how = _made_how(inputs, options) | {"overwrite": overwrite}
    return _made(lambda: rebuilt(captured(inputs, options, watch)), out, **made_how)


def capture(
    inputs: Inputs,
    out: Path | None,
    *,
    options: Options = DEFAULTS,
    overwrite: bool = False,
    watch: Watch | None = None,
) -> Summary:
    """Act 1 alone: documents, sightings and rejects; the other tables stay empty."""
    made_how = _made_how(inputs, options) | {"overwrite": overwrite}
    return _made(lambda: captured(inputs, options, watch), out, **made_how)


def reconstruct(sources: Iterable[Path | given.Row], out: Path | None, *, overwrite: bool = False) -> Summary:
    """Act 2 alone, over datasets, files of sightings and sightings in memory; ``out`` may be the one dataset given."""
    sources = list(sources)
    paths = [source for source in sources if isinstance(source, Path)]
    if out in paths:
        return _made(lambda: rebuilt(gathered(sources)), out)
    inputs = {"sources": len(sources), "names": sorted(path.name for path in paths)}
    return _made(lambda: rebuilt(gathered(sources)), out, configuration={}, inputs=inputs, overwrite=overwrite)


def _made_how(inputs: Inputs, options: Options) -> dict[str, Any]:
    uris = "\n".join(sorted(source.uri for source in inputs.sources))
    state = {"sources": len(inputs.sources), "uris_sha256": sha256(uris.encode()).hexdigest()}
    return {"configuration": asdict(options), "inputs": state}


def _made(work: Callable[[], Tables], out: Path | None, **made_how: Any) -> Summary:
    begun = time.monotonic()
    if out is None:
        return _summary(Dataset.in_memory(work()), begun)
    with Writer(out, **made_how) as writer:
        for name, table in work().items():
            writer.write(name, table)
    return _summary(open_dataset(out), begun)


def _summary(dataset: Dataset, begun: float) -> Summary:
    threads, rejects, sightings = dataset.threads, dataset.rejects, dataset.sightings
    refused = zip(rejects["stage"].to_pylist(), rejects["kept"].to_pylist(), strict=True)
    return Summary(
        dataset=dataset,
        documents=dataset.documents.num_rows or pc.count_distinct(sightings["document_id"]).as_py(),
        sightings=sightings.num_rows,
        tweets=dataset.tweets.num_rows,
        threads=threads.num_rows,
        gaps=pc.sum(pc.list_value_length(threads["gaps"])).as_py() or 0,
        rejected=sum(stage == Stage.READ and not kept for stage, kept in refused),
        seconds=time.monotonic() - begun,
    )


# ------------------------------------------------------------------------------------------------ tables


def captured(inputs: Inputs, options: Options, watch: Watch | None = None) -> Tables:
    """Act 1 over all inputs: the tables `documents`, `sightings` and `rejects`."""
    documents: list[Document] = []
    sightings: list[Sighting] = []
    rejects: list[Reject] = []
    for source in inputs.sources:
        for item in readers.read_source(source, options):
            if isinstance(item, Reject):
                rejects.append(item)
                continue
            done = capture_document(item)
            documents.append(done.document)
            sightings += done.sightings
            rejects += done.rejects
            if watch:
                watch(done.document)
    return {
        "documents": _ordered("documents", to_table("documents", documents)),
        "sightings": _ordered("sightings", to_table("sightings", sightings)),
        "rejects": _ordered("rejects", to_table("rejects", rejects)),
    }


def rebuilt(captured: Tables) -> Tables:
    """Act 2: all tables, from those of act 1."""
    known = reconcile(captured["sightings"], captured["documents"])
    found = thread(known, captured["documents"])
    rejects = pa.concat_tables([captured["rejects"], found["rejects"]])
    sightings = _ordered("sightings", known.sightings)
    return captured | found | {"sightings": sightings, "rejects": _ordered("rejects", rejects)}


def gathered(sources: Iterable[Path | given.Row]) -> Tables:
    """The tables of act 1 from datasets, files of sightings and sightings in memory; each row once."""
    tables: dict[str, list[pa.Table]] = {name: [to_table(name, ())] for name in ACT_1}
    rows = []
    for source in sources:
        if not isinstance(source, Path):
            rows.append(source)
        elif source.is_dir():
            dataset = open_dataset(source)
            for name in ACT_1:
                tables[name].append(dataset.table(name))
        else:
            _add(tables, given.read_jsonl(source))
    _add(tables, given.read_rows(rows, "memory"))
    merged = {name: pa.concat_tables(parts) for name, parts in tables.items()}
    early = pc.is_in(merged["rejects"]["stage"], pa.array([Stage.READ, Stage.DETECT, Stage.RESOLVE]))
    return {
        "documents": _ordered("documents", _once(merged["documents"], "document_id")),
        "sightings": _ordered("sightings", _once(merged["sightings"], "sighting_id")),
        "rejects": _ordered("rejects", merged["rejects"].filter(early)),
    }


def _add(tables: dict[str, list[pa.Table]], found: given.Given) -> None:
    tables["sightings"].append(to_table("sightings", found.sightings))
    tables["rejects"].append(to_table("rejects", found.rejects))


def _ordered(name: str, table: pa.Table) -> pa.Table:
    return table.sort_by([(column, "ascending") for column in ORDER[name]])


def _once(table: pa.Table, key: str) -> pa.Table:
    """The rows of a table, of several with the same key only the first."""
    first: dict[Any, int] = {}
    for row, value in enumerate(table[key].to_pylist()):
        first.setdefault(value, row)
    return table.take(list(first.values())) if len(first) < table.num_rows else table
