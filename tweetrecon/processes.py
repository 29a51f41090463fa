"""Worker processes with a limit on time and memory, which crash without harm to this one."""

from __future__ import annotations

import gc
import multiprocessing
import resource
import signal
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, ParamSpec, Self, TypeVar

from tweetrecon.model import RejectCode

if TYPE_CHECKING:
    from multiprocessing.synchronize import Semaphore

    from pebble import ProcessPool

P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Limits:
    """What one task may cost a worker: seconds, and bytes of memory beyond those of an idle worker."""

    seconds: float = 10.0
    memory: int = 2**30


USUAL = Limits()


class Failed(Exception):  # noqa: N818 - what became of a task, always caught where it was given
    """A task that took too long, needed too much memory or crashed its process; ``code`` and ``detail`` say which."""

    def __init__(self, code: RejectCode, detail: str) -> None:
        super().__init__(detail)
        self.code = code
        self.detail = detail


class Pool:
    """Worker processes, begun with the first task and stopped, whatever they are at, when the context is left.

    Each first calls ``prepare``: what that loads does not count as a task's memory.
    """

    def __init__(self, workers: int, limits: Limits, prepare: Callable[[], None]) -> None:
        self._workers = workers
        self._limits = limits
        self._prepare = prepare
        self._processes: ProcessPool | None = None
        self._context = multiprocessing.get_context("spawn")
        self._started = self._context.Semaphore(0)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._processes is None:
            return
        try:
            if kind is None:
                self._await_start()
        finally:
            self._processes.stop()  # type: ignore[no-untyped-call]
            self._processes.join()

    def begin(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Let a worker call a function that it can import."""
        if self._processes is not None:
            return self._scheduled(self._processes, function, *args, **kwargs)
        with deaf_to_the_keyboard():
            self._processes = self._begun()
            return self._scheduled(self._processes, function, *args, **kwargs)

    def _scheduled(
        self, processes: ProcessPool, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs
    ) -> Future[T]:
        future: Future[T] = processes.schedule(function, args=args, kwargs=kwargs, timeout=self._limits.seconds)
        return future

    def result(self, future: Future[T]) -> T:
        """What a function returned, once it has. Raises Failed."""
        from pebble import ProcessExpired

        try:
            return future.result()
        except TimeoutError as error:
            detail = f"not done after {self._limits.seconds:g} seconds"
            raise Failed(RejectCode.TIMED_OUT, detail) from error
        except MemoryError as error:
            detail = f"needs more than {self._limits.memory // 2**20} MiB of memory"
            raise Failed(RejectCode.WORKER_DIED, detail) from error
        except ProcessExpired as error:
            raise Failed(RejectCode.WORKER_DIED, "the process that read it crashed") from error

    def _begun(self) -> ProcessPool:
        """Processes started afresh: forks of a process with threads can deadlock."""
        from pebble import ProcessPool

        initargs = [self._prepare, self._limits.memory, self._started]
        return ProcessPool(self._workers, initializer=_begin, initargs=initargs, context=self._context)

    def _await_start(self) -> None:
        """Let workers that are still starting come up: one stopped before prints a traceback on standard error."""
        for _ in range(self._workers):
            if not self._started.acquire(timeout=self._limits.seconds):
                return


@contextmanager
def deaf_to_the_keyboard() -> Iterator[None]:
    """Processes and threads that begin in here never get Ctrl-C, also not while they start; this one gets it later."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


# ------------------------------------------------------------------------------------------------ inside a worker


def _begin(prepare: Callable[[], None], memory: int, started: Semaphore) -> None:
    prepare()
    gc.freeze()  # nothing of it is ever garbage
    limit(memory)
    started.release()


def limit(memory: int) -> None:
    """Let this process use that much more memory than now, and die at once when it is told to."""
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    try:
        pages = int(Path("/proc/self/statm").read_text().split()[0])
    except OSError:  # no Linux: the system tells no address space to add the limit to
        return
    most = pages * resource.getpagesize() + memory
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
