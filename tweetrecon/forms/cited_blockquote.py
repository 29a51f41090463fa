"""A blockquote with its source after it, as good style has it: ``<blockquote>WORDS</blockquote><cite>NAME</cite>``.

The source is a caption, a ``<cite>``, a footer or a short paragraph that links the status and says who wrote it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml.html import HtmlElement

from tweetrecon.forms import signs
from tweetrecon.forms.classes import is_furniture
from tweetrecon.forms.form import Anchor, Form
from tweetrecon.forms.links import address, leads_to_status, status_links
from tweetrecon.model import Embed
from tweetrecon.page import Page, displayed_text, in_comments
from tweetrecon.twitter import byline, usernames

MAX_SOURCE = 80
MAX_WORDS = 1200
_USERNAME = re.compile(r"(?<![\w@])@(\w{1,15})", re.ASCII)
_DECORATION = re.compile(r"^[\s—–―~-]+|\s*(?:,? (?:on|via|auf|sur|en|su) (?:Twitter|X))\s*$|[\s,:(]+$")


def read(node: HtmlElement, page: Page) -> Iterator[Embed]:
    """The tweet of a blockquote whose source links a status, or whose ``cite`` attribute is its address."""
    source = _source(node)
    link = next(status_links(source), None) if source is not None else None
    cited = node.get("cite") or ""
    if (link is None and not leads_to_status(cited)) or in_comments(node) or is_furniture(node):
        return
    shown = displayed_text(source) if source is not None and link is not None else ""
    inside = source is not None and node in source.iterancestors()
    words = displayed_text(node, skip={*status_links(node), *([source] if inside else ())})
    if (
        len(shown) > MAX_SOURCE
        or not 0 < len(words) <= MAX_WORDS
        or (link is None and next(status_links(node), None) is not None)
    ):
        return
    name, username = _author(shown)
    yield Embed(
        form=FORM.name,
        raw_url=address(link) if link is not None else cited.strip(),
        raw_text=words,
        raw_username=username,
        raw_name=name,
        confidence=0.9,
    )


def _author(shown: str) -> tuple[str | None, str | None]:
    """(name, username) of a source: an attribution as embeds have it, or a name, perhaps with ``@username``."""
    signature = byline.parse_attribution(shown)
    if signature is not None:
        return signature.name, signature.username
    username = _USERNAME.search(shown)
    name, _, _ = _DECORATION.sub("", _DECORATION.sub("", _USERNAME.sub("", shown))).partition(", ")  # a place follows
    return name or None, usernames.clean(username[1]) if username else None


def _source(node: HtmlElement) -> HtmlElement | None:
    """The element that says where the words are from: inside, right after, or the caption of the figure."""
    inner = next(node.iterdescendants("cite", "footer"), None)
    if inner is not None:
        return inner
    after = node.getnext()
    if (
        after is not None
        and not (node.tail or "").strip()
        and after.tag in ("cite", "footer", "figcaption", "p", "div")
    ):
        return after
    figure = node.getparent()
    return figure.find("figcaption") if figure is not None and figure.tag == "figure" else None


FORM = Form(
    name="cited_blockquote",
    doc="blockquote whose source, after it, links the status",
    anchors=(Anchor(tag="blockquote"),),
    read=read,
    since=2008,
    yields="id, username, text, name",
    seen="Global Voices, blogs",
    signs=signs.STATUS,
)
