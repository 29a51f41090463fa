"""Text folded for comparison: what two copies of one tweet still share after pages have damaged them.

Extractors drop emoji and links, swap quotes and dashes, escape entities twice, shorten `#` and white space; Twitter
itself shows one link as `https://t.co/x`, as `pic.twitter.com/x` or not at all. None of that tells tweets apart,
letters and digits do, so a folded text is its letters, marks and digits in lower case.
"""

from __future__ import annotations

import html
import unicodedata
from typing import NamedTuple

import regex

_LINK = regex.compile(r"(?:https?://|(?<![\w.])(?:pic\.twitter\.com|t\.co)/)[^\s\"“”«»<>]{0,400}…?", regex.IGNORECASE)
_CUT_LINK = regex.compile(r"\bhttps?:?/{0,2}\s?(?:…|\.\.\.)\Z", regex.IGNORECASE)
_TOKEN = regex.compile(r"(?:t\.co|pic\.twitter\.com)/(\w{6,12})(?!\w|…)", regex.IGNORECASE)
# Variation selectors, Arabic vowel signs and the Arabic stretching mark come and go with fonts and keyboards.
_DROPPED = regex.compile(
    r"[^\p{L}\p{N}\p{M}]+|[\N{VARIATION SELECTOR-1}-\N{VARIATION SELECTOR-16}\u064B-\u0652\u0640]+"
)
_ELLIPSIS = ("…", "...", "‥")
_INVISIBLE = dict.fromkeys([*range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x206A), 0xFEFF])


class Folded(NamedTuple):
    """A text made comparable; ``cut_head`` and ``cut_tail``: an ellipsis, perhaps the author's own, stands there."""

    key: str
    cut_head: bool = False
    cut_tail: bool = False
    links: frozenset[str] = frozenset()


def fold(text: str) -> Folded:
    """Fold a tweet's text; one without letters and digits folds to itself without white space.

    ``links`` are the shortener's tokens: every tweet gets its own, so two whole texts with different ones are two
    tweets.
    """
    plain = _unescaped(text).translate(_INVISIBLE).strip()
    bare = _LINK.sub(" ", _CUT_LINK.sub("…", plain)).strip()
    key = _DROPPED.sub("", unicodedata.normalize("NFKC", bare).casefold())
    return Folded(
        key=key or "".join(plain.split()),
        cut_head=bare.startswith(_ELLIPSIS),
        cut_tail=bare.endswith(_ELLIPSIS) or plain.endswith(_ELLIPSIS),
        links=frozenset(_TOKEN.findall(plain)),
    )


def _unescaped(text: str) -> str:
    """Pages escape what was escaped already; twice is the most that was seen."""
    return html.unescape(html.unescape(text)) if "&" in text else text
