"""What was taken from tweet archives: each statement about a tweet once, however many records repeat it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import fields, replace
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from tweetrecon.interop.archives import Read
from tweetrecon.interop.records import MEDIA_TYPE
from tweetrecon.model import Document, Reject, Role, Sighting, Stage
from tweetrecon.pipeline import ORDER
from tweetrecon.schema import ACT_1, arrow_schema, from_table, to_table

if TYPE_CHECKING:
    import pyarrow as pa

Tables = dict[str, "pa.Table"]
_KEYS = {"documents": "document_id", "sightings": "sighting_id"}
_PLACE = ("sighting_id", "document_id", "position", "chain_position")
_COUNTS = ("like_count", "retweet_count", "reply_count", "quote_count")
_STATED = [f.name for f in fields(Sighting) if f.name not in (*_PLACE, *_COUNTS)]


class Taken:
    """Rows of act 1 from archives. A thousand retweets repeat their source alike: its first place in order stays."""

    def __init__(self, rows: Iterable[Read] = ()) -> None:
        self._waiting: list[Sighting] = []
        self._kept: dict[bytes, tuple[Document, Sighting]] = {}
        self._named: defaultdict[tuple[str, int], dict[str, Sighting]] = defaultdict(dict)
        self._rejects: dict[Reject, None] = {}
        for row in rows:
            self.add(row)

    def __len__(self) -> int:
        return len(self._kept)

    def add(self, row: Read) -> None:
        """Take in a row; the sightings of a record come before its document."""
        match row:
            case Sighting():
                self._waiting.append(row)
            case Reject():
                self._rejects[row] = None
            case Document():
                self.add_record(row, self._waiting)
                self._waiting = []

    def add_record(self, document: Document, sightings: Iterable[Sighting]) -> None:
        """Take in a record with what it states."""
        for sighting in sightings:
            if sighting.role != Role.ARCHIVED:
                self._named[sighting.document_id, sighting.position][sighting.sighting_id] = sighting
                continue
            key = _content(sighting)
            before = self._kept.get(key)
            if before is None or _order(document, sighting) < _order(*before):
                self._kept[key] = (document, sighting)

    @property
    def sightings(self) -> list[Sighting]:
        """The sightings kept, with those of the tweets that they name."""
        shown = [sighting for _, sighting in self._kept.values()]
        places = {(s.document_id, s.position) for s in shown if s.chain_position == 0}
        return [*shown, *(named for place in places for named in self._named.get(place, {}).values())]

    @property
    def rejects(self) -> list[Reject]:
        """Each reject once."""
        return list(self._rejects)

    def tables(self) -> Tables:
        """The rows as tables of act 1; of the records those that gave a sighting kept."""
        shown = self.sightings
        counts = Counter(sighting.document_id for sighting in shown)
        documents = {document.document_id: document for document, _ in self._kept.values()}
        rows: dict[str, list[Any]] = {
            "documents": [replace(d, sightings_count=counts[d.document_id]) for d in documents.values()],
            "sightings": shown,
            "rejects": self.rejects,
        }
        return {name: to_table(name, rows[name]) for name in ACT_1}


def merged(captured: Mapping[str, pa.Table]) -> Tables:
    """The tables of act 1 of a dataset with what its archives gave, once."""
    import pyarrow as pa
    import pyarrow.compute as pc

    from_archives = pc.equal(captured["documents"]["media_type"], pa.scalar(MEDIA_TYPE))
    ids = captured["documents"].filter(from_archives)["document_id"].combine_chunks()
    of_archives = pc.is_in(captured["sightings"]["document_id"], ids)
    taken = Taken()
    by_record: defaultdict[str, list[Sighting]] = defaultdict(list)
    for sighting in from_table("sightings", captured["sightings"].filter(of_archives)):
        by_record[sighting.document_id].append(sighting)
    for document in from_table("documents", captured["documents"].filter(from_archives)):
        taken.add_record(document, by_record[document.document_id])
    early = pc.is_in(captured["rejects"]["stage"], pa.array([Stage.READ, Stage.DETECT, Stage.RESOLVE]))
    for reject in from_table("rejects", captured["rejects"].filter(early)):
        taken.add(reject)
    kept = taken.tables()
    tables = {
        "documents": pa.concat_tables([captured["documents"].filter(pc.invert(from_archives)), kept["documents"]]),
        "sightings": pa.concat_tables([captured["sightings"].filter(pc.invert(of_archives)), kept["sightings"]]),
        "rejects": kept["rejects"],
    }
    return {name: _in_order(name, table) for name, table in tables.items()}


def without(table: pa.Table, known: pa.Table, name: str) -> pa.Table:
    """The rows of a table of act 1 that another one does not have."""
    import pyarrow as pa
    import pyarrow.compute as pc

    if key := _KEYS.get(name):
        return table.filter(pc.invert(pc.is_in(table[key], known[key].combine_chunks())))
    rejects = set(from_table(name, known))
    return table.filter(pa.array([row not in rejects for row in from_table(name, table)], pa.bool_()))


def _in_order(name: str, table: pa.Table) -> pa.Table:
    """The same rows as the same bytes, whatever parts they came in."""
    import pyarrow as pa

    ordered = table.sort_by([(column, "ascending") for column in ORDER[name]]).combine_chunks()
    return pa.Table.from_arrays(ordered.columns, schema=arrow_schema(name))


def _content(sighting: Sighting) -> bytes:
    """Tells apart what is stated, wherever and with whatever counts, which rise."""
    return sha256(repr([getattr(sighting, name) for name in _STATED]).encode("utf-8", "surrogatepass")).digest()


def _order(document: Document, sighting: Sighting) -> tuple[Any, ...]:
    """By the place in the dumps."""
    offset = -1 if document.source_offset is None else document.source_offset
    key = document.source_key or ""
    return document.source_uri, offset, len(key), key, sighting.position, sighting.chain_position
