"""How a run ends: its last line, and its exit code."""

from __future__ import annotations

import json
from collections.abc import Iterator

import click

from tweetrecon.cli.command import counted, say
from tweetrecon.model import REJECT_DOCS, RejectCode
from tweetrecon.summary import Counts, Summary

SOME_REJECTED, NOTHING_READ = 3, 4
TOLD = 3
"""Inputs named one by one that could not be used; the table ``rejects`` has them all."""


def end(summary: Summary, *, quiet: bool, as_json: bool) -> int:
    """Print the summary (for people on standard error, as JSON on standard output) and tell the exit code."""
    counts = summary.counts
    if as_json:
        click.echo(json.dumps(_facts(summary), ensure_ascii=False))
    if counts.with_tweets or counts.without:
        say(_outcomes(counts), quiet=quiet or as_json)
    for told in _refused(summary):
        say(told, quiet=quiet or as_json)
    say(line(summary), quiet=quiet or as_json)
    if counts.damaged:
        faults = counted(counts.damaged, "fault")
        say(f"{faults} in inputs that were read as far as they go; the table rejects tells where", quiet=quiet)
    if not counts.documents:
        say("nothing matched: the inputs hold no documents; check the paths", quiet=quiet)
        return NOTHING_READ
    return SOME_REJECTED if counts.rejected else 0


def line(summary: Summary) -> str:
    """``1,204 documents · 377 tweets · 291 threads · 14 gaps · 2 rejected · 00:41 · out/``."""
    counts = summary.counts
    parts = [counted(counts.documents, "document")]
    if counts.tweets or not counts.sightings:
        parts += [counted(counts.tweets, "tweet"), counted(counts.threads, "thread"), counted(counts.gaps, "gap")]
    else:
        parts.append(counted(counts.sightings, "sighting"))
    parts += [f"{counts.rejected:,} rejected", _clock(summary.seconds)]
    if summary.dataset.path:
        parts.append(f"{summary.dataset.path}/")
    return " · ".join(parts)


def _outcomes(counts: Counts) -> str:
    """That every document ended somewhere: ``5 documents = 4 with tweets + 1 without + 0 rejected``."""
    rejected = counts.documents - counts.with_tweets - counts.without
    documents = counted(counts.documents, "document")
    return f"{documents} = {counts.with_tweets:,} with tweets + {counts.without:,} without + {rejected:,} rejected"


def _refused(summary: Summary) -> Iterator[str]:
    """``notes.html: binary: holds NUL bytes`` for the first inputs refused, and how many more there are."""
    more = summary.counts.rejected - TOLD
    for source, key, code, detail in summary.refused(TOLD) if summary.counts.rejected else []:
        place = " ".join(filter(None, (source, key))) or "a sighting"
        yield f"{place}: {code}: {detail or REJECT_DOCS[RejectCode(code)]}"
    if more > 0:
        yield f"… and {more:,} more rejected; the table rejects names them all"


def _clock(seconds: float) -> str:
    minutes, second = divmod(round(seconds), 60)
    hours, minute = divmod(minutes, 60)
    return f"{hours}:{minute:02}:{second:02}" if hours else f"{minute:02}:{second:02}"


def _facts(summary: Summary) -> dict[str, object]:
    out = str(summary.dataset.path) if summary.dataset.path else None
    return {**summary.counts._asdict(), "seconds": round(summary.seconds, 3), "out": out}
