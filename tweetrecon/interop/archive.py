"""What the readers of tweet archives share: a record in, the tweets it states out."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from tweetrecon.model import Embed, RejectCode

Record = dict[str, Any]

UNAVAILABLE = "unavailable"
"""Flag of a tweet that its archive names as deleted, withheld or protected."""


class Refusal(NamedTuple):
    """Why a record, or a part of it, gave no tweet."""

    code: RejectCode
    detail: str
    kept: bool = False


class Archive(NamedTuple):
    """A format of tweet archives, told by the keys of its records.

    ``read`` gives the tweets of a record, the whole ones first; the tweets inside them hang on them as ``quoted``,
    ``retweeted`` and ``parent``. It never raises, whatever the types of the values.
    """

    name: str
    doc: str
    sniff: Callable[[Record], bool]
    read: Callable[[Record], Iterable[Embed | Refusal]]


# ------------------------------------------------------------------------------------------------ values of any type


def at(value: Any, *path: str) -> Any:
    """What stands at a path of keys; None where any of them is absent."""
    for key in path:
        value = value.get(key) if isinstance(value, dict) else None
    return value


def as_record(value: Any) -> Record:
    """The value if it is an object, else an empty one."""
    return value if isinstance(value, dict) else {}


def records(value: Any) -> list[Record]:
    """The objects of a list; none where the value is no list."""
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def string(value: Any) -> str | None:
    """The value if it is a text that is not empty."""
    return value if isinstance(value, str) and value else None


def count(value: Any) -> int | None:
    """A number of likes, replies, …; personal archives write it as a string."""
    if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 19:
        return int(value)
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 2**63 else None
