"""Sightings that other tools made → the sightings table: rows with its column names, absent columns null."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

import orjson

from tweetrecon.errors import InputError
from tweetrecon.model import Document, Reject, RejectCode, Sighting, Stage
from tweetrecon.schema import from_dict, to_table

Row = Sighting | Mapping[str, Any]


class Given(NamedTuple):
    """The sightings of a source that could be used, why the others could not, and the records that state them."""

    sightings: list[Sighting]
    rejects: list[Reject]
    documents: Sequence[Document] = ()


class _Numbered(NamedTuple):
    number: int
    sighting: Sighting


def read_jsonl(path: Path) -> Given:
    """Sightings from a file of JSON lines. Raises InputError where it cannot be read."""
    try:
        with path.open("rb") as file:
            return read_rows(_rows(file), path.name)
    except OSError as error:
        raise InputError(f"{path}: {error.strerror}; check the path") from error


def read_rows(rows: Iterable[Row | None], source: str) -> Given:
    """Sightings from records or mappings; None and rows whose values do not fit their columns become rejects."""
    found: list[_Numbered] = []
    rejects: list[Reject] = []
    for number, row in enumerate(rows, 1):
        try:
            found.append(_Numbered(number, _sighting(row, source, number)))
        except (TypeError, ValueError, OverflowError) as error:
            rejects.append(_reject(source, number, str(error)))
    misfits = dict(_misfits(found))
    rejects += [_reject(source, number, why) for number, why in misfits.items()]
    return Given([f.sighting for f in found if f.number not in misfits], rejects)


def _rows(lines: Iterable[bytes]) -> Iterator[dict[str, Any] | None]:
    for line in lines:
        try:
            row = orjson.loads(line)
        except orjson.JSONDecodeError:
            row = None
        if line.strip():
            yield row if isinstance(row, dict) else None


def _sighting(row: Row | None, source: str, number: int) -> Sighting:
    """The sighting of a row; without ids of its own it gets stable ones."""
    if isinstance(row, Sighting):
        return row
    if row is None:
        raise TypeError("no JSON object")
    own = sha256(f"{source}\0{number}".encode()).hexdigest()[:32]
    ids = {name: row.get(name) or own for name in ("sighting_id", "document_id")}
    sighting: Sighting = from_dict(Sighting, {**row, **ids})
    return sighting


def _misfits(found: Sequence[_Numbered]) -> Iterator[tuple[int, str]]:
    """Rows that no Arrow column takes, found by halving, because most inputs have none."""
    try:
        to_table("sightings", [f.sighting for f in found])
    except (TypeError, ValueError, OverflowError) as error:
        if len(found) == 1:
            yield found[0].number, str(error)
        else:
            middle = len(found) // 2
            yield from _misfits(found[:middle])
            yield from _misfits(found[middle:])


def _reject(source: str, number: int, why: str) -> Reject:
    return Reject(
        stage=Stage.READ,
        code=RejectCode.BAD_SIGHTING,
        source_uri=source,
        source_key=str(number),
        detail=f"row {number}: {why}; compare `tweetrecon schema sightings`",
    )
