"""A mere link to a status in prose, a credit or a list of links: the tweet is cited, not shown."""

from __future__ import annotations

from collections.abc import Iterator

from lxml.html import HtmlElement

from tweetrecon.forms import signs
from tweetrecon.forms.form import Anchor, Form
from tweetrecon.forms.links import address, leads_to_status
from tweetrecon.model import Embed, Role
from tweetrecon.page import Page


def read(node: HtmlElement, page: Page) -> Iterator[Embed]:
    """The tweet that a link leads to."""
    if leads_to_status(node.get("href")):
        yield Embed(form=FORM.name, role=Role.LINKED, raw_url=address(node))


FORM = Form(
    name="status_link",
    doc="link to a status in prose",
    anchors=(Anchor(tag="a", attr="href", contains="status"),),
    read=read,
    since=2006,
    yields="id, username",
    seen="152 links on 65 of 2,049 pages of public extraction test sets",
    signs=signs.STATUS,
)
