"""An element that only bears the id or URL of a tweet in an attribute, for a script to fill in."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml.html import HtmlElement

from tweetrecon.forms import signs
from tweetrecon.forms.form import Anchor, Form, refusal
from tweetrecon.forms.links import in_timeline, stated
from tweetrecon.model import Embed, Reject, RejectCode
from tweetrecon.page import Page, displayed_text

IDS = (
    "data-tweet-id",
    "data-tweetid",
    "tweet-id",
    "tweetid",
    "data-twitter-id",
    "data-twitter-tweet-id",
    "data-tweet-embed-id",
    "data-tweet-embed-id-value",
    "data-tweet-id-value",
    "data-embed-tweet-id",
)
"""Attributes that hold the id of a tweet by their name alone."""

TYPED_IDS = (
    "data-tweet",
    "data-status-id",
    "data-embed-id",
    "data-id",
    "data-media-id",
    "data-social-id",
    "data-post-id",
    "data-content-id",
)
"""Attributes that hold the id of a tweet where another attribute of the element names Twitter."""

_LONG = 10
"""Digits that a tweet's id has, and a number that a publishing system counts its embeds with has not."""

_KINDS = ("twitter", "tweet")
_KIND_ATTRIBUTES = (
    "class",
    "data-embed-type",
    "data-embed",
    "data-type",
    "data-provider",
    "data-platform",
    "data-network",
    "data-service",
    "data-social-embedded",
    "data-media-type",
    "data-social-type",
    "type",
)
_ELEMENT_ID = re.compile(
    r"(?:(?:tweet|twitter|embed)(?:[-_]?(?:tweet|container|embed|id))?[-_]?)?(\d{15,19})", re.IGNORECASE
)
"""The id of an element that a script calls Twitter's ``createTweet`` for."""

_NOT_SHOWN = ("a", "button", "form", "input", "meta", "link", "script", "body", "html")


def read(node: HtmlElement, page: Page) -> Iterator[Embed | Reject]:
    """The tweet that an element stands for."""
    if node.tag in _NOT_SHOWN:
        return
    own_id = _ELEMENT_ID.fullmatch(node.get("id") or "")
    for name, value in node.items():
        known = name in IDS or (name in TYPED_IDS and len(value) >= _LONG and _is_twitters(node))
        if known or (not name.startswith(("on", "class", "style", "id", "title", "alt")) and "status" in value):
            embed = stated(node, name, FORM.name)
            if embed is not None:
                yield refusal(RejectCode.PAGE_CHROME, "in a timeline", value) if in_timeline(node) else embed
                return
    if own_id and not displayed_text(node):
        yield Embed(form=FORM.name, tweet_id=own_id[1])


def _is_twitters(node: HtmlElement) -> bool:
    return any(kind in (node.get(name) or "").lower() for name in _KIND_ATTRIBUTES for kind in _KINDS)


FORM = Form(
    name="placeholder",
    doc="element with the id or URL of a tweet in an attribute",
    anchors=(
        *(Anchor(attr=name) for name in (*IDS, *TYPED_IDS)),
        Anchor(attr="data-*"),
        *(Anchor(cls=name) for name in ("tweet", "twitter", "tweet-embed", "twitter-embed", "embed-tweet", "js-tweet")),
    ),
    read=read,
    since=2012,
    yields="id, username",
    seen="Euronews, Time, nd, Reach, Corriere della Sera, Welt, Vice, wPolityce",
    signs=(*signs.STATUS, *signs.TWEET_ID, "data-embed-id", "data-tweet", "createTweet"),
)
