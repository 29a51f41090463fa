"""The text before a byline, cut where a tweet may begin, and the layout that an extractor gave the document."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from tweetrecon.twitter.byline import Byline
from tweetrecon.twitter.length import length_under
from tweetrecon.twitter.wording import language_of

LOOKBACK = 900
"""Characters before the byline in which a tweet begins; the longest of 13,240 measured texts has about 500."""

LONG_LINE = 400
"""A line of more characters than any tweet's holds prose and tweet together."""

MARGIN = " \t\n\r\xa0\u3000>\u200b\u200e\u200f\ufeff"

_BLANK = re.compile(r"\n[ \t\xa0>]{0,200}\n")
_SINGLE = re.compile(r"[^\s>][ \t]{0,8}\n[ \t]{0,40}[^\s>]")
_LISTED = re.compile(r"\n {0,40}[•◦*○] |\n {2,40}\S|\n\n\n")
_LINE = re.compile(r"[^\n]{1,2000}")
_TOKEN = re.compile(r"(?<=[\s])\S")
_SENTENCE_END = re.compile(r"[.!?…。！？؟۔:：]{1,8}[\"”’»」』)\]]{0,3}(?=\s)|[。！？]")


_CREDIT = re.compile(r"/\s?(?:via|by|cc)(?!\w)", re.IGNORECASE)
"""A credit as it stands behind the words of a tweet: none of 18,191 labelled tweets begins with one."""


class Unit(NamedTuple):
    """A line, or in a long line the words up to where a tweet may begin next. ``breaks``: line ends before it."""

    start: int
    end: int
    breaks: int
    length: int
    """What it takes up of the limit, see :func:`tweetrecon.twitter.length.length_under`."""


@dataclass(frozen=True, slots=True)
class Passage:
    """What stands between the tweet before (or the start of the text) and a byline: units in order."""

    text: str
    floor: int
    end: int
    units: tuple[Unit, ...]
    complete: bool
    """Whether the first unit follows ``floor`` directly."""
    layout: str
    limit: int
    author: tuple[str, ...]
    """How prose would name the author: ``@username`` and the name, in lower case."""


class Prose:
    """A document and what its line breaks mean: extractors differ, and every one of them is consistent."""

    def __init__(self, text: str) -> None:
        self.text = text

    @cached_property
    def _breaks(self) -> tuple[int, int]:
        """How many line breaks between words are single, and how many are blank lines."""
        return len(_SINGLE.findall(self.text)), len(_BLANK.findall(self.text))

    @cached_property
    def _keeps_lists(self) -> bool:
        return bool(_LISTED.search(self.text))

    @cached_property
    def language(self) -> str:
        """The language of its middle."""
        third = len(self.text) // 3
        return language_of(self.text[third : third + 500])

    @cached_property
    def lines(self) -> Counter[str]:
        """How often each line stands in it."""
        return Counter(line.strip(MARGIN) for line in self.text.split("\n"))

    def layout(self, line: Byline, floor: int, end: int) -> str:
        """How the text around a byline is broken: one word that conditions all other evidence.

        ``run``: the page on one line; ``torn``: inline elements break lines; ``glued``: byline on the tweet's line;
        ``dense``: no blank lines; ``mixed``: blank lines, though not before the byline; ``loose``: nothing but blank
        lines; ``listed``: blank lines part paragraphs and also stand for an empty line in a tweet, bullets and indents
        are kept; ``plain``: blank lines part paragraphs; ``spare``: the same, with too few single breaks to tell.
        """
        if self._is_run(floor, end):
            return "run"
        if "\n" in self.text[line.start : line.end].strip():
            return "torn"
        gap = self.text.count("\n", end, line.start)
        return self._layout_with_gap if gap > 1 else self._layout_without_gap if gap else "glued"

    def _is_run(self, floor: int, end: int) -> bool:
        """Whether the line in which a tweet ends is longer than tweet and byline can be."""
        low, high = max(0, end - 2 * LONG_LINE), min(len(self.text), end + 2 * LONG_LINE)
        begin = self.text.rfind("\n", low, end) + 1 or low
        after = self.text.find("\n", end, high)
        return end - max(begin, floor) > LONG_LINE or (after if after != -1 else high) - begin > 2 * LONG_LINE

    @cached_property
    def _layout_without_gap(self) -> str:
        single, blank = self._breaks
        return "dense" if blank * 20 < single else "mixed"

    @cached_property
    def _layout_with_gap(self) -> str:
        single, blank = self._breaks
        if single * 12 < blank:
            return "loose"
        if self._keeps_lists:
            return "listed"
        return "plain" if single >= 8 else "spare"

    def passage(self, line: Byline, floor: int, limit: int) -> Passage | None:
        """The passage before a byline; None where nothing stands between ``floor`` and it."""
        text, end = self.text, ink_before(self.text, floor, line.start)
        if end <= floor:
            return None
        low = max(floor, end - LOOKBACK)
        quote = _quote_start(text, low, line.start)
        starts = [ink(text, quote, end)] if quote is not None else _starts(text, floor, low, end)
        units = _measured(text, starts, floor, end, limit)
        complete = not text[floor : units[0].start].strip(MARGIN)
        return Passage(text, floor, end, tuple(units), complete, self.layout(line, floor, end), limit, _author(line))


def _author(line: Byline) -> tuple[str, ...]:
    name = (line.name or "").lower()
    return (f"@{line.username.lower()}", *([name] if len(name) > 3 else []))


def _quote_start(text: str, low: int, stop: int) -> int | None:
    """The start of the Markdown quote in which a byline stands; None where it stands in none."""
    begin = text.rfind("\n", low, stop) + 1
    if begin <= low or not text[begin:stop].lstrip().startswith(">"):
        return None
    while begin > low:
        above = max(text.rfind("\n", low, begin - 1) + 1, low)
        if not text[above:begin].lstrip().startswith(">"):
            break
        begin = above
    return begin


def _starts(text: str, floor: int, low: int, end: int) -> list[int]:
    """Where a tweet may begin: at the first ink of each line, and in long lines at words that do not go on."""
    starts = []
    for line in _LINE.finditer(text, low, end):
        first = ink(text, line.start(), line.end())
        if first < line.end() and (line.start() == floor or text[line.start() - 1] == "\n"):
            starts.append(first)
        if line.end() - line.start() > 280 or _is_long(text, line.start(), line.end()):
            starts += _fresh_words(text, line.start(), line.end())
        elif line.start() == floor and first < line.end() and first not in starts:
            starts.append(first)
    return sorted(at for at in set(starts) if not _CREDIT.match(text, at)) or [ink(text, low, end)]


def _is_long(text: str, start: int, end: int) -> bool:
    before = max(0, start - LONG_LINE)
    after = text.find("\n", end, end + LONG_LINE)
    return (
        end - max(text.rfind("\n", before, start) + 1, before) + (after - end if after != -1 else LONG_LINE) > LONG_LINE
    )


def _fresh_words(text: str, start: int, end: int) -> list[int]:
    words = []
    for word in _TOKEN.finditer(text, start, end):
        at = word.start()
        before = text[ink_before(text, start, at) - 1 : at].strip()
        if not (word[0].islower() and (before.isalnum() or before == ",")) and word[0] not in ".,;:!?)]}»”’、。":
            words.append(at)
    return words


def _measured(text: str, starts: list[int], floor: int, end: int, limit: int) -> list[Unit]:
    """Units from the last back to the one with which a tweet would be too long."""
    units: list[Unit] = []
    total, stop = 0, end
    for start in reversed(starts):
        last = ink_before(text, start, stop)
        length = length_under(limit, text[start:last])
        total += length + 1
        if units and total > limit * 1.15 + 40:
            break
        units.append(Unit(start, last, text.count("\n", ink_before(text, floor, start), start), length))
        stop = start
    return units[::-1]


def ink(text: str, start: int, end: int) -> int:
    """The first character that is no margin."""
    while start < end and text[start] in MARGIN:
        start += 1
    return start


def ink_before(text: str, floor: int, end: int) -> int:
    """The end of the ink before ``end``; a ``>`` that closes ``<https://…>`` is ink, one that marks a quote is not."""
    while end > floor and text[end - 1] in MARGIN and not (text[end - 1] == ">" and text[end - 2] not in MARGIN):
        end -= 1
    return end


def sentence_ends(text: str, start: int, end: int) -> list[int]:
    """Where sentences end."""
    return [match.end() for match in _SENTENCE_END.finditer(text, start, end)]


def between(ends: list[int], start: int, end: int) -> int:
    """How many of the sorted positions lie after ``start`` and before ``end``."""
    return max(0, bisect_right(ends, end - 1) - bisect_right(ends, start))
