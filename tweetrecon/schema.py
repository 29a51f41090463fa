"""Records → Arrow schemas, tables and the data dictionary. All of it is derived from :mod:`tweetrecon.model`."""

from __future__ import annotations

import dataclasses
import types
import typing
from collections.abc import Iterable, Sequence
from datetime import datetime
from enum import StrEnum
from functools import cache
from typing import Any, Union, get_args, get_origin

import pyarrow as pa

from tweetrecon import model
from tweetrecon.model import Doc, Internal, Width

SCHEMA_VERSION = 1
"""Rises when a column changes its name, type or meaning; added columns do not raise it."""

TABLES: dict[str, type] = {
    "documents": model.Document,
    "sightings": model.Sighting,
    "tweets": model.Tweet,
    "references": model.Reference,
    "citations": model.Citation,
    "threads": model.Thread,
    "users": model.User,
    "rejects": model.Reject,
}
"""Table name → the record of its rows."""

ACT_1 = ("documents", "sightings", "rejects")
"""Tables that capture writes; `rejects` grows in act 2 as well."""


@dataclasses.dataclass(frozen=True, slots=True)
class Column:
    """One column as the model declares it: its type without None, and its Arrow width where the type does not tell."""

    name: str
    type: Any
    nullable: bool
    width: str | None
    doc: str


@cache
def columns(record: type) -> tuple[Column, ...]:
    """The columns of a record class, in order of declaration, without its internal fields."""
    hints = typing.get_type_hints(record, include_extras=True)
    found = (_column(f.name, hints[f.name]) for f in dataclasses.fields(record))
    return tuple(c for c in found if c is not None)


def _column(name: str, hint: Any) -> Column | None:
    notes = list(getattr(hint, "__metadata__", ()))
    if any(isinstance(n, Internal) for n in notes):
        return None
    kind, nullable = _without_none(_plain(hint))
    notes += getattr(kind, "__metadata__", ())
    width = next((n.arrow for n in notes if isinstance(n, Width)), None)
    doc = next((n.text for n in notes if isinstance(n, Doc)), "")
    return Column(name, _plain(kind), nullable, width, doc)


def _plain(hint: Any) -> Any:
    return hint.__origin__ if hasattr(hint, "__metadata__") else hint


def _without_none(hint: Any) -> tuple[Any, bool]:
    if get_origin(hint) in (Union, types.UnionType):
        rest = [a for a in get_args(hint) if a is not type(None)]
        return rest[0], len(rest) < len(get_args(hint))
    return hint, False


@cache
def arrow_schema(name: str) -> pa.Schema:
    """The Arrow schema of a table: types, nullability, and each field's line as metadata ``description``."""
    return pa.schema(
        [_field(c) for c in columns(TABLES[name])], metadata={"tweetrecon.schema_version": str(SCHEMA_VERSION)}
    )


def _field(column: Column) -> pa.Field[Any]:
    metadata = {"description": column.doc}
    return pa.field(column.name, _arrow_type(column.type, column.width), nullable=column.nullable, metadata=metadata)


def _arrow_type(kind: Any, width: str | None) -> pa.DataType:
    if width is not None:
        return typing.cast("pa.DataType", getattr(pa, width)())
    if get_origin(kind) is tuple:
        item = _plain(get_args(kind)[0])
        return pa.list_(pa.field("item", _arrow_type(item, None), nullable=False))
    if dataclasses.is_dataclass(kind):
        return pa.struct([_field(c) for c in columns(typing.cast(type, kind))])
    if issubclass(kind, StrEnum) or kind is str:
        return pa.string()
    plain: dict[type, pa.DataType] = {bool: pa.bool_(), int: pa.int64(), float: pa.float32()}
    return plain.get(kind) or pa.timestamp("us", tz="UTC")


# ------------------------------------------------------------------------------------------------ records and tables


def to_table(name: str, records: Sequence[Any]) -> pa.Table:
    """Records → one Arrow table, column by column (several times faster than by way of dicts)."""
    schema = arrow_schema(name)
    arrays = [
        pa.array(_values(column, [getattr(r, column.name) for r in records]), type=schema.field(column.name).type)
        for column in columns(TABLES[name])
    ]
    return pa.table(arrays, schema=schema)


def _values(column: Column, values: list[Any]) -> list[Any]:
    item = get_args(column.type)[0] if get_origin(column.type) is tuple else None
    if item is not None and dataclasses.is_dataclass(item):
        return [[as_dict(x) for x in v] for v in values]
    return values


def as_dict(record: Any) -> dict[str, Any]:
    """A record as a plain dict of its columns, nested records likewise."""
    out = {}
    for column in columns(record.__class__):
        value = getattr(record, column.name)
        if isinstance(value, tuple) and value and dataclasses.is_dataclass(value[0]):
            value = [as_dict(v) for v in value]
        out[column.name] = value
    return out


def from_dict(record: type, row: dict[str, Any]) -> Any:
    """A dict of columns → a record; absent and null columns take the record's defaults, unknown ones are ignored.

    Raises TypeError or ValueError when a required column is absent or a value does not fit.
    """
    present = [c for c in columns(record) if (c.nullable and c.name in row) or row.get(c.name) is not None]
    return record(**{c.name: _restored(c.type, row[c.name]) for c in present})


def _restored(kind: Any, value: Any) -> Any:
    if value is None:
        return None
    if get_origin(kind) is tuple:
        return tuple(_restored(_plain(get_args(kind)[0]), v) for v in value)
    if dataclasses.is_dataclass(kind):
        return from_dict(typing.cast(type, kind), value)
    if kind is datetime and isinstance(value, str):
        return datetime.fromisoformat(value)
    return kind(value) if isinstance(kind, type) and issubclass(kind, StrEnum | str | float) else value


def from_table(name: str, table: pa.Table) -> Iterable[Any]:
    """Rows of an Arrow table as records."""
    return (from_dict(TABLES[name], row) for batch in table.to_batches() for row in batch.to_pylist())


# ------------------------------------------------------------------------------------------------ data dictionary


def type_name(column: Column) -> str:
    """The type of a column in the words of the data dictionary, e.g. ``list<struct<url, expanded_url>>?``."""
    return _type_name(column.type, column.width) + ("?" if column.nullable else "")


def _type_name(kind: Any, width: str | None) -> str:
    if width is not None:
        return width
    if get_origin(kind) is tuple:
        return f"list<{_type_name(_plain(get_args(kind)[0]), None)}>"
    if dataclasses.is_dataclass(kind):
        return f"struct<{', '.join(c.name for c in columns(typing.cast(type, kind)))}>"
    if issubclass(kind, StrEnum):
        return "string"
    return {str: "string", bool: "bool", int: "int64", float: "float32", datetime: "timestamp"}[kind]


def data_dictionary() -> str:
    """`docs/tables.md`: every table, column, type and meaning, as Markdown."""
    parts = [_HEAD.format(version=SCHEMA_VERSION)]
    for name, record in TABLES.items():
        parts += [f"\n## {name}\n\n{_summary(record)}\n", _column_table(record)]
    nested = (model.Url, model.Media, model.TextVariant, model.Gap, model.ThreadTweet, model.FormerUsername)
    for struct in nested:
        parts += [f"\n## struct {struct.__name__}\n\n{_summary(struct)}\n", _column_table(struct)]
    parts.append("\n## Reject codes\n\n| code | meaning |\n|---|---|\n")
    parts += [f"| `{code}` | {text} |\n" for code, text in model.REJECT_DOCS.items()]
    return "".join(parts)


def _summary(record: type) -> str:
    return (record.__doc__ or "").split("\n")[0]


def _column_table(record: type) -> str:
    lines = [f"| `{c.name}` | {_cell(type_name(c))} | {_cell(c.doc)} |\n" for c in columns(record)]
    return "\n| column | type | meaning |\n|---|---|---|\n" + "".join(lines)


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


_HEAD = """# Tables

Generated from `tweetrecon/model/` by `make docs`; schema version {version}. A `?` marks columns that may be null.
Ids are strings, times are UTC timestamps in microseconds with a precision and a source beside them. Nothing is
invented: what the page did not state is null, or its `_source` says how it was derived.
"""
