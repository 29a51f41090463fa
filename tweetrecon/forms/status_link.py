"""A mere link to a status in prose, a credit or a list of links: the tweet is cited, not shown."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import islice

from lxml.html import HtmlElement

from tweetrecon.forms import signs
from tweetrecon.forms.form import Anchor, Form, refusal
from tweetrecon.forms.links import address, in_timeline, leads_to_status, status_links
from tweetrecon.model import Embed, Reject, RejectCode, Role
from tweetrecon.page import Page, displayed_text, layout
from tweetrecon.twitter import elapsed, titles, urls

_ANY_DAY = datetime(2020, 1, 1, tzinfo=UTC)
_SAID = re.compile(r"(?P<name>[^\n]{2,50}?) (?:tweeted|posted|wrote|twitterte|a tweeté|tuiteó|ha twittato)")
_QUOTED = re.compile(r"[“\"„«](?P<words>[^“”\"„«»\n]{3,500})[”\"“»][\s,]{0,3}$")


def read(node: HtmlElement, page: Page) -> Iterator[Embed | Reject]:
    """The tweet that a link leads to; who it says "tweeted", and the quoted words before it, are the tweet's."""
    if not leads_to_status(node.get("href")):
        if urls.is_lookalike(address(node)):
            yield refusal(RejectCode.LOOKALIKE_HOST, "not a host of Twitter's", address(node))
        return
    if in_timeline(node) or _is_feed_date(node):
        yield refusal(RejectCode.PAGE_CHROME, "in a timeline", address(node))
        return
    name, text = _citation(node)
    yield Embed(form=FORM.name, role=Role.LINKED, raw_url=address(node), raw_name=name, raw_text=text)


def _is_feed_date(node: HtmlElement) -> bool:
    """Whether a link is but "3 hours ago" at the end of a block, near another, as scripts print feeds."""
    holder = node.getparent()
    if holder is None or holder.tag == "p" or not _ends_as_date(node):
        return False
    around = (above for above in islice(holder.iterancestors(), 2) if above.tag not in ("body", "html"))
    return any(len(list(islice(status_links(above), 2))) == 2 for above in around)


def _ends_as_date(node: HtmlElement) -> bool:
    """Whether a link ends its block, and shows no more than how long ago that was."""
    if node.getnext() is not None or (node.tail or "").strip():
        return False
    label = " ".join("".join(node.itertext()).split())
    found = elapsed.read(label, 0, _ANY_DAY)
    return found is not None and found.end == len(label)


def _citation(node: HtmlElement) -> tuple[str | None, str | None]:
    """(name, text) that the link's words tell, or the quotation before it; an item of a list is the tweet it dates."""
    label = " ".join("".join(node.itertext()).split())
    title = titles.parse(label) if titles.names_site(label) else None
    if title is not None and (title.words or title.username):
        return title.name, title.words
    said = _SAID.fullmatch(label)
    holder = node.getparent()
    if holder is not None and holder.tag == "li" and _ends_as_date(node):
        return None, displayed_text(holder, skip={node}) or None
    if said is None or holder is None:
        return None, None
    shown = layout(holder)
    words = _QUOTED.search(shown.text, 0, shown.spans[node][0])
    return said["name"], words["words"].rstrip(",") if words else None


FORM = Form(
    name="status_link",
    doc="link to a status in prose",
    anchors=(Anchor(tag="a", attr="href", contains="status"),),
    read=read,
    since=2006,
    yields="id, username; name and text where prose quotes them",
    seen="152 links on 65 of 2,049 pages of public extraction test sets",
    signs=signs.STATUS,
)
