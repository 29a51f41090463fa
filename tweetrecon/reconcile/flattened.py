"""All sightings piece by piece, those of flattened tweets with the bounds on which they agree."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, Protocol

from tweetrecon.reconcile import bounds

if TYPE_CHECKING:
    import pyarrow as pa


class Tabular(Protocol):
    """A table that need not be in memory: `pyarrow.Table` is one."""

    @property
    def num_rows(self) -> int:
        """How many rows it has."""

    def select(self, columns: Sequence[str]) -> Tabular:
        """Only these columns."""

    def to_batches(self) -> Any:
        """Its rows, piece by piece; may be asked for several times."""


def pieces(sightings: Tabular) -> Iterator[pa.Table]:
    """The rows in any order. In memory are those in doubt, those of the same authors, and those inside others."""
    import pyarrow as pa
    import pyarrow.compute as pc

    authors = _authors_in_doubt(sightings)
    concerned = []
    for batch in sightings.to_batches():
        table = pa.Table.from_batches([batch])
        if authors:
            doubtful = _in_doubt(table)
            by_them: Any = pc.is_in(pc.utf8_lower(table["author_username"]), pa.array(sorted(authors), pa.string()))
            inside: Any = pc.greater(table["chain_position"], pa.scalar(0))
            concerned.append(table.filter(pc.or_(doubtful, pc.or_(by_them, inside))))
            table = table.filter(pc.invert(doubtful))
        yield table
    if concerned:
        settled = bounds.settled(pa.concat_tables(concerned))
        yield settled.filter(_in_doubt(settled))


def _authors_in_doubt(sightings: Tabular) -> set[str]:
    """In lower case, "" for none."""
    import pyarrow as pa

    found: set[str] = set()
    for batch in sightings.select(["author_username", "beginnings"]).to_batches():
        table = pa.Table.from_batches([batch])
        found |= {(name or "").lower() for name in table.filter(_in_doubt(table))["author_username"].to_pylist()}
    return found


def _in_doubt(table: pa.Table) -> Any:
    import pyarrow as pa
    import pyarrow.compute as pc

    return pc.fill_null(pc.greater(pc.list_value_length(table["beginnings"]), pa.scalar(0)), False)
