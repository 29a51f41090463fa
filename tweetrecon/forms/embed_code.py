"""The official embed code in a text: Markdown files and sources of posts hold it as it was pasted."""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Iterator
from dataclasses import replace

from tweetrecon.forms.form import TextForm, TextView
from tweetrecon.forms.quote import read_quote
from tweetrecon.model import Embed
from tweetrecon.page import fragment

LONGEST = 6000
"""Characters of an embed code; the longest tweets with all their links need about 4,000."""

_OPENING = re.compile(r"<blockquote\b[^<>]{0,400}\btwitter-(?:tweet|video)\b[^<>]{0,400}>")
_CLOSING = "</blockquote>"
_FENCE = re.compile(r"^[ \t>]{0,8}(?:```|~~~)", re.MULTILINE)


def read(view: TextView) -> Iterator[Embed]:
    """One embed for each blockquote of the official class, but for those that code blocks show as code."""
    fences = [fence.start() for fence in _FENCE.finditer(view.text)]
    last = 0
    for opening in _OPENING.finditer(view.text):
        start = opening.start()
        end = view.text.find(_CLOSING, opening.end(), start + LONGEST)
        if start >= last and end != -1 and bisect(fences, start) % 2 == 0:
            last = end + len(_CLOSING)
            yield from _read(view.text, start, last)


def _read(text: str, start: int, end: int) -> Iterator[Embed]:
    body = fragment(text[start:end])
    quote = body.find(".//blockquote") if body is not None else None
    embed = read_quote(quote, FORM.name) if quote is not None else None
    if embed is not None:
        yield replace(embed, node=None, start=start, end=end)


FORM = TextForm(
    name="embed_code",
    doc="official embed code in a text",
    read=read,
    page_signs=(),
    since=2011,
    yields="id, username, name, date, text, language, links",
    seen="Markdown sources of Jekyll, Hugo and Gatsby blogs; exports of content management systems",
    signs=("twitter-tweet", "twitter-video"),
)
