"""Reading in a process of its own: for formats that are read by large libraries in C, which a crafted file may crash.

What is read is the same; a file that crashes, stalls or swells the process costs what had not yet been read of it.
"""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Iterator
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from types import TracebackType
from typing import Self

from tweetrecon import readers
from tweetrecon.model import RejectCode
from tweetrecon.processes import Limits, deaf_to_the_keyboard, limit
from tweetrecon.readers import Options, Read, Source
from tweetrecon.readers.reader import rejected

USUAL = Limits(seconds=60.0)
"""What one step of reading may cost; some rows are read in one step, and each may be a page."""


START_SECONDS = 60.0
"""A process that has not come up by then never will."""


class Apart:
    """A process that reads, begun with the first source, and anew after one that ended it; stopped with the context."""

    def __init__(self, limits: Limits = USUAL) -> None:
        self._limits = limits
        self._context = multiprocessing.get_context("spawn")
        self._process: BaseProcess | None = None
        self._ask: Connection | None = None
        self._hear: Connection | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop()

    def read(self, source: Source, options: Options) -> Iterator[Read]:
        """The documents of one source, as :func:`readers.read_source` gives them. Nothing is raised."""
        for item in self._heard(source, options):
            if isinstance(item, BaseException):
                self._stop()
                yield from rejected(source, b"", *self._reason(item))
            else:
                yield item

    def _heard(self, source: Source, options: Options) -> Iterator[Read | BaseException]:
        """What the process tells of a source; what ended it comes last."""
        try:
            ask, hear = self._lines()
            ask.send((source, options))
            while hear.poll(self._limits.seconds):
                item = hear.recv()
                if item is not None:
                    yield item
                if item is None or isinstance(item, BaseException):
                    return
            yield TimeoutError()
        except (EOFError, OSError) as error:
            yield error

    def _lines(self) -> tuple[Connection, Connection]:
        """Where to ask and where to hear: two pipes, because one that goes both ways would be a socket."""
        if self._ask is None or self._hear is None:
            asked, self._ask = self._context.Pipe(duplex=False)
            self._hear, told = self._context.Pipe(duplex=False)
            self._process = self._context.Process(target=_serve, args=(asked, told, self._limits.memory), daemon=True)
            with deaf_to_the_keyboard():
                self._process.start()
            asked.close()
            told.close()
            if self._hear.poll(START_SECONDS):
                self._hear.recv()
        return self._ask, self._hear

    def _stop(self) -> None:
        for line in (self._ask, self._hear):
            if line is not None:
                line.close()
        if self._process is not None:
            self._process.kill()
            self._process.join()
            self._process.close()
        self._process = self._ask = self._hear = None

    def _reason(self, error: BaseException) -> tuple[RejectCode, str]:
        advice = "the file is damaged or built to harm; leave it out, or read it with --workers 0"
        if isinstance(error, TimeoutError):
            return RejectCode.TIMED_OUT, f"reading stood still for {self._limits.seconds:g} seconds; {advice}"
        if isinstance(error, MemoryError):
            return RejectCode.WORKER_DIED, f"reading needs more than {self._limits.memory // 2**20} MiB; {advice}"
        return RejectCode.WORKER_DIED, f"the process that read it crashed; {advice}"


# ------------------------------------------------------------------------------------------------ inside the process


def _serve(asked: Connection, told: Connection, memory: int) -> None:
    """Read one source after the other, as they are asked for."""
    os.environ["ARROW_DEFAULT_MEMORY_POOL"] = "system"  # the usual one reserves as much as the limit at once
    import pyarrow.parquet

    pyarrow.set_cpu_count(1)
    limit(memory)
    told.send(None)
    while True:
        try:
            source, options = asked.recv()
        except EOFError:
            return
        try:
            for item in readers.read_source(source, options):
                told.send(item)
            told.send(None)
        except MemoryError as error:
            told.send(error)
        except BrokenPipeError:  # the one who asked has left
            return
