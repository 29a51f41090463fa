"""A publisher's own frame for a tweet, with its words as fallback: ``<noframe>Twitter: NAME - TEXT``."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml.html import HtmlElement

from tweetrecon.forms.form import Anchor, Form
from tweetrecon.model import Embed
from tweetrecon.page import Page, displayed_text, fragment

_ID = re.compile(r"tweetframe(\d{18})")
_WORDS = re.compile(r"Twitter:\s+(?P<name>.{1,80}?)\s+-\s+(?P<text>.{1,2000})", re.DOTALL)


def read(node: HtmlElement, page: Page) -> Iterator[Embed]:
    """The tweet of one frame. Ids had 18 digits in the years of this form; the frame's own number follows."""
    number = _ID.match(node.get("id") or "")
    body = fragment(node.text) if node.text else node
    words = _WORDS.match(displayed_text(body)) if body is not None else None
    if number:
        name, text = (words["name"], words["text"]) if words else (None, None)
        yield Embed(form=FORM.name, tweet_id=number[1], raw_name=name, raw_text=text)


FORM = Form(
    name="publisher_frame",
    doc="publisher's own frame with the words as fallback",
    anchors=(Anchor(tag="iframe", attr="id", contains="tweetframe"),),
    read=read,
    since=2013,
    until=2016,
    yields="id, name, text",
    seen="The Telegraph",
)
