"""A flattened embed: the tweet's text, then ``— Name (@username) November 27, 2018``, as text extractors leave it."""

from __future__ import annotations

from collections.abc import Iterator

from tweetrecon.forms.form import TextForm, TextView
from tweetrecon.model import Embed
from tweetrecon.twitter import byline
from tweetrecon.twitter.extent import extents
from tweetrecon.twitter.markdown import displayed, wrap_width


def read(view: TextView) -> Iterator[Embed]:
    """One embed for each byline; without text where nothing before it can be the tweet's."""
    lines = list(byline.find(view.text, lang=view.lang, reference=view.reference))
    width = wrap_width(view.text) if lines else None
    for line, span in extents(view.text, lines):
        yield Embed(
            form=FORM.name,
            start=span.start if span else line.start,
            end=line.end,
            text_start=span.start if span else None,
            text_end=span.end if span else None,
            raw_text=displayed(view.text[span.start : span.end], width) if span else None,
            raw_name=line.name,
            raw_username=line.raw_username,
            raw_date=line.raw_date,
            raw_url=line.url,
            confidence=span.confidence if span else 0.5,
        )


FORM = TextForm(
    name="flat_byline",
    doc="text of an embed, flattened: the tweet, then its byline",
    read=read,
    since=2011,
    yields="username, name, date (day), text; the id where the date is a Markdown link",
    seen="Common Crawl WET files, corpora made with trafilatura, inscriptis, html-text or BeautifulSoup",
    signs=("(@", "(＠", "( @"),
)
