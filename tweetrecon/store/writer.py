"""Write a dataset: finished parts first, the manifest last. What the manifest does not name does not exist."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from hashlib import file_digest, sha256
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from filelock import FileLock, Timeout

from tweetrecon.errors import ConfigurationError, DatasetError, OutputError
from tweetrecon.schema import TABLES, to_table
from tweetrecon.store import card, manifest
from tweetrecon.store.manifest import Manifest, Part, Progress

if TYPE_CHECKING:
    import pyarrow as pa
    import pyarrow.parquet as pq

TEMPORARY = ".tmp"
ROW_GROUP = 16_384
"""Rows of a row group: small enough that looking up one id in a sorted column reads little."""


class Writer:
    """One run's writing of a dataset, as a context manager that commits when it is left without an exception.

    Each :meth:`commit` adds what was written since the last one; a kill or an exception leaves the dataset as it was
    committed last. With ``resume`` the run goes on from what the dataset holds (see :attr:`progress`), if it was made
    in the same way by the same version; without, the first commit replaces all of it. Tables that nothing was written
    to are empty in the end. With ``configuration`` None, that of the dataset stays.

    Raises OutputError where nothing can be written or another run holds the dataset, DatasetError for a folder that
    holds something else, ConfigurationError for a dataset made in another way or from other inputs, unless
    ``overwrite`` is set, which also begins anew.
    """

    def __init__(
        self,
        out: Path,
        *,
        configuration: dict[str, Any] | None = None,
        inputs: dict[str, Any] | None = None,
        resume: bool = False,
        overwrite: bool = False,
    ) -> None:
        self._out = out
        self._temporary = out / TEMPORARY
        self._lock = FileLock(self._temporary / "lock", timeout=0)
        self._configuration = configuration
        self._inputs = inputs
        self._resume = resume
        self._overwrite = overwrite
        self._parts: list[Part] = []
        self._fresh: list[Part] = []
        self._open: dict[str, pq.ParquetWriter] = {}
        self.progress = Progress()
        """How far the dataset has come, as of the last commit."""
        self.redacted: frozenset[str] = frozenset()
        """Digests of what the dataset must not show; what it has is kept, whatever else begins anew."""
        self.hydrated: dict[str, str] = {}
        """Tweet archives that were searched for all that matters to the dataset, each with a digest of both."""

    def write(self, name: str, table: pa.Table) -> None:
        """Add one part to a table: rows of its schema, in the order to keep."""
        self.append(name, table)
        self._close(name)

    def append(self, name: str, rows: pa.Table) -> None:
        """Add rows to the part of a table that is being written; the next commit ends it."""
        import pyarrow.parquet as pq

        with _reported(self._out):
            if name not in self._open:
                self._open[name] = pq.ParquetWriter(
                    self._unnamed(name), rows.schema, compression="zstd", write_page_checksum=True
                )
            self._open[name].write_table(rows, row_group_size=ROW_GROUP)

    def _close(self, name: str) -> None:
        """Make a part of what was added to a table."""
        import pyarrow.parquet as pq

        unnamed = self._unnamed(name)
        with _reported(self._out):
            self._open.pop(name).close()
            rows = pq.read_metadata(unnamed).num_rows
            digest = _synced_digest(unnamed)
            number = sum(p.table == name for p in (*self._parts, *self._fresh))
            path = f"{name}/part-{number:05d}-{digest[:8]}.parquet"
            size = unnamed.stat().st_size
            unnamed.replace(self._temporary / Path(path).name)
        self._fresh.append(Part(table=name, path=path, rows=rows, bytes=size, sha256=digest))

    def _unnamed(self, name: str) -> Path:
        return self.scratch / f"{name}.parquet"

    @property
    def scratch(self) -> Path:
        """A folder for temporary files on the same disk; it goes when the context is left."""
        return self._temporary

    def replace(self, name: str, table: pa.Table) -> None:
        """Let one part take the place of all that a table has."""
        self.clear(name)
        self.write(name, table)

    def clear(self, name: str) -> None:
        """Let a table have none of the parts that it has."""
        self._parts = [part for part in self._parts if part.table != name]

    # -------------------------------------------------------------------------------------------- begin and end

    def __enter__(self) -> Self:
        is_new = not self._out.exists()
        check_output(self._out)
        with _reported(self._out):
            self._temporary.mkdir(parents=True, exist_ok=True)
        self._take_lock()
        try:
            self._begin()
        except BaseException:
            self._end(remove=is_new)
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if kind is None:
                self._fill()
                self.commit(self.progress)
        finally:
            self._end(remove=not (self._out / manifest.NAME).exists())

    def _take_lock(self) -> None:
        holder = self._temporary / "pid"
        with _reported(self._out):
            try:
                self._lock.acquire()
            except Timeout:
                pid = holder.read_text() if holder.exists() else "unknown"
                message = f"{self._out}: locked by another run (process {pid}); wait for it or choose another output"
                raise OutputError(message) from None
            holder.write_text(str(os.getpid()))

    def _begin(self) -> None:
        if not (self._out / manifest.NAME).exists():
            return
        before = manifest.read(self._out)
        self.redacted = frozenset(before.redacted)
        if self._configuration is None:
            self._configuration, self._inputs = before.configuration, before.inputs
            self.hydrated = dict(before.hydrated)
        elif not self._overwrite:
            self._check_same(before)
        if self._resume and not self._overwrite and before.is_current:
            self._parts, self.progress = list(before.parts), before.progress
            self.hydrated = dict(before.hydrated)
        self._sweep(before.parts)

    def _check_same(self, before: Manifest) -> None:
        differing = before.differences(self._configuration or {}, self._inputs or {})
        if differing:
            names = ", ".join(differing)
            raise ConfigurationError(f"{self._out}: made with other {names}; choose another output, or add --overwrite")

    def _end(self, *, remove: bool) -> None:
        for unfinished in self._open.values():
            with suppress(OSError):
                unfinished.close()
        shutil.rmtree(self._temporary, ignore_errors=True)
        self._lock.release()
        if remove:
            _remove_empty(self._out)

    # -------------------------------------------------------------------------------------------- commit

    def commit(self, progress: Progress) -> None:
        """Make what was written since the last commit part of the dataset: parts first, the manifest last."""
        for name in list(self._open):
            self._close(name)
        self._parts, fresh, self._fresh = [*self._parts, *self._fresh], self._fresh, []
        after = Manifest(
            configuration=self._configuration or {},
            inputs=self._inputs or {},
            parts=tuple(sorted(self._parts, key=lambda part: part.path)),
            progress=progress,
            redacted=tuple(sorted(self.redacted)),
            hydrated=self.hydrated,
        )
        text = card.text(after)
        after = replace(after, card_sha256=sha256(text.encode()).hexdigest())
        with _reported(self._out):
            for part in fresh:
                target = self._out / part.path
                target.parent.mkdir(exist_ok=True)
                (self._temporary / target.name).replace(target)
            for name in sorted({part.table for part in fresh}):
                _sync(self._out / name)
            self._put(card.NAME, text)
            self._put(manifest.NAME, after.to_json())
            self._sweep(after.parts)
        self.progress = progress

    def _fill(self) -> None:
        """An empty part for each table that has none, so that a glob finds its columns."""
        for name in TABLES.keys() - {part.table for part in (*self._parts, *self._fresh)}:
            self.write(name, to_table(name, ()))

    def _put(self, name: str, text: str) -> None:
        fresh = self._temporary / name
        fresh.write_text(text, encoding="utf-8")
        _sync(fresh)
        fresh.replace(self._out / name)
        _sync(self._out)

    def _sweep(self, named: Iterable[Part]) -> None:
        """Remove the parts that the manifest does not name: left by a killed run, or replaced by this one."""
        keep = {self._out / part.path for part in named}
        for name in TABLES:
            for file in (self._out / name).glob("part-*.parquet"):
                if file not in keep:
                    file.unlink()


def check_output(out: Path) -> None:
    """Raise DatasetError unless ``out`` is a dataset, empty, or does not exist yet."""
    if not out.exists():
        return
    if not out.is_dir():
        raise DatasetError(f"{out}: is a file; choose a folder")
    present = {entry.name for entry in out.iterdir()}
    if present and not present & {manifest.NAME, TEMPORARY}:
        raise DatasetError(f"{out}: holds other files and is not a dataset; choose a new or empty folder")


# ------------------------------------------------------------------------------------------------ files

_ADVICE = {
    errno.ENOSPC: "free some space and run again",
    errno.EDQUOT: "free some space and run again",
    errno.EROFS: "choose another output",
    errno.EACCES: "choose another output or mend its permissions",
}


@contextmanager
def _reported(out: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        advice = _ADVICE.get(error.errno or 0, "check the disk")
        raise OutputError(f"{out}: cannot be written ({error.strerror or error}); {advice}") from error


def _synced_digest(path: Path) -> str:
    with path.open("rb") as file:
        os.fsync(file.fileno())
        return file_digest(file, "sha256").hexdigest()


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _remove_empty(folder: Path) -> None:
    """Take back a folder that a failed first run made; with anything in it, it stays."""
    try:
        folder.rmdir()
    except OSError:
        return
