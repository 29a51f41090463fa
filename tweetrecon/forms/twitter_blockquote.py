"""The official embed: ``<blockquote class="twitter-tweet">`` (or ``twitter-video``), November 2011 to today."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from lxml.html import HtmlElement

from tweetrecon.forms.form import Anchor, Form, refusal
from tweetrecon.forms.quote import read_quotes
from tweetrecon.model import Embed, Reject, RejectCode
from tweetrecon.page import Page, displayed_text

MAX_INNER = 200
"""Embeds inside one that is not closed; with more, markup is hostile, and reading each alone takes too long."""

_CLASSES = ("twitter-tweet", "twitter-video")


def read(node: HtmlElement, page: Page) -> Iterator[Embed | Reject]:
    """The tweet of one official blockquote; of nested ones each reads what stands in no other."""
    if node.tag in ("iframe", "script") or "twitter-tweet-rendered" in (node.get("class") or ""):
        return
    quotes = (quote for quote in node.iterdescendants("blockquote", "iframe") if _is_official(quote))
    inner = set(islice(quotes, MAX_INNER))
    if len(inner) == MAX_INNER:
        return
    embeds = list(read_quotes(node, FORM.name, skip=inner))
    yield from embeds
    if not embeds and not inner and node.tag == "blockquote":
        yield refusal(RejectCode.NO_EVIDENCE, "neither permalink nor attribution", displayed_text(node))


def _is_official(node: HtmlElement) -> bool:
    return any(name in (node.get(attribute) or "") for name in _CLASSES for attribute in ("class", "data-twitter"))


FORM = Form(
    name="twitter_blockquote",
    doc="official embed code",
    anchors=(
        Anchor(cls="twitter-tweet"),
        Anchor(cls="twitter-video"),
        Anchor(attr="data-twitter", contains="twitter-tweet"),
    ),
    read=read,
    since=2011,
    yields="id, username, name, date, text, language, links",
    seen="the largest form: 141 of 272 traces of tweets on 2,049 pages of public extraction test sets",
    signs=("twitter-tweet", "twitter-video"),
)
