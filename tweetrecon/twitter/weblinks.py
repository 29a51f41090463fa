"""Web links in a tweet's text, found as Twitter found them when it was posted, and as pages display them.

twitter-text's rules decide: a scheme is not needed, the top-level domain must exist, punctuation behind a link is not
its own. A displayed text asks for two things more. Links lose the space before them, as in ``Today.https://t.co/…``,
``#Newspic.twitter.com/a1B2c3D4e5`` or two links in a row: so t.co and pic.twitter.com may begin anywhere, and a link
ends where another begins. And Twitter cuts links itself, with an ellipsis (``speakerdeck.com/ann/per…``,
``https://t.co/EI…``): it is kept, so that nobody takes what is left for an address.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import regex

Span = tuple[int, int]
"""Start and end in characters."""

_LATIN = "\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f"
_WORD = rf"A-Za-z0-9{_LATIN}"
_ANY_WORD = r"\p{L}\p{M}\p{N}\p{So}"
_SIGILS = "@＠$#＃"
_NO_SCHEME = "(?!https?://)"
_LABEL = rf"[{_WORD}][{_WORD}_-]*+"

_CANDIDATE = regex.compile(
    rf"(?<![{_SIGILS}])(?P<own>https?://t\.co(?![\w.-])|pic\.(?:twitter|x)\.com(?=/))"
    rf"|(?<![{_WORD}{_SIGILS}])https?://(?P<host>[{_ANY_WORD}][{_ANY_WORD}_.-]{{2,252}})"
    rf"|(?<![{_WORD}{_SIGILS}_./-])"
    rf"(?P<bare>{_LABEL}(?=\.)(?:\.{_NO_SCHEME}{_LABEL})*+(?:\.{_NO_SCHEME}[\p{{L}}\p{{M}}]{{1,20}}+)?)",
    regex.IGNORECASE,
)
_SPACELESS = regex.compile(r"\S++")
_PIC = regex.compile(r"pic\.(?:twitter|x)\.com\Z", regex.IGNORECASE)
_PIC_SLUG = regex.compile(r"/[A-Za-z0-9]{1,10}+…?")  # ten characters in every one of 642 real ones
_TCO_SLUG = regex.compile(
    r"(?:/[A-Za-z0-9]{1,40}?(?=https?://|[^A-Za-z0-9]|\Z)(?:\?[\w!*'();:&=+$/%#\[\].,~|@-]*[\w&=#/-])?…?)?"
    r"(?!/[A-Za-z0-9])",
    regex.ASCII,
)
_PORT = regex.compile(r":\d{1,5}+(?!\d)", regex.ASCII)
# Brackets stand in a path in pairs, two deep as in twitter-text; another link ends it, unless it is its part (?u=http://…).
_IN_PATH = rf"(?:[{_WORD}\p{{Cyrillic}}!*';:=+,.$/%#\[\]\-–_~@|&?--hH]++|(?:(?<=[=/?&#:|])|{_NO_SCHEME})[hH])"
_PATH = regex.compile(rf"[/?](?:{_IN_PATH}|\((?:{_IN_PATH}|\({_IN_PATH}*+\))*+\))*+", regex.IGNORECASE | regex.VERSION1)
_NOT_LAST = "!*';:,.$%[]~@|?–"

_DOMAIN = regex.compile(
    rf"(?:[{_ANY_WORD}]++(?:[_-]++[{_ANY_WORD}]++)*+\.)*+[{_ANY_WORD}]++(?:-++[{_ANY_WORD}]++)*+",
)
_PUNYCODE = regex.compile(r"xn--[0-9A-Za-z-]{2,59}+", regex.IGNORECASE)
_LONGEST_HOST = 253
_LONGEST_LABEL = 63
_LONGEST_TLD = 18


def find_links(text: str) -> list[Span]:
    """The spans of all links of a text, in order, without overlaps; in linear time."""
    return list(_links(text)) if "." in text else []


def blanked(text: str, links: list[Span]) -> str:
    """The text with spaces for its links, every other character in its place: what is glued to a link ends there."""
    parts, at = [], 0
    for start, end in links:
        parts += [text[at:start], " " * (end - start)]
        at = end
    return "".join([*parts, text[at:]])


def _links(text: str) -> Iterator[Span]:
    """The same, word by word: no link holds white space, and a word without a dot before its end holds no link."""
    for word in _SPACELESS.finditer(text):
        if text.find(".", word.start(), word.end() - 1) < 0:
            continue
        candidate = _CANDIDATE.search(text, *word.span())
        while candidate is not None:
            span = _span(text, candidate)
            if span is not None:
                yield span
            candidate = _CANDIDATE.search(text, max(candidate.end(), span[1] if span else 0), word.end())


def _span(text: str, candidate: regex.Match[str]) -> Span | None:
    """The link at a candidate, if its host is one: host, port, path and query, as far as they are its own."""
    start, end = candidate.span()
    if not candidate["own"]:
        host_at = candidate.start("host") if candidate["host"] else start
        host_end = _host_end(text, host_at, end)
        if host_end is None:
            return None
        end = host_end
        if (pic := _PIC.search(text, start, end)) is not None:  # a word may be glued before it
            start = pic.start()
    if text[max(end - 5, start) : end].lower() in ("t.co", "/t.co"):
        slug = _TCO_SLUG.match(text, end)
        return (start, slug.end()) if slug else None
    if _PIC.search(text, start, end):
        slug = _PIC_SLUG.match(text, end)
        return (start, slug.end() if slug else end)
    return start, _path_end(text, end)


def _host_end(text: str, start: int, end: int) -> int | None:
    """Where the longest valid host that begins at `start` ends; None if no top-level domain fits."""
    if end - start > _LONGEST_HOST:
        return None
    dot = text.rfind(".", start, end)
    while dot > start:
        tld_end = _tld_end(text, dot + 1, end)
        if tld_end is not None and _is_domain(text[start:dot]):
            return tld_end
        dot = text.rfind(".", start, dot)
    return None


def _tld_end(text: str, start: int, end: int) -> int | None:
    known = _top_level_domains()
    punycode = _PUNYCODE.match(text, start, end)
    if punycode is not None and _is_boundary(text, punycode.end()):
        return punycode.end()
    for stop in range(min(end, start + _LONGEST_TLD), start, -1):  # other words may be glued behind it
        if text[start:stop].lower() in known and _is_boundary(text, stop):
            return stop
    return None


def _is_boundary(text: str, at: int) -> bool:
    following = text[at : at + 1]
    return not (following.isascii() and following.isalnum()) and following not in ("@", "+", "-")


def _is_domain(name: str) -> bool:
    """Whether a host without its top-level domain is well formed; the domain itself must have no underscore."""
    if _DOMAIN.fullmatch(name) is None:
        return False
    if name.isascii():
        return all(len(label) <= _LONGEST_LABEL for label in name.split("."))
    return all(label.isascii() or _fits_punycode(label) for label in name.split("."))


def _fits_punycode(label: str) -> bool:
    return not label.lower().startswith("xn--") and len(label.encode("punycode")) + 4 <= _LONGEST_LABEL


def _path_end(text: str, at: int) -> int:
    port = _PORT.match(text, at)
    start = port.end() if port else at
    match = _PATH.match(text, start)
    if match is None:
        return start
    path = match[0].rstrip(_NOT_LAST)
    end = start + len(path)
    return end + 1 if len(path) > 1 and text[end : end + 1] == "…" else end


@cache
def _top_level_domains() -> frozenset[str]:
    table = Path(__file__).with_name("top_level_domains.txt").read_text(encoding="utf-8")
    return frozenset(name for line in table.splitlines() if line[:1] != "#" for name in line.split())
