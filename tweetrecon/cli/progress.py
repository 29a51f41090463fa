"""What a run shows while it goes: a bar on a terminal, or JSON lines for a log."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import accumulate

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeElapsedColumn, TimeRemainingColumn

from tweetrecon.extraction import Capture
from tweetrecon.model import Document, Outcome
from tweetrecon.pipeline import Watch
from tweetrecon.readers import Inputs

LOG_SECONDS = 10.0
REFRESH_SECONDS = 0.25
MEMORY_SECONDS = 600.0
"""The time left is judged by the speed of so many last seconds."""

_PLACED = tuple(".warc .warc.gz .warc.zst .wet .wet.gz .wet.zst .arc .arc.gz .arc.zst .jsonl .ndjson".split())
"""Names of files in which the offset of a record is its place in the file as it lies on the disk."""


@dataclass(slots=True)
class Tally:
    """What act 1 has done so far; ``sizes`` are the bytes of each source, in the order in which they are read."""

    sizes: dict[str, int]
    documents: int = 0
    sightings: int = 0
    rejected: int = 0
    bytes: int = 0
    """Bytes of the inputs that are done: of the source that is being read those before the last record."""
    begun: float = field(default_factory=time.monotonic)
    _before: dict[str, int] = field(init=False)

    def __post_init__(self) -> None:
        self._before = dict(zip(self.sizes, accumulate(self.sizes.values(), initial=0), strict=False))

    @property
    def total(self) -> int:
        """Bytes of all inputs; what comes from a pipe counts as none."""
        return sum(self.sizes.values())

    @property
    def seconds(self) -> float:
        """Seconds since the beginning."""
        return time.monotonic() - self.begun

    def add(self, capture: Capture) -> None:
        """Count one record."""
        if capture.document is not None:
            self.documents += 1
            self.sightings += len(capture.sightings)
            self.rejected += capture.document.outcome is Outcome.REJECTED
            self.bytes = max(self.bytes, self._place(capture.document))

    def _place(self, document: Document) -> int:
        uri = document.source_uri
        offset = document.source_offset or 0 if uri.lower().endswith(_PLACED) else 0
        return self._before.get(uri, 0) + min(offset, self.sizes.get(uri, 0))

    def __str__(self) -> str:
        rate = self.documents / self.seconds if self.seconds else 0.0
        return (
            f"{self.documents:,} documents · {rate:,.0f} a second · {self.sightings:,} sightings"
            f" · {self.rejected:,} rejected"
        )


@contextmanager
def progress(inputs: Inputs, *, quiet: bool, log_json: bool) -> Iterator[Watch | None]:
    """Yield what to tell each record: shown on standard error as JSON lines, or, on a terminal only, as a bar."""
    tally = Tally({source.uri: source.size for source in sorted(inputs.sources, key=lambda source: source.uri)})
    if log_json:
        with _log(tally) as watch:
            yield watch
    elif quiet or not sys.stderr.isatty():
        yield None
    else:
        with _bar(tally) as watch:
            yield watch


@contextmanager
def _bar(tally: Tally) -> Iterator[Watch]:
    columns = (
        BarColumn(20),
        TaskProgressColumn(),
        TextColumn("{task.description}"),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
    )
    console = Console(stderr=True)
    with Progress(*columns, console=console, transient=True, speed_estimate_period=MEMORY_SECONDS) as bar:
        task = bar.add_task("reading", total=tally.total or None)
        shown = 0.0

        def watch(capture: Capture | None) -> None:
            nonlocal shown
            if capture is None:
                bar.update(task, completed=tally.total, description=f"{tally} · joining threads")
                return
            tally.add(capture)
            if tally.seconds - shown >= REFRESH_SECONDS:
                shown = tally.seconds
                bar.update(task, completed=tally.bytes, description=str(tally))

        yield watch


@contextmanager
def _log(tally: Tally) -> Iterator[Watch]:
    told = 0.0

    def watch(capture: Capture | None) -> None:
        nonlocal told
        if capture is None:
            tally.bytes = tally.total
            _tell("joining", tally)
            return
        tally.add(capture)
        if tally.seconds - told >= LOG_SECONDS:
            told = tally.seconds
            _tell("reading", tally)

    try:
        yield watch
    except BaseException as error:
        _tell("interrupted" if isinstance(error, KeyboardInterrupt) else "failed", tally)
        raise
    _tell("done", tally)


def _tell(event: str, tally: Tally) -> None:
    facts = {
        "event": event,
        "documents": tally.documents,
        "sightings": tally.sightings,
        "rejected": tally.rejected,
        "bytes": tally.bytes,
        "bytes_total": tally.total,
        "seconds": round(tally.seconds, 3),
    }
    click.echo(json.dumps(facts), err=True)
