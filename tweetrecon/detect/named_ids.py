"""Attributes that name a tweet by its id alone: a number long enough in a tag that speaks of Twitter."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
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
"""Bytes between such a word and the tag's number."""

_WORD = b"(?:" + b"|".join(re.escape(word.encode()) for word in WORDS) + b")"
PATTERNS = (_WORD + rb"[^>]{0,300}[1-9][0-9]{14}", rb"[1-9][0-9]{14}[^<>]{0,300}" + _WORD)
"""One of them is in every page that :func:`attributes` names an attribute of."""

_MOST = 4
"""Numbers of one tag that are looked at."""

_ELEMENT = re.compile(rb"<([a-zA-Z][A-Za-z0-9_:.-]{0,60})")
_NUMBER = re.compile(rb"(?<![0-9A-Za-z.])[1-9]\d{14,18}(?![0-9A-Za-z.])")
_NAME = re.compile(rb"""([A-Za-z_:@][\w:.-]{0,50})\s{0,2}=\s{0,2}(["']?)""")
_OTHERS = re.compile(
    rb"user|author|account|profile|widget|latest|reply|app[-_]?id|^(?:href|content|value|cite|action|title|alt|style)$"
)


def attributes(source: bytes, places: Iterable[int] | None = None) -> set[tuple[str, str]]:
    """(element, attribute), by name, of all that seem to hold the id of a tweet anywhere in a page's source.

    ``places``: where matches of :data:`PATTERNS` end, in order, if known.
    """
    found = {holder for tag in _tags(source, _words(source) if places is None else places) for holder in _holders(tag)}
    lower = ((element.lower().decode("ascii"), name.lower()) for element, name in found)
    return {(element, name.decode("ascii")) for element, name in lower if not _OTHERS.search(name)}


def _words(source: bytes) -> list[int]:
    text = stringzilla.Str(source)
    places: list[int] = []
    for word in WORDS:
        place = text.find(word)
        while place >= 0:
            places.append(place)
            place = text.find(word, place + len(word))
    return sorted(places)


def _tags(source: bytes, places: Iterable[int]) -> Iterator[bytes]:
    """The tags in which some places are, each once, as far as they reach around them."""
    done = 0
    for place in places:
        opening = source.rfind(b"<", max(0, place - 2 * _NEAR), place) if place >= done else -1
        if opening < 0 or source.find(b">", opening, place) >= 0:
            continue
        end = source.find(b">", place, place + _NEAR)
        done = end if end >= 0 else place + _NEAR
        yield source[opening:done]


def _holders(tag: bytes) -> Iterator[tuple[bytes, bytes]]:
    """The element and attribute of each number in a tag."""
    element = _ELEMENT.match(tag)
    if element is None or element[1].lower().decode() in NO_HOLDERS:
        return
    for number in islice(_NUMBER.finditer(tag), _MOST):
        names = list(_NAME.finditer(tag, 0, number.start()))
        quoted = [name for name in names if name[2]]
        if names:
            yield element[1], (quoted or names)[-1][1]
