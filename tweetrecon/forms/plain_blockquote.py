"""The official blockquote under another class or none: ``nojs-tweet``, ``bf-tweet``, or stripped by a cleaner.

The attribution tells: ``(@username)`` followed by a link to the status.
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml.html import HtmlElement

from tweetrecon.forms import signs
from tweetrecon.forms.form import Anchor, Form
from tweetrecon.forms.quote import inner_quotes, read_quote
from tweetrecon.model import Embed
from tweetrecon.page import Page, displayed_text


def read(node: HtmlElement, page: Page) -> Iterator[Embed]:
    """The tweet of a blockquote that ends with an attribution and its permalink, or is to be filled by a script."""
    inner = inner_quotes(node)
    embed = read_quote(node, FORM.name, skip=inner) if inner is not None else None
    if embed is None or not embed.raw_url:
        return
    if embed.raw_username or not displayed_text(node):
        yield embed


FORM = Form(
    name="plain_blockquote",
    doc="official blockquote, class renamed or stripped",
    anchors=(Anchor(tag="blockquote"),),
    read=read,
    since=2011,
    yields="id, username, name, date, text, language, links",
    seen="The Guardian, BuzzFeed, Giant Bomb, output of Readability",
    signs=signs.STATUS,
)
