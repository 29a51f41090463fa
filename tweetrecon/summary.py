"""What a run did: counts of its dataset, asked of the files and not of tables in memory."""

from __future__ import annotations

import time
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from tweetrecon.extraction import UNFINISHED
from tweetrecon.model import RejectCode, Stage
from tweetrecon.store import Dataset


class Counts(NamedTuple):
    """What a dataset holds.

    ``documents`` are those ``with_tweets``, those ``without``, and those rejected. ``rejected`` counts those and, in
    sightings made elsewhere, rows that could not be used; ``damaged`` counts faults in spite of which was read.
    """

    documents: int
    with_tweets: int
    without: int
    sightings: int
    tweets: int
    threads: int
    gaps: int
    rejected: int
    damaged: int


class Refusal(NamedTuple):
    """What could not be used: where it stands, the code, and what happened, for a person."""

    source: str | None
    key: str | None
    code: str
    detail: str


@dataclass(frozen=True)
class Summary:
    """The dataset that a run made, and how long that took; who counts nothing, pays for no counting."""

    dataset: Dataset
    seconds: float

    @cached_property
    def counts(self) -> Counts:
        """What the dataset holds."""
        with self.dataset.connect() as connection:
            return Counts._make(connection.execute(_QUERY).fetchone() or ())

    def refused(self, most: int) -> list[Refusal]:
        """The first inputs and records that could not be used, in order of their places."""
        with self.dataset.connect() as connection:
            return [Refusal._make(row) for row in connection.execute(_REFUSED, [most]).fetchall()]


_CODES = ", ".join(f"'{code}'" for code in UNFINISHED)
_UNREAD = f"(stage = '{Stage.READ}' or code in ({_CODES}))"
_QUERY = f"""
select
    coalesce(nullif((select count(*) from documents), 0), (select count(distinct document_id) from sightings)),
    (select count(*) from documents where outcome = 'tweets'),
    (select count(*) from documents where outcome = 'none'),
    (select count(*) from sightings),
    (select count(*) from tweets),
    (select count(*) from threads),
    (select coalesce(sum(len(gaps)), 0)::bigint from threads),
    (select count(*) from rejects where {_UNREAD} and not kept),
    (select count(*) from rejects where {_UNREAD} and kept and code <> '{RejectCode.NOT_AN_ARTICLE}')
"""
_REFUSED = f"""
select source_uri, source_key, code, detail from rejects where {_UNREAD} and not kept
order by source_uri, "offset", source_key, code limit ?
"""


def summarized(dataset: Dataset, begun: float) -> Summary:
    """The summary of a run that began at this time of ``time.monotonic``."""
    return Summary(dataset, time.monotonic() - begun)
