"""Phrases of prose that speak of tweets or Twitter ("tweeted", "على تويتر", "つぶやいた"); studies count them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator

STEMS = (
    "twitt", "tweet", "tuit", "twiit", "твит", "твіт", "туит", "τουίτ", "τουιτ",
    "تويتر", "تغريد", "غرّد", "غردت", "توییت", "توئیت", "ٹوئٹ", "טוויט", "ट्वीट", "ट्विट", "টুইট", "ட்வி", "ทวิต", "ทวีต",
    "ツイート", "ツイッター", "つぶやい", "트위터", "트윗", "推特", "推文", "发推", "發推",
)  # fmt: skip
"""Beginnings of words for Twitter and tweets in the languages of its interface."""

NEAR = 24
"""Characters within which two such words of a sentence belong to one phrase ("a tweet on Twitter")."""

_STEM = re.compile(f"(?:{'|'.join(map(re.escape, sorted(STEMS, key=len, reverse=True)))})(?!ion|iv|al\\b)")
_PREFIX = re.compile(r"(?:re|ре)?\Z")
_CASED = re.compile("[a-zà-žα-ώа-ӿ]")
"""Scripts in which other letters before a stem make another word of it: "действительно"."""

_OTHERS = re.compile(
    r"facebook|instagram|linkedin|whatsapp|flipboard|pinterest|youtube|tumblr|reddit|telegram|tiktok|xing|google\+"
    r"|e-?mail|페이스북|카카오|微博|微信|فيسبوك|фейсбук|вконтакте"
)
"""Names beside which Twitter's stands in rows of buttons and lists of networks."""

_NEIGHBOUR = 16
"""Characters on either side in which such a name makes a row."""

_LABEL = 25
"""Bytes of a line that is no sentence but a button's or a menu's: "Share on Twitter", "트위터"."""
_ON_X = re.compile(
    r"(?<![\w’'])(?:on|auf|bei|sur|en|no|su|op|på|na|a|pe|di|di akun|trên|sa|w) X(?![\w’'-])|Xで|엑스\(X\)"
)
_ADDRESS = re.compile(r"[./@#＠＃_\-\w]")
_STOP = re.compile(r"[.!?。！？؟\n]")
_CLOSING_MARKS = ".!?。！？؟:：…”»"
_LATIN = re.compile(r"[a-zà-ž]")
_AFTER = re.compile(r"\w{0,12}(?:\.com|\.co/|/|=)")


def speaks(text: str) -> bool:
    """Whether a few words speak of tweets or Twitter: "tweeted", "schrieb auf Twitter", "غردت", "on X"."""
    lowered = text.lower()
    spoken = (not _is_in_address(lowered, *word) for word in _words(lowered))
    return any(spoken) or _ON_X.search(text) is not None


def _words(lowered: str) -> Iterator[tuple[int, int]]:
    """Where words begin and their stems end: "tweet|ed", "retweet|ed"."""
    for stem in _STEM.finditer(lowered):
        prefix = _PREFIX.search(lowered, max(0, stem.start() - 2), stem.start())
        start = prefix.start() if prefix and _CASED.match(lowered, stem.start()) else stem.start()
        if not (start and _CASED.match(lowered, start) and _CASED.match(lowered, start - 1)):
            yield start, stem.end()


def count(text: str, skip: Iterable[tuple[int, int]] = ()) -> int:
    """How many phrases of a text speak of tweets or Twitter; addresses, usernames and hashtags do not count.

    Two such words within :data:`NEAR` characters of one sentence are one phrase. ``skip``: spans (start, end) that
    are no prose, as those of embeds, in order. Linear in the length of the text.
    """
    lowered = text.replace("İ", "i").lower()  # the only letter whose small form is longer
    found, last = 0, -1
    spans = list(skip)
    starts = [start for start, _ in spans]
    for start, end in _words(lowered):
        place = bisect_right(starts, start) - 1
        skipped = place >= 0 and start < spans[place][1]
        if skipped or _is_in_address(lowered, start, end) or _is_furniture(lowered, start, end):
            continue
        found += last < 0 or start - last > NEAR or _STOP.search(lowered, last, start) is not None
        last = end
    return found


def _is_in_address(text: str, start: int, end: int) -> bool:
    """Whether the word is part of an address, a username or another word."""
    before = text[start - 1 : start]
    joined = bool(_ADDRESS.match(before)) and (_LATIN.match(text, start) is not None or before in "#@_/.")
    return joined or _AFTER.match(text, end) is not None


def _is_furniture(text: str, start: int, end: int) -> bool:
    """Whether the word is a button's, or stands in a row of networks."""
    if _OTHERS.search(text, max(0, start - _NEIGHBOUR), end + _NEIGHBOUR):
        return True
    low, high = max(0, start - _LABEL), end + _LABEL
    stop = text.find("\n", end, high)
    line = text[text.rfind("\n", low, start) + 1 or low : stop if stop != -1 else high].strip()
    return len(line.encode()) <= _LABEL and line[-1] not in _CLOSING_MARKS
