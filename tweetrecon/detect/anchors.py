"""The anchors and signs of all forms, looked up by what a page's source tells. Forms stand as places in FORMS."""

from __future__ import annotations

from collections.abc import Callable

from lxml.html import HtmlElement

from tweetrecon.forms import FORMS
from tweetrecon.forms.form import ANY_DATA, ANY_ID, ANY_MARKUP, Anchor

Test = Callable[[HtmlElement], bool]
Ranks = tuple[int, ...]


def bears_any(names: set[str]) -> Test:
    """Whether an element bears an attribute of one of some names."""
    return lambda node: not names.isdisjoint(node.keys())


def bears_markup(node: HtmlElement) -> bool:
    """Whether an attribute of an element holds embed code."""
    return any("blockquote" in value and "status" in value for value in node.values())


def _test(anchor: Anchor) -> Test:
    """Whether an element has what an anchor asks for besides its name."""
    cls, attr, contains = anchor.cls or "", anchor.attr, anchor.contains or ""

    def of_class(node: HtmlElement) -> bool:
        classes = node.get("class")
        return classes is not None and cls in classes and cls in classes.split()

    def of_attribute(node: HtmlElement) -> bool:
        value = node.get(attr)
        return value is not None and contains in value

    if cls and attr:
        return lambda node: of_class(node) and of_attribute(node)
    return of_class if cls else of_attribute if attr else lambda node: True


def _ranks_of_anchors() -> dict[Anchor, Ranks]:
    ranks: dict[Anchor, Ranks] = {}
    for rank, form in enumerate(FORMS):
        for anchor in form.anchors:
            ranks[anchor] = (*ranks.get(anchor, ()), rank)
    return ranks


def _ranks_of_signs() -> dict[str, tuple[set[int], set[int]]]:
    ranks: dict[str, tuple[set[int], set[int]]] = {}
    for rank, form in enumerate(FORMS):
        for sign in form.all_signs:
            ranks.setdefault(sign, (set(), set()))[rank in READERS_OF_SCRIPTS].add(rank)
    return ranks


def _by_literal() -> dict[str, list[tuple[Anchor, Test, Ranks]]]:
    anchors: dict[str, list[tuple[Anchor, Test, Ranks]]] = {}
    for anchor, ranks in _RANKS.items():
        if anchor.literal is not None:
            anchors.setdefault(anchor.literal, []).append((anchor, _test(anchor), ranks))
    return anchors


READERS_OF_SCRIPTS = frozenset(
    rank for rank, form in enumerate(FORMS) if all(anchor.tag == "script" for anchor in form.anchors)
)
"""The forms that read nothing but scripts."""

_RANKS = _ranks_of_anchors()

BY_SIGN = _ranks_of_signs()
"""For each sign the forms that have it: those that read more than scripts, and those that read nothing else."""

BY_NAME = [(_test(a), ranks, (a.tag,)) for a, ranks in _RANKS.items() if a.tag and a.literal is None]
"""(test, forms, elements) of the anchors that ask for the name of an element and no more."""

BY_LITERAL = _by_literal()
"""For each literal (anchor, test, forms) of the anchors for which it must stand in the element's tag."""

BY_KIND = {kind: _RANKS.get(Anchor(attr=kind), ()) for kind in (ANY_DATA, ANY_ID, ANY_MARKUP)}
"""The forms that ask for a kind of attribute, whatever its name."""

NAMED = {anchor.attr for anchor in _RANKS if not (anchor.tag or anchor.cls)}
"""The attributes that forms ask for by name."""
