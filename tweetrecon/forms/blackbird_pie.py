"""Blackbird Pie: Twitter's first embed code, May 2010 to 2011, ``<div class="bbpBox<ID>"><p class="bbpTweet">``.

The address of the tweet stands in a comment before it; inside, the timestamp links it and an author block names who.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree
from lxml.html import HtmlElement

from tweetrecon.forms.classes import first, has_class, text_of
from tweetrecon.forms.form import Anchor, Form
from tweetrecon.forms.links import address, status_links
from tweetrecon.model import Embed
from tweetrecon.page import Page, displayed_text
from tweetrecon.twitter import links, urls

_BOX = re.compile(r"\bbbpBox[_ ]?(\d{2,20})\b")
_NEARBY = 8


def read(node: HtmlElement, page: Page) -> Iterator[Embed]:
    """The tweet of one box."""
    box = next((holder for holder in (node, *node.iterancestors()) if _BOX.search(holder.get("class") or "")), None)
    number = _BOX.search(box.get("class") or "") if box is not None else None
    if box is None or number is None:
        return
    stamp, metadata = first(node, "timestamp"), first(node, "metadata")
    permalink = next(status_links(stamp), None) if stamp is not None else next(status_links(node), None)
    author = first(node, "author")
    profile = (
        next((a for a in author.iter("a") if links.parse_profile(address(a))), None) if author is not None else None
    )
    named = author.find(".//strong") if author is not None else None
    yield Embed(
        form=FORM.name,
        tweet_id=number[1],
        raw_url=address(permalink) if permalink is not None else _commented(box),
        raw_username=links.parse_profile(address(profile)) if profile is not None else None,
        raw_name=text_of(named if named is not None else profile),
        raw_text=displayed_text(node, skip={n for n in (stamp, metadata) if n is not None}) or None,
        raw_date=(permalink.get("title") or None) if permalink is not None else None,
        node=box,
    )


def _commented(box: HtmlElement) -> str | None:
    """The address in the comment before the box; a style sheet may stand between them."""
    for place, before in enumerate(box.itersiblings(preceding=True)):
        if place > _NEARBY or has_class(before, "bbpTweet") if isinstance(before.tag, str) else False:
            return None
        if before.tag is etree.Comment and urls.parse_status((before.text or "").strip()):
            return str(before.text).strip()
    return None


FORM = Form(
    name="blackbird_pie",
    doc="Twitter's first embed code",
    anchors=(Anchor(cls="bbpTweet"),),
    read=read,
    since=2010,
    until=2011,
    yields="id, username, name, date, text",
    seen="blogs of 2010 and 2011",
)
