"""What a run shows while it goes: a line on a terminal, or JSON lines for a log."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass

import click
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from tweetrecon.extraction import Capture
from tweetrecon.model import Outcome
from tweetrecon.pipeline import Watch

LOG_SECONDS = 10.0


@dataclass(slots=True)
class Tally:
    """What act 1 has done so far."""

    documents: int = 0
    sightings: int = 0
    rejected: int = 0

    def add(self, capture: Capture) -> None:
        """Count one record."""
        if capture.document is not None:
            self.documents += 1
            self.sightings += len(capture.sightings)
            self.rejected += capture.document.outcome is Outcome.REJECTED


@contextmanager
def progress(*, quiet: bool, log_json: bool) -> Iterator[Watch | None]:
    """Yield what to tell each record: shown on standard error as JSON lines, or, on a terminal only, as one line."""
    if log_json:
        with _log() as watch:
            yield watch
    elif quiet or not sys.stderr.isatty():
        yield None
    else:
        with _line() as watch:
            yield watch


@contextmanager
def _line() -> Iterator[Watch]:
    tally, begun = Tally(), time.monotonic()
    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True, refresh_per_second=4) as line:
        task = line.add_task("reading", total=None)

        def watch(capture: Capture) -> None:
            tally.add(capture)
            if tally.documents % 16 == 0:
                line.update(task, description=_described(tally, time.monotonic() - begun))

        yield watch


def _described(tally: Tally, seconds: float) -> str:
    rate = tally.documents / seconds if seconds else 0.0
    return (
        f"{tally.documents:,} documents · {rate:,.0f} a second · {tally.sightings:,} sightings"
        f" · {tally.rejected:,} rejected"
    )


@contextmanager
def _log() -> Iterator[Watch]:
    tally, begun = Tally(), time.monotonic()
    told = begun

    def watch(capture: Capture) -> None:
        nonlocal told
        tally.add(capture)
        if time.monotonic() - told >= LOG_SECONDS:
            told = time.monotonic()
            _tell("reading", tally, told - begun)

    try:
        yield watch
    except BaseException as error:
        _tell("interrupted" if isinstance(error, KeyboardInterrupt) else "failed", tally, time.monotonic() - begun)
        raise
    _tell("done", tally, time.monotonic() - begun)


def _tell(event: str, tally: Tally, seconds: float) -> None:
    click.echo(json.dumps({"event": event, **asdict(tally), "seconds": round(seconds, 3)}), err=True)
