"""Pages of thread unrollers, live or saved: ``<div class="content-tweet" data-tweet="ID" data-screenname="NAME">``."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from lxml.html import HtmlElement

from tweetrecon.forms.classes import of_class
from tweetrecon.forms.form import Anchor, Form
from tweetrecon.forms.links import stated
from tweetrecon.model import Embed
from tweetrecon.page import Page, displayed_text


def read(node: HtmlElement, page: Page) -> Iterator[Embed]:
    """One tweet of the thread; they stand in its order."""
    tweet = stated(node, "data-tweet", FORM.name)
    if tweet is not None:
        text = displayed_text(node, skip=set(of_class(node, "tw-permalink"))).strip()
        yield replace(tweet, raw_username=node.get("data-screenname"), raw_text=text or None)


FORM = Form(
    name="unrolled_thread",
    doc="tweet on a page of a thread unroller",
    anchors=(Anchor(cls="content-tweet", attr="data-tweet"),),
    read=read,
    since=2017,
    yields="id, username, text",
    seen="Thread Reader, blogs that export threads with it",
)
