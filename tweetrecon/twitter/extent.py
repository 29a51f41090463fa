"""Where the text of a flattened tweet begins. Its byline marks the end; nothing marks the start."""

from __future__ import annotations

import re
from datetime import datetime
from typing import NamedTuple

from tweetrecon.twitter.length import limit_at, weighted_length

LOOKBACK = 900
"""Characters before the byline in which a tweet begins; the longest of 13,240 measured texts has about 500."""

_BLANK = re.compile(r"\n[ \t\xa0>]*\n")
_MARGIN = " \t\n\r\xa0\u3000>\u200b\u200e\u200f\ufeff"


class Extent(NamedTuple):
    """The span of a tweet's text, and how sure it is."""

    start: int
    end: int
    confidence: float


def extent(text: str, floor: int, stop: int, when: datetime | None) -> Extent | None:
    """The span of the tweet whose byline begins at ``stop``; nothing before ``floor`` belongs to it. None: no text."""
    end = stop
    while end > floor and text[end - 1] in _MARGIN:
        end -= 1
    if end <= floor:
        return None
    low = max(floor, end - LOOKBACK)
    paragraph = low
    for gap in _BLANK.finditer(text, low, end):
        paragraph = gap.end()
    line = text.rfind("\n", low, end) + 1 or low
    limit = limit_at(when) * 1.2
    for start in (paragraph, line):
        start = _first_ink(text, start, end)
        if weighted_length(text[start:end]) <= limit:
            return Extent(start, end, 0.7)
    return Extent(_first_ink(text, line, end), end, 0.3)


def _first_ink(text: str, start: int, end: int) -> int:
    while start < end and text[start] in _MARGIN:
        start += 1
    return start
