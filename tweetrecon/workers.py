"""Act 1 over many documents, in this process or in worker processes that can be killed.

A page can be built so that a parser takes minutes or crashes, and nothing inside a process can stop C code. So tasks,
of several documents or a slice of an archive, go to processes with a limit on time and memory. Where a task fails, its
documents are tried again one by one, and only the one that fails alone is refused. Results come in the order of the
documents, whatever the number of workers.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from functools import partial

from tweetrecon import extraction, sliced
from tweetrecon.detect import passes_gate
from tweetrecon.extraction import Capture
from tweetrecon.model import Document, Reject
from tweetrecon.processes import USUAL, Failed, Limits, Pool
from tweetrecon.readers import Ledger, Slice
from tweetrecon.sliced import Joint, Portion

Record = Document | Reject
Captures = Sequence[Capture]

TASK_DOCUMENTS, TASK_SIZE = 64, 8 * 2**20
"""A task ends at this many documents or characters: long enough to outweigh its cost, short enough to spread."""
STRETCH = 1024
"""Records of a stretch at most, whether or not any needs work."""


def run(items: Iterable[Record | Slice], workers: int, limits: Limits = USUAL) -> Iterator[Captures]:
    """The captures of each item, in their order: one of a record, all of what a slice holds.

    With no workers all is done in this process, without limits.
    """
    return _spread(items, workers, limits) if workers else _alone(items)


def _alone(items: Iterable[Record | Slice]) -> Iterator[Captures]:
    joint = Joint()
    for item in items:
        if isinstance(item, Slice):
            yield joint.join(item, sliced.portion(item, Ledger()), sliced.portion)
        else:
            yield (extraction.extract(item),)


def _spread(items: Iterable[Record | Slice], workers: int, limits: Limits) -> Iterator[Captures]:
    """At most three tasks a worker are under way, so that memory stays flat however fast the input is read."""
    with Pool(workers, limits, _prepare) as pool:
        joint = Joint()
        waiting: deque[_Stretch | _Part] = deque()
        for item in _stretches(items):
            waiting.append(_Part(item, joint) if isinstance(item, Slice) else item)
            waiting[-1].begin(pool)
            while len(waiting) > 3 * workers or (waiting and waiting[0].is_done()):
                yield from waiting.popleft().captures(pool)
        while waiting:
            yield from waiting.popleft().captures(pool)


def _stretches(items: Iterable[Record | Slice]) -> Iterator[_Stretch | Slice]:
    """The items, those records that follow each other taken together."""
    stretch = _Stretch()
    for item in items:
        if not isinstance(item, Slice):
            stretch.add(item)
            if not stretch.is_long():
                continue
        yield stretch
        stretch = _Stretch()
        if isinstance(item, Slice):
            yield item
    yield stretch


# ------------------------------------------------------------------------------------------------ under way


@dataclass(slots=True)
class _Stretch:
    """Records under way: captures of those without any sign of a tweet, None for the others, which are the task."""

    done: list[Capture | None] = field(default_factory=list)
    task: list[Document] = field(default_factory=list)
    size: int = 0
    future: Future[list[Capture]] | None = None

    def add(self, record: Record) -> None:
        if isinstance(record, Document) and extraction.is_promising(record):
            self.done.append(None)
            self.task.append(record)
            self.size += len(record.text)
        else:
            self.done.append(extraction.passed_over(record))

    def is_long(self) -> bool:
        return len(self.task) >= TASK_DOCUMENTS or self.size >= TASK_SIZE or len(self.done) >= STRETCH

    def begin(self, pool: Pool) -> None:
        if self.task:
            self.future = pool.begin(_extracted, self.task)

    def is_done(self) -> bool:
        return self.future is None or self.future.done()

    def captures(self, pool: Pool) -> Iterator[Captures]:
        worked = iter(self._worked(pool, self.future) if self.future else ())
        for capture in self.done:
            yield (next(worked) if capture is None else capture,)

    def _worked(self, pool: Pool, future: Future[list[Capture]]) -> list[Capture]:
        try:
            return pool.result(future)
        except Failed as failed:
            if len(self.task) == 1:
                return [extraction.refused(self.task[0], failed.code, failed.detail)]
            return [_extracted_alone(document, pool) for document in self.task]


@dataclass(slots=True)
class _Part:
    """A slice under way."""

    part: Slice
    joint: Joint
    future: Future[Portion] | None = None

    def begin(self, pool: Pool) -> None:
        self.future = pool.begin(sliced.portion, self.part, Ledger())

    def is_done(self) -> bool:
        return self.future is None or self.future.done()

    def captures(self, pool: Pool) -> Iterator[Captures]:
        again = partial(self._portion, pool)
        yield self.joint.join(self.part, again(self.part, Ledger(), self.future), again)

    def _portion(self, pool: Pool, part: Slice, ledger: Ledger, future: Future[Portion] | None = None) -> Portion:
        try:
            return pool.result(future or pool.begin(sliced.portion, part, ledger))
        except Failed:
            return self._one_by_one(pool, part, ledger)

    def _one_by_one(self, pool: Pool, part: Slice, ledger: Ledger) -> Portion:
        """The slice is read in a worker, too: what reads it may be what fails."""
        try:
            reads, ledger = pool.result(pool.begin(sliced.contents, part, ledger))
        except Failed as failed:
            return sliced.refused(part, ledger, failed.code, failed.detail)
        return Portion([] if part.is_done else [_extracted_alone(read, pool) for read in reads], ledger)


def _extracted_alone(record: Record, pool: Pool) -> Capture:
    if not isinstance(record, Document) or not extraction.is_promising(record):
        return extraction.passed_over(record)
    try:
        return pool.result(pool.begin(_extracted, [record]))[0]
    except Failed as failed:
        return extraction.refused(record, failed.code, failed.detail)


# ------------------------------------------------------------------------------------------------ inside a worker


def _prepare() -> None:
    """Load the libraries that are loaded when first needed."""
    import pyarrow as pa

    pa.set_cpu_count(1)
    passes_gate(b"")


def _extracted(task: Sequence[Document]) -> list[Capture]:
    return [extraction.extract(document) for document in task]
