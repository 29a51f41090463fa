"""Embed code or state that stands escaped where markup should be: in an attribute, or as the whole of a page.

Lazy loaders and editors park embed code in ``data-*`` attributes, component frameworks their properties as JSON
(``<gu-island props="{…}">``). Pages of APIs and badly saved ones are JSON, or markup with its quotes still escaped.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from html import unescape
from itertools import islice

from lxml.html import HtmlElement

from tweetrecon.forms import signs
from tweetrecon.forms.form import Anchor, Form
from tweetrecon.forms.ownership import own
from tweetrecon.forms.state import MAX_LEVELS, Part, has_sign, markup_parts, parts, unescaped
from tweetrecon.model import Embed, Reject
from tweetrecon.page import Page

_QUOTE = ('\\"', "\\'")


def read(node: HtmlElement, page: Page) -> Iterator[Embed | Reject]:
    """The tweets of an element's attributes; of ``<body>``, those of a page that is itself escaped."""
    if node.tag == "body":
        found = _of_page(page) if _is_escaped(node) else []
        yield from (replace(part.tweet, node=node) for part in found if part.tweet is not None)
        return
    for value in node.values():
        if "blockquote" in value and has_sign(value):
            yield from own(_found(value), page, node, alone=True)


def _is_escaped(body: HtmlElement) -> bool:
    """Whether a page's content begins as JSON, or its first elements have attributes in escaped quotes."""
    head = "".join(islice(body.itertext(), 40))[:200].lstrip()
    if head.startswith(('{"', '[{"', '"', "\\u003C", "\\u003c", "&lt;")):
        return True
    first = (value for element in body.iter() for value in element.values())
    return any(value.startswith(_QUOTE) for _, value in zip(range(40), first, strict=False))


def _of_page(page: Page) -> list[Part]:
    source = page.source.decode("utf-8", "replace")
    source = source[source.find(">", source.find("<body")) + 1 :] if "<body" in source else source
    if "<" not in source and "&quot;" in source:
        source = unescape(source)
    return _found(source)


def _found(source: str) -> list[Part]:
    """The parts of a text as state; where it is none that parses, as markup, peeled out of its escapes."""
    found = list(parts(source, FORM.name))
    if any(part.tweet is not None for part in found):
        return found
    for _ in range(MAX_LEVELS):
        if '\\"' in source or "\\u003" in source:
            source = unescaped(source)
    if "<blockquote" not in source:
        for _ in range(MAX_LEVELS):
            source = unescape(source) if "lt;blockquote" in source else source
        source = source[max(0, source.find("<blockquote")) :]
    return list(markup_parts(source, 0, FORM.name))


FORM = Form(
    name="escaped_markup",
    doc="embed code or state escaped in an attribute, or a page that is JSON",
    anchors=(Anchor(tag="body"), Anchor(attr="<markup>")),
    read=read,
    since=2014,
    yields="id, username, name, date, text, language, links",
    seen="The Guardian, The Daily Beast, lazy loaders, answers of WordPress' and Arc's APIs",
    signs=(*signs.STATUS, "twitter-tweet", "twitter-video"),
)
