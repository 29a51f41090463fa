"""Which forms to try where: the source tells in which elements anchors can fit, one walk over those tries them.

A form costs nothing on a page whose source holds none of its signs, and its anchors are tried on elements of those
names alone in whose tags the source holds what they ask for.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from operator import itemgetter
from typing import NamedTuple

from lxml.html import HtmlElement

from tweetrecon.detect import named_ids
from tweetrecon.detect.anchors import (
    BY_KIND,
    BY_LITERAL,
    BY_NAME,
    BY_SIGN,
    NAMED,
    READERS_OF_SCRIPTS,
    Ranks,
    Test,
    bears_any,
    bears_markup,
)
from tweetrecon.detect.survey import ANYWHERE, MARKUP, STATUS, Survey, beginning
from tweetrecon.forms import FORMS, signs
from tweetrecon.forms.form import ANY_DATA, ANY_ID, ANY_MARKUP
from tweetrecon.page import Page

_ATTRIBUTE = re.compile(rb"""([A-Za-z_:][\w:.-]{0,60})=["']?[^"'<>]{0,300}$""")
_USUAL = frozenset("href src content action cite value srcset title alt class id style".split())

_SILENT = frozenset(
    "b br circle defs em g hr i input link meta option path rect source strong style svg tbody td th tr use".split()
)
"""Elements that no form anchors on."""


class Match(NamedTuple):
    """A form to try on an element; ``rank`` is the form's place in FORMS, ``place`` the element's among all tried."""

    rank: int
    place: int
    node: HtmlElement


class Walk(NamedTuple):
    """What one walk over a page's elements found.

    ``matches``: one for every form that has an anchor that fits an element, strongest form first, then in document
    order; ``holders``: the elements that keep markup as raw text, in document order.
    """

    matches: list[Match]
    holders: list[HtmlElement]


def walk(page: Page, survey: Survey) -> Walk:
    """The elements of a page that forms are to read, and those that may hold a page themselves."""
    tests = _tests(page, survey)
    raw = frozenset(survey.holders)
    found: list[Match] = []
    holders: list[HtmlElement] = []
    names = [name for name in tests.keys() | raw if name.isprintable() and name[0] != "{"]  # lxml looks no others up
    for place, node in enumerate(page.root.iter(*names) if names else ()):
        tag = node.tag
        if tag in raw:
            holders.append(node)
        fit: Ranks = ()
        for test, ranks in tests.get(tag, ()):
            if test(node):
                fit += ranks
        if fit:
            found.extend(Match(rank, place, node) for rank in set(fit))
    matches = list(_telling(found, survey))
    matches.sort(key=_priority)
    return Walk(matches, holders)


_priority = itemgetter(0, 1)


def _telling(found: Iterable[Match], survey: Survey) -> Iterator[Match]:
    """The matches without the scripts that hold no sign: pages have dozens, and reading each costs as much as parsing.

    A script is known by how it begins. If the tree has none that begins like one with a sign, all are read.
    """
    scripts: dict[int, list[tuple[str, Match]]] = {}
    for match in found:
        if match.rank in READERS_OF_SCRIPTS:
            scripts.setdefault(match.rank, []).append((beginning(match.node.text or ""), match))
        else:
            yield match
    for rank, matches in scripts.items():
        wanted = survey.scripts((*FORMS[rank].all_signs, *signs.RECORD))
        if wanted is None or not wanted.issubset(head for head, _ in matches):
            wanted = {head for head, _ in matches}
        yield from (match for head, match in matches if head in wanted)


def _tests(page: Page, survey: Survey) -> dict[str, list[tuple[Test, Ranks]]]:
    """What to test on the elements of each name, with the ranks of the forms to try where it succeeds."""
    signed = _signed(survey)
    tests: dict[str, list[tuple[Test, Ranks]]] = {}
    for test, ranks, elements in (*_by_literal(page, survey), *_by_kind(page, survey)):
        tried = tuple(rank for rank in ranks if rank in signed)
        for element in elements if tried else ():
            tests.setdefault(element, []).append((test, tried))
    return tests


def _signed(survey: Survey) -> set[int]:
    """The ranks of the forms of which the page holds a sign: in a script, if that is all that the form reads."""
    signed = set(BY_KIND[ANY_ID] if survey.ids else ())
    for sign in survey.held & BY_SIGN.keys():
        anywhere, in_scripts = BY_SIGN[sign]
        signed |= anywhere
        if not signed.issuperset(in_scripts) and survey.is_in_script(sign):
            signed |= in_scripts
    return signed


def _by_literal(page: Page, survey: Survey) -> Iterator[tuple[Test, Ranks, Iterable[str]]]:
    """(test, ranks, elements) of the anchors that ask for no more than a name, and of those whose literal is there."""
    yield from BY_NAME
    for literal in survey.held & BY_LITERAL.keys():
        elements = _elements(page, survey, literal)
        for anchor, test, ranks in BY_LITERAL[literal]:
            if anchor.tag:
                yield test, ranks, elements & {anchor.tag}
            else:
                yield test, ranks, elements - (_SILENT if anchor.cls else named_ids.NO_HOLDERS)


def _elements(page: Page, survey: Survey, literal: str) -> set[str]:
    """The names of the elements whose tags hold a literal."""
    found = survey.elements(literal)
    return page.elements if ANYWHERE in found else found


def _by_kind(page: Page, survey: Survey) -> Iterator[tuple[Test, Ranks, Iterable[str]]]:
    """The same of the anchors that ask for a kind of attribute, whatever its name."""
    if names := _status_attributes(page, survey):
        yield bears_any(names), BY_KIND[ANY_DATA], _elements(page, survey, STATUS) - named_ids.NO_HOLDERS
    if survey.ids:
        yield bears_any({name for _, name in survey.ids}), BY_KIND[ANY_ID], {element for element, _ in survey.ids}
    for literal in survey.held.intersection(MARKUP):
        yield bears_markup, BY_KIND[ANY_MARKUP], _elements(page, survey, literal) - named_ids.NO_HOLDERS


def _status_attributes(page: Page, survey: Survey) -> set[str]:
    """The names of the attributes, but for the usual ones, that may hold a status URL."""
    names: set[str] = set()
    for place in survey.places(STATUS):
        nearby = page.source[max(0, place - 300) : place]
        word = nearby[max(nearby.rfind(space) for space in (b" ", b"\n", b"\t")) + 1 :]
        attribute = _ATTRIBUTE.match(word)
        if attribute:
            names.add(attribute[1].decode("ascii", "replace").lower())
    return names - _USUAL - NAMED
