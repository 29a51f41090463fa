"""Finding elements by one of their classes, and reading words that are set with their line breaks."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator

from lxml import etree
from lxml.html import HtmlElement

from tweetrecon.page import LINE_BREAK, displayed_text, emoji

_WORDS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_FURNITURE = {"sidebar", "widget", "timeline", "footer", "tweets"}


def has_class(node: HtmlElement, name: str) -> bool:
    """Whether an element bears a class."""
    return name in (node.get("class") or "").split()


def of_class(node: HtmlElement, name: str) -> Iterator[HtmlElement]:
    """The elements below that bear a class, in document order."""
    return (inner for inner in node.iterdescendants(etree.Element) if has_class(inner, name))


def first(node: HtmlElement, name: str) -> HtmlElement | None:
    """The first element below that bears a class."""
    return next(of_class(node, name), None)


def last_before(node: HtmlElement, container: HtmlElement, name: str) -> HtmlElement | None:
    """The last element before another one, inside a container of both, that bears a class."""
    while node is not container:
        for sibling in node.itersiblings(preceding=True):
            inside = list(of_class(sibling, name)) if isinstance(sibling.tag, str) else []
            if inside or (isinstance(sibling.tag, str) and has_class(sibling, name)):
                return inside[-1] if inside else sibling
        node = node.getparent()
    return None


def nearest(node: HtmlElement, name: str) -> HtmlElement | None:
    """The nearest ancestor that bears a class."""
    return next((holder for holder in node.iterancestors() if has_class(holder, name)), None)


def class_words(node: HtmlElement) -> set[str]:
    """The words that an element's classes are made of: ``stri-tweetHandle`` gives stri, tweet and handle."""
    classes = node.get("class") or ""
    return {word.lower() for word in _WORDS.findall(classes)} if classes else set()


def is_furniture(node: HtmlElement) -> bool:
    """Whether an element stands in a sidebar, a footer or a feed, beside the article."""
    return any(_stands_apart(above) for above in node.iterancestors())


def _stands_apart(node: HtmlElement) -> bool:
    words = class_words(node)
    if words & _FURNITURE:
        return True
    if node.tag == "footer":  # that of a card or an entry is part of it
        return not any(above.tag in ("article", "blockquote", "figure", "li") for above in node.iterancestors())
    return node.tag == "aside" and "tweet" not in words and not _is_inset(node)


def _is_inset(aside: HtmlElement) -> bool:
    """Whether an aside is set into an article, as embeds are, and no box of its own with a heading."""
    inside = any(above.tag == "article" for above in aside.iterancestors())
    return inside and next(aside.iter("h1", "h2", "h3", "h4", "ul", "nav"), None) is None


def text_of(node: HtmlElement | None) -> str | None:
    """The displayed text of an element that may be missing; None where there is none."""
    return displayed_text(node) or None if node is not None else None


def preformatted(node: HtmlElement | None, *, skip: Container[HtmlElement] = ()) -> str | None:
    """The text of an element that shows line breaks as they stand in the source, as Twitter's pages style tweets."""
    if node is None:
        return None
    pieces: list[str] = []
    walk = etree.iterwalk(node, events=("start", "end"))
    for event, element in walk:
        if event == "start" and element in skip:
            walk.skip_subtree()
        elif event == "start":
            pieces.append(
                "\n" if element.tag == "br" else emoji(element) if element.tag == "img" else element.text or ""
            )
        if event == "end" and element is not node:
            pieces.append(element.tail or "")
    return "".join(pieces).replace(LINE_BREAK, "\n").replace("\xa0", " ").strip() or None
