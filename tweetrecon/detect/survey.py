"""What a page's source tells before its tree is walked: which signs of tweets it holds, and in which elements."""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Iterable, Iterator
from functools import cache, cached_property
from itertools import pairwise
from typing import TYPE_CHECKING

from tweetrecon.detect import named_ids
from tweetrecon.forms import FORMS, TEXT_FORMS, signs

if TYPE_CHECKING:
    from hyperscan import Database

ANYWHERE = "*"
"""An element whose name the source does not tell: the literal stands in a value that holds ``<`` or ``>`` itself."""

MARKUP = ("lt;blockquote", '"<blockquote', "'<blockquote", "u003cblockquote", "u003Cblockquote")
"""Embed code in an attribute's value, escaped or not."""

STATUS = "status"
_SCRIPT, _SCRIPT_END = "<script", "</script"

HOLDERS = ("textarea", "iframe", "xmp", "noembed", "noframes")
"""Elements, besides scripts, that keep markup as raw text."""

_TAGS = {f"<{name}": name for name in HOLDERS}
LITERALS = tuple(
    sorted(
        {literal for form in FORMS for anchor in form.anchors for literal in (anchor.literal,) if literal}
        | {sign for form in FORMS for sign in form.all_signs}
        | {sign for form in TEXT_FORMS for sign in form.signs_on_pages}
        | {STATUS, _SCRIPT, _SCRIPT_END, *_TAGS, *MARKUP, *signs.BASE64, *signs.PERCENT, *signs.RECORD}
    )
)

MOST = 10_000
"""Places of one literal that are kept; a page with more of them is hostile."""

_FAR = 20_000
"""Bytes before a literal in which the begin of its tag is looked for."""

_HEAD, _TELLING = 600, 40
"""Characters of a script that are looked at, and those without white space that tell it from others."""

_TAG = re.compile(rb"""<[a-zA-Z](?:[^>"']++|"[^"]*+"|'[^']*+')*+>""")
_NAME = re.compile(rb"<([a-zA-Z][\w:.-]{0,60})")


class Survey:
    """The places of all literals in a page's source, up to :data:`MOST` of each, found in one pass.

    Literals are those of the forms: their signs and what their anchors ask for.
    """

    def __init__(self, source: bytes) -> None:
        self._source = source
        self._elements: dict[str, set[str]] = {}
        ends: list[list[int]] = [[] for _ in range(len(LITERALS) + 1)]

        def add(number: int, begin: int, end: int, flags: int, context: object) -> None:
            if len(ends[number]) < MOST:
                ends[number].append(end)

        _patterns().scan(source, match_event_handler=add)
        self._ends = {literal: found for literal, found in zip(LITERALS, ends, strict=False) if found}
        self.ids = named_ids.attributes(source, ends[-1])
        """(element, attribute) of all that seem to hold the id of a tweet."""

    @cached_property
    def held(self) -> frozenset[str]:
        """All literals of forms that stand in the source."""
        return frozenset(self._ends.keys() - {_SCRIPT, _SCRIPT_END, *_TAGS})

    @cached_property
    def holders(self) -> tuple[str, ...]:
        """The names of the elements of the page that keep markup as raw text; scripts, if a sign stands in one."""
        raw = tuple(name for tag, name in _TAGS.items() if tag in self._ends)
        return (*raw, "script") if self.ids or any(map(self.is_in_script, self.held)) else raw

    def places(self, literal: str) -> Iterator[int]:
        """Where a literal begins, in bytes of the source."""
        length = len(literal.encode())
        return (end - length for end in self._ends.get(literal, ()))

    def in_script(self, place: int) -> bool:
        """Whether a place is inside a script."""
        return bisect(self._scripts, place) % 2 == 1

    def is_in_script(self, literal: str) -> bool:
        """Whether a literal stands in any script."""
        return any(map(self.in_script, self.places(literal))) or len(self._ends.get(literal, ())) == MOST

    def scripts(self, literals: Iterable[str]) -> set[str] | None:
        """The :func:`beginning` of each script that holds any of some literals; None where that is unknown."""
        held = [literal for literal in literals if literal in self._ends]
        if any(len(self._ends[literal]) == MOST for literal in held):
            return None
        bounds = {bisect(self._scripts, place) for literal in held for place in self.places(literal)}
        return {self._beginning(bound) for bound in bounds if bound % 2 == 1}

    def _beginning(self, bound: int) -> str:
        """That of the script which ends at one of the bounds, or with the page."""
        opening, *end = self._scripts[bound - 1 : bound + 1]
        head = self._source[opening : min(opening + _HEAD, *end, len(self._source))]
        return beginning(head.partition(b">")[2])

    def elements(self, literal: str) -> set[str]:
        """The names of the elements in whose tags a literal stands; perhaps :data:`ANYWHERE` among them."""
        if len(self._ends.get(literal, ())) == MOST:
            return {ANYWHERE}
        if literal not in self._elements:
            names = set(map(self._element, self.places(literal)))
            self._elements[literal] = {name for name in names if name is not None}
        return self._elements[literal]

    @cached_property
    def _scripts(self) -> list[int]:
        """The begin and the end of each script, in turn."""
        bounds = sorted((*self.places(_SCRIPT), *(-place for place in self.places(_SCRIPT_END))), key=abs)
        first = [place for before, place in pairwise((-1, *bounds)) if (before < 0) == (place >= 0)]
        return [abs(place) for place in first]

    def _element(self, place: int) -> str | None:
        """The name of the element in whose tag a place is; None for one in text."""
        source = self._source
        opening = source.rfind(b"<", max(0, place - _FAR), place)
        if opening >= 0 and (source.find(b">", opening, place) < 0 or _ends_after(source, opening, place)):
            name = _NAME.match(source, opening)
            if name is not None:
                return name[1].decode().lower()
            hidden = source[opening + 1 : opening + 2] not in (b"/", b"!", b"?")
        else:
            hidden = opening < 0 or _is_value(source, place)
        return ANYWHERE if hidden and not self.in_script(place) else None


def beginning(content: str | bytes) -> str:
    """The first characters of a script, without white space: what tells it from others, in source and tree alike."""
    head = content[:_HEAD].decode("utf-8", "replace") if isinstance(content, bytes) else content[:_HEAD]
    return "".join(head.split())[:_TELLING]


def _ends_after(source: bytes, opening: int, place: int) -> bool:
    """Whether a tag that seems to end before a place ends after it, because ``>`` stands in one of its values."""
    tag = _TAG.match(source, opening, opening + _FAR)
    return tag is not None and tag.end() > place


def _is_value(source: bytes, place: int) -> bool:
    """Whether what is before a place reads as the begin of an attribute's value: ``name="`` and perhaps some words."""
    nearby = source[max(0, place - 300) : place]
    quote = max(nearby.rfind(b'"'), nearby.rfind(b"'"))
    return nearby[quote - 1 : quote] == b"=" and nearby.find(b">", quote) < 0


@cache
def _patterns() -> Database:
    """All literals as one automaton, and behind them the patterns of numbers that may be ids.

    It is made when the first page comes, because that takes a twentieth of a second. Names count in any case.
    """
    import hyperscan

    patterns = [*(re.escape(literal.encode()) for literal in LITERALS), *named_ids.PATTERNS]
    names = {anchor.attr for form in FORMS for anchor in form.anchors} | {_SCRIPT, _SCRIPT_END, *_TAGS}
    database = hyperscan.Database(mode=hyperscan.HS_MODE_BLOCK)
    database.compile(
        expressions=patterns,
        ids=[min(number, len(LITERALS)) for number in range(len(patterns))],
        elements=len(patterns),
        flags=[hyperscan.HS_FLAG_CASELESS if pattern in names else 0 for pattern in (*LITERALS, *named_ids.PATTERNS)],
    )
    return database
