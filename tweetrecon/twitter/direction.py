"""Direction of a tweet's text by Twitter's own rule, and bidi controls that make names deceptive."""

from __future__ import annotations

import re
import unicodedata

RTL_SHARE = 0.3
"""A text runs right to left when more than this share of it are right-to-left letters (twitter's RTLText.js)."""

_NOT_COUNTED = re.compile(r"(?:RT )?[@＠]\w{1,20}:?|https?://[^\s]{1,2000}|pic\.(?:twitter|x)\.com/\w{1,40}|\s")
_RTL = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff\U00010800-\U00010fff\U0001e800-\U0001efff]")
_CONTROLS = re.compile("[\u202a-\u202e\u2066-\u2069]")


def text_dir(text: str) -> str:
    """``rtl`` or ``ltr``. Usernames, links and white space do not count."""
    if not _RTL.search(text):
        return "ltr"
    rest = _NOT_COUNTED.sub("", text)
    letters = sum(1 for c in _RTL.findall(rest) if unicodedata.category(c)[0] in "LM")
    return "rtl" if rest and letters / len(rest) > RTL_SHARE else "ltr"


def bidi_controls(text: str) -> str:
    """The embedding, override and isolate controls of a text, in order; the harmless marks U+200E/U+200F are not meant."""
    return "".join(_CONTROLS.findall(text))
