"""What speaks for and against each place where the tweet of a byline may begin: names of facts, weighed elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from tweetrecon.twitter.passage import LOOKBACK, MARGIN, Passage, Prose, Unit, between, ink, ink_before, sentence_ends
from tweetrecon.twitter.wording import LINK, PICTURE, SHORT_LINK, Wording, wording

_CLOSERS = "\"”’»」』)]）】'"
_OPENERS = "\"“‘«「『([（【'"
_PAIRS = ("“”", "«»", "「」", "()", "（）")
_SHARES = (3, 7, 14, 21, 28, 36, 43, 50, 64, 78, 92, 97, 101, 104, 115)
"""Of the limit, in percent."""
_OVER = 4
"""Characters above the limit that white space makes up."""
_LINE_LENGTHS = (12, 25, 40, 60, 90, 140, 199)
_WORD_COUNTS = (0, 1, 2, 4, 7, 12, 20)
_NUMBERED = re.compile(r"\(?\d{1,3}/")
_KINDS = {"follows": "top", "begins": "top", "blank": "line", "line": "line"}


class Evidence(NamedTuple):
    """What bears on whether the tweet begins with a unit: facts of the place, and of the text from there on.

    Those of the place bear as well, in another way, on whether a tweet that begins before goes on there.
    """

    place: list[str]
    span: list[str]


def evidence(prose: Prose, passage: Passage) -> list[Evidence]:
    """The facts for each unit of a passage, in order, and last those for the tweet's text to be missing."""
    reading = _Reading(prose, passage)
    units = range(len(passage.units))
    return [Evidence(list(reading.edge(n)), list(reading.span(n))) for n in units] + [
        Evidence([], list(reading.missing()))
    ]


class _Reading:
    """A passage read backwards: sums over the units up to the byline."""

    def __init__(self, prose: Prose, passage: Passage) -> None:
        self.prose, self.passage, self.text = prose, passage, passage.text
        low = max(passage.floor, passage.units[0].start - 200)
        self.low = low
        self.ends = sentence_ends(self.text, low, passage.end)
        body = self.text[low : passage.end]
        self.pictures = [low + m.end() for m in PICTURE.finditer(body)]
        self.short_links = [low + m.end() for m in SHORT_LINK.finditer(body)]
        self.links = [(low + m.start(), low + m.end()) for m in LINK.finditer(body)]
        self.era = "new" if passage.limit > 140 else "old"
        self.single = passage.layout in ("run", "glued")
        self.last = self._last_language()
        self.tails = self._lengths()
        self.fits_whole = passage.complete and self.tails[0] <= passage.limit + _OVER

    def _lengths(self) -> list[int]:
        """Weighted length of the tweet, for each unit it may begin with."""
        tails, total = [], -1
        for unit in reversed(self.passage.units):
            total += unit.length + 1
            tails.append(total)
        return tails[::-1]

    def _last_language(self) -> str:
        start = max(self.passage.units[-1].start if not self.single else 0, self.passage.end - 150, self.passage.floor)
        found = wording(self.text[start : self.passage.end]).language
        return found or wording(self.text[max(self.passage.floor, self.passage.end - 250) : self.passage.end]).language

    def edge(self, index: int) -> Iterator[str]:
        """What the place is like, however far the byline is."""
        unit = self.passage.units[index]
        boundary = self._boundary(index)
        kind = _KINDS.get(boundary, "word")
        lines = self._line_before(unit.start), self._first_line(index)
        before, first = wording(lines[0]), wording(lines[1])
        yield f"boundary={boundary}"
        yield from self._marks(unit, kind)
        yield from _words(before, first, kind)
        yield from self._languages(before, first, kind)
        yield from self._neighbours(index, before, first)
        yield from self._author(*lines, kind)
        sort, kin = self._sort(index, before), _sort_of_first(first)
        yield f"before={sort},first={kin},{kind}"
        yield f"before={sort},{kind}"
        if kind == "line":
            same = "=" if before.language == first.language else "!"
            yield f"before={sort},first={kin},language{same}"

    def _sort(self, index: int, before: Wording) -> str:
        """What the line before a place is: prose, a sentence, a heading, or like a tweet."""
        units = self.passage.units
        ending = _ending(self.text, self.passage.floor, units[index].start)
        if before.short_link or before.picture:
            return "linked"
        if before.tag or before.mention or before.emoji:
            return "tagged"
        closed = ending in ("sentence", "quoted", "colon")
        if before.length > 100:
            return "prose" if closed else "long"
        return ending if ending in ("colon", "nothing") else "sentence" if closed else "heading"

    def span(self, index: int) -> Iterator[str]:
        """What the text from the place to the byline is like."""
        boundary = self._boundary(index)
        kind = _KINDS.get(boundary, "word")
        yield from self._breaks(index, boundary)
        yield from self._length(index, kind)
        yield from self._inside(self.passage.units[index], kind)

    def missing(self) -> Iterator[str]:
        """What the end of the passage is like, if the extractor dropped the tweet and this is prose."""
        last = wording(self._line_before(self.passage.end))
        ending = _ending(self.text, self.passage.floor, self.passage.end)
        yield "missing"
        yield f"missing,ends={ending}"
        yield f"missing,length={self._share(self.passage.units[-1].length)},{self.era}"
        yield f"missing,{'tweetlike' if last.tweetlike else 'prose'},{ending}"
        yield f"missing,language{'=' if last.language == self.prose.language else '!'}"
        if last.bullet:
            yield "missing,bullet"
        if last.speaks_of_twitter:
            yield "missing,speaks_of_twitter"

    def _boundary(self, index: int) -> str:
        unit = self.passage.units[index]
        if index == 0 and self.passage.complete:
            return "follows" if self.passage.floor else "begins"
        return "blank" if unit.breaks > 1 else "line" if unit.breaks else "space"

    def _breaks(self, index: int, boundary: str) -> Iterator[str]:
        inner = [unit.breaks for unit in self.passage.units[index + 1 :]]
        if self.passage.layout != "run":
            blank = sum(breaks > 1 for breaks in inner)
            yield f"blanks_inside={min(blank, 4)},{boundary}"
            yield f"lines_inside={min(sum(breaks == 1 for breaks in inner), 6)},{boundary}"
            if boundary == "blank" and blank:
                own, most = self.passage.units[index].breaks, max(inner)
                yield "gap=" + ("wider" if own > most else "narrower" if own < most else "equal")
        if self.fits_whole and self.passage.floor and index:
            yield "could_follow"

    def _marks(self, unit: Unit, kind: str) -> Iterator[str]:
        before, first = _ending(self.text, self.passage.floor, unit.start), _beginning(self.text, unit.start)
        yield f"after={before},{kind}"
        yield f"first={first},{kind}"
        yield f"after={before},first={first},{kind}"

    def _length(self, index: int, kind: str) -> Iterator[str]:
        length, limit = self.tails[index], self.passage.limit
        yield f"length={self._share(length)},{self.era},{kind}"
        if length > limit + _OVER:
            yield f"too_long,{kind}"
        if index and self.tails[index - 1] > limit + _OVER:
            yield f"no_room_before,{kind}"

    def _share(self, length: int) -> str:
        return _bucket(length * 100 // self.passage.limit, _SHARES)

    def _inside(self, unit: Unit, kind: str) -> Iterator[str]:
        start, end = unit.start, self.passage.end
        yield f"sentences={min(between(self.ends, start, end), 6)},{kind}"
        pictures = sum(self._goes_on(at) for at in self.pictures if at > start)
        if pictures:
            yield f"picture_inside,{kind}"
        yield f"links_inside={min(sum(self._goes_on(at) for at in self.short_links if at > start), 2)},{kind}"
        body = self.text[start:end]
        for pair in _PAIRS:
            opened, closed = body.count(pair[0]), body.count(pair[1])
            if opened != closed:
                yield f"unbalanced{pair if opened > closed else pair[1]},{kind}"
            elif opened and body[0] == pair[0]:
                yield f"quoted{pair},{kind}"
        if body.count('"') % 2:
            yield f"odd_quote,{kind}"
        if _NUMBERED.match(body):
            yield "numbered"

    def _goes_on(self, position: int) -> bool:
        """Whether anything but links follows a link."""
        for start, end in self.links:
            if end > position:
                if self.text[position:start].strip():
                    return True
                position = end
        return bool(self.text[position : self.passage.end].strip())

    def _line_before(self, start: int) -> str:
        """The line, or in a run the sentence, that ends where a unit (or the byline) begins."""
        end = ink_before(self.text, self.passage.floor, start)
        low = max(self.passage.floor, end - 200)
        if self.single:
            low = max([low, *(at for at in self.ends if low < at < end)])
        else:
            low = max(low, self.text.rfind("\n", low, end) + 1)
        return self.text[low:end].strip(MARGIN)

    def _first_line(self, index: int) -> str:
        unit = self.passage.units[index]
        end = unit.end
        if self.single:
            end = next((at for at in self.ends if at > unit.start), self.passage.end)
        return self.text[unit.start : min(end, unit.start + 200)]

    def _author(self, before: str, first: str, kind: str) -> Iterator[str]:
        """Whether the lines on both sides name the author: prose does, tweets seldom."""
        for side, line in (("before", before.lower()), ("first", first.lower())):
            if any(name in line for name in self.passage.author):
                yield f"author_{side},{kind}"

    def _languages(self, before: Wording, first: Wording, kind: str) -> Iterator[str]:
        same_before = "?" if not before.language else "=" if before.language == first.language else "!"
        same_last = "?" if not first.language or not self.last else "=" if first.language == self.last else "!"
        yield f"languages={same_before}{same_last},{kind}"
        known = self.last not in ("", "latin")
        if known and before.language not in ("", "latin", self.last):
            yield f"foreign_before,{kind}"
        if known and first.language not in ("", "latin", self.last):
            yield f"foreign_first,{kind}"
        if first.language == self.prose.language and first.language:
            yield f"language_of_document{'=' if self.last == first.language else '!'},{kind}"

    def _neighbours(self, index: int, before: Wording, first: Wording) -> Iterator[str]:
        unit = self.passage.units[index]
        if self.single or (not index and self.passage.complete):
            return
        ending = _ending(self.text, self.passage.floor, unit.start)
        closed = ending in ("sentence", "quoted", "colon")
        yield f"line_before={_bucket(before.length, _LINE_LENGTHS)},{'closed' if closed else 'open'}"
        if before.length > 100 and not before.tweetlike:
            yield f"prose_before,{'closed' if closed else 'open'}"
        if before.length < 50 and not before.tweetlike and not closed and before.words:
            yield f"heading_before,{'tweetlike' if first.tweetlike else 'prose'}"
        yield from self._layout_of_lines(unit)

    def _layout_of_lines(self, unit: Unit) -> Iterator[str]:
        end = ink_before(self.text, self.passage.floor, unit.start)
        line = self.text.rfind("\n", max(0, unit.start - LOOKBACK), unit.start) + 1 or unit.start
        above = self.text.rfind("\n", max(0, end - LOOKBACK), end) + 1 or max(0, end - LOOKBACK)
        indent, own = unit.start - line, ink(self.text, above, end) - above
        if indent or own:
            yield "indent=" + ("same" if indent == own else "more" if indent > own else "less")
        if end - above > 3 and self.prose.lines[self.text[above:end].strip(MARGIN)] > 1:
            yield "repeated_before"
        if unit.end - unit.start > 3 and self.prose.lines[self.text[unit.start : unit.end]] > 1:
            yield "repeated"


def _sort_of_first(first: Wording) -> str:
    """What the line that begins at a place is."""
    if not first.words:
        return "signs"
    if first.short_link or first.picture:
        return "linked"
    if first.tag or first.mention or first.emoji:
        return "tagged"
    return "short" if first.words <= 4 else "plain"


def _words(before: Wording, first: Wording, kind: str) -> Iterator[str]:
    for side, unit in (("before", before), ("first", first)):
        for sign in ("tag", "mention", "short_link", "picture", "emoji", "speaks_of_twitter"):
            if getattr(unit, sign):
                yield f"{sign}_{side},{kind}"
    yield f"words_first={_bucket(first.words, _WORD_COUNTS)},{kind}"
    if first.bullet:
        yield "list_goes_on" if before.bullet else "list_begins"


def _bucket(value: int, edges: tuple[int, ...]) -> str:
    return next((f"≤{edge}" for edge in edges if value <= edge), "more")


_LAST_MARKS = {
    ".!?…。！？؟۔": "sentence",
    ":：": "colon",
    ",;、，،؛": "comma",
    "-–—&+/|=(": "joiner",
    _CLOSERS: "closer",
}
_FIRST_MARKS = {
    "@＠": "mention",
    "#＃": "tag",
    _OPENERS: "opener",
    "-*•·–—>": "bullet",
    ".,;:!?)]}»”。、！？）…": "punctuation",
}


def _ending(text: str, floor: int, start: int) -> str:
    """How the text before a place ends: the kind of its last token."""
    end = ink_before(text, floor, start)
    tokens = text[max(floor, end - 60) : end].rsplit(maxsplit=1)
    if not tokens:
        return "nothing"
    token = tokens[-1]
    if "pic.tw" in token:
        return "picture"
    if token.startswith("http"):
        return "short_link" if "t.co/" in token else "link"
    if token[0] in "#@":
        return "tag"
    bare = token.rstrip(_CLOSERS)
    kind = _kind(bare[-1:] or token[-1], _LAST_MARKS)
    if bare == token or kind == "colon":
        return kind
    return "quoted" if kind == "sentence" else "closer"


def _beginning(text: str, start: int) -> str:
    """What a place begins with."""
    if text.startswith(("http", "pic.tw"), start):
        return "link"
    if text.startswith("RT @", start):
        return "retweet"
    return _kind(text[start], _FIRST_MARKS)


def _kind(mark: str, marks: dict[str, str]) -> str:
    """The kind of one character; of letters and digits by Unicode, of others by a table."""
    if mark.isdigit():
        return "digit"
    if mark.isalpha():
        return "upper" if mark.isupper() else "lower" if mark.islower() else "letter"
    return next((kind for chars, kind in marks.items() if mark in chars), "sign")
