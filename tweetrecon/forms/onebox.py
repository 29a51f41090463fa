"""Discourse's onebox: ``aside.onebox.twitterstatus`` with title ``Name (username)``, text and local date."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml.html import HtmlElement

from tweetrecon.forms import signs
from tweetrecon.forms.form import Anchor, Form
from tweetrecon.forms.links import address, leads_to_status, status_links
from tweetrecon.model import Embed
from tweetrecon.page import Page, displayed_text

_AUTHOR = re.compile(r"(?P<name>.{1,80}?)\s*\(@?(?P<username>[A-Za-z0-9_]{1,20})\)(?: on (?:Twitter|X))?$", re.DOTALL)


def read(node: HtmlElement, page: Page) -> Iterator[Embed]:
    """The tweet of one onebox."""
    addresses = [node.get("data-onebox-src") or "", *map(address, status_links(node))]
    url = next(filter(leads_to_status, addresses), None)
    if url is None:
        return
    author = _AUTHOR.match(_first(node, ("h4", "h3")))
    screen_name = _of_class(node, "twitter-screen-name").lstrip("@")
    text, date = _of_class(node, "tweet"), _of_class(node, "date")
    yield Embed(
        form=FORM.name,
        raw_url=url,
        raw_name=author["name"] if author else None,
        raw_username=author["username"] if author else screen_name or None,
        raw_text=text or None,
        raw_date=date.split("\n")[0].strip() or None,
    )


def _first(node: HtmlElement, tags: tuple[str, ...]) -> str:
    found = next(node.iter(*tags), None)
    return displayed_text(found) if found is not None else ""


def _of_class(node: HtmlElement, name: str) -> str:
    found = next((n for n in node.iter("div", "span") if name in (n.get("class") or "").split()), None)
    if found is None:
        return ""
    counts = {n for n in found.iter("span") if (n.get("class") or "") in ("like", "retweet")}
    return displayed_text(found, skip=counts)


FORM = Form(
    name="onebox",
    doc="Discourse onebox",
    anchors=(Anchor(cls="twitterstatus"),),
    read=read,
    since=2013,
    yields="id, username, name, date, text",
    seen="Discourse forums",
    signs=signs.STATUS,
)
