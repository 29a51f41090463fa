"""The search of a dump for the tweets that matter: lines pass the byte gate, are parsed, and taken if they are wanted.

What a record tells of the place of its tweets can make further tweets wanted. They are looked for from there on; what
came before is searched when the dump is read again (:mod:`tweetrecon.hydration`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from tweetrecon.interop import archives, dump, packed, records
from tweetrecon.interop.archive import Refusal
from tweetrecon.interop.archives import Read
from tweetrecon.interop.blocks import blocks
from tweetrecon.interop.gate import Gate
from tweetrecon.interop.personal import Holder
from tweetrecon.interop.unidentified import Unidentified
from tweetrecon.interop.wanted import Wanted, fact
from tweetrecon.model import Embed, Reject, RejectCode, Role, Sighting
from tweetrecon.readers.reader import Source
from tweetrecon.readers.stream import Stream

_TOO_LONG = Refusal(RejectCode.TOO_LARGE, f"longer than {dump.LONGEST:,} bytes")


@dataclass(slots=True)
class Tally:
    """What became of the records of a dump, its lines or elements: ``seen`` is the sum of the others.

    ``passed_over`` are lines that the gate held back, and empty ones: they were not parsed, so that damage inside them
    goes unseen. ``refused`` gave nothing but rejects, from ``unrelated`` ones, though sound, nothing was wanted.
    """

    seen: int = 0
    passed_over: int = 0
    refused: int = 0
    unrelated: int = 0
    taken: int = 0


class Search:
    """One reading of a dump. Yields the sightings of wanted tweets, their records as documents, and rejects."""

    def __init__(self, wanted: Wanted, unidentified: Unidentified) -> None:
        self._wanted, self._unidentified = wanted, unidentified
        self._gate = Gate(wanted.asked, unidentified.id_windows(), unidentified.usernames)
        self._asked = frozenset(wanted.asked)
        self.tally = Tally()
        """What became of the records read so far."""
        self.bytes = 0
        """The size of the lines, decompressed."""

    def read(self, source: Source) -> Iterator[Read]:
        """Search one dump. Raises InputError where it cannot be opened."""
        yield from packed.read(source, self.read_stream)

    def read_stream(self, stream: Stream, source: Source, holder: Holder) -> Iterator[Read]:
        """Search one file of a dump; ``holder`` is whose archive it is of."""
        is_gated = dump.is_lines(stream.head())
        items = chain(self._passing(stream), dump.damage(stream)) if is_gated else self._all(stream)
        for item in items:
            yield from self._taken(item, source, holder)

    def _all(self, stream: Stream) -> Iterator[dump.Item]:
        """The records of what is not lines: none is held back."""
        for item in dump.items(stream):
            self.tally.seen += item.number > 0  # what cut the stream short has no number
            yield item

    def _passing(self, stream: Stream) -> Iterator[dump.Item]:
        """The lines that pass the gate; the block at hand is looked at again when that asks for more."""
        number = 1
        for block in blocks(stream):
            if block.too_long:
                yield dump.Item(number, block.offset, _TOO_LONG, bytes(block.data[:80]))
                number += 1
                continue
            scan = self._gate.scan(block)
            lines, done = self._gate.passing(scan), set[int]()
            while lines:
                for line in lines:
                    data = bytes(block.data[line.start : line.end])
                    if line.number not in done and data.strip():
                        done.add(line.number)
                        yield dump.line_item(number + line.number, block.offset + line.start, data)
                lines = self._gate.naming(scan) if self._asks_for_more() else []
            number += len(scan.ends)
            self.tally.passed_over += len(scan.ends) - len(done)
            self.bytes += block.size
        self.tally.seen += number - 1

    def _asks_for_more(self) -> bool:
        """Whether what was read made more wanted; the gate then looks for that, too."""
        if len(self._wanted.asked) == len(self._asked):
            return False
        self._gate.look_also_for(self._wanted.asked - self._asked)
        self._asked = frozenset(self._wanted.asked)
        return True

    # -------------------------------------------------------------------------------------------- records

    def _taken(self, item: dump.Item, source: Source, holder: Holder) -> Iterator[Read]:
        embeds, refusals = archives.stated(item.content, holder)
        yield from (records.refused(item, source, refusal) for refusal in refusals)
        found = list(records.sightings(embeds, item, source)) if self._learn(embeds) else []
        kept = list(_kept([row for row in found if isinstance(row, Sighting)], self._wanted))
        if item.number:
            self._count(is_taken=bool(kept), is_refused=bool(refusals) and not embeds)
        yield from kept
        ids = {row.document_id for row in kept}
        yield from (row for row in found if isinstance(row, Reject) and row.document_id in ids)
        if kept:
            yield records.document(item, source, len(kept))

    def _count(self, *, is_taken: bool, is_refused: bool) -> None:
        if is_taken:
            self.tally.taken += 1
        elif is_refused:
            self.tally.refused += 1
        else:
            self.tally.unrelated += 1

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
