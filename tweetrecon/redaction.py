"""Redact a dataset: take what people asked to be forgotten out of every table, and keep it out."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from tweetrecon import pipeline
from tweetrecon.errors import DatasetError
from tweetrecon.schema import ACT_1, TABLES
from tweetrecon.store import Progress, State, Writer, open_dataset
from tweetrecon.suppression import Suppression, sightings_of, texts
from tweetrecon.twitter.urls import parse_status

KEY_OF_TWEETS_WITHOUT_ID = "x:"


class Redacted(NamedTuple):
    """What a redaction concerned."""

    sightings: int
    documents: int


def redact(out: Path, ids: Iterable[str] = (), usernames: Iterable[str] = ()) -> Redacted:
    """Leave tombstones of tweets (ids, addresses, keys) and of all tweets by accounts, now and in later runs.

    The first commit holds nothing of them any more; then act 2 is done again, where it had been done. Raises
    DatasetError, OutputError.
    """
    given = [_key(line) for line in ids]
    asked = Suppression.of((key for key in given if not key.startswith(KEY_OF_TWEETS_WITHOUT_ID)), usernames)
    with Writer(out, resume=True) as writer:
        dataset = open_dataset(out)
        state = dataset.progress.state
        tables = {name: dataset.table(name) for name in TABLES}
        named = asked.late(tables) | sightings_of(set(given), dataset.threads)
        found = asked.found_in(tables, named)
        asked |= Suppression(writer.redacted) | Suppression.of(texts=texts(found))
        writer.redacted = asked.digests
        for name, table in asked.applied_to(tables, named).items():
            writer.replace(name, table)
        for name in TABLES.keys() - set(ACT_1):
            writer.clear(name)
        writer.commit(Progress(State.CAPTURED) if state is State.RECONSTRUCTED else dataset.progress)
    if state is State.RECONSTRUCTED:
        pipeline.reconstruct([out], out)
    return Redacted(len(found), len({sighting.document_id for sighting in found}))


def _key(line: str) -> str:
    """The id that a line of a list names, or the key as it stands there."""
    status = parse_status(line.strip())
    key = status.tweet_id if status else line.strip()
    if not ((key.isascii() and key.isdigit()) or key.startswith(KEY_OF_TWEETS_WITHOUT_ID)):
        raise DatasetError(f"{key[:80]!r} is no id, address or key of a tweet; mend the list")
    return key
