"""Act 1 over many documents, in this process or in worker processes that can be killed.

A page can be built so that a parser takes minutes or crashes, and nothing inside a process can stop C code. So tasks of
several documents go to processes with a limit on time and memory. Where a task fails, its documents are tried again one
by one, and only the one that fails alone is refused. Results come in the order of the documents, whatever the number
of workers.
"""

from __future__ import annotations

import multiprocessing
import resource
import signal
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tweetrecon import extraction
from tweetrecon.extraction import Capture
from tweetrecon.model import Document, Reject, RejectCode

if TYPE_CHECKING:
    from multiprocessing.synchronize import Semaphore

    from pebble import ProcessPool

Record = Document | Reject
Task = Sequence[Document]

TASK_DOCUMENTS, TASK_SIZE = 64, 8 * 2**20
"""A task ends at this many documents or characters: long enough to outweigh its cost, short enough to spread."""
STRETCH = 1024
"""Records of a stretch at most, whether or not any needs work."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one document may cost a worker: seconds, and bytes of memory beyond those of an idle worker."""

    seconds: float = 10.0
    memory: int = 2**30


USUAL = Limits()


def run(records: Iterable[Record], workers: int, limits: Limits = USUAL) -> Iterator[Capture]:
    """The capture of each record, in their order. With no workers all is done in this process, without limits."""
    return _spread(records, workers, limits) if workers else map(extraction.extract, records)


def _spread(records: Iterable[Record], workers: int, limits: Limits) -> Iterator[Capture]:
    """At most three tasks a worker are under way, so that memory stays flat however fast the input is read."""
    pool = _Pool(workers, limits)
    waiting: deque[_Stretch] = deque()
    try:
        for done, task in _stretches(records):
            waiting.append(_Stretch(done, task, pool.schedule(task) if task else None))
            while len(waiting) > 3 * workers or (waiting and waiting[0].is_done()):
                yield from pool.result(waiting.popleft())
        while waiting:
            yield from pool.result(waiting.popleft())
        pool.await_start()
    finally:
        pool.stop()


def _stretches(records: Iterable[Record]) -> Iterator[tuple[list[Capture | None], list[Document]]]:
    """Records in stretches: captures of those without any sign of a tweet, None for the others, which are the task."""
    done: list[Capture | None] = []
    task: list[Document] = []
    size = 0
    for record in records:
        if isinstance(record, Document) and extraction.is_promising(record):
            done.append(None)
            task.append(record)
            size += len(record.text)
        else:
            done.append(extraction.passed_over(record))
        if len(task) >= TASK_DOCUMENTS or size >= TASK_SIZE or len(done) >= STRETCH:
            yield done, task
            done, task, size = [], [], 0
    yield done, task


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Records under way: the captures there are, the documents whose captures come, and whence."""

    done: list[Capture | None]
    task: Task
    future: Future[list[Capture]] | None

    def is_done(self) -> bool:
        return self.future is None or self.future.done()


class _Pool:
    """Worker processes, begun when the first document needs them."""

    def __init__(self, workers: int, limits: Limits) -> None:
        self._workers = workers
        self._limits = limits
        self._processes: ProcessPool | None = None
        self._context = multiprocessing.get_context("spawn")
        self._started = self._context.Semaphore(0)

    def schedule(self, task: Task) -> Future[list[Capture]]:
        """Let a worker do a task."""
        if self._processes is not None:
            return self._scheduled(self._processes, task)
        with _deaf_to_the_keyboard():
            self._processes = self._begun()
            return self._scheduled(self._processes, task)

    def _scheduled(self, processes: ProcessPool, task: Task) -> Future[list[Capture]]:
        future: Future[list[Capture]] = processes.schedule(_work, args=[task], timeout=self._limits.seconds)
        return future

    def result(self, stretch: _Stretch) -> Iterator[Capture]:
        """The captures of a stretch, once there."""
        worked = iter(self._worked(stretch.task, stretch.future) if stretch.future else ())
        for capture in stretch.done:
            yield next(worked) if capture is None else capture

    def _begun(self) -> ProcessPool:
        """Processes started afresh: forks of a process with threads can deadlock."""
        from pebble import ProcessPool

        initargs = [self._limits.memory, self._started]
        return ProcessPool(self._workers, initializer=_begin, initargs=initargs, context=self._context)

    def await_start(self) -> None:
        """Let workers that are still starting come up: one stopped before prints a traceback on standard error."""
        for _ in range(self._workers if self._processes else 0):
            if not self._started.acquire(timeout=self._limits.seconds):
                return

    def stop(self) -> None:
        """Kill what is still at work."""
        if self._processes is not None:
            self._processes.stop()  # type: ignore[no-untyped-call]
            self._processes.join()

    def _worked(self, task: Task, future: Future[list[Capture]]) -> list[Capture]:
        from pebble import ProcessExpired

        try:
            return future.result()
        except (TimeoutError, ProcessExpired, MemoryError) as error:
            if len(task) > 1:
                return [capture for one in task for capture in self._worked([one], self.schedule([one]))]
            return [extraction.refused(task[0], *self._reason(error))]

    def _reason(self, error: BaseException) -> tuple[RejectCode, str]:
        if isinstance(error, TimeoutError):
            return RejectCode.TIMED_OUT, f"not done after {self._limits.seconds:g} seconds"
        if isinstance(error, MemoryError):
            return RejectCode.WORKER_DIED, f"needs more than {self._limits.memory // 2**20} MiB of memory"
        return RejectCode.WORKER_DIED, "the process that read it crashed"


@contextmanager
def _deaf_to_the_keyboard() -> Iterator[None]:
    """Processes and threads that begin in here never get Ctrl-C, also not while they start; this one gets it later."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


# ------------------------------------------------------------------------------------------------ inside a worker


def _begin(memory: int, started: Semaphore) -> None:
    _limit(memory)
    started.release()


def _limit(memory: int) -> None:
    """Let this process use that much more memory than now, and die at once when it is told to."""
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    try:
        pages = int(Path("/proc/self/statm").read_text().split()[0])
    except OSError:  # no Linux: the system tells no address space to add the limit to
        return
    most = pages * resource.getpagesize() + memory
    resource.setrlimit(resource.RLIMIT_AS, (most, most))


def _work(task: Task) -> list[Capture]:
    return [extraction.extract(document) for document in task]
