"""What stands before the ``(@username)`` of a byline: the dash and the name, however extractors cut them."""

from __future__ import annotations

import re
from typing import NamedTuple

MAX_NAME = 70
"""Characters of a name; above Twitter's 50, because emoji joiners and extractors' spaces count here."""

LONGEST = 400
"""Characters before a username in which its line must begin, for the byline to stand on a line of its own."""

QUOTE_MARKS = " \t\xa0\u3000>*_|\u200b\u200e\u200f\u202a\u202b\u202c\u2066\u2067\u2068\u2069"
"""What may stand before a byline on its line: quote and emphasis marks, bidi controls."""

WRAPPED = range(55, 101)
"""Lengths of a line that a wrapping at 60–100 columns has ended."""

_STRONG = r"—{1,2}|―{1,2}|&(?:mdash|#8212|#x2014);"
LINE_DASH = re.compile(rf"(?:{_STRONG}|--|–|-)[ \t\xa0]*")
_INNER_DASH = re.compile(rf"{_STRONG}|(?<=\s)(?:--|–|-)(?=\s)")
_STRONG_DASH = re.compile(_STRONG)
_DASH_ABOVE = re.compile(rf"({_STRONG}|--)[ \t\xa0]*\n(?:[ \t\xa0>]*\n)?[ \t\xa0>]*\Z")
_TWEET_LINK = re.compile(r"(?:pic\.(?:twitter|x)\.com|t\.co)/\w{1,20}[\"”»」]?[ \t\xa0]{1,4}")


class Lead(NamedTuple):
    """Start of the byline, start of the name, the dash, and whether the byline has a line of its own."""

    start: int
    name: int
    dash: str
    own_line: bool

    @property
    def is_strong(self) -> bool:
        """Whether a line begins with a dash that is no bullet."""
        return self.own_line and self.dash not in ("", "-", "–")


def before(text: str, end: int, floor: int) -> Lead | None:
    """The lead of a username whose parenthesis opens at ``end``; None where no name can be told.

    ``floor`` is the end of the byline before.
    """
    low = max(floor, end - LONGEST)
    line = max(text.rfind("\n", low, end) + 1, low)
    ink = line
    while ink < end and text[ink] in QUOTE_MARKS:
        ink += 1
    fresh = line == 0 or text[line - 1] == "\n"
    dash = LINE_DASH.match(text, ink, end) if fresh else None
    window = max(dash.end() if dash else ink, end - MAX_NAME - 3)
    inner = _last(_STRONG_DASH, text, window, end)
    if dash and end - dash.end() <= MAX_NAME and (dash[0][0] in "—―&" or not inner):
        return Lead(ink, dash.end(), dash[0].strip(), True)
    inner = inner or _last(_INNER_DASH, text, window, end)
    if inner:
        return Lead(inner.start(), inner.end(), inner[0], False)
    return _without_dash(text, _Line(line, ink, fresh), end, floor)


class _Line(NamedTuple):
    """The line that a username stands in: its start, its first ink, and whether a line break precedes it."""

    start: int
    ink: int
    fresh: bool


def _without_dash(text: str, line: _Line, end: int, floor: int) -> Lead | None:
    """The lead where the line holds no dash: it stands on the line above, or an extractor has dropped it."""
    link = _last(_TWEET_LINK, text, max(line.ink, end - MAX_NAME - 40), end)
    if link and end - link.end() <= MAX_NAME:
        return Lead(link.end(), link.end(), "", False)
    if not line.fresh or end - line.ink > MAX_NAME:
        return None
    above = _DASH_ABOVE.search(text, max(floor, line.start - 30), line.start)
    if above:
        return Lead(above.start(1), line.ink, above[1], True)
    return _wrapped(text, line, end, floor) or (Lead(line.ink, line.ink, "", True) if line.ink < end else None)


def _wrapped(text: str, line: _Line, end: int, floor: int) -> Lead | None:
    """The lead whose name a wrapping at a column has parted from its username."""
    low = max(floor, line.start - WRAPPED.stop - 8)
    above = max(low, text.rfind("\n", low, max(low, line.start - 1)) + 1)
    if line.start - 1 - above not in WRAPPED and line.ink < end:
        return None
    dash = _last(_STRONG_DASH, text, max(above, end - MAX_NAME - 8), max(above, line.start - 1))
    if dash is None:
        return None
    return Lead(dash.start(), dash.end(), dash[0], not text[above : dash.start()].strip(QUOTE_MARKS))


def _last(pattern: re.Pattern[str], text: str, start: int, end: int) -> re.Match[str] | None:
    found = None
    for match in pattern.finditer(text, start, end):
        found = match
    return found
