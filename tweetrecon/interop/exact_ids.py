"""Ids that are what the server wrote, and not what JavaScript made of them.

JavaScript keeps numbers as 64-bit floats: above 2⁵³ an id becomes the nearest float, printed with at most 17 digits and
zeros after them. Such a number names no tweet, or another one. API objects therefore repeat each id as ``id_str``.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from tweetrecon.interop.archive import Record

_EXACT_BELOW = 2**53


def looks_rounded(number: int) -> bool:
    """Whether this is how JavaScript prints a float: so do all ids it has rounded, and about 1 in 100 that are right.

    >>> looks_rounded(1123333485937201200), looks_rounded(1123333485937201153)
    (True, False)
    """
    return _EXACT_BELOW < number < 2**64 and int(Decimal(repr(float(number)))) == number


def digits(value: Any) -> str | None:
    """An id that is given as a string or a number, as a string."""
    text = str(value) if isinstance(value, (str, int)) and not isinstance(value, bool) else ""
    return text if text.isascii() and text.isdigit() and len(text) < 20 else None


def was_rounded(number: Any, known: str | None) -> bool:
    """Whether the program that wrote a record rounds numbers: its own id tells.

    ``number`` is the id as a number, ``known`` the same id as the record gives it elsewhere, as a string or in a URL.
    """
    if not isinstance(number, int) or isinstance(number, bool) or not looks_rounded(number):
        return False
    return str(number) != known


def trusted(record: Record, rounded: bool, *keys: str) -> str | None:
    """The first id under one of the keys that can be relied on; of a record with rounded numbers only strings can."""
    for key in keys:
        value = record.get(key)
        if not (rounded and isinstance(value, int) and looks_rounded(value)) and (number := digits(value)):
            return number
    return None


def versions(value: Any) -> tuple[str, ...]:
    """The ids of all versions of an edited tweet; none of one that was never edited, whose list holds its own alone.

    Of lists with a rounded number nothing is used.
    """
    listed = value if isinstance(value, list) else []
    ids = tuple(digits(v) for v in listed if not (isinstance(v, int) and looks_rounded(v)))
    known = tuple(i for i in ids if i)
    return known if len(known) == len(listed) > 1 else ()
