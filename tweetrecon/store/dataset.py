"""A dataset as its readers see it: tables, one thread, SQL."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Self

from tweetrecon import notebook
from tweetrecon.errors import DatasetError
from tweetrecon.model import Thread
from tweetrecon.schema import TABLES, arrow_schema, from_table, to_table
from tweetrecon.store import manifest
from tweetrecon.store.manifest import Manifest, Part, Progress, State

if TYPE_CHECKING:
    import duckdb
    import pyarrow as pa

IN_MEMORY = Manifest(progress=Progress(State.RECONSTRUCTED))


class Dataset:
    """All tables of one dataset, on disk or in memory. Each is also an attribute: ``dataset.threads.to_pandas()``.

    Tables are ``pyarrow.Table``: pandas, polars and DuckDB take them as they are (``__arrow_c_stream__``).
    """

    def __init__(
        self,
        load: Callable[[str], pa.Table],
        path: Path | None = None,
        content: Manifest = IN_MEMORY,
    ) -> None:
        self._load = load
        self._parts = content.parts
        self._tables: dict[str, pa.Table] = {}
        self.path = path
        self.progress = content.progress
        """How far a dataset on disk had come when it was opened."""
        self.redacted = frozenset(content.redacted)
        """Digests of the tweets and accounts that were redacted: see `tweetrecon redact`."""

    @classmethod
    def in_memory(cls, tables: Mapping[str, pa.Table]) -> Self:
        """A dataset that was never written; tables not given are empty."""
        return cls(lambda name: tables[name] if name in tables else to_table(name, ()))

    def table(self, name: str) -> pa.Table:
        """One table, read when first asked for. Raises DatasetError for an unknown name or a damaged file."""
        if name not in TABLES:
            raise DatasetError(f"no table {name!r}; the tables are {', '.join(TABLES)}")
        if name not in self._tables:
            self._tables[name] = self._load(name)
        return self._tables[name]

    def stream(self, name: str) -> Stream | pa.Table:
        """One table to be read piece by piece, however large; in memory it is the table itself."""
        parts = [part for part in self._parts if part.table == name]
        return Stream(self.path, parts, name) if self.path else self.table(name)

    def __getattr__(self, name: str) -> pa.Table:
        if name not in TABLES:
            raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}")
        return self.table(name)

    def __dir__(self) -> list[str]:
        return [*super().__dir__(), *TABLES]

    def __repr__(self) -> str:
        return f"Dataset({str(self.path) if self.path else 'in memory'!r})"

    def _repr_html_(self) -> str:
        return notebook.dataset_html(self._counts(), repr(self))

    def _repr_markdown_(self) -> str:
        return notebook.dataset_markdown(self._counts(), repr(self))

    def _counts(self) -> list[tuple[str, int]]:
        return [(name, self.table(name).num_rows) for name in TABLES]

    def thread(self, key: str) -> Thread:
        """The thread with this key, or with a tweet that has it as key or id. Raises DatasetError if there is none."""
        rows = self.threads_with([key])
        if not rows.num_rows:
            raise DatasetError(
                f"no thread or tweet {key!r} in {self.path or 'this dataset'}; `tweetrecon show` lists them"
            )
        thread: Thread = next(iter(from_table("threads", rows)))
        return thread

    def threads_with(self, keys: list[str]) -> pa.Table:
        """Rows of ``threads`` that have one of the keys, or a tweet that has one as key or id, in the table's order."""
        import pyarrow as pa
        import pyarrow.compute as pc

        threads = self.table("threads")
        wanted = pa.array(keys, pa.string())
        nested = threads["tweets"].combine_chunks()
        members = pc.list_flatten(nested)
        by_id = (pc.is_in(pc.struct_field(members, name), wanted) for name in ("tweet_key", "tweet_id"))
        rows = pc.filter(pc.list_parent_indices(nested), pc.or_(*by_id)).to_pylist()
        rows += pc.indices_nonzero(pc.is_in(threads["thread_id"], wanted)).to_pylist()
        return threads.take(pa.array(sorted({row for row in rows if row is not None}), pa.int64()))

    def connect(self) -> duckdb.DuckDBPyConnection:
        """A connection to DuckDB with all tables, which are read from their files as a query needs them."""
        import duckdb

        connection = duckdb.connect()
        connection.execute("SET TimeZone = 'UTC'")
        for name in TABLES:
            paths = [str((self.path or Path()) / part.path) for part in self._parts if part.table == name]
            if paths:
                connection.read_parquet(paths).create_view(name)
            else:
                connection.register(name, self.table(name))
        return connection

    def sql(self, query: str) -> duckdb.DuckDBPyRelation:
        """Run DuckDB SQL over the tables, which bear their own names (quote ``"references"``, an SQL keyword)."""
        import duckdb

        connection = duckdb.connect()
        connection.execute("SET TimeZone = 'UTC'")
        for name in TABLES:
            if name in query:
                connection.register(name, self.table(name))
        return connection.sql(query)


def is_dataset(path: Path) -> bool:
    """Whether a path is a folder that holds a dataset."""
    return (path / manifest.NAME).is_file()


def open_dataset(path: str | Path) -> Dataset:
    """The dataset in a folder. Raises DatasetError where there is none, or one that this version cannot read."""
    folder = Path(path)
    content = manifest.read(folder)
    return Dataset(lambda name: _read(folder, content, name), folder, content)


class Stream:
    """A table on disk, read piece by piece from the parts that the manifest names: what act 2 needs of a table.

    The checksums of pages are verified. Raises DatasetError for a damaged file.
    """

    def __init__(self, folder: Path, parts: Sequence[Part], name: str, columns: Sequence[str] | None = None) -> None:
        self._folder, self._parts, self._name, self._columns = folder, parts, name, columns

    @property
    def num_rows(self) -> int:
        """How many rows it has."""
        return sum(part.rows for part in self._parts)

    def select(self, columns: Sequence[str]) -> Stream:
        """Only these columns."""
        return Stream(self._folder, self._parts, self._name, columns)

    def to_batches(self) -> Iterator[pa.RecordBatch]:
        """The rows, with the columns of this version's schema."""
        import pyarrow as pa
        import pyarrow.parquet as pq

        for part in self._parts:
            try:
                file = pq.ParquetFile(self._folder / part.path, page_checksum_verification=True)
                columns = [n for n in self._columns or file.schema_arrow.names if n in file.schema_arrow.names]
                for batch in file.iter_batches(columns=columns):
                    table = _as_declared(pa.Table.from_batches([batch]), self._name, self._columns)
                    yield from table.to_batches()
            except (OSError, pa.ArrowException) as error:
                message = f"{self._folder / part.path}: damaged ({error}); run the dataset again"
                raise DatasetError(message) from error


def _read(folder: Path, content: Manifest, name: str) -> pa.Table:
    """A table from the parts that the manifest names, with the checksums of their pages verified."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    tables = []
    for part in content.parts:
        if part.table == name:
            try:
                tables.append(pq.ParquetFile(folder / part.path, page_checksum_verification=True).read())
            except (OSError, pa.ArrowException) as error:
                raise DatasetError(f"{folder / part.path}: damaged ({error}); run the dataset again") from error
    return _as_declared(pa.concat_tables(tables), name) if tables else to_table(name, ())


def _as_declared(table: pa.Table, name: str, columns: Sequence[str] | None = None) -> pa.Table:
    """The table with (these of) the columns of this version's schema; what an older version did not write is null."""
    import pyarrow as pa

    declared = arrow_schema(name)
    schema = pa.schema([declared.field(column) for column in columns]) if columns else declared
    if table.schema.names == schema.names:
        return table
    arrays = [
        table[f.name].cast(f.type) if f.name in table.schema.names else pa.nulls(table.num_rows, f.type) for f in schema
    ]
    return pa.table(arrays, schema=pa.schema([f.with_nullable(True) for f in schema]))
