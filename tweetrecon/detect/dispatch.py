"""Which forms to try where: one walk over the tree with tables of anchors."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, NamedTuple

from lxml import etree
from lxml.html import HtmlElement

from tweetrecon.detect import named_ids
from tweetrecon.forms import FORMS
from tweetrecon.forms.form import Anchor
from tweetrecon.page import Page

_WITH_MARKUP = etree.XPath("//@*[contains(., 'blockquote') and contains(., 'status')]")

Entry = tuple[Callable[[HtmlElement], bool], tuple[int, ...]]
Table = dict[str, tuple[Entry, ...]]

ANY_DATA = "data-*"
"""An anchor on any attribute but the usual ones whose value holds a status URL."""

ANY_ID = "<id>"
"""An anchor on any attribute that seems to hold the id of a tweet; see :mod:`.named_ids`."""

ANY_MARKUP = "<markup>"
"""An anchor on any attribute whose value holds embed code, itself escaped or not."""

_USUAL = frozenset("href src content action cite value srcset title alt class id style".split())
_ATTRIBUTE = re.compile(rb"""([A-Za-z_:][\w:.-]{0,60})=["']?[^"'<>]{0,300}$""")

_SILENT = frozenset(
    "b br circle defs em g hr i input link meta option path rect source strong style svg tbody td th tr use".split()
)
"""Elements that no form anchors on: a third of a page."""

_PLAIN = frozenset("a button form img label li script select small span ul".split())
"""Elements that are no placeholders: only anchors that name the element look at their attributes."""


class Match(NamedTuple):
    """A form to try on an element; ``rank`` is the form's place in FORMS, ``place`` the element's in the document."""

    rank: int
    place: int
    node: HtmlElement


def fitting(page: Page) -> list[Match]:
    """A match for every form that has an anchor that fits an element, strongest form first, then in document order."""
    ids = named_ids.attributes(page.source)
    by_attr = _attributes_of(page, ids)
    names = by_attr.keys()
    of_class: dict[str, tuple[Entry, ...]] = {}
    signed = _Signs(page, dict.fromkeys(_RANKS_OF_IDS if ids else (), True))
    found: list[Match] = []
    for place, node in enumerate(page.root.iter(etree.Element)):
        tag = node.tag
        if tag in _SILENT:
            continue
        entries = _BY_TAG.get(tag, ())
        if tag not in _PLAIN and not names.isdisjoint(own := node.keys()):
            entries += tuple(entry for name in own for entry in by_attr.get(name, ()))
        classes = node.get("class")
        if classes is not None:
            if classes not in of_class:  # one class attribute stands on many elements of a page
                of_class[classes] = tuple(entry for token in classes.split() for entry in _BY_CLASS.get(token, ()))
            entries += of_class[classes]
        fit: tuple[int, ...] = ()
        for fits, ranks in entries:
            if fits(node):
                fit += ranks
        if fit:
            found.extend(Match(rank, place, node) for rank in set(fit) if signed[rank])
    found.sort(key=lambda match: (match.rank, match.place))
    return found


def _attributes_of(page: Page, ids: set[str]) -> Table:
    """The anchors by attribute, with those on any attribute under the names that hold a status URL in this page."""
    table = dict(_BY_ATTR)
    status, markup = _status_attributes(page), _markup_attributes(page)
    for anchor, names in ((ANY_DATA, status), (ANY_ID, ids), (ANY_MARKUP, markup)):
        for name in names if anchor in _BY_ATTR else ():
            table[name] = table.get(name, ()) + _BY_ATTR[anchor]
    return table


class _Signs(dict[int, bool]):
    """Whether the page's source holds a sign of a form, by the form's rank; answered when first asked."""

    def __init__(self, page: Page, known: dict[int, bool]) -> None:
        super().__init__(known)
        self._page = page

    def __missing__(self, rank: int) -> bool:
        signs = FORMS[rank].signs
        self[rank] = not signs or any(map(self._page.holds, signs))
        return self[rank]


def _status_attributes(page: Page) -> set[str]:
    """The names of the attributes, but for the usual ones, that hold a status URL in this page."""
    source = page.source
    names: set[str] = set()
    for place in page.places("status"):
        nearby = source[max(0, place - 300) : place]
        word = nearby[max(nearby.rfind(space) for space in (b" ", b"\n", b"\t")) + 1 :]
        attribute = _ATTRIBUTE.match(word)
        if attribute:
            names.add(attribute[1].decode("ascii", "replace").lower())
    return names - _USUAL - _BY_ATTR.keys()


def _markup_attributes(page: Page) -> set[str]:
    """The names of the attributes that hold embed code in this page."""
    if not any(
        map(page.holds, ("lt;blockquote", '"<blockquote', "'<blockquote", "u003cblockquote", "u003Cblockquote"))
    ):
        return set()
    values: Any = _WITH_MARKUP(page.root)
    return {str(value.attrname) for value in values}


def _index(key: str) -> Table:
    """The anchors that are looked up by one of their parts, as tests, each with the ranks of the forms that have it."""
    table: dict[str, dict[Anchor, list[int]]] = {}
    for rank, form in enumerate(FORMS):
        for anchor in form.anchors:
            if _key(anchor) == key:
                table.setdefault(getattr(anchor, key), {}).setdefault(anchor, []).append(rank)
    return {
        name: tuple((_test(anchor), tuple(ranks)) for anchor, ranks in anchors.items())
        for name, anchors in table.items()
    }


def _key(anchor: Anchor) -> str:
    return "tag" if anchor.tag else "cls" if anchor.cls else "attr"


def _test(anchor: Anchor) -> Callable[[HtmlElement], bool]:
    """Whether an element has what an anchor asks for besides the part it is looked up by."""
    cls = anchor.cls if anchor.tag else None
    attr = (
        anchor.attr if anchor.attr not in (ANY_DATA, ANY_ID) and (anchor.contains or _key(anchor) != "attr") else None
    )
    contains = anchor.contains or ""

    def test(node: HtmlElement) -> bool:
        if cls is not None and cls not in (node.get("class") or "").split():
            return False
        value = node.get(attr) if attr is not None else contains
        return value is not None and contains in value

    return test


_BY_TAG, _BY_ATTR, _BY_CLASS = _index("tag"), _index("attr"), _index("cls")
_RANKS_OF_IDS = tuple(rank for rank, form in enumerate(FORMS) if any(a.attr == ANY_ID for a in form.anchors))
