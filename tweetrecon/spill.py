"""Things sorted into partitions: in memory while they are few, in one file for each partition when they are many.

Act 2 looks at a corpus one partition at a time, each holding all that belongs together: the sightings of an author, the
tweets of a thread. What a step finds is put into the partitions of the next one.
"""

from __future__ import annotations

import pickle
from collections.abc import Iterator
from hashlib import blake2b
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp
from typing import Generic, TypeVar
from weakref import finalize

T = TypeVar("T")


class Room:
    """How much memory a step may use, in rows: ``share`` is that of a partition, ``held`` what a spill keeps.

    What is more goes to files, which lie in ``folder`` (default: where the system keeps temporary files) for as long as
    the room lives.
    """

    def __init__(self, folder: Path | None = None, share: int = 50_000, held: int = 100_000) -> None:
        self.share, self.held = share, held
        self._folder = folder
        self._files: Path | None = None
        self._spills = 0

    def partitions(self, rows: int) -> int:
        """How many partitions that many rows take."""
        return max(1, -(-rows // self.share))

    def files(self) -> Path:
        """A new folder for the files of one spill."""
        if self._files is None:
            self._files = Path(mkdtemp(prefix="tweetrecon-", dir=self._folder))
            finalize(self, rmtree, self._files, ignore_errors=True)
        self._spills += 1
        made = self._files / str(self._spills)
        made.mkdir()
        return made


class Spill(Generic[T]):
    """Things in numbered partitions, which give them back in the order in which they were put."""

    def __init__(self, room: Room, partitions: int) -> None:
        self._room = room
        self._held = 0
        self._parts: list[list[T]] = [[] for _ in range(partitions)]
        self._sizes = [0] * partitions
        self._files: Path | None = None

    def __len__(self) -> int:
        return len(self._parts)

    def put(self, partition: int, thing: T, size: int = 1) -> None:
        """Add a thing of that many rows."""
        self._parts[partition].append(thing)
        self._sizes[partition] += size
        self._held += size
        if self._held > self._room.held:
            self._flush()

    def read(self, partition: int) -> Iterator[T]:
        """The things of a partition, one after the other."""
        path = self._files / str(partition) if self._files else None
        if path and path.exists():
            with path.open("rb") as file:
                while file.peek(1):
                    yield from pickle.load(file)
        yield from self._parts[partition]

    def take(self, partition: int) -> Iterator[T]:
        """The things of a partition, which then forgets them."""
        yield from self.read(partition)
        self._held -= self._sizes[partition]
        self._parts[partition], self._sizes[partition] = [], 0
        if self._files:
            (self._files / str(partition)).unlink(missing_ok=True)

    def all(self) -> Iterator[T]:
        """Everything, partition by partition."""
        for partition in range(len(self)):
            yield from self.read(partition)

    def _flush(self) -> None:
        self._files = self._files or self._room.files()
        for partition, things in enumerate(self._parts):
            if things:
                with (self._files / str(partition)).open("ab") as file:
                    pickle.dump(things, file, protocol=pickle.HIGHEST_PROTOCOL)
        self._parts, self._sizes, self._held = [[] for _ in self._parts], [0] * len(self), 0


def code(text: str | None) -> int:
    """A text as a number of 64 bits, the same in every process; 0 for none."""
    if not text:
        return 0
    return int.from_bytes(blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little") or 1
