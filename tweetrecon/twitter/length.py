"""The length of a tweet as Twitter counts it, and the limit of its day.

Since 7 November 2017 (Twitter's announcement "Tweeting Made Easier"; a test group had it since 26 September) a tweet
has 280 characters. Those of Latin and most alphabetic scripts count one, all others two, so that Chinese, Japanese and
Korean kept their 140. The weights are those of twitter-text's configuration 3 (2018), where an emoji counts two,
whatever it is made of, and a link 23. Before, every character counted one, of 140. Paying accounts may write more
since 2023.
"""

from __future__ import annotations

import unicodedata
from datetime import UTC, datetime

import regex

from tweetrecon.twitter.weblinks import blanked, find_links

URL_LENGTH = 23
"""What any link counts: the length of a t.co link."""

RAISED_AT = datetime(2017, 11, 7, tzinfo=UTC)
"""The day on which 280 weighted characters replaced 140 characters."""

PLAIN_LIMIT, LIMIT = 140, 280

PICTURE = regex.compile(r"pic\.(?:twitter|x)\.com/\w{1,40}")
"""What is shown of the link to a tweet's own picture or video."""

_LIGHT = regex.compile("[\u0000-\u10ff\u2000-\u200d\u2010-\u201f\u2032-\u2037]")
_PICTURE = r"(?:\p{Emoji_Presentation}|\p{Extended_Pictographic}(?=[\ufe0f\u200d\p{EMod}]))[\ufe0f\p{EMod}]?"
_EMOJI = regex.compile(
    rf"\p{{RI}}\p{{RI}}|[0-9#*]\ufe0f?\u20e3|{_PICTURE}(?:[\U000e0020-\U000e007e]{{1,8}}\U000e007f|(?:\u200d{_PICTURE}){{1,8}})?"
)


def weighted_length(text: str) -> int:
    """The length by today's weights, in characters of weight one; the limit is 280."""
    text = unicodedata.normalize("NFC", text)
    links = find_links(text)
    shown = sum(end - start for start, end in links)
    rest, emoji = _EMOJI.subn("", blanked(text, links))
    light = len(_LIGHT.findall(rest))
    return len(links) * URL_LENGTH + emoji * 2 + (light - shown) + (len(rest) - light) * 2


def length_under(limit: int, text: str) -> int:
    """What of the limit of its day a displayed text took up; its picture's link counts nothing.

    Of 1,373 embedded tweets 1,361 take at most two characters more than their limit so, and none of those with a
    picture has less room for it. The rest answer people whose names, since March 2017, do not count either.
    """
    text = PICTURE.sub("", text).strip() if "pic." in text else text
    if limit > PLAIN_LIMIT:
        return weighted_length(text)
    text = unicodedata.normalize("NFC", text)
    return len(text) + sum(URL_LENGTH - (end - start) for start, end in find_links(text))


def limit_at(when: datetime | None) -> int:
    """How long a tweet could be: 140 plain characters at first, then 280 weighted ones, as now if `when` is None."""
    return PLAIN_LIMIT if when is not None and when < RAISED_AT else LIMIT
