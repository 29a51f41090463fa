"""What reading an archive tells besides its documents: kept, because the slices of one archive are read apart."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from tweetrecon.readers.article import PassedOver
from tweetrecon.readers.reader import Keys, Read, Source


@dataclass(slots=True)
class Ledger:
    """Keys that documents have, what was passed over, whether anything was found, and where reading ended."""

    keys: Keys = field(default_factory=Keys)
    passed: PassedOver = field(default_factory=PassedOver)
    found: bool = False
    end: int = 0

    def follows(self, before: Ledger) -> bool:
        """Whether it is what it would be had the slices before been read in the same go."""
        return not self.keys.clash(before.keys)

    def add(self, later: Ledger) -> None:
        """Go on with what the next slice told."""
        self.keys.add(later.keys)
        self.passed.add_all(later.passed)
        self.found |= later.found
        self.end = later.end

    def report(self, source: Source) -> Iterator[Read]:
        """What there is to say at the end of the archive."""
        return self.passed.report(source, found=self.found)
