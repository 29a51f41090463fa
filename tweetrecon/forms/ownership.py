"""To which article a piece of state belongs: to this one, if the page shows its readers the prose around it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from lxml.html import HtmlElement

from tweetrecon.forms.form import refusal
from tweetrecon.forms.state import Part
from tweetrecon.model import Embed, Reject, RejectCode
from tweetrecon.page import Page

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
    tweets = [(part.tweet, part.in_feed) for part in found if part.tweet is not None]
    within = _around(found)
    if not all(within):  # a table of embeds, apart from the text that names their places
        within = [near or far for near, far in zip(within, _around(list(filter(_is_thing, found))), strict=True)]
    for (tweet, in_feed), prose in zip(tweets, within, strict=True):
        shown = page.shown
        seen = all(any(phrase in shown for phrase in told) for told in prose)
        if not in_feed and ((seen if prose else alone) or len(shown) < EMPTY_PAGE):
            yield replace(tweet, node=node)
        else:
            evidence = tweet.raw_url or tweet.tweet_id
            yield refusal(RejectCode.PAGE_CHROME, "state of another article or a feed", evidence)


def _is_thing(part: Part) -> bool:
    """Whether a part is a tweet or prose, and not the end of a list."""
    return part.tweet is not None or bool(part.prose)


def _around(parts: list[Part]) -> list[list[list[str]]]:
    """For each tweet the phrases of the nearest prose before it and after it, where there is such prose."""
    after = list(_nearest(reversed(parts)))[::-1]
    return [list(filter(None, pair)) for pair in zip(_nearest(parts), after, strict=True)]


def _nearest(parts: Iterable[Part]) -> Iterator[list[str]]:
    """For each tweet the phrases of the nearest prose before it in the same list; none where that begins between."""
    told: list[str] = []
    depth = 0
    since: list[Part] = []
    for part in parts:
        since.append(part)
        if part.tweet is None:
            continue
        lowest = part.depth
        for place in range(len(since) - 1, -1, -1):
            lowest = min(lowest, since[place].depth)
            if found := phrases(since[place].prose):
                told, depth = found[:_ENDS] + found[-_ENDS:], since[place].depth
                break
        depth = min(depth, lowest)
        yield told if part.depth <= depth else []
        since.clear()


def phrases(prose: str) -> list[str]:
    """The runs of plain words in a string of markup, Markdown or text, without white space."""
    if len(prose) < MIN_PHRASE:
        return []
    pieces = (piece for piece in _MARKS.split(prose) if piece.count(" ") >= 2 or not piece.isascii())
    return [phrase for piece in pieces if len(phrase := "".join(piece.split())) >= MIN_PHRASE]
