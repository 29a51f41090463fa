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
    told = {meta.get("property") or meta.get("name"): meta.get("content") or "" for meta in node.iter("meta")}
    address = told.get("og:url", "").strip()
    title = titles.parse(told.get("og:title", "")) if leads_to_status(address) else None
    if title is not None:
        yield Embed(
            form=FORM.name,
            raw_url=address,
            raw_name=title.name,
            raw_username=title.username,
            raw_text=titles.unquoted(told.get("og:description", "")) or title.words,
        )


FORM = Form(
    name="status_meta",
    doc="head of a tweet's own page",
    anchors=(Anchor(tag="head"),),
    read=read,
    since=2012,
    yields="id, username, name, text",
    seen="web archives of pages that scripts were to fill",
    signs=signs.STATUS,
)
