"""The date that follows the ``(@username)`` of a byline: bare, linked in Markdown, emphasized, or wrapped."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime
from typing import NamedTuple

from tweetrecon.twitter import dates
from tweetrecon.twitter.dates import ParsedDate

LONGEST = 60
"""Characters of a date as printed."""

_SOME_DAY = datetime(2020, 2, 29, tzinfo=UTC)
_BETWEEN = re.compile(r"(?:[ \t\xa0*_]|\{\" \"\}){0,40}(?:\n[ \t\xa0>]{0,24}[*_]{0,3})?")
_SEPARATOR = re.compile(r"[ \t\xa0]{0,4}[,،、·•∙|(（–—-][ \t\xa0]{0,4}")
_CLOSING = re.compile(r"[*_]{1,3}|[)）]")
_OPENING = {")": "(", "）": "（", "*": "*", "_": "_"}
_LINKED = re.compile(
    r"\[([^\[\]]{4,60})\]"
    r"(?:\(<?([^()\s<>]{1,400})>?(?:\s{1,4}[\"'][^\"'\n]{0,100}[\"'])?\)|\[(?P<label>[\w. -]{0,40})\])?"
)
_QUOTED_BREAK = re.compile(r"\n[ \t]{0,8}>[ \t>]{0,24}")
_SOFT_BREAK = re.compile(r"\s*\n[ \t>]*")


class PrintedDate(NamedTuple):
    """Where the byline ends, the date as printed, what it says, and where it leads to in Markdown.

    ``date`` is None where it counts from a day that is not known: "Nov 27", "2h".
    ``label`` names the definition of a link that stands elsewhere in the text: ``[June 1, 2018][3]``. ``parted``: a
    comma, a dot or a parenthesis stands before the date, as people write it and Twitter does not.
    """

    end: int
    raw: str
    date: ParsedDate | None
    url: str | None = None
    label: str | None = None
    parted: bool = False


def after(text: str, position: int, lang: str | None, reference: datetime | None) -> PrintedDate | None:
    """The date that stands at ``position``, directly behind a username; None where none does."""
    begin = _end(_BETWEEN, text, position)
    found = _at(text, begin, lang, reference)
    separator = None if found else _SEPARATOR.match(text, position)
    if separator:
        begin = separator.end()
        found = _at(text, begin, lang, reference)
    if found is None:
        return None
    end = _closed(text, text[position:begin], found.end)
    return found._replace(end=end, parted=separator is not None)


def uncounted(text: str, position: int, lang: str | None) -> PrintedDate | None:
    """What would be a date if it were known from which day it counts."""
    found = after(text, position, lang, _SOME_DAY)
    return found._replace(date=None) if found else None


def _end(pattern: re.Pattern[str], text: str, position: int) -> int:
    found = pattern.match(text, position)
    return found.end() if found else position


def _closed(text: str, opened: str, end: int) -> int:
    """The end of a date with the parenthesis or the emphasis that was opened before it."""
    mark = _CLOSING.match(text, end)
    return mark.end() if mark and _OPENING[mark[0][0]] in opened else end


def _at(text: str, begin: int, lang: str | None, reference: datetime | None) -> PrintedDate | None:
    linked = _LINKED.match(text, begin)
    if linked:
        raw = _SOFT_BREAK.sub(" ", linked[1])
        date = dates.parse(raw, lang=lang, reference=reference)
        if date is not None:
            label = None if linked[2] else linked["label"] or raw
            return PrintedDate(linked.end(), raw, date, linked[2], label)
    date = dates.match(text, begin, begin + LONGEST, lang=lang, reference=reference)
    if date is None and ">" in text[begin : begin + LONGEST]:
        window = _QUOTED_BREAK.sub(lambda mark: "\n" + " " * (len(mark[0]) - 1), text[begin : begin + LONGEST])
        date = _moved(dates.match(window, lang=lang, reference=reference), begin)
    return PrintedDate(date.end, _SOFT_BREAK.sub(" ", text[date.start : date.end]), date) if date else None


def _moved(date: ParsedDate | None, by: int) -> ParsedDate | None:
    return replace(date, start=date.start + by, end=date.end + by) if date else None
