"""Markup that a page keeps as raw text: consent walls in ``<textarea>``, templates in ``<script>``, frames."""

from __future__ import annotations

from collections.abc import Iterator

from lxml.html import HtmlElement

from tweetrecon.detect import dispatch
from tweetrecon.page import Page, fragment

_HOLDERS = ("textarea", "iframe", "script", "xmp", "noembed", "noframes")
_FRAME_ATTRIBUTES = ("srcdoc", "data-srcdoc", "src", "data-src")
_TEMPLATES = ("text/template", "text/html", "text/x-template", "text/x-handlebars-template", "text/plain")


def pages_within(page: Page) -> Iterator[tuple[HtmlElement, Page]]:
    """(holder, its markup as a page) for each element that keeps markup with a sign of a tweet as raw text."""
    for holder in page.root.iter(*_HOLDERS):
        for markup in _markup(holder):
            if "<" in markup and dispatch.passes_gate(markup):
                body = fragment(markup)
                if body is not None:
                    yield holder, Page(page.document, body, markup.encode("utf-8", "replace"), page.complete)


def _markup(holder: HtmlElement) -> Iterator[str]:
    if holder.tag == "iframe":
        yield from (holder.get(name) or "" for name in _FRAME_ATTRIBUTES)
    if holder.tag != "script" or (holder.get("type") or "").strip().lower() in _TEMPLATES:
        yield holder.text or ""
