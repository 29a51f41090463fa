"""Markup that a page keeps as raw text or encoded: consent walls, templates in ``<script>``, frames."""

from __future__ import annotations

import re
from base64 import b64decode
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any
from urllib.parse import unquote

from lxml import etree
from lxml.html import HtmlElement

from tweetrecon.detect.gate import passes_gate
from tweetrecon.detect.survey import Survey
from tweetrecon.forms import signs
from tweetrecon.page import Page, fragment

_FRAME_ATTRIBUTES = ("srcdoc", "data-srcdoc", "src", "data-src")
_TEMPLATE = re.compile(r"template|tmpl|text/(?:html|plain)", re.IGNORECASE)
"""Types of scripts that hold markup: ``text/template``, ``text/ng-template``, ``text/x-tmpl``."""

_ENCODED = etree.XPath("//@*[starts-with(., 'PG') or starts-with(., 'PH') or starts-with(., '%3')]")
"""``<`` and a letter in base64, or ``<`` encoded as for a URL."""

_BASE64 = re.compile(r"[A-Za-z0-9+/\s]{80,}={0,2}")
_SHORTEST = 80
"""Characters of the shortest embed code in base64."""


def pages_within(page: Page, survey: Survey, holders: Iterable[HtmlElement]) -> Iterator[tuple[HtmlElement, Page]]:
    """(holder, its markup as a page) for each element that keeps markup with a sign of a tweet, raw or encoded."""
    for holder, kept in chain(_raw(holders), _encoded(page, survey)):
        markup = _decoded(kept) or kept
        if "<" in markup and passes_gate(markup):
            body = fragment(markup)
            if body is not None:
                yield holder, Page(page.document, body, markup.encode("utf-8", "replace"), page.complete)


def _raw(holders: Iterable[HtmlElement]) -> Iterator[tuple[HtmlElement, str]]:
    for holder in holders:
        for markup in _markup(holder):
            yield holder, markup


def _encoded(page: Page, survey: Survey) -> Iterator[tuple[HtmlElement, str]]:
    """The attributes whose value begins as encoded markup does."""
    if not survey.held.isdisjoint((*signs.BASE64, *signs.PERCENT)):
        values: Any = _ENCODED(page.root)
        for value in values:
            yield value.getparent(), str(value)


def _decoded(value: str) -> str | None:
    """The markup that a value holds in base64 or encoded as for a URL; None where it holds neither."""
    value = value.strip()
    if value[:14].lower() == "data:text/html":
        head, _, value = value.partition(",")
        if not head.lower().endswith("base64"):
            return unquote(value)
    if value[:3].lower() == "%3c":
        return unquote(value)
    if len(value) < _SHORTEST or not value.startswith("P") or not _BASE64.fullmatch(value):
        return None
    try:
        markup = b64decode(value + "=" * (-len(value) % 4)).decode()
    except ValueError:
        return None
    return markup if markup.lstrip().startswith("<") else None


def _markup(holder: HtmlElement) -> Iterator[str]:
    if holder.tag == "iframe":
        yield from (holder.get(name) or "" for name in _FRAME_ATTRIBUTES)
    if holder.tag != "script" or _TEMPLATE.search(holder.get("type") or ""):
        yield holder.text or ""
