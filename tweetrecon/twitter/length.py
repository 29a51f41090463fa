"""The length of a tweet as Twitter counts it, and the limit of its time.

Weights are those of twitter-text 3 (configuration v3, 2018): characters of the ranges below count one, all others two, links
23 whatever their length, an emoji sequence two. The limit rose from 140 to 280 on 2017-11-07 (Twitter's announcement "Tweeting
made easier"); Japanese, Korean and Chinese kept 140 of their characters, which weigh two.
"""

from __future__ import annotations

import unicodedata
from datetime import UTC, datetime

import regex

URL_LENGTH = 23
RAISED_AT = datetime(2017, 11, 7, tzinfo=UTC)

_SINGLE = regex.compile("[\u0000-\u10ff\u2000-\u200d\u2010-\u201f\u2032-\u2037]")
_URL = regex.compile(r"https?://\S{1,2000}|pic\.(?:twitter|x)\.com/\w{1,40}")
_EMOJI = regex.compile(
    "(?:\\p{RI}\\p{RI}|[0-9#*]\ufe0f?\u20e3|\\p{Extended_Pictographic}(?:\ufe0f|\\p{EMod})?"
    "(?:\u200d\\p{Extended_Pictographic}(?:\ufe0f|\\p{EMod})?){0,8}[\U000e0020-\U000e007f]{0,8})"
)


def weighted_length(text: str) -> int:
    """Twitter's length of a text, in characters of weight one."""
    text = unicodedata.normalize("NFC", text)
    text, links = _URL.subn("", text)
    text, emoji = _EMOJI.subn("", text)
    light = len(_SINGLE.findall(text))
    return links * URL_LENGTH + emoji * 2 + light + (len(text) - light) * 2


def limit_at(when: datetime | None) -> int:
    """The weighted length a tweet could have at a time; today's where the time is not known."""
    return 140 if when is not None and when < RAISED_AT else 280
