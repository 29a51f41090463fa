"""State that a page hands to its scripts: JSON, JavaScript literals, and JSON inside strings of either.

Read in document order as a sequence of parts: the tweets that stand in it as data or as embed code, and the prose
between them, which tells to what article a part belongs.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html import unescape
from itertools import islice
from typing import Any, NamedTuple

import orjson
from lxml import etree
from lxml.html import HtmlElement

from tweetrecon.forms.links import stated
from tweetrecon.forms.quote import read_quote
from tweetrecon.forms.tweet_record import is_record, read_record
from tweetrecon.model import Embed
from tweetrecon.page import fragment, layout

MAX_LEVELS = 4
"""How often state may stand escaped inside a string of other state."""

MAX_FAILURES = 200
"""Places of one script that look like the beginning of JSON and are none, before its rest is taken for mere strings."""

MAX_VAIN = 4
"""How often its own length of a script is read without success, likewise."""

MAX_NESTED = 20
"""Blockquotes inside one another that are still read; editors make two or three of one."""

SHORTEST_URL = 22
"""Characters of ``//x.com/i/status/1234``: shorter strings hold no tweet."""

SHORTEST_PROSE = 12
"""Characters below which a string tells nothing about the article that it belongs to."""

_DECODER = json.JSONDecoder(strict=False)
_START = re.compile(r"""(?:^|[=(,:;]\s{0,9})(?=[\[{]\s{0,40}["\[{])""")
_LITERAL = re.compile(  # what is not closed goes on to the end, so that no place is read twice
    r""""([^"\\]*+(?:\\.[^"\\]*+)*+)(?:"|\\?\Z)|'([^'\\]*+(?:\\.[^'\\]*+)*+)(?:'|\\?\Z)"""
    r"|`([^`\\]*+(?:\\.[^`\\]*+)*+)(?:`|\\?\Z)",
    re.DOTALL,
)
_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|(.))", re.DOTALL)
_CONTROLS = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", "0": "", "\n": ""}
_SIGN = re.compile(
    r"twitter-(?:tweet|video)|(?:twitter|x)\.com[^\"'\s<>]{1,60}?status|weet_?[iI]d\W|(?:full_text|screen_name)\W"
)
_STEMS = ("status", "twitter-", "weet", "full_text", "screen_name")
"""What each sign holds: most scripts hold none, and ``in`` tells that ten times as fast as a pattern."""

_ELEMENT = ["$"]
"""How React's server components begin the list that is an element, ``["$", "p", null, {…}]``: no list of things."""


class Part(NamedTuple):
    """A piece of state: a tweet or a string of prose. ``depth`` counts the lists around it."""

    depth: int
    tweet: Embed | None = None
    prose: str = ""


def parts(source: str, form: str) -> Iterator[Part]:
    """The parts of a script's or attribute's state, in document order; tweets bear the name of the form."""
    for value in _values(source):
        yield from _walk(value, 0, 0, form)


def has_sign(text: str) -> bool:
    """Whether a text may hold a tweet: an embed, a status URL or a record, however escaped."""
    return any(stem in text for stem in _STEMS) and _SIGN.search(text) is not None


def unescaped(text: str) -> str:
    """The inside of a JavaScript string with its escapes resolved; pairs of surrogates become one character."""
    plain = _ESCAPE.sub(_character, text)
    return plain.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _character(escape: re.Match[str]) -> str:
    code = escape[1] or escape[2]
    return chr(int(code, 16)) if code else _CONTROLS.get(escape[3], escape[3])


# ------------------------------------------------------------------------------------------------ literals


def _values(source: str) -> Iterator[Any]:
    """The literals of a script: all of it, each one that parses as JSON, else its strings."""
    source = source.strip()
    try:
        yield orjson.loads(source)
        return
    except orjson.JSONDecodeError:
        pass
    end = failures = vain = 0
    for start in _START.finditer(source):
        if start.end() < end:
            continue
        if failures >= MAX_FAILURES or vain > MAX_VAIN * len(source):
            break
        try:
            value, stop = _DECODER.raw_decode(source, start.end())
        except (ValueError, RecursionError) as error:
            failures += 1
            vain += getattr(error, "pos", len(source)) - start.end()
            continue
        yield from _strings(source[end : start.end()])
        yield value
        end = stop
    yield from _strings(source[end:])


def _strings(source: str) -> Iterator[str]:
    """The strings of a script that is no JSON: a JavaScript object with bare keys, calls, templates."""
    if has_sign(source):
        for literal in _LITERAL.finditer(source):
            yield unescaped(literal[1] or literal[2] or literal[3] or "")


# ------------------------------------------------------------------------------------------------ values


def _walk(value: Any, depth: int, level: int, form: str) -> Iterator[Part]:
    """Depth first without recursion: state may be nested deeper than Python's stack."""
    stack = [(depth, value)]
    while stack:
        depth, value = stack.pop()
        if isinstance(value, str):
            if len(value) >= SHORTEST_URL and has_sign(value):
                yield from _string(value, depth, level, form)
            elif len(value) >= SHORTEST_PROSE:
                yield Part(depth, prose=value)
        elif isinstance(value, list):
            inside = depth + (value[:1] != _ELEMENT)
            stack.extend((inside, item) for item in reversed(value))
        elif isinstance(value, dict):
            if is_record(value):
                tweet = read_record(value, form)
                if tweet is not None:
                    yield Part(depth, tweet)
            else:
                stack.extend((depth, item) for item in reversed(value.values()))


def _string(text: str, depth: int, level: int, form: str) -> Iterator[Part]:
    """The parts of a string with a sign of a tweet: it may be state or markup itself."""
    if level < MAX_LEVELS:
        if _is_state(text):
            for value in _values(text):
                yield from _walk(value, depth, level + 1, form)
            return
        if "&lt;" in text and "<" not in text:
            yield from _string(unescape(text), depth, level + 1, form)
            return
        if "<blockquote" in text or ("<" in text and "status" in text):
            found = list(markup_parts(text, depth, form))
            body = any(part.prose.strip() for part in found)  # an article's; its end is the end of the article
            yield from (part._replace(depth=depth + body) for part in found)
            return
    yield Part(depth, prose=text)


def _is_state(text: str) -> bool:
    """Whether a string begins as a literal, or is one that was escaped once more."""
    escaped_again = text[:1] == '"' == text[-1:] and '\\"' in text
    return text.lstrip()[:1] in ("{", "[") or escaped_again or _START.search(text[:40]) is not None


def markup_parts(text: str, depth: int, form: str) -> Iterator[Part]:
    """The embed codes and placeholders of an article's body as a string of markup, and the prose around them."""
    body = fragment(text)
    if body is None:
        return
    shown = layout(body)
    place = 0
    for node in body.iterdescendants(etree.Element):
        tweet = _of_element(node, form)
        if tweet is not None:
            start, end = shown.spans.get(node, (place, place))
            yield Part(depth, prose=shown.text[place:start])
            yield Part(depth, tweet)
            place = max(place, end)
    yield Part(depth, prose=shown.text[place:])


def _of_element(node: HtmlElement, form: str) -> Embed | None:
    """The tweet of a blockquote with its permalink, or of an element that bears a status URL."""
    if node.tag == "blockquote":
        inner = set(islice(node.iterdescendants("blockquote"), MAX_NESTED))
        tweet = read_quote(node, form, skip=inner) if len(inner) < MAX_NESTED else None
        return tweet if tweet is not None and tweet.raw_url else None
    names = (name for name, value in node.items() if name.startswith("data-") and "status" in value)
    found = (stated(node, name, form) for name in names) if node.tag != "a" else ()
    return next(filter(None, found), None)
