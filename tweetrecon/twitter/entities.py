"""Hashtags, mentions, cashtags and links of a tweet's text, in every script.

Follows the rules of twitter-text 3, by the `regex` module's character properties, which cover the scripts that lists of
ranges miss: a hashtag is made of letters, marks and decimal digits of any script and a few more characters, and has at
least one letter or mark. Links are found first (`weblinks`), and what stands in them is nothing else.
"""

from __future__ import annotations

from dataclasses import dataclass

import regex

from tweetrecon.twitter.weblinks import Span, blanked, find_links


@dataclass(frozen=True, slots=True, kw_only=True)
class Entities:
    """What a text names, in order, repeats kept: without sigils; ``*_spans`` are their (start, end) with the sigil."""

    hashtags: tuple[str, ...] = ()
    mentions: tuple[str, ...] = ()
    cashtags: tuple[str, ...] = ()
    urls: tuple[str, ...] = ()
    hashtag_spans: tuple[Span, ...] = ()
    mention_spans: tuple[Span, ...] = ()
    cashtag_spans: tuple[Span, ...] = ()
    url_spans: tuple[Span, ...] = ()


# Joiners, marks of Hebrew and Tibetan words, Japanese marks of repetition and sound, the Catalan middle dot: to Unicode
# they are no letters, but they are parts of words.
_WORD_MARKS = "_\u200c\u200d\ua67e\u05be\u05f3\u05f4\uff5e\u301c\u309b\u309c\u30a0\u30fb\u3003\u0f0b\u0f0c\u00b7"
_WORD = rf"\p{{L}}\p{{M}}\p{{Nd}}{_WORD_MARKS}"
_HASHTAG = regex.compile(
    rf"(?<![&{_WORD}--\ufe0e\ufe0f])[#＃](?![\ufe0f\u20e3])"
    rf"(?=[\p{{Nd}}{_WORD_MARKS}]*+[\p{{L}}\p{{M}}])([{_WORD}]++)(?![#＃]|://)",
    regex.VERSION1,
)
_NAME = r"[@＠]([a-zA-Z0-9_]{1,20}+)(?![a-zA-Z0-9_@＠\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f]|://)"
_MENTION = regex.compile(rf"(?:(?<![a-zA-Z0-9_!#$%&*@＠])|(?<=(?:^|[^a-zA-Z0-9_+~.-])[rR][tT]:?)){_NAME}")
_CASHTAG = regex.compile(
    r"(?<![^\s\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069])\$([a-zA-Z]{1,6}+(?:[._][a-zA-Z]{1,2}+)?)(?=\Z|[\s\p{P}$+<=>^`|~])"
)


def extract(text: str) -> Entities:
    """All entities of a text. Never raises; linear in the length of the text."""
    links = find_links(text)
    plain = blanked(text, links)
    hashtags = list(_HASHTAG.finditer(plain)) if "#" in plain or "＃" in plain else []
    mentions = list(_MENTION.finditer(plain)) if "@" in plain or "＠" in plain else []
    cashtags = list(_CASHTAG.finditer(plain)) if "$" in plain else []
    return Entities(
        hashtags=tuple(m[1] for m in hashtags),
        mentions=tuple(m[1] for m in mentions),
        cashtags=tuple(m[1] for m in cashtags),
        urls=tuple(text[start:end] for start, end in links),
        hashtag_spans=tuple(m.span() for m in hashtags),
        mention_spans=tuple(m.span() for m in mentions),
        cashtag_spans=tuple(m.span() for m in cashtags),
        url_spans=tuple(links),
    )
