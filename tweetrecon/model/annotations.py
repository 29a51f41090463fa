"""What a field of a record says of itself, beside its type."""

from __future__ import annotations

from typing import Annotated, NamedTuple


class Doc(NamedTuple):
    """One line that says what a field means."""

    text: str


class Width(NamedTuple):
    """The Arrow width of a number, where it is not the default (int64, float32)."""

    arrow: str


class Internal(NamedTuple):
    """Marks a field that is working state, not a column."""


INTERNAL = Internal()
Int16 = Annotated[int, Width("int16")]
Int32 = Annotated[int, Width("int32")]
