"""Microformats of the IndieWeb: ``.h-entry`` and ``.h-cite`` as Bridgy and granary write them for tweets."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

from lxml.html import HtmlElement

from tweetrecon.forms import signs
from tweetrecon.forms.classes import first, has_class, is_furniture, of_class, text_of
from tweetrecon.forms.form import Anchor, Form, refusal
from tweetrecon.forms.links import address, in_timeline, leads_to_status
from tweetrecon.model import Embed, Reject, RejectCode, Role
from tweetrecon.page import Page, displayed_text
from tweetrecon.twitter import links, usernames

MAX_ENTRIES = 20
"""Entries inside one; a feed of them is no tweet."""

_ENTRIES = ("h-entry", "h-cite")


def read(node: HtmlElement, page: Page) -> Iterator[Embed | Reject]:
    """The tweet of one entry; the one it quotes is an entry of its own inside."""
    if is_furniture(node) or in_timeline(node) or _is_of_feed(node):
        yield refusal(RejectCode.PAGE_CHROME, "a feed beside the article", displayed_text(node))
        return
    if any(has_class(holder, "u-quotation-of") for holder in (node, *node.iterancestors())):
        return
    inner = list(islice((entry for name in _ENTRIES for entry in of_class(node, name)), MAX_ENTRIES))
    embed = _entry(node, inner) if len(inner) < MAX_ENTRIES else None
    if embed is not None:
        quoted = next((entry for entry in inner if has_class(entry, "u-quotation-of")), None)
        quote = _entry(quoted, []) if quoted is not None else None
        yield replace(embed, quoted=replace(quote, role=Role.INNER) if quote is not None else None)


def _is_of_feed(node: HtmlElement) -> bool:
    """Whether an entry is one of a feed; in an entry that is an article it is cited."""
    kinds = ((has_class(above, "h-feed"), has_class(above, "h-entry")) for above in node.iterancestors())
    return next((feed for feed, entry in kinds if feed or entry), False)


def _entry(node: HtmlElement, inner: list[HtmlElement]) -> Embed | None:
    apart = {part for entry in inner for part in entry.iter()}

    def own(name: str) -> HtmlElement | None:
        return next((part for part in of_class(node, name) if part not in apart), None)

    permalink = next((n for n in of_class(node, "u-url") if n not in apart and leads_to_status(n.get("href"))), None)
    author, published = own("p-author"), own("dt-published")
    if permalink is None or author is None:
        return None
    name = first(author, "p-name")
    profile = links.parse_profile(address(name)) if name is not None else None
    nickname = text_of(first(author, "p-nickname"))
    return Embed(
        form=FORM.name,
        raw_url=address(permalink),
        raw_name=text_of(name) or text_of(author),
        raw_username=usernames.clean(nickname) if nickname else profile,
        raw_text=text_of(own("e-content")),
        timestamp=published.get("datetime") if published is not None else None,
        node=node,
    )


FORM = Form(
    name="microformat",
    doc="h-entry or h-cite of a tweet",
    anchors=tuple(Anchor(cls=name) for name in _ENTRIES),
    read=read,
    since=2012,
    yields="id, username, name, second, text, quoted tweet",
    seen="IndieWeb sites with Bridgy, granary's output",
    signs=signs.STATUS,
)
