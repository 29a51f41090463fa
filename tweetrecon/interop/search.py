"""The search of a dump for the tweets that matter: lines pass the byte gate, are parsed, and taken if they are wanted.

What a record tells of the place of its tweets can make further tweets wanted. They are looked for from there on; what
came before is searched when the dump is read again (:mod:`tweetrecon.hydration`).
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from tweetrecon.interop import archives, dump, packed, records
from tweetrecon.interop.archive import Record, Refusal
from tweetrecon.interop.archives import Read
from tweetrecon.interop.blocks import blocks
from tweetrecon.interop.gate import Gate
from tweetrecon.interop.unidentified import Unidentified
from tweetrecon.interop.wanted import Wanted, fact
from tweetrecon.model import Embed, Reject, RejectCode, Role, Sighting
from tweetrecon.readers.reader import Source
from tweetrecon.readers.stream import Stream

_TOO_LONG = Refusal(RejectCode.TOO_LARGE, f"longer than {dump.LONGEST:,} bytes")


class Search:
    """One reading of a dump. Yields the sightings of wanted tweets, their records as documents, and rejects."""

    def __init__(self, wanted: Wanted, unidentified: Unidentified) -> None:
        self._wanted, self._unidentified = wanted, unidentified
        self._gate, self._asked = self._new_gate(), len(wanted.asked)
        self.records = 0
        """Lines and elements seen, parsed or not."""
        self.bytes = 0
        """Their size, decompressed."""

    def read(self, source: Source) -> Iterator[Read]:
        """Search one dump. Raises InputError where it cannot be opened."""
        yield from packed.read(source, self._read_stream)

    def _read_stream(self, stream: Stream, source: Source, owner: Record) -> Iterator[Read]:
        if dump.is_document(stream.head()):
            items = dump.items(stream)
        else:
            items = chain(self._passing(stream), dump.damage(stream))
        for item in items:
            yield from self._taken(item, source, owner)

    def _passing(self, stream: Stream) -> Iterator[dump.Item]:
        """The lines that pass the gate; the block at hand is looked at again when that asks for more."""
        for block in blocks(stream):
            if block.too_long:
                yield dump.Item(block.number, block.offset, _TOO_LONG, block.data[:80])
                self.records += 1
                continue
            done: set[int] = set()
            asked = -1
            while asked != self._asked:
                asked = self._asked
                for line in self._gate.passing(block.data):
                    data = block.data[line.start : line.end]
                    if line.number not in done and data.strip():
                        done.add(line.number)
                        yield dump.line_item(block.number + line.number, block.offset + line.start, data)
                self._renew_gate()
            self.records += block.lines
            self.bytes += len(block.data)

    def _new_gate(self) -> Gate:
        return Gate(self._wanted.asked, self._unidentified.id_windows(), self._unidentified.usernames)

    def _renew_gate(self) -> None:
        if len(self._wanted.asked) > self._asked:
            self._gate, self._asked = self._new_gate(), len(self._wanted.asked)

    # -------------------------------------------------------------------------------------------- records

    def _taken(self, item: dump.Item, source: Source, owner: Record) -> Iterator[Read]:
        embeds, refusals = archives.stated(item.content, owner)
        yield from (records.refused(item, source, refusal) for refusal in refusals)
        if not self._learn(embeds):
            return
        found = list(records.sightings(embeds, item, source))
        kept = list(_kept([row for row in found if isinstance(row, Sighting)], self._wanted))
        yield from kept
        ids = {row.document_id for row in kept}
        yield from (row for row in found if isinstance(row, Reject) and row.document_id in ids)
        if kept:
            yield records.document(item, source, len(kept))

    def _learn(self, embeds: list[Embed]) -> bool:
        """Take in what the tweets of a record tell; whether any of them is wanted."""
        parts = [embed for embed in records.every(embeds) if embed.tweet_id]
        for embed in parts:
            if self._unidentified.matches(embed):
                self._wanted.cite(embed.tweet_id or "")
            self._wanted.learn(embed.tweet_id or "", fact(embed))
        return any(embed.tweet_id in self._wanted for embed in parts)


def _kept(found: list[Sighting], wanted: Wanted) -> Iterator[Sighting]:
    """The sightings that tell of wanted tweets, and those of the tweets that these name."""
    told = [row for row in found if row.tweet_id in wanted and records.tells(row)]
    yield from told
    shown = {row.position for row in told if row.chain_position == 0}
    yield from (row for row in found if row.role is Role.INNER and row.position in shown)
