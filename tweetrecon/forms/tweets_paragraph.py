"""A liveblog's paragraph ``NAME tweets: WORDS``, in which ``tweets`` links the status; the BBC's until 2015."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml.html import HtmlElement

from tweetrecon.forms import signs
from tweetrecon.forms.form import Anchor, Form
from tweetrecon.forms.links import address, leads_to_status
from tweetrecon.model import Embed
from tweetrecon.page import Page, displayed_text, layout

MAX_NAME = 80
MAX_WORDS = 400
_VERB = re.compile(r"(?:re)?tweet(?:s|ed)?(?P<colon>\s?:)?$", re.IGNORECASE)


def read(node: HtmlElement, page: Page) -> Iterator[Embed]:
    """The tweet of a paragraph that is nothing but author, verb, colon and words."""
    verb = _VERB.match(displayed_text(node))
    holder = node.getparent()
    if verb is None or holder is None or holder.tag not in ("p", "div") or not leads_to_status(node.get("href")):
        return
    shown = layout(holder)
    start, end = shown.spans[node]
    name, words = shown.text[:start].strip(), shown.text[end:].strip()
    if not verb["colon"] and not words.startswith(":"):
        return
    words = words.removeprefix(":").strip()
    if 0 < len(words) <= MAX_WORDS and len(name) <= MAX_NAME and not name.endswith((".", ":")):
        yield Embed(
            form=FORM.name, raw_url=address(node), raw_name=name or _contributor(holder), raw_text=words, node=holder
        )


def _contributor(paragraph: HtmlElement) -> str | None:
    """The name that heads a post of a liveblog, where the paragraph begins with the verb."""
    for ancestor in paragraph.iterancestors("li", "article"):
        for node in ancestor.iter("span", "strong", "h3", "h4"):
            if "contributor-name" in (node.get("class") or "").split():
                return displayed_text(node) or None
    return None


FORM = Form(
    name="tweets_paragraph",
    doc="paragraph “NAME tweets: WORDS” of a liveblog",
    anchors=(Anchor(tag="a", attr="href", contains="status"),),
    read=read,
    since=2011,
    until=2016,
    yields="id, username, name, text",
    seen="the BBC's liveblogs",
    signs=signs.STATUS,
)
