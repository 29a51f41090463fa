"""Hashtags, mentions, cashtags and links of a tweet's text, in every script.

Follows twitter-text's rules (its conformance cases are in ``../shared/corpus/twitter-text``): hashtags are letters, marks
and digits of any script with at least one letter; mentions and hashtags do not begin inside a word or a link.
"""

from __future__ import annotations

from dataclasses import dataclass

import regex

Span = tuple[int, int]

_LETTER = r"\p{L}\p{M}"
_TAG_EXTRA = "_\u200c\u200d\ua67e\u05be\u05f3\u05f4\uff5e\u301c\u309b\u309c\u30a0\u30fb\u3003\u0f0b\u0f0c\u00b7"
_HASHTAG = regex.compile(
    rf"(?<![&\p{{L}}\p{{Nd}}{_TAG_EXTRA}#＃]|(?![\ufe0e\ufe0f])\p{{M}})[#＃](?!\ufe0f|\u20e3)"
    rf"((?=[{_LETTER}\p{{Nd}}{_TAG_EXTRA}]*+[{_LETTER}])?[{_LETTER}\p{{Nd}}{_TAG_EXTRA}]{{1,280}}+)(?![#＃]|://)"
)
_HAS_LETTER = regex.compile(rf"[{_LETTER}]")
_MENTION = regex.compile(
    r"(?:(?<![a-zA-Z0-9_!#$%&*@＠/])|(?<=(?:^|[^a-zA-Z0-9_+~.\-])(?:rt|rT|Rt|RT):?))[@＠]([a-zA-Z0-9_]{1,20})"
    r"(?![a-zA-Z0-9_]|[@＠]|://|[\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f])"
)
_REPLY = regex.compile(r"[ \u3000\xa0\t\n\r]{0,50}[@＠]([a-zA-Z0-9_]{1,20})(?![a-zA-Z0-9_]|[@＠]|://|[\u00c0-\u024f])")
_CASHTAG = regex.compile(r"(?<!\S)\$([a-zA-Z]{1,6}(?:[._][a-zA-Z]{1,2})?)(?=$|\s|[\p{P}$])")
_PATH_END = r"[a-zA-Z\p{Cyrillic}\u00c0-\u024f0-9=_#/+\-]"
_PATH_CHAR = r"[a-zA-Z\p{Cyrillic}\u00c0-\u024f0-9!*';:=+,.$/%#\[\]\-–_~@|&?()]"
_SHORT = regex.compile(r"https?://t\.co/[a-zA-Z0-9]{1,40}", regex.I)
_TLD = (
    r"(?:com|org|net|edu|gov|mil|int|info|biz|name|mobi|travel|jobs|museum|asia|tel|aero|coop|cat|pro|xxx|io|co|tv|me|us|uk|de|fr|"
    r"es|it|nl|be|ch|at|jp|cn|kr|in|ru|br|pt|pl|se|no|fi|dk|cz|hu|gr|tr|ir|il|au|nz|ca|mx|ar|cl|za|eu|ly|gl|gd|fm|am|to|is|im|la|ws|cc)"
)
_URL = regex.compile(
    rf"(?<![\p{{L}}\p{{Nd}}@＠$#＃.\-_/\u202a-\u202e\u061c\u200e\u200f\ufffe\ufeff\uffff])"
    rf"(?:https?://(?:[\p{{L}}\p{{Nd}}](?:[\p{{L}}\p{{M}}\p{{Nd}}_\-]{{0,62}})?\.){{1,8}}+\p{{L}}[\p{{L}}\p{{M}}\p{{Nd}}\-]{{1,62}}"
    rf"|(?:[a-zA-Z0-9](?:[a-zA-Z0-9_\-]{{0,62}})?\.){{1,6}}+{_TLD}(?![a-zA-Z0-9@\-_]|\.[a-zA-Z]))"
    rf"(?::\d{{1,5}})?(?:[/?]{_PATH_CHAR}{{0,1900}}(?<={_PATH_END}|\))|/)?",
    regex.I,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entities:
    """What a text names: without sigils, in order, repeats kept; ``*_spans`` are (start, end) with the sigil."""

    hashtags: tuple[str, ...] = ()
    mentions: tuple[str, ...] = ()
    cashtags: tuple[str, ...] = ()
    urls: tuple[str, ...] = ()
    hashtag_spans: tuple[Span, ...] = ()
    mention_spans: tuple[Span, ...] = ()
    cashtag_spans: tuple[Span, ...] = ()
    url_spans: tuple[Span, ...] = ()


def extract(text: str) -> Entities:
    """All entities of a text."""
    links = _links(text)
    tags = [
        (m.span(), m[1]) for m in _HASHTAG.finditer(text) if _HAS_LETTER.search(m[1]) and not _inside(m.start(), links)
    ]
    names = [(m.span(), m[1]) for m in _MENTION.finditer(text) if not _inside(m.start(), links)]
    cash = [(m.span(), m[1]) for m in _CASHTAG.finditer(text) if not _inside(m.start(), links)]
    return Entities(
        hashtags=tuple(t for _, t in tags),
        mentions=tuple(n for _, n in names),
        cashtags=tuple(c for _, c in cash),
        urls=tuple(text[a:b] for a, b in links),
        hashtag_spans=tuple(s for s, _ in tags),
        mention_spans=tuple(s for s, _ in names),
        cashtag_spans=tuple(s for s, _ in cash),
        url_spans=tuple(links),
    )


def reply_to(text: str) -> str | None:
    """The username that a text begins with, which makes it a reply; None where it begins otherwise."""
    match = _REPLY.match(text)
    return match[1] if match else None


def _links(text: str) -> list[Span]:
    if "." not in text:
        return []
    return [_trimmed(text, m.start(), m.end()) for m in _URL.finditer(text)]


def _trimmed(text: str, start: int, end: int) -> Span:
    """A link's span: t.co slugs are letters and digits only; a closing bracket opened before the link is not its own."""
    if short := _SHORT.match(text, start, end):
        return short.span()
    while text[end - 1] == ")" and text.count(")", start, end) > text.count("(", start, end):
        end -= 1
    return start, end


def _inside(place: int, spans: list[Span]) -> bool:
    return any(a <= place < b for a, b in spans)
