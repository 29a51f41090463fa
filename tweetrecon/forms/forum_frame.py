"""Forums with s9e's media embeds (phpBB, Flarum, XenForo): a frame whose address ends in the id of the tweet."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml.html import HtmlElement

from tweetrecon.forms.form import Anchor, Form
from tweetrecon.model import Embed
from tweetrecon.page import Page

_ID = re.compile(r"/twitter(?:\.min)?\.html#(\d{2,20})(?!\d)")


def read(node: HtmlElement, page: Page) -> Iterator[Embed]:
    """The tweet of one frame; until it is scrolled to, its address stands in another attribute."""
    values = (value for frame in node.iter("iframe", "span", "div") for value in frame.values())
    number = next(filter(None, map(_ID.search, values)), None)
    if number is not None:
        yield Embed(form=FORM.name, tweet_id=number[1])


FORM = Form(
    name="forum_frame",
    doc="frame of a forum's media embed",
    anchors=tuple(Anchor(tag=tag, attr="data-s9e-mediaembed", contains="twitter") for tag in ("span", "iframe", "div")),
    read=read,
    since=2014,
    yields="id",
    seen="phpBB, Flarum and XenForo forums",
    signs=("data-s9e-mediaembed",),
)
