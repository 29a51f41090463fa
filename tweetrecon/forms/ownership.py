"""To which article a piece of state belongs: to this one, if the page shows its readers the prose around it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from lxml import etree
from lxml.html import HtmlElement

from tweetrecon.forms.form import refusal
from tweetrecon.forms.state import Part
from tweetrecon.model import Embed, Reject, RejectCode
from tweetrecon.page import Page

_SEEN_TEXTS = etree.XPath(
    "//body//text()[not(parent::script or parent::style or parent::noscript or parent::template or parent::textarea)]"
)
_MARKS = re.compile(r"<[^<>]{0,2000}>|&#?\w{1,8};|https?://\S+|[\[\]()*_`#\\{}|\"“”'’‘\n]")
_ENDS = 3
"""Phrases at either end of a string that are looked for on the page; one is enough, because sites edit captions."""

MIN_PHRASE = 12
"""Characters without spaces that make a phrase of prose telling."""

EMPTY_PAGE = 300
"""Characters without spaces below which a page shows no article: its scripts were to put it in."""


def own(found: list[Part], page: Page, node: HtmlElement, *, alone: bool) -> Iterator[Embed | Reject]:
    """The tweets among the parts of an element's state that belong to the page's article, and refusals of the others.

    ``alone`` tells whether a tweet without any prose around it does.
    """
    if all(part.tweet is None for part in found):
        return
    shown = "".join("".join(_SEEN_TEXTS(page.root)).split())  # type: ignore[arg-type]
    after = list(_nearest(reversed(found)))[::-1]
    for part, *neighbours in zip(found, _nearest(found), after, strict=True):
        if part.tweet is None:
            continue
        prose = [told for told in neighbours if told]
        seen = all(any(phrase in shown for phrase in told) for told in prose)
        if not part.in_feed and ((seen if prose else alone) or len(shown) < EMPTY_PAGE):
            yield replace(part.tweet, node=node)
        else:
            evidence = part.tweet.raw_url or part.tweet.tweet_id
            yield refusal(RejectCode.PAGE_CHROME, "state of another article or a feed", evidence)


def _nearest(parts: Iterable[Part]) -> Iterator[list[str]]:
    """For each part the phrases of the nearest prose before it in the same list; none where the list begins between."""
    told: list[str] = []
    depth = 0
    for part in parts:
        depth = min(depth, part.depth)
        yield told if part.depth <= depth else []
        if found := phrases(part.prose):
            told, depth = found[:_ENDS] + found[-_ENDS:], part.depth


def phrases(prose: str) -> list[str]:
    """The runs of plain words in a string of markup, Markdown or text, without white space."""
    if len(prose) < MIN_PHRASE:
        return []
    pieces = (piece for piece in _MARKS.split(prose) if piece.count(" ") >= 2 or not piece.isascii())
    return [phrase for piece in pieces if len(phrase := "".join(piece.split())) >= MIN_PHRASE]
