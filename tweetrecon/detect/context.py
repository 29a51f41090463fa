"""The prose around an embed: up to 300 characters on either side, for readers of the tables."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import islice
from typing import Any

from lxml import etree
from lxml.html import HtmlElement

from tweetrecon.model import Embed

_text: Callable[[HtmlElement], Any] = etree.XPath("string()", smart_strings=False)
LENGTH = 300
_PROSE = frozenset("p h1 h2 h3 h4 h5 h6 ul ol dl blockquote".split())
_SIBLINGS = 6
_LEVELS = 4


def around(node: HtmlElement) -> tuple[str | None, str | None]:
    """The paragraphs before and after an element, or after the wrappers around that."""
    before = _gathered(_neighbours(node, preceding=True))[::-1]
    after = _gathered(_neighbours(node, preceding=False))
    return _last("\n".join(before)), _first("\n".join(after))


def in_text(embed: Embed, text: str) -> Embed:
    """The embed with the text before and after it."""
    start, end = embed.start or 0, embed.end or 0
    before, after = text[max(0, start - LENGTH) : start].strip(), text[end : end + LENGTH].strip()
    return replace(embed, context_before=before or None, context_after=after or None)


def _neighbours(node: HtmlElement, *, preceding: bool) -> Iterator[HtmlElement]:
    """The paragraphs beside an element, nearest first, then those beside its wrappers."""
    for level in islice((node, *node.iterancestors()), _LEVELS):
        siblings = islice(level.itersiblings(preceding=preceding), _SIBLINGS)
        yield from (sibling for sibling in siblings if sibling.tag in _PROSE)


def _gathered(paragraphs: Iterable[HtmlElement]) -> list[str]:
    texts: list[str] = []
    for paragraph in paragraphs:
        if sum(map(len, texts)) >= LENGTH:
            break
        texts.append(" ".join(_text(paragraph).split()))
    return list(filter(None, texts))


def _last(text: str) -> str | None:
    return text[-LENGTH:].strip() or None


def _first(text: str) -> str | None:
    return text[:LENGTH].strip() or None
