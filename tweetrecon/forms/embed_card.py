"""Cards of embed services that a script fills in: Embedly's ``a.embedly-card``, Iframely's ``a[data-iframely-url]``."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml.html import HtmlElement

from tweetrecon.forms import signs
from tweetrecon.forms.form import Anchor, Form
from tweetrecon.forms.links import address, status_links
from tweetrecon.model import Embed
from tweetrecon.page import Page, displayed_text

_TITLE = re.compile(r"(.{1,80}?) (?:on|auf|sur|en|su|no) (?:Twitter|X)\b")


def read(node: HtmlElement, page: Page) -> Iterator[Embed]:
    """The tweet of a card; its title is ``NAME on Twitter``, in a blockquote its text may follow."""
    link = next(status_links(node), None)
    if link is None:
        return
    title = _TITLE.match(displayed_text(link))
    paragraphs = [displayed_text(p) for p in node.iter("p")] if link is not node else []
    yield Embed(
        form=FORM.name,
        raw_url=address(link),
        raw_name=title[1] if title else None,
        raw_text="\n\n".join(filter(None, paragraphs)) or None,
    )


FORM = Form(
    name="embed_card",
    doc="card of Embedly or Iframely",
    anchors=(Anchor(cls="embedly-card"), Anchor(tag="a", attr="data-iframely-url")),
    read=read,
    since=2012,
    yields="id, username, name",
    seen="blogs with Embedly's script",
    signs=signs.STATUS,
)
