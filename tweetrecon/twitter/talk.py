"""Phrases of prose that speak of tweets or Twitter ("tweeted", "على تويتر", "つぶやいた"); studies count them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable

STEMS = (
    "twitt", "tweet", "tuit", "twiit", "твит", "твіт", "τουίτ", "τουιτ",
    "تويتر", "تغريد", "غرّد", "غردت", "توییت", "توئیت", "ٹوئٹ", "טוויט", "ट्वीट", "ट्विट", "টুইট", "ட்வி", "ทวิต", "ทวีต",
    "ツイート", "ツイッター", "つぶやい", "트위터", "트윗", "推特", "推文", "发推", "發推",
)  # fmt: skip
"""Beginnings of words for Twitter and tweets in the languages of its interface."""

NEAR = 24
"""Characters within which two such words of a sentence belong to one phrase ("a tweet on Twitter")."""

_STEM = re.compile(f"(?:{'|'.join(map(re.escape, sorted(STEMS, key=len, reverse=True)))})(?!ion|iv)")
_ADDRESS = re.compile(r"[./@#＠＃_\-\w]")
_STOP = re.compile(r"[.!?。！？؟\n]")
_LATIN = re.compile(r"[a-zà-ž]")
_AFTER = re.compile(r"\w{0,12}(?:\.com|\.co/|/|=)")


def count(text: str, skip: Iterable[tuple[int, int]] = ()) -> int:
    """How many phrases of a text speak of tweets or Twitter; addresses, usernames and hashtags do not count.

    Two such words within :data:`NEAR` characters of one sentence are one phrase. ``skip``: spans (start, end) that
    are no prose, as those of embeds, in order. Linear in the length of the text.
    """
    lowered = text.replace("İ", "i").lower()  # the only letter whose small form is longer
    found, last = 0, -1
    spans = list(skip)
    starts = [start for start, _ in spans]
    for word in _STEM.finditer(lowered):
        place = bisect_right(starts, word.start()) - 1
        skipped = place >= 0 and word.start() < spans[place][1]
        if skipped or _is_in_address(lowered, word.start(), word.end()):
            continue
        found += last < 0 or word.start() - last > NEAR or _STOP.search(lowered, last, word.start()) is not None
        last = word.end()
    return found


def _is_in_address(text: str, start: int, end: int) -> bool:
    """Whether the word is part of an address, a username or another word."""
    before = text[start - 1 : start]
    joined = bool(_ADDRESS.match(before)) and (_LATIN.match(text, start) is not None or before in "#@_/.")
    return joined or _AFTER.match(text, end) is not None
