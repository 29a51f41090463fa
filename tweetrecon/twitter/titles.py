"""Titles that Twitter gave the page of a tweet, as other sites show them on cards and in lists of links.

``NAME on Twitter`` with the words as description (2012–), ``NAME on Twitter: "WORDS"`` in the browser's own title,
since 2023 ``NAME (@username) on X``; in the language of whoever fetched the page.
"""

from __future__ import annotations

import re
from typing import NamedTuple

LONGEST = 600
"""Characters of a title with the words of a long tweet."""

_SITES = ("Twitter", "X", "Твиттере", "Твиттер", "ट्विटर", "تويتر", "ツイッター", "트위터", "推特")
_SITE = f"(?:{'|'.join(_SITES)})"
_ON = r"(?:on|auf|sur|su|en|no|op|på|na|w serwisie|в|trên|pada|di|on the)"
_AUTHOR = r"(?P<name>[^\n]{1,60}?)(?:\s\([@＠](?P<username>[A-Za-z0-9_]{1,15})\))?"
_WORDS = r"(?:\s?[:：]?\s?[“\"„«「](?P<words>[^\n]{1,500}?)(?:[”\"“»」]|…|\.\.\.))?"
_REST = rf"(?:\s[/|]\s{_SITE})?\.?"
_LAYOUTS = tuple(
    re.compile(rf"(?:\(\d{{1,3}}\+?\)\s)?{layout}{_WORDS}{_REST}")
    for layout in (
        rf"{_AUTHOR}\s{_ON}\s{_SITE}",
        rf"(?:Twitter|X)ユーザーの?\s?{_AUTHOR}\s?さん",
        rf"{_AUTHOR}\s?さんは\s?(?:Twitter|X|ツイッター)\s?を使っています",
        rf"(?:트위터|Twitter|X)에서 즐기는 {_AUTHOR}님?",
        rf"(?:推特|Twitter|X)\s?上的\s?{_AUTHOR}",
        r"(?P<name>[^\n]{1,60}?)\s\([@＠](?P<username>[A-Za-z0-9_]{1,15})\)(?=\s[/|]\s)",
    )
)
_INVITATION = re.compile(
    r"(?:view|see|read|follow|share|find|join|watch|discuss|more|comment|reply|voir|suivre|ver|siga|seguir|vedi|guarda|segui"
    r"|bekijk|volg|zobacz|смотреть)\b",
    re.IGNORECASE,
)
_QUOTES = {"“": "”", '"': '"', "「": "」", "«": "»", "„": "“"}


class Title(NamedTuple):
    """What the title of a tweet's page tells."""

    name: str
    username: str | None
    words: str | None


def names_site(text: str) -> bool:
    """Whether a text may hold such a title."""
    return any(site in text for site in _SITES)


def parse(title: str) -> Title | None:
    """The author and, where it holds them, the words; None for any other title."""
    if len(title) > LONGEST:
        return None
    found = next(filter(None, (layout.fullmatch(title.strip()) for layout in _LAYOUTS)), None)
    if found is None:
        return None
    told = found.groupdict()
    if not told["username"] and not told.get("words") and _INVITATION.match(told["name"]):
        return None
    return Title(told["name"].strip(), told["username"], told.get("words"))


def unquoted(words: str) -> str:
    """The words without the quotation marks that Twitter put around them in a page's description."""
    return words[1:-1].strip() if len(words) > 2 and _QUOTES.get(words[0]) == words[-1] else words
