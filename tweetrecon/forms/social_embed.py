"""The BBC's picture of a tweet, whose alternative text holds author and words: ``Twitter post by @NAME: WORDS``."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml.html import HtmlElement

from tweetrecon.forms import signs
from tweetrecon.forms.form import Anchor, Form
from tweetrecon.forms.links import leads_to_status
from tweetrecon.model import Embed
from tweetrecon.page import Page

_ALT = re.compile(r"Twitter post by @(?P<username>\w{1,15}):?\s*(?P<words>.{0,2000})", re.DOTALL)


def read(node: HtmlElement, page: Page) -> Iterator[Embed]:
    """The tweet of one picture; the words may be shortened."""
    values = [value for part in node.iter("a", "div", "img") for value in part.values()]
    url = next((value.strip() for value in values if "status" in value and leads_to_status(value.strip())), None)
    described = next(filter(None, map(_ALT.match, values)), None)
    if url or described:
        yield Embed(
            form=FORM.name,
            raw_url=url,
            raw_username=described["username"] if described else None,
            raw_text=described["words"].strip() or None if described else None,
        )


FORM = Form(
    name="social_embed",
    doc="the BBC's picture of a tweet",
    anchors=(Anchor(cls="social-embed-fallbacktwitter"), Anchor(cls="social-embed-post")),
    read=read,
    since=2017,
    until=2021,
    yields="id, username, text as far as the alternative text goes",
    seen="BBC News",
    signs=signs.STATUS,
)
