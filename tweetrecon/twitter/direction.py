"""Direction of a tweet's text by Twitter's own rule, and the bidi controls that can make a text look like another."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from tweetrecon.twitter import entities

RTL_SHARE = 0.3
"""A text runs right to left when more than this share of it is in right-to-left script (Twitter's RTLText.js, 2012)."""

# The blocks of RTLText.js, and those that Unicode keeps for right-to-left scripts and it did not know.
_RTL = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]")
_MARKS = re.compile("[\u200e\u200f]")
_ASTRAL = re.compile("[\U00010000-\U0010ffff]")
_CONTROLS = re.compile("[\u202a-\u202e\u2066-\u2069\n\u2029]")
_EMBEDDINGS = "\u202a\u202b\u202d\u202e"  # embeddings and overrides, ended by U+202C
_ISOLATES = "\u2066\u2067\u2068"  # ended by U+2069


def text_dir(text: str) -> Literal["ltr", "rtl"]:
    """The direction in which Twitter shows a text.

    Its rule: right-to-left characters divided by the length without mentions and links. Hashtags count, and so do
    spaces and punctuation; what is outside the Basic Multilingual Plane (emoji) counts two, as in JavaScript.
    """
    if _RTL.search(text) is None:
        return "ltr"
    plain = _MARKS.sub("", text).strip()
    found = entities.extract(plain)
    outside = sum(end - start for start, end in (*found.mention_spans, *found.url_spans))
    length = len(plain) + len(_ASTRAL.findall(plain)) - outside
    return "rtl" if length > 0 and len(_RTL.findall(plain)) / length > RTL_SHARE else "ltr"


@dataclass(frozen=True, slots=True)
class BidiControls:
    """The embedding, override and isolate controls of a text; false if it has none.

    `balanced`: each of them is ended in its own paragraph, so that none turns what stands behind the text.
    """

    characters: str
    balanced: bool

    def __bool__(self) -> bool:
        return bool(self.characters)


def bidi_controls(text: str) -> BidiControls:
    """The bidi controls that occur in a text, in order. The marks U+200E and U+200F turn nothing and are not meant."""
    if text.isascii():
        return BidiControls("", True)
    open_now: list[str] = []
    balanced = True
    found = _CONTROLS.findall(text)
    for control in [*found, "\n"]:
        if control in _EMBEDDINGS or control in _ISOLATES:
            open_now.append(control)
        elif control in "\n\u2029":  # the end of a paragraph ends all, by the bidi algorithm
            balanced = balanced and not open_now
            open_now.clear()
        else:
            balanced = _closes(control, open_now) and balanced
    return BidiControls("".join(c for c in found if c not in "\n\u2029"), balanced)


def _closes(control: str, open_now: list[str]) -> bool:
    """End what `control` ends; false if there is nothing to end, or something inside it was still open."""
    openers = _EMBEDDINGS if control == "\u202c" else _ISOLATES
    if open_now and open_now[-1] in openers:
        open_now.pop()
        return True
    if openers is _ISOLATES and any(c in _ISOLATES for c in open_now):
        while open_now.pop() not in _ISOLATES:
            pass
    return False
