"""Tweets as objects of snscrape, for programs written around it: ``snscrape.modules.twitter.Tweet`` and its parts.

What they hold is what the JSON lines hold (:mod:`tweetrecon.interop.snscrape_lines`); any such line becomes an object
again, field by field, as its class declares them.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import fields
from datetime import datetime
from enum import Enum
from functools import cache
from typing import Any, get_args, get_origin, get_type_hints

from tweetrecon.interop import archives, snscrape_lines
from tweetrecon.interop.dump import Item
from tweetrecon.interop.export import Load
from tweetrecon.interop.personal import NOBODY
from tweetrecon.interop.sightings import Given
from tweetrecon.interop.snscrape import TYPES
from tweetrecon.interop.snscrape_module import load
from tweetrecon.model import Document, Reject, Sighting
from tweetrecon.readers.reader import Source


def tweets(tables: Load) -> Iterator[Any]:
    """The tweets of a dataset (``dataset.table``) that have an id, as ``Tweet`` or, where only named, ``TweetRef``.

    Raises ConfigurationError where snscrape is not installed.
    """
    return (revived(json.loads(line)) for line in snscrape_lines.write(tables))


def sightings(given: Iterable[Any], source: str = "snscrape") -> Given:
    """Objects of snscrape as sightings, which `tweetrecon.reconstruct` takes; ``source`` names where they come from."""
    found = Given([], [], documents := [])
    for number, one in enumerate(given, 1):
        line = one.json().encode()
        for row in archives.read_item(Item(number, None, json.loads(line), line), Source(source), NOBODY):
            match row:
                case Sighting():
                    found.sightings.append(row)
                case Reject():
                    found.rejects.append(row)
                case Document():
                    documents.append(row)
    return found


def revived(value: Any) -> Any:
    """What a JSON line of snscrape was written from: objects of its classes, at any depth; other values as they are."""
    if isinstance(value, list):
        return [revived(item) for item in value]
    if not isinstance(value, dict):
        return value
    kind = getattr(load(), str(value.get("_type", "")).removeprefix(TYPES), None)
    if not str(value.get("_type", "")).startswith(TYPES) or kind is None:
        return {key: revived(item) for key, item in value.items()}
    hints = _hints(kind)
    return kind(**{f.name: _fitted(revived(value.get(f.name)), hints[f.name]) for f in fields(kind)})


@cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind, vars(load()))


def _fitted(value: Any, hint: Any) -> Any:
    """A value of JSON as the type that a field declares: times, tuples and members of enumerations are not in JSON."""
    kinds = [kind for kind in get_args(hint) if kind is not type(None)] if get_origin(hint) is not tuple else []
    kind = kinds[0] if len(kinds) == 1 and get_origin(hint) is not list else hint
    if value is None:
        return None
    if kind is datetime:
        return datetime.fromisoformat(value)
    if get_origin(kind) is tuple:
        return tuple(value)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return next((member for member in kind if value in (member.name, member.value)), value)
    return value
