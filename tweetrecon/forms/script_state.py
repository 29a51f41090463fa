"""Tweets in the state of a page's scripts: embed code, oEmbed answers and API objects inside JSON or JavaScript.

A site's state holds other articles too (the next one to scroll to, related ones, the home page) and feeds of tweets.
A tweet belongs to this article when the prose next to it in the state is what the page shows its readers. Of ten sites
of the development set that holds for all their own embeds, and for none of 41 foreign ones.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from lxml import etree
from lxml.html import HtmlElement

from tweetrecon.forms import signs
from tweetrecon.forms.form import Anchor, Form, refusal
from tweetrecon.forms.state import Part, has_sign, parts
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


def read(node: HtmlElement, page: Page) -> Iterator[Embed | Reject]:
    """The tweets of this article in one script."""
    source = node.text or ""
    if not has_sign(source):
        return
    found = list(parts(source, FORM.name))
    places = [place for place, part in enumerate(found) if part.tweet is not None]
    if not places:
        return
    shown = shown_text(page)
    alone = _is_data(node) and len(places) == 1 and not any(_phrases(part.prose) for part in found)
    for place in places:
        tweet = found[place].tweet
        assert tweet is not None
        if belongs(found, place, shown, alone=alone):
            yield replace(tweet, node=node)
        else:
            yield refusal(RejectCode.PAGE_CHROME, "state of another article or a feed", tweet.raw_url or tweet.tweet_id)


def _is_data(node: HtmlElement) -> bool:
    """Whether the script is a bare record put where the tweet stands."""
    return "json" in (node.get("type") or "") and "ld+json" not in (node.get("type") or "")


def shown_text(page: Page) -> str:
    """What a page shows, without white space."""
    return "".join("".join(_SEEN_TEXTS(page.root)).split())  # type: ignore[arg-type]


def belongs(found: list[Part], place: int, shown: str, *, alone: bool) -> bool:
    """Whether the page shows the prose before and after a tweet; ``alone`` is the answer where there is no prose."""
    depth = found[place].depth
    before = _nearest(reversed(found[:place]), depth)
    after = _nearest(found[place + 1 :], depth)
    neighbours = [prose for prose in (before, after) if prose]
    if len(shown) < EMPTY_PAGE:
        return True
    return all(any(phrase in shown for phrase in prose) for prose in neighbours) if neighbours else alone


def _nearest(others: Iterable[Part], depth: int) -> list[str]:
    """The phrases of the nearest prose in the same list as a tweet; none where the list ends before."""
    for part in others:
        if part.depth < depth:
            return []
        phrases = _phrases(part.prose)
        if phrases:
            return phrases[:_ENDS] + phrases[-_ENDS:]
    return []


def _phrases(prose: str) -> list[str]:
    """The runs of plain words in a string of markup, Markdown or text, without white space."""
    if len(prose) < MIN_PHRASE:
        return []
    pieces = (piece for piece in _MARKS.split(prose) if piece.count(" ") >= 2 or not piece.isascii())
    return [phrase for piece in pieces if len(phrase := "".join(piece.split())) >= MIN_PHRASE]


FORM = Form(
    name="script_state",
    doc="embed code, oEmbed answer or API object in a script",
    anchors=(Anchor(tag="script"),),
    read=read,
    since=2012,
    yields="id, username, name, date, text, language, links; of API objects also counts, media, parent and quote",
    seen="The New York Times, Reuters, La Nación, Libération, Vice, TechCrunch, BuzzFeed, sites made with Next or Nuxt",
    signs=(*signs.STATUS, *signs.TWEET_ID, "twitter-tweet", "full_text"),
)
