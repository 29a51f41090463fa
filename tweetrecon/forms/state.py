"""State that a page hands to its scripts: JSON, JavaScript literals, and JSON inside strings of either.

Read in document order as a sequence of parts: the tweets that stand in it as data or as embed code, and the prose
between them, which tells to what article a part belongs.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import suppress
from functools import lru_cache
from html import unescape
from itertools import islice, repeat
from typing import Any, NamedTuple

import orjson
from lxml import etree
from lxml.html import HtmlElement

from tweetrecon.forms.links import leads_to_status, stated
from tweetrecon.forms.quote import inner_quotes, read_quote
from tweetrecon.forms.tweet_record import is_record, read_record
from tweetrecon.model import Embed
from tweetrecon.page import fragment, layout

MAX_LEVELS = 4
"""How often state may stand escaped inside a string of other state."""

MAX_FAILURES = 200
"""Places of one script that look like the beginning of JSON and are none, before its rest is taken for mere strings."""

MAX_VAIN = 4
"""How often its own length of a script is read without success, likewise."""

SHORT = 400
"""Characters up to which one pattern is faster than several searches."""

SHORTEST_URL = 22
"""Characters of ``//x.com/i/status/1234``: shorter strings hold no tweet."""

SHORTEST_PROSE = 12
"""Characters below which a string tells nothing about the article that it belongs to."""

_DECODER = json.JSONDecoder(strict=False)
_OPENING = re.compile(r"""\{(?=\s{0,40}")|\[(?=\s{0,40}(?:["\[]|\{\s{0,40}["}]))""")
_BEFORE_VALUE = ("=", "(", ",", ":", ";")
_LITERAL = re.compile(  # what is not closed goes on to the end, so that no place is read twice
    r""""([^"\\]*+(?:\\.[^"\\]*+)*+)(?:"|\\?\Z)|'([^'\\]*+(?:\\.[^'\\]*+)*+)(?:'|\\?\Z)"""
    r"|`([^`\\]*+(?:\\.[^`\\]*+)*+)(?:`|\\?\Z)",
    re.DOTALL,
)
_ID_KEY = re.compile(r"tweet_?id[\"']?\s?:\s?$", re.IGNORECASE)
_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|(.))", re.DOTALL)
_CONTROLS = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", "0": "", "\n": ""}
_STEMS = ("witter", "weet", "x.com", "full_text", "screen_name")
_ANY_STEM = re.compile("|".join(map(re.escape, _STEMS)))
_SIGN = re.compile(
    r"(?:twitter|x)\.com[^\"'\s<>]{1,60}?status"
    r"|twitter-(?:tweet|video)(?![\"'\\]{1,3}\s?[\])])"  # of a script that looks for embeds
    r"|weet_?[iI][dD]\W|(?:full_text|screen_name)[\"'\\]{0,8}\s?:"
    r"|ype(?:\":\"|\": \"|\\\":\\\")[tT]w(?:eet|itter)"
)
"""What tells that a tweet may stand in a text; each holds one of the stems, up to 12 characters after its begin."""

MAX_KEY = 80
"""Characters of a key that are looked at."""

MAX_HEAD = 10
"""Objects of a list that are looked at to tell whether it is one of values and places."""

MAX_HELD = 20
"""Keys of an object that is put in the place of its number; records have fewer."""

_FEED_KEY = re.compile(
    r"(?:latest|recent|last)_?(?:tweets?|status)(?:e?s)?$|(?:tweets?|twitter)_?(?:feed|timeline|stream|list|widget)"
    r"|(?:social|user)_?(?:feed|timeline|stream)",
    re.IGNORECASE,
)
"""Keys that hold the feed of an account."""

_HOLDERS = (dict, list)

_ELEMENT = ["$"]
"""How React's server components begin the list that is an element, ``["$", "p", null, {…}]``: no list of things."""


class Part(NamedTuple):
    """A piece of state: a tweet, a string of prose, or neither where a list ends. ``depth`` counts the lists around it.

    Lists of one thing do not count: they wrap it.

    ``in_feed``: a key above says that it is of an account's latest tweets, which are no part of the article.
    """

    depth: int
    tweet: Embed | None = None
    prose: str = ""
    in_feed: bool = False


def parts(source: str, form: str) -> Iterator[Part]:
    """The parts of a script's or attribute's state, in document order; tweets bear the name of the form."""
    for value in _values(source):
        yield from _walk(value, 0, 0, form)


def has_sign(text: str) -> bool:
    """Whether a text may hold a tweet: an embed, a status URL or a record, however escaped.

    Most state is long and holds none; ``find`` passes over it many times as fast as a pattern does.
    """
    if len(text) <= SHORT:
        return _ANY_STEM.search(text) is not None and _SIGN.search(text) is not None
    return any(_SIGN.search(text, max(0, at - 12), at + 90) for stem in _STEMS for at in _places(text, stem))


def _places(text: str, literal: str) -> Iterator[int]:
    at = text.find(literal)
    while at >= 0:
        yield at
        at = text.find(literal, at + len(literal))


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
    for opening in _OPENING.finditer(source):
        start = opening.start()
        if start < end or not _is_value(source, start):
            continue
        if failures >= MAX_FAILURES or vain > MAX_VAIN * len(source):
            break
        try:
            value, stop = _decoded(source, start, first=not (end or failures))
        except (ValueError, RecursionError) as error:
            failures += 1
            vain += getattr(error, "pos", len(source)) - start
            continue
        yield from _strings(source[end:start])
        yield value
        end = stop
    yield from _strings(source[end:])


def _is_value(source: str, start: int) -> bool:
    """Whether a value may begin there: at the very beginning, or after what stands before values in a script."""
    return start == 0 or source[max(0, start - 10) : start].rstrip().endswith(_BEFORE_VALUE)


def _decoded(source: str, start: int, *, first: bool) -> tuple[Any, int]:
    """The JSON value that begins there, and where it ends. Raises ValueError or RecursionError.

    Most state is one value, as in ``window.STATE = {…};``, so the first is tried to the end: orjson is the faster.
    """
    if first:
        stop = max(source.rfind("}"), source.rfind("]")) + 1
        with suppress(orjson.JSONDecodeError):
            return orjson.loads(source[start:stop]), stop
    return _DECODER.raw_decode(source, start)


def _strings(source: str) -> Iterator[str | dict[str, str]]:
    """The strings of a script that is no JSON: a JavaScript object with bare keys, calls, templates.

    One that is the value of a key such as ``tweetId`` comes as an object with that key.
    """
    if has_sign(source):
        for literal in _LITERAL.finditer(source):
            text = unescaped(literal[1] or literal[2] or literal[3] or "")
            named = _ID_KEY.search(source, max(0, literal.start() - 20), literal.start()) if text.isdigit() else None
            yield {"tweetId": text} if named else text


# ------------------------------------------------------------------------------------------------ values


class _Level(NamedTuple):
    """A list or object under way: what of it is still to come, as (key, thing); ``listed``: its end is told."""

    entries: Iterator[tuple[str, Any]]
    depth: int
    in_feed: bool = False
    listed: bool = False


def _walk(value: Any, depth: int, level: int, form: str) -> Iterator[Part]:
    """Depth first without recursion: state may be nested deeper than Python's stack."""
    stack = [_Level(iter((("", value),)), depth)]
    while stack:
        entries, depth, in_feed, listed = stack[-1]
        for key, item in entries:
            if isinstance(item, str):
                if len(item) >= SHORTEST_PROSE:
                    yield from _told(item, depth, level, form, feed=(in_feed, key))
            elif isinstance(item, dict) and is_record(item):
                if (tweet := read_record(item, form)) is not None:
                    yield Part(depth, tweet, in_feed=in_feed or _holds_feed(key))
            elif isinstance(item, _HOLDERS) and item:
                stack.append(_entered(item, depth, in_feed or _holds_feed(key)))
                break
        else:
            stack.pop()
            if listed:
                yield Part(depth - 1)


def _entered(holder: dict[str, Any] | list[Any], depth: int, in_feed: bool) -> _Level:
    if isinstance(holder, dict):
        return _Level(iter(holder.items()), depth, in_feed)
    listed = len(holder) > 1 and holder[:1] != _ELEMENT
    return _Level(zip(repeat(""), _dereferenced(holder)), depth + listed, in_feed, listed)


def _told(text: str, depth: int, level: int, form: str, feed: tuple[bool, str]) -> Iterator[Part]:
    """The parts of a string: those of state or markup with a sign of a tweet, else itself as prose."""
    if len(text) < SHORTEST_URL or not has_sign(text):
        yield Part(depth, prose=text)
        return
    in_feed = feed[0] or _holds_feed(feed[1])
    inside = _string(text, depth, level, form)
    yield from (part._replace(in_feed=True) for part in inside) if in_feed else inside


@lru_cache(4096)
def _holds_feed(key: str) -> bool:
    return _FEED_KEY.search(key[:MAX_KEY]) is not None


def _dereferenced(values: list[Any]) -> list[Any]:
    """A list whose objects name the places of their values in it, as Nuxt 3 and SvelteKit write state: with the values.

    Such a list holds every value once, in the order of a walk over the state. Two levels are enough for a record.
    """
    objects = [value for value in values[:MAX_HEAD] if isinstance(value, dict) and value]
    if not objects or not all(type(place) is int for held in objects for place in held.values()):
        return values
    once = [_filled(value, values) for value in values]
    return [_filled(value, once) for value in values]


def _filled(value: Any, values: list[Any]) -> Any:
    """An object with what stands at the places that it names, but for lists and large objects."""
    if not isinstance(value, dict):
        return value
    return {key: values[at] if _is_place(at, values) else None for key, at in value.items()}


def _is_place(at: object, values: list[Any]) -> bool:
    if type(at) is not int or not 0 <= at < len(values) or isinstance(values[at], list):
        return False
    return not isinstance(values[at], dict) or len(values[at]) <= MAX_HELD


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
    return (
        text.lstrip()[:1] in ("{", "[")
        or escaped_again
        or any(_is_value(text, opening.start()) for opening in _OPENING.finditer(text, 0, 60))
    )


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
        inner = inner_quotes(node)
        tweet = read_quote(node, form, skip=inner) if inner is not None else None
        return tweet if tweet is not None and tweet.raw_url else None
    if node.tag == "a":
        return None
    names = [
        name for name, value in node.items() if name.startswith("data-") and ("status" in value or "tweet" in name)
    ]
    told = (_properties(node.get(name) or "", form) or stated(node, name, form) for name in names)
    return next(filter(None, told), _bare_address(node, form))


def _properties(value: str, form: str) -> Embed | None:
    """The tweet that an attribute holds as a record, as Substack keeps it."""
    if not value.startswith("{"):
        return None
    try:
        record = orjson.loads(value)
    except orjson.JSONDecodeError:
        return None
    return read_record(record, form) if is_record(record) else None


def _bare_address(node: HtmlElement, form: str) -> Embed | None:
    """The tweet of a paragraph or frame that is nothing but its address, as publishing systems keep embeds."""
    shows = node.tag in ("p", "div") and all(inner.tag in ("a", "br") and not len(inner) for inner in islice(node, 3))
    told = node.get("src") if node.tag == "iframe" else "".join(node.itertext()) if shows and len(node) < 3 else None
    words = (told or "").strip()
    return (
        Embed(form=form, raw_url=words) if "status" in words and " " not in words and leads_to_status(words) else None
    )
