"""A blockquote with its source after it, as good style has it: ``<blockquote>WORDS</blockquote><cite>NAME</cite>``.

The source is a caption, a ``<cite>``, a footer, a short paragraph or the last line of the blockquote itself; it links
the status and says who wrote it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from lxml.html import HtmlElement

from tweetrecon.forms import signs
from tweetrecon.forms.classes import is_furniture
from tweetrecon.forms.form import Anchor, Form
from tweetrecon.forms.links import address, leads_to_status, status_links
from tweetrecon.forms.quote import inner_quotes
from tweetrecon.model import Embed
from tweetrecon.page import Page, displayed_text, in_comments, layout
from tweetrecon.twitter import byline, dates, urls, usernames

MAX_SOURCE = 80
MAX_WORDS = 1200
_USERNAME = re.compile(r"(?<![\w@])@(\w{1,15})", re.ASCII)
_SIGNATURE = re.compile(r"[\s(]{0,3}(?:—{1,2}|―|–|--|-|~)\s?[^\sa-z\d]")
_AROUND = " ()@·•|,.—–-~:"
_DECORATION = re.compile(r"^[\s—–―~-]+|\s*(?:(?:^|,? )(?:on|via|auf|sur|en|su) (?:Twitter|X))\s*$|[\s,:(]+$")


def read(node: HtmlElement, page: Page) -> Iterator[Embed]:
    """The tweet of a blockquote whose source links a status, or whose ``cite`` attribute is its address."""
    cited = _cited(node) if inner_quotes(node) is not None else None
    if cited is None or in_comments(node) or is_furniture(node):
        return
    name, username = _author(cited.source)
    if len(cited.source) <= MAX_SOURCE and 0 < len(cited.words) <= MAX_WORDS:
        yield Embed(
            form=FORM.name,
            raw_url=cited.url,
            raw_text=cited.words,
            raw_username=username,
            raw_name=name,
            confidence=0.9,
        )


class _Cited(NamedTuple):
    """The words of a blockquote, the source as it is shown, and the status that it links."""

    words: str
    source: str
    url: str


def _cited(node: HtmlElement) -> _Cited | None:
    inner = [part for part in node.iterdescendants("cite", "footer") if part.getparent().tag not in ("cite", "footer")]
    links = list(status_links(node))
    if not links:
        return _cited_outside(node, inner)
    if any(link in part.iter("a") for part in inner for link in links):
        label = displayed_text(links[-1])
        shown = " ".join(displayed_text(part) for part in inner)
        source = shown.replace(label, "").strip() if urls.parse_status(label) else shown
        return _Cited(displayed_text(node, skip=set(inner)), source, address(links[-1]))
    return _signed(node, links[-1])


def _cited_outside(node: HtmlElement, inner: list[HtmlElement]) -> _Cited | None:
    """The words of a blockquote whose source stands after it, or in its ``cite`` attribute."""
    source = next(iter(inner), None)
    source = _after(node) if source is None else source
    link = next(status_links(source), None) if source is not None else None
    words = displayed_text(node, skip=set(inner))
    if source is not None and link is not None:
        return _Cited(words, displayed_text(source), address(link))
    stated = (node.get("cite") or "").strip()
    return _Cited(words, " ".join(map(displayed_text, inner)), stated) if leads_to_status(stated) else None


def _signed(node: HtmlElement, link: HtmlElement) -> _Cited | None:
    """The words of a blockquote whose last line is a signature: behind a dash, or but the author's ``@username``."""
    shown = layout(node)
    start, end = shown.spans.get(link, (0, 0))
    line = shown.text.rfind("\n", 0, start) + 1
    label = shown.text[line:]
    status = urls.parse_status(address(link))
    author = status.username if status else None
    handle = author is not None and label.strip(_AROUND).lower() == usernames.fold(author)
    if "\n" in shown.text[end:] or not (handle or _SIGNATURE.match(label)):
        return None
    return _Cited(shown.text[:line].strip(), f"@{author}" if handle else label, address(link))


def _author(shown: str) -> tuple[str | None, str | None]:
    """(name, username) of a source: an attribution as embeds have it, or a name, perhaps with ``@username``."""
    signature = byline.parse_attribution(shown)
    if signature is not None:
        return signature.name, signature.username
    username = _USERNAME.search(shown)
    if dates.parse(shown) is not None:
        return None, None
    name, _, _ = _DECORATION.sub("", _DECORATION.sub("", _USERNAME.sub("", shown))).partition(", ")  # a place follows
    return name or None, usernames.clean(username[1]) if username else None


def _after(node: HtmlElement) -> HtmlElement | None:
    """The element after a blockquote that says where the words are from, or the caption of the figure."""
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
