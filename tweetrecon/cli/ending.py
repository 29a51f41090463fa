"""How a run ends: its last line, and its exit code."""

from __future__ import annotations

import json

import click

from tweetrecon.cli.command import counted, say
from tweetrecon.summary import Summary

SOME_REJECTED, NOTHING_READ = 3, 4


def end(summary: Summary, *, quiet: bool, as_json: bool) -> int:
    """Print the summary (for people on standard error, as JSON on standard output) and tell the exit code."""
    if as_json:
        click.echo(json.dumps(_facts(summary), ensure_ascii=False))
    if summary.with_tweets or summary.without:
        say(_outcomes(summary), quiet=quiet or as_json)
    say(line(summary), quiet=quiet or as_json)
    if summary.damaged:
        faults = counted(summary.damaged, "fault")
        say(f"{faults} in inputs that were read as far as they go; the table rejects tells where", quiet=quiet)
    if not summary.documents:
        say("nothing matched: the inputs hold no documents; check the paths", quiet=quiet)
        return NOTHING_READ
    return SOME_REJECTED if summary.rejected else 0


def line(summary: Summary) -> str:
    """``1,204 documents · 377 tweets · 291 threads · 14 gaps · 2 rejected · 00:41 · out/``."""
    parts = [counted(summary.documents, "document")]
    if summary.tweets or not summary.sightings:
        parts += [counted(summary.tweets, "tweet"), counted(summary.threads, "thread"), counted(summary.gaps, "gap")]
    else:
        parts.append(counted(summary.sightings, "sighting"))
    parts += [f"{summary.rejected:,} rejected", _clock(summary.seconds)]
    if summary.dataset.path:
        parts.append(f"{summary.dataset.path}/")
    return " · ".join(parts)


def _outcomes(summary: Summary) -> str:
    """That every document ended somewhere: ``5 documents = 4 with tweets + 1 without + 0 rejected``."""
    rejected = summary.documents - summary.with_tweets - summary.without
    documents = counted(summary.documents, "document")
    return f"{documents} = {summary.with_tweets:,} with tweets + {summary.without:,} without + {rejected:,} rejected"


def _clock(seconds: float) -> str:
    minutes, second = divmod(round(seconds), 60)
    hours, minute = divmod(minutes, 60)
    return f"{hours}:{minute:02}:{second:02}" if hours else f"{minute:02}:{second:02}"


def _facts(summary: Summary) -> dict[str, object]:
    counts = {
        name: getattr(summary, name)
        for name in (
            "documents",
            "with_tweets",
            "without",
            "sightings",
            "tweets",
            "threads",
            "gaps",
            "rejected",
            "damaged",
        )
    }
    out = str(summary.dataset.path) if summary.dataset.path else None
    return {**counts, "seconds": round(summary.seconds, 3), "out": out}
