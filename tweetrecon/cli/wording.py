"""Values of the tables in words for a terminal: times, and text that cannot take the terminal over."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from tweetrecon.model import Precision, TimeSource

MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()

_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ufeff]")
"""Escape sequences begin with them, and marks of direction could reorder what stands around the text."""

_LINE_ENDS = re.compile("\r\n?|[\x85\u2028\u2029]")
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff\U00010800-\U00010fff\U0001e800-\U0001efff]")
_SPACE = re.compile(r"\s+")


def safe(text: str) -> str:
    """Text as a terminal may print it: line ends as newlines, no control characters."""
    return _CONTROLS.sub("", _LINE_ENDS.sub("\n", text))


def one_line(text: str) -> str:
    """The same on one line."""
    return _SPACE.sub(" ", safe(text)).strip()


def span(sighting: Mapping[str, Any]) -> str | None:
    """Where a row of `sightings` stands in its document, None where it does not tell: one made elsewhere."""
    start, end = sighting.get("start"), sighting.get("end")
    return None if start is None else f"characters {start}–{end}"


def isolated(line: str, direction: str) -> str:
    """A line of direction ``rtl`` or ``ltr`` that the text around it does not reorder, nor it that text."""
    if direction == "rtl":
        return f"\u2067{line}\u2069"
    return f"\u2066{line}\u2069" if _RIGHT_TO_LEFT.search(line) else line


def when(time: datetime | None, precision: str | None, source: str | None = None) -> str:
    """``27 Nov 2018 14:03:07 UTC``, ``27 Nov 2018 (day only)``, ``no later than …``, ``date unknown``."""
    if time is None:
        return "date unknown"
    bound = "no later than " if source == TimeSource.RETWEET_BOUND else ""
    return bound + _time(time, precision)


def _time(time: datetime, precision: str | None) -> str:
    month = f"{MONTHS[time.month - 1]} {time.year}"
    match precision:
        case Precision.YEAR:
            return f"{time.year} (year only)"
        case Precision.MONTH:
            return f"{month} (month only)"
        case Precision.DAY:
            return f"{time.day} {month} (day only)"
        case Precision.HOUR:
            return f"{time.day} {month} {time.hour:02} h UTC"
        case Precision.MINUTE:
            return f"{time.day} {month} {time:%H:%M} UTC"
    return f"{time.day} {month} {time:%H:%M:%S} UTC"
