"""Attributes that name a tweet by its id alone: a number long enough in a tag that speaks of Twitter."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

import stringzilla  # type: ignore[import-not-found]

WORDS = ("weet", "witter", "x-post", "x-embed", "embed-x", '="x"')
"""What a tag says that holds the id of a tweet."""

NO_HOLDERS = frozenset(
    "a b br button circle defs em form g hr i img input label li link meta option path rect script select small source"
    " span strong style svg tbody td th tr ul use".split()
)
"""Elements that stand for no tweet, whatever their attributes hold."""

_NEAR = 300
"""Bytes on either side of such a word in which the tag's number is looked for."""

_WORD = b"(?:" + b"|".join(re.escape(word.encode()) for word in WORDS) + b")"
PATTERNS = (_WORD + rb"[^>]{0,300}[1-9][0-9]{14}", rb"[1-9][0-9]{14}[^<>]{0,300}" + _WORD)
"""One of them is in every page that :func:`attributes` names an attribute of."""

_STEP = 100
"""Bytes between words that are looked at: nearer ones stand in the same tag."""

_MOST = 4
"""Numbers of one tag that are looked at."""

_ELEMENT = re.compile(rb"<([a-zA-Z][A-Za-z0-9_:.-]{0,60})")
_NUMBER = re.compile(rb"(?<![0-9A-Za-z.])[1-9]\d{14,18}(?![0-9A-Za-z.])")
_NAME = re.compile(rb"""([A-Za-z_:@][\w:.-]{0,50})\s{0,2}=\s{0,2}(["']?)""")
_OTHERS = re.compile(
    rb"user|author|account|profile|widget|latest|reply|app[-_]?id|^(?:href|content|value|cite|action|title|alt|style)$"
)


def attributes(source: bytes) -> set[tuple[str, str]]:
    """(element, attribute), by name, of all that seem to hold the id of a tweet anywhere in a page's source."""
    found = {(element.lower(), name.lower()) for element, name in set(_holders(source))}
    return {(element.decode("ascii"), name.decode("ascii")) for element, name in found if not _OTHERS.search(name)}


def _holders(source: bytes) -> Iterator[tuple[bytes, bytes]]:
    text = stringzilla.Str(source)
    for word in WORDS:
        place = text.find(word)
        while place >= 0:
            yield from _in_tag(source, place)
            place = text.find(word, place + _STEP)


def _in_tag(source: bytes, place: int) -> Iterator[tuple[bytes, bytes]]:
    """The element and attribute of each number in the tag around a place; none outside tags."""
    begin, stop = max(0, place - _NEAR), place + _NEAR
    opening = source.rfind(b"<", begin, place)
    if opening < 0 or source.find(b">", opening, place) >= 0:
        return
    element = _ELEMENT.match(source, opening)
    if element is None or element[1].decode() in NO_HOLDERS:
        return
    end = source.find(b">", place, stop)
    tag = source[opening : end if end >= 0 else stop]
    for number in islice(_NUMBER.finditer(tag), _MOST):
        names = list(_NAME.finditer(tag, 0, number.start()))
        quoted = [name for name in names if name[2]]
        if names:
            yield element[1], (quoted or names)[-1][1]
