"""A flattened embed: the tweet's text, then ``— Name (@username) November 27, 2018``, as text extractors leave it."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterator
from html import unescape

from tweetrecon.forms.form import TextForm, TextView
from tweetrecon.model import Beginning, Embed
from tweetrecon.twitter import byline
from tweetrecon.twitter.byline import Byline
from tweetrecon.twitter.extent import WITHOUT_TEXT, Extent, extents
from tweetrecon.twitter.length import limit_at, weighted_length
from tweetrecon.twitter.markdown import definitions, displayed, wrap_width
from tweetrecon.twitter.passage import ink, ink_before

_APART = 0.98
"""The confidence of a text that an element of the page sets apart."""

_MOST_BLOCKS = 64
"""Elements that begin shortly before a byline, of which one may hold it."""


def read(view: TextView) -> Iterator[Embed]:
    """One embed for each byline; without text where nothing before it can be the tweet's."""
    lines = list(byline.find(view.text, lang=view.lang, reference=view.reference))
    width = wrap_width(view.text) if lines else None
    targets = definitions(view.text) if any(line.label for line in lines) else {}
    floor = 0
    for line, likeliest in extents(view.text, lines):
        span = _in_block(view, line, floor) or likeliest
        floor = line.end
        yield Embed(
            form=FORM.name,
            start=span.start if span else line.start,
            end=line.end,
            text_start=span.start if span else None,
            text_end=span.end if span else None,
            raw_text=_shown(view.text[span.start : span.end], line, width) if span else None,
            raw_name=line.name,
            raw_username=line.raw_username,
            raw_date=line.raw_date,
            raw_url=line.url or targets.get((line.label or "").lower()),
            beginnings=tuple(_beginnings(view.text, line, span, width)) if span else (),
            confidence=span.confidence if span else WITHOUT_TEXT,
        )


def _beginnings(text: str, line: Byline, span: Extent, width: int | None) -> Iterator[Beginning]:
    for place in span.beginnings:
        shown = _shown(text[place.start : span.end], line, width)
        yield Beginning(start=place.start, text=shown, probability=place.probability, support=place.support)


def _in_block(view: TextView, line: Byline, floor: int) -> Extent | None:
    """The span of a tweet that shares an element of a page with nothing but its byline."""
    last = bisect(view.blocks, (line.start,))
    for start, end in view.blocks[max(0, last - _MOST_BLOCKS) : last][::-1]:
        if floor <= start < line.start and line.end <= end and not view.text[line.end : end].strip():
            first, stop = ink(view.text, start, line.start), ink_before(view.text, start, line.start)
            fits = weighted_length(view.text[first:stop]) <= limit_at(line.date.value if line.date else None) + 40
            return Extent(first, stop, _APART) if first < stop and fits else None
    return None


def _shown(text: str, line: Byline, width: int | None) -> str:
    """The words as a reader sees them; a text whose dash is an entity has all its entities left."""
    return displayed(unescape(text) if line.dash.startswith("&") else text, width)


FORM = TextForm(
    name="flat_byline",
    doc="text of an embed, flattened: the tweet, then its byline",
    read=read,
    since=2011,
    yields="username, name, date (day), text; the id where the date is a Markdown link",
    seen="Common Crawl WET files, corpora made with trafilatura, inscriptis, html-text or BeautifulSoup",
    signs=("(@", "(＠", "( @", "（@", "（＠", "(\u200e@", "(\u200f@", "(\u202a@", "(\u2066@", "(\u2068@", "([@"),
    page_signs=("(@", "(＠", "( @", "（@", "（＠", "(\u200e@", "(\u200f@", "(\u202a@", "(\u2066@", "(\u2068@"),
)
