"""Act 1 over the slices of an archive: each by itself in whatever process, then joined as if it had been one go."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from tweetrecon import extraction, readers
from tweetrecon.detect import passes_gate
from tweetrecon.extraction import Capture
from tweetrecon.model import RejectCode
from tweetrecon.readers import Ledger, Read, Slice, Source
from tweetrecon.readers.reader import rejected


class Portion(NamedTuple):
    """What act 1 makes of a slice, and what reading it told."""

    captures: list[Capture]
    ledger: Ledger


def portion(part: Slice, ledger: Ledger) -> Portion:
    """Act 1 over a slice. With the ledger of the slices before, keys go on from theirs."""
    if part.is_done:
        for _ in readers.read_slice(part, ledger, lambda payload: False):
            pass
        return Portion([], ledger)
    return Portion([extraction.extract(read) for read in readers.read_slice(part, ledger, passes_gate)], ledger)


def refused(part: Slice, ledger: Ledger, code: RejectCode, detail: str) -> Portion:
    """The portion of a slice that cannot even be read."""
    end = part.stop or part.source.size
    ledger.found, ledger.end = True, end
    key = ledger.keys.unique(f"@{part.start}")
    detail = f"bytes {part.start:,} to {end:,}: {detail}"
    reads = rejected(part.source, b"", code, detail, key=key, source_offset=part.start)
    return Portion([] if part.is_done else list(map(extraction.passed_over, reads)), ledger)


def contents(part: Slice, ledger: Ledger) -> tuple[list[Read], Ledger]:
    """What a slice holds, before anything is looked for in it."""
    return list(readers.read_slice(part, ledger, passes_gate)), ledger


Again = Callable[[Slice, Ledger], Portion]
"""Does a slice once more, from another place or with the keys of those before."""


class Joint:
    """The slices of one archive after the other.

    A slice ends with the last record that begins in it, and so may end behind the place where the next was thought to
    begin, if there is no record; or it may hold a record whose key has been there. Then the next slice is done again.
    """

    def __init__(self) -> None:
        self._source: Source | None = None
        self._ledger = Ledger()

    def join(self, part: Slice, found: Portion, again: Again) -> list[Capture]:
        """What the next slice adds to those before."""
        if part.source is not self._source:
            self._source, self._ledger = part.source, Ledger()
        before = self._ledger
        if part.stop is not None and before.end >= part.stop:
            return []
        if before.end != part.start or not found.ledger.follows(before):
            found = again(part._replace(start=before.end), Ledger(keys=before.keys))
        before.add(found.ledger)
        end = before.report(part.source) if part.is_last else ()
        return [*found.captures, *map(extraction.passed_over, end)]
