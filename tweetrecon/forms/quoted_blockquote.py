"""Prose that names the author and links the status, ends with a colon, then an ordinary blockquote."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml.html import HtmlElement

from tweetrecon.forms import signs
from tweetrecon.forms.form import Anchor, Form
from tweetrecon.forms.links import address, status_links
from tweetrecon.forms.quote import inner_quotes
from tweetrecon.model import Embed
from tweetrecon.page import Page, displayed_text, layout

MAX_INTRODUCTION = 300
MAX_TEXT = 1200
_MENTION = re.compile(r"(?<![\w@])@([A-Za-z0-9_]{1,15})(?![\w@])")


def read(node: HtmlElement, page: Page) -> Iterator[Embed]:
    """The tweet that the paragraph before a blockquote introduces."""
    before = node.getprevious()
    if inner_quotes(node) is None:
        return
    if before is None or before.tag not in ("p", "div") or next(status_links(node), None) is not None:
        return
    links = list(status_links(before))
    shown = layout(before)
    text = displayed_text(node)
    if len(links) != 1 or not shown.text.endswith((":", "：")) or len(shown.text) > MAX_INTRODUCTION:
        return
    if not 0 < len(text) <= MAX_TEXT:
        return
    label = shown.text[slice(*shown.spans[links[0]])]
    mention = _MENTION.search(label) or _MENTION.search(shown.text)
    name = shown.text[: shown.spans[links[0]][0]].strip(" –—-(") if label.startswith("@") else ""
    yield Embed(
        form=FORM.name,
        raw_url=address(links[0]),
        raw_text=text,
        raw_username=mention[1] if mention else None,
        raw_name=name if 0 < len(name) <= 50 else None,
        confidence=0.9,
    )


FORM = Form(
    name="quoted_blockquote",
    doc="blockquote introduced by prose that links the status",
    anchors=(Anchor(tag="blockquote"),),
    read=read,
    since=2008,
    yields="id, username, name, text",
    seen="Global Voices, personal blogs",
    signs=signs.STATUS,
)
