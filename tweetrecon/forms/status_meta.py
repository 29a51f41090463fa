"""The head of a tweet's own page, where its body came empty: the title and description that it gives to other sites."""

from __future__ import annotations

from collections.abc import Iterator

from lxml.html import HtmlElement

from tweetrecon.forms import signs
from tweetrecon.forms.form import Anchor, Form
from tweetrecon.forms.links import leads_to_status
from tweetrecon.model import Embed
from tweetrecon.page import Page
from tweetrecon.twitter import titles


def read(node: HtmlElement, page: Page) -> Iterator[Embed]:
    """The tweet of the page, if its address is that of a status and its title one of Twitter's."""
    address = (node.get("content") or "").strip()
    if _name(node) != "og:url" or not leads_to_status(address):
        return
    told = {_name(meta): meta.get("content") or "" for meta in node.getparent().iter("meta")}
    title = titles.parse(told.get("og:title", ""))
    if title is not None:
        yield Embed(
            form=FORM.name,
            raw_url=address,
            raw_name=title.name,
            raw_username=title.username,
            raw_text=titles.unquoted(told.get("og:description", "")) or title.words,
        )


def _name(meta: HtmlElement) -> str:
    return meta.get("property") or meta.get("name") or ""


FORM = Form(
    name="status_meta",
    doc="head of a tweet's own page",
    anchors=(Anchor(tag="meta", attr="content", contains="/status/"),),
    read=read,
    since=2012,
    yields="id, username, name, text",
    seen="web archives of pages that scripts were to fill",
    signs=signs.STATUS,
)
