"""A picture of a tweet that links to it: the link holds nothing but an image named as a tweet or a screenshot."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml.html import HtmlElement

from tweetrecon.forms import signs
from tweetrecon.forms.form import Anchor, Form
from tweetrecon.forms.links import address, leads_to_status
from tweetrecon.model import Embed, Media
from tweetrecon.page import Page

_TWEET = re.compile(r"(?:^|[\W_\d])(?:tweet|screen-?shot|screen-?cap)", re.IGNORECASE)
_ICON = re.compile(r"icon|logo|button|share|avatar|sprite|\.svg", re.IGNORECASE)
_SMALL = 100
"""Width below which a picture is an icon, in pixels."""


def read(node: HtmlElement, page: Page) -> Iterator[Embed]:
    """The tweet behind a picture of it."""
    image = next(node.iter("img"), None)
    if image is None or not leads_to_status(node.get("href")) or "".join(node.itertext()).strip():
        return
    source, description = image.get("src") or image.get("data-src") or "", image.get("alt") or ""
    width = image.get("width") or ""
    small = width.isdigit() and int(width) < _SMALL
    if not small and _TWEET.search(f"{source} {description}") and not _ICON.search(source):
        picture = Media(type="photo", url=source or None, alt_text=description or None)
        yield Embed(form=FORM.name, raw_url=address(node), media=(picture,), confidence=0.8)


FORM = Form(
    name="screenshot_link",
    doc="picture of a tweet that links to it",
    anchors=(Anchor(tag="a", attr="href", contains="status"),),
    read=read,
    since=2009,
    yields="id, username",
    seen="blogs and magazines that show screenshots",
    signs=signs.STATUS,
)
