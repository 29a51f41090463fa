"""Links and ids as forms look for them. Reply, like and share buttons name a tweet too, but lead to none."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml.html import HtmlElement

from tweetrecon.model import Embed
from tweetrecon.twitter import snowflake, urls

_TIMELINE = re.compile(
    r"(?:^|\s)(?:(?:twitter|tweets?)[-_]?(?:timeline|feed|list|update_list|div)|timeline-(?:Tweet|Widget)"
    r"|twtr-|ctf(?:[\s-]|$)|fts-|crt-|tb_(?:post|social)|eapps-|juicer|flockler|elfsight|rotatingtweet|tweetscroll"
    r"|widget_twitter|stream h-feed)"
    r"|(?:latest|recent)[-_]tweets?(?![a-z])|(?:social[-_]?wall|(?:twitter|tweets?)[-_]?(?:wall|stream|feed))(?![a-z])",
    re.IGNORECASE,
)
"""Classes and ids of feeds: Twitter's own widgets and update lists, plug-ins for WordPress and jQuery, social walls."""

_KINDS = ("permalink", "wrapped", "unrolled")


def leads_to_status(address: str | None) -> bool:
    """Whether an address is that of a status, on any host that shows it."""
    status = urls.parse_status(address) if address else None
    return status is not None and status.kind in _KINDS


def status_links(node: HtmlElement) -> Iterator[HtmlElement]:
    """The links to statuses inside an element, in document order."""
    return (link for link in node.iter("a") if leads_to_status(link.get("href")))


def address(link: HtmlElement) -> str:
    """Where a link leads."""
    return str(link.get("href") or "").strip()


def in_timeline(node: HtmlElement) -> bool:
    """Whether an element stands in a feed of an account's tweets beside the article, as widgets and plug-ins put in."""
    around = (node, *node.iterancestors())
    return any(_TIMELINE.search(above.get(name) or "") for above in around for name in ("class", "id"))


def stated(node: HtmlElement, attribute: str, form: str) -> Embed | None:
    """The tweet whose id or URL an attribute holds, as its whole value."""
    value = (node.get(attribute) or "").strip(" \t\n{}\"'")
    if value.isdigit() and value.isascii():
        return Embed(form=form, tweet_id=value) if snowflake.is_plausible(value) else None
    if len(value) <= 2000 and not any(c in value for c in "<{ \n") and urls.parse_status(value):
        return Embed(form=form, raw_url=value)
    return None
