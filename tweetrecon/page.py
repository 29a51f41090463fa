"""The only HTML parser: a document's markup → a tree, and what readers would see of it."""

from __future__ import annotations

import re
from collections.abc import Container
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any

import stringzilla  # type: ignore[import-not-found]
from lxml import etree, html
from lxml.html import HtmlElement
from resiliparse.parse import html as lexbor

from tweetrecon.model import Document

BLOCKS = frozenset(
    "address article aside blockquote body center dd details div dl dt fieldset figcaption figure footer form h1 h2 h3"
    " h4 h5 h6 header hr li main nav ol p pre section summary table td th tr ul".split()
)
"""Elements that begin and end a line of their own."""

UNSEEN = frozenset("head script style template noscript textarea title object svg math iframe button select".split())
"""Elements whose content readers do not see as running text."""

DEEP = 1000
"""Nesting that no honest page has; below it mere wrappers are left out, because many operations cost their depth."""

_WRAPPERS = frozenset("div span font b i u em strong center small big section".split())

LINE_BREAK = "\u2028"
"""How a newline spelt out (``&#10;``) stands in parsed text: it is part of a tweet, those of the file are not."""

_BLANK = " \t\r\f\v\n"
_SPACE = re.compile(r"[ \t\r\f\v\n]{2,}|[\t\r\f\v\n]")
_SPELT_NEWLINE = re.compile(rb"&#(?:10|xA|xa);")
_LETTERS = re.compile(r"[A-Za-z0-9]")
_POINT = r"(?:1f[0-9a-f]{3}|e00[0-9a-f]{2}|(?!d[89a-f])[0-9a-f]{2,4})"
_EMOJI_FILE = re.compile(rf"emoji[^?#]{{0,200}}/({_POINT}(?:-{_POINT}){{0,9}})\.(?:png|svg|gif)(?:$|[?#])")
_COMMENTS = re.compile(r"(?:^|[\s_-])[Cc]omments?(?![a-z])|commentlist|disqus")
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

_SEEN_TEXTS = etree.XPath(
    "//body//text()[not(parent::script or parent::style or parent::noscript or parent::template or parent::textarea)]",
    smart_strings=False,
)

_ELEMENTS = etree.ElementDefaultClassLookup(element=HtmlElement, comment=html.HtmlComment)

# ------------------------------------------------------------------------------------------------ parsing


@dataclass(frozen=True)
class Page:
    """A parsed page. ``source`` is its markup in UTF-8; ``complete`` is false where a second parser had to read it."""

    document: Document
    root: HtmlElement
    source: bytes = field(default=b"", repr=False)
    complete: bool = True

    @property
    def url(self) -> str | None:
        """The article's address, when known."""
        return self.document.url

    @property
    def reference(self) -> datetime | None:
        """The date that relative dates count from: published, else captured."""
        return self.document.published_at or self.document.captured_at

    @cached_property
    def order(self) -> dict[HtmlElement, int]:
        """The place of each element in document order."""
        return {node: place for place, node in enumerate(self.root.iter(etree.Element))}

    @cached_property
    def elements(self) -> set[str]:
        """The names of its elements."""
        return {node.tag for node in self.root.iter(etree.Element)}

    @cached_property
    def shown(self) -> str:
        """All text that readers may see, without white space."""
        texts: Any = _SEEN_TEXTS(self.root)
        return "".join("".join(texts).split())

    def xpath(self, node: HtmlElement) -> str:
        """The absolute path of an element."""
        return str(node.getroottree().getpath(node))


def parse(document: Document, source: bytes | None = None) -> Page | None:
    """The page of an HTML document; None where no tree can be made of it. ``source``: its text in UTF-8, if at hand.

    lxml drops what follows an element nested deeper than libxml2's limit (2048), without an exception. Its error log
    tells, and then the tree is built from lexbor's. A second ``<html>`` behind the first, as in pages glued together,
    stands beside the root; it is taken in.
    """
    source = _keep_newlines(document.text.encode("utf-8", "replace") if source is None else source)
    parser = _parser()
    try:
        root = html.document_fromstring(source, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None
    if not _was_cut(parser):
        root.extend(list(root.itersiblings("*")))
        return Page(document, root, source)
    return Page(document, _second_opinion(source), source, complete=False)


def fragment(markup: str) -> HtmlElement | None:
    """The body of a piece of markup that stood escaped in an attribute, a script or an element of raw text."""
    source = _keep_newlines(f"<body>{markup}".encode("utf-8", "replace"))
    try:
        return html.document_fromstring(source, parser=_parser()).find("body")
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None


def _parser() -> html.HTMLParser:
    """A parser without lxml.html's class lookup in Python, which costs as much again as a walk over the tree."""
    parser = html.HTMLParser(huge_tree=True, encoding="utf-8", collect_ids=False)
    parser.set_element_class_lookup(_ELEMENTS)
    return parser


def _keep_newlines(source: bytes) -> bytes:
    """``&#10;`` in running text as a mark of its own; in attributes it stays, because JSON stands there."""
    text = stringzilla.Str(source)
    if all(text.find(newline) < 0 for newline in ("&#10;", "&#xA;", "&#xa;")):
        return source
    return _SPELT_NEWLINE.sub(lambda m: m[0] if _inside_tag(source, m.start()) else LINE_BREAK.encode(), source)


def _inside_tag(source: bytes, place: int) -> bool:
    nearby = max(0, place - 4000)
    return source.rfind(b"<", nearby, place) > source.rfind(b">", nearby, place)


def _was_cut(parser: html.HTMLParser) -> bool:
    last = parser.error_log.last_error
    return last is not None and last.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT


def _second_opinion(source: bytes) -> HtmlElement:
    """The tree that lexbor makes of the page, copied node by node: building meets none of the limits of parsing."""
    tree = lexbor.HTMLTree.parse_from_bytes(source, "utf-8")
    root: HtmlElement = html.Element("html")
    stack: list[tuple[Any, HtmlElement, int]] = [(tree.document, root, 0)]
    while stack:
        node, parent, depth = stack.pop()
        if node.type == lexbor.NodeType.TEXT:
            _append_text(parent, node.value)
        elif node.type == lexbor.NodeType.DOCUMENT:
            stack.extend((child, parent, depth) for child in reversed(_children(node)))
        elif node.type == lexbor.NodeType.ELEMENT:
            transparent = node.tag == "html" or (depth > DEEP and _is_mere_wrapper(node))
            copy = parent if transparent else _copy(node, parent)
            stack.extend((child, copy, depth + 1) for child in reversed(_children(node)))
    return root


def _children(node: Any) -> list[Any]:
    """The nodes in a node of lexbor, whose own list of them costs the square of its length."""
    children = []
    child = node.first_child
    while child is not None:
        children.append(child)
        child = child.next
    return children


def _is_mere_wrapper(node: Any) -> bool:
    child = node.first_child
    return node.tag in _WRAPPERS or (child is not None and child.next is None and child.tag == node.tag)


def _copy(node: Any, parent: HtmlElement) -> HtmlElement:
    try:
        copy = etree.SubElement(parent, node.tag)
    except ValueError:  # a tag that XML forbids, such as <a"b>
        copy = etree.SubElement(parent, "span")
    for name in node.attrs:
        with suppress(ValueError):
            copy.set(name, node[name])
    return copy


def _append_text(parent: HtmlElement, text: str) -> None:
    clean = _NOT_XML.sub("\ufffd", text)
    if len(parent):
        parent[-1].tail = (parent[-1].tail or "") + clean
    else:
        parent.text = (parent.text or "") + clean


def in_comments(node: HtmlElement) -> bool:
    """Whether readers wrote it: publishing systems put in no tweets for the URLs of comments."""
    above = (n for n in (node, *node.iterancestors()) if n.tag not in ("body", "html"))
    return any(_COMMENTS.search(f"{n.get('class')} {n.get('id')}") for n in above)


# ------------------------------------------------------------------------------------------------ displayed text


@dataclass(frozen=True, slots=True)
class Layout:
    """The text of an element as a reader sees it, and where its parts stand in it.

    Runs of white space are one space; ``<br>`` is a newline; paragraphs are parted by a blank line, other blocks by a
    newline; emoji images stand as their ``alt``.
    """

    text: str
    spans: dict[HtmlElement, tuple[int, int]]
    """Start and end of the text of each element that was seen, in document order."""


def displayed_text(node: HtmlElement, *, skip: Container[HtmlElement] = ()) -> str:
    """The text of an element as a reader sees it; see :class:`Layout`."""
    return layout(node, skip=skip).text


def layout(node: HtmlElement, *, skip: Container[HtmlElement] = ()) -> Layout:
    """The displayed text of an element with the places of its parts, but for unseen ones and those in ``skip``."""
    lines = _Lines()
    walk = etree.iterwalk(node, events=("start", "end", "comment", "pi"))
    for event, element in walk:
        if event == "start":
            if element is not node and (element.tag in UNSEEN or element in skip):
                walk.skip_subtree()
            else:
                lines.open(element)
                lines.write(element.text)
            continue
        if event == "end":
            lines.close(element)
        if element is not node:
            lines.write(element.tail)
    return Layout("".join(lines.pieces), lines.spans)


def emoji(image: HtmlElement) -> str:
    """The emoji that an image stands for, as Twitter's and WordPress's scripts put them in; empty for a picture.

    Its ``alt`` is the emoji; where that was lost, the file bears its code points, as in ``72x72/1f30a.png``.
    """
    alt: str = image.get("alt") or ""
    if 0 < len(alt) <= 16 and not _LETTERS.search(alt):
        return alt
    file = _EMOJI_FILE.search(image.get("src") or "")
    return "".join(chr(int(point, 16)) for point in file[1].split("-")) if file else ""


class _Lines:
    """Text under construction, one element after the other."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.spans: dict[HtmlElement, tuple[int, int]] = {}
        self._length = 0
        self._breaks = 0
        self._gap = 0
        self._space = False
        self._unplaced: list[HtmlElement] = []

    def open(self, element: HtmlElement) -> None:
        tag = element.tag
        self._unplaced.append(element)
        self.spans[element] = (self._length, self._length)
        if tag in _GAPS:
            self._gap = max(self._gap, _GAPS[tag])
        elif tag == "br":
            self._breaks += 1
        elif tag == "img":
            self.write(emoji(element))

    def close(self, element: HtmlElement) -> None:
        span = self.spans.get(element)
        if span is not None:
            self.spans[element] = (span[0], self._length)
            self._gap = max(self._gap, _GAPS.get(element.tag, 0))

    def write(self, text: str | None) -> None:
        if not text:
            return
        if not text.strip(_BLANK):
            self._space = True
            return
        if LINE_BREAK in text:
            for number, line in enumerate(text.split(LINE_BREAK)):
                self._breaks += number > 0
                self.write(line)
            return
        words = _SPACE.sub(" ", text)
        self._space |= words[0] == " "
        core = words.strip(" ")
        if core:
            self._emit(core)
            self._space = words[-1] == " "

    def _emit(self, core: str) -> None:
        newlines = max(self._breaks, self._gap)
        if self._length and (newlines or self._space):
            self._add("\n" * newlines or " ")
        self._breaks, self._gap = 0, 0
        for element in self._unplaced:
            self.spans[element] = (self._length, self._length)
        self._unplaced.clear()
        self._add(core)

    def _add(self, piece: str) -> None:
        self.pieces.append(piece)
        self._length += len(piece)


_GAPS = dict.fromkeys(BLOCKS, 1) | {"p": 2}
"""The newlines that an element puts before and after itself."""
