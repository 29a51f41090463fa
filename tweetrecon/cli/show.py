"""``tweetrecon show``: threads as cards."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click
import pyarrow as pa
import pyarrow.compute as pc
from rich.console import Console

from tweetrecon.cli.cards import WIDEST, Sources, print_thread
from tweetrecon.cli.command import counted, say, verb
from tweetrecon.cli.jsonl import print_rows
from tweetrecon.errors import DatasetError
from tweetrecon.model import ThreadKind
from tweetrecon.schema import from_table
from tweetrecon.store import Dataset, open_dataset
from tweetrecon.twitter.urls import parse_status


@verb(
    "show",
    "tweetrecon show archive",
    "tweetrecon show archive --kind conversation -n 5",
    "tweetrecon show archive https://twitter.com/nordkai_port/status/1455779943668518913",
    "tweetrecon show archive harbour-flood.html --json | head -n 1",
)
@click.argument("dataset", metavar="OUT")
@click.argument("what", required=False, metavar="[THREAD | TWEET_ID | URL | FILE]")
@click.option(
    "-n", "--number", type=click.IntRange(min=0), default=20, help="Show at most so many threads; 0: all [20]."
)
@click.option("--kind", type=click.Choice([str(k) for k in ThreadKind]), help="Only threads of this kind.")
@click.option("--author", metavar="USERNAME", help="Only threads with a tweet by this account.")
@click.option("--json", "as_json", is_flag=True, help="Print rows of the table `threads` as JSON lines.")
def command(dataset: str, what: str | None, number: int, kind: str | None, author: str | None, as_json: bool) -> None:
    """Show threads of a dataset as cards: each tweet with its time, its text, and the places it was read from.

    A thread is named by its id, by the id or address of one of its tweets, or by the address or file of an article.
    What a thread lacks is shown as a card, too.
    """
    opened = open_dataset(Path(dataset))
    found = _filtered(_named(opened, what), kind, author)
    shown = found.slice(0, number or None)
    if as_json:
        print_rows(shown)
    else:
        show(opened, shown)
    if rest := found.num_rows - shown.num_rows:
        say(f"{counted(rest, 'more thread')}: -n 0 shows all")
    if not found.num_rows:
        say(_why_nothing(opened))


def show(dataset: Dataset, threads: pa.Table) -> None:
    """Print rows of the table ``threads`` as cards on standard output."""
    console = Console(width=min(Console().width, WIDEST), highlight=False, emoji=False, markup=False)
    records = list(from_table("threads", threads))
    tweets = [tweet for thread in records for tweet in thread.tweets]
    sightings = _rows(dataset, "sightings", "sighting_id", [s for tweet in tweets for s in tweet.sighting_ids])
    documents = _rows(dataset, "documents", "document_id", [s["document_id"] for s in sightings])
    keys = [tweet.tweet_key for tweet in tweets]
    of_tweets = (_rows(dataset, table, "tweet_key", keys) for table in ("tweets", "references"))
    sources = Sources(sightings, documents, *of_tweets)
    for thread in records:
        print_thread(console, thread, sources)


def _rows(dataset: Dataset, table: str, key: str, wanted: list[str]) -> list[dict[str, Any]]:
    rows = dataset.table(table)
    return rows.filter(pc.is_in(rows[key], pa.array(wanted, pa.string()))).to_pylist()


def _named(dataset: Dataset, what: str | None) -> pa.Table:
    """The threads that an argument names; DatasetError where it names none."""
    if what is None:
        return dataset.threads
    status = parse_status(what)
    found = dataset.threads_with([status.tweet_id if status and status.tweet_id else what.lstrip("@")])
    if not found.num_rows:
        found = _cited_in(dataset, what)
    if not found.num_rows:
        raise DatasetError(
            f"no thread, tweet or document {what!r} in {dataset.path}; `tweetrecon show` alone lists all"
        )
    return found


def _cited_in(dataset: Dataset, what: str) -> pa.Table:
    """The threads with a tweet that a document shows, which is named by its address, file, key or id."""
    documents = dataset.documents.select(["document_id", "url", "source_uri", "source_key"]).to_pylist()
    ids = {row["document_id"] for row in documents if what in row.values()}
    cited = [bool(ids.intersection(thread or ())) for thread in dataset.threads["document_ids"].to_pylist()]
    return dataset.threads.filter(pa.array(cited, pa.bool_()))


def _filtered(threads: pa.Table, kind: str | None, author: str | None) -> pa.Table:
    if kind is not None:
        threads = threads.filter(pc.equal(threads["kind"], pa.scalar(kind)))
    if author is not None:
        wanted = author.lstrip("@").casefold()
        has = [
            any(name.casefold() == wanted for name in names or ()) for names in threads["author_usernames"].to_pylist()
        ]
        threads = threads.filter(pa.array(has, pa.bool_()))
    return threads


def _why_nothing(dataset: Dataset) -> str:
    if dataset.sightings.num_rows and not dataset.threads.num_rows:
        return f"no threads yet: `tweetrecon reconstruct {dataset.path}` makes them"
    return "no thread fits"
