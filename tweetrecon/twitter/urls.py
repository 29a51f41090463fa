"""Status URLs: every way in which the web addresses one tweet.

The forms were collected from public pages and source code of 2006-2026: the hosts and paths of Twitter, its mirrors and
front ends; web archives; redirects, embedding services and share buttons that carry an address in their query; intents;
the ids of feeds. Only the shape is judged here; whether a clock could have made an id is for `snowflake` to say.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from heapq import merge
from typing import Literal, NamedTuple

from tweetrecon.twitter import addresses, hosts, usernames

StatusKind = Literal["permalink", "embed", "oembed", "wrapped", "unrolled", "tag", "intent", "share"]
"""
- ``permalink``: the tweet's own page
- ``embed``: a frame or card that shows it; ``oembed``: a request for its embed code
- ``wrapped``: a redirect, proxy or screenshot service that carries its address
- ``unrolled``: a thread unroller's page, named by the thread's first tweet
- ``tag``: the id of a feed's entry
- ``intent``: a button to answer, like or retweet it; ``share``: a button that passes its address on
"""


@dataclass(frozen=True, slots=True)
class StatusUrl:
    """What a URL says of the tweet that it addresses.

    ``username`` is None where the path has none or only a placeholder. ``family`` is that of the host that would serve
    the tweet. Of a copy in a web archive, ``archive_prefix`` is all that stands before the archived address, and
    ``archived_at`` the time of capture in UTC, where the prefix tells it to the second.
    """

    tweet_id: str
    username: str | None
    family: hosts.Family
    kind: StatusKind
    archived_at: datetime | None = None
    archive_prefix: str | None = None


LONGEST_URL = 8000
"""Characters of an address; servers refuse longer ones, and what is longer is not one."""


class FoundStatus(NamedTuple):
    """A status URL in a text: ``text[start:end]`` is the URL as it stands there."""

    start: int
    end: int
    status: StatusUrl


# An id has at most 20 digits (2^64) and no leading zero. It must end there: no letter goes on with it, nor the ellipsis
# with which pages shorten what they show; only another URL may be glued to it.
_WHOLE = r"(?=https?:|(?![0-9A-Za-z_…]|\.\.\.|%E2%80%A6))"
_ID = r"([1-9]\d{0,19})" + _WHOLE
_FLAGS = re.ASCII | re.IGNORECASE

_PERMALINK = re.compile(
    r"/{1,3}(?:(?:#|%23)(?:!|%21)/{0,2})?(?:i/(?:web/)?|([^/?#\s]{1,60})/{1,2})?status(?:es)?/{1,2}(?:show/)?" + _ID,
    _FLAGS,
)
_FRAME = re.compile(r"/i/(?:cards/tfw/v1|videos(?:/tweet)?)/" + _ID, _FLAGS)
_FRAME_QUERY = re.compile(r"/(?:embed/|tweet-result|[\d.]{1,4}/statuses/oembed)[^#]{0,8000}?[?&]id=" + _ID, _FLAGS)
_INTENT = re.compile(r"/intent/[^#]{0,4000}?[?&](?:in_reply_to|tweet_id)=" + _ID, _FLAGS)
_UNROLLED = re.compile(r"/thread/" + _ID, _FLAGS)
_TAG = re.compile(r"tag:(?:search\.)?(?:twitter|x)\.com(?:,\d{4})?:" + _ID, _FLAGS)

# Parameters that name where a link leads; `ref_url`, `referrer` and their like name where it comes from.
_PARAMETER = re.compile(
    r"[?&](?:url|u|q|query|z|to|uri|link|href|src|dest|target|tweet|(?:embed|tweet|redirect)_?url|redirect)=([^&#\s]{8,1000})"
    r"|\?(https?(?::|%3A)[^&#\s]{8,1000})",
    _FLAGS,
)
_SHARING = re.compile(r"[/.](?:share|sharer|sharearticle|submit|intent|send|create)(?![a-z])[^?]{0,200}\?", _FLAGS)
_OEMBED = re.compile(r"[/=]oembed\b|/publish\.(?:twitter|x)\.com/", _FLAGS)
_SCREENSHOT = "/socialembed/"  # the BBC's picture service: …/socialembed/https://twitter.com/…


# ------------------------------------------------------------------------------------------------ one URL


def parse_status(url: str, *, base: str | None = None) -> StatusUrl | None:
    r"""The tweet that a URL addresses, or None. Never raises.

    The URL may be escaped as pages escape it (``&amp;``, ``\/``, ``\u002F``, percent), lack its scheme, or be relative
    to `base`. A look-alike host, an id that goes on with letters or is cut by an ellipsis, and the ids of lists,
    events, moments, communities, spaces and media give None.
    """
    if len(url) > LONGEST_URL:
        return None
    lower = url.lower()
    if "status" in lower or "twitter" in lower or "x.com" in lower or "/thread/" in lower:
        return _parsed(url, base)
    return _relative(addresses.unescape(url), base) if base is not None else None


@lru_cache(maxsize=1024)
def _parsed(url: str, base: str | None) -> StatusUrl | None:
    """The same for one that may be a status's; half a dozen forms ask for each link of a page."""
    text = addresses.unescape(url)
    if base is not None and (found := _relative(text, base)) is not None:
        return found
    if (found := _served(text)) is not None:
        return found
    if (tag := _TAG.match(text)) is not None:
        return StatusUrl(tag[1], None, "twitter", "tag")
    prefix, inner, time = addresses.unarchive(text)
    if prefix:
        kept = _served(inner) or _carried(inner)
        return kept and replace(kept, archive_prefix=prefix, archived_at=time)
    return _carried(text)


def _relative(text: str, base: str) -> StatusUrl | None:
    """The status of an absolute path on the page `base`, as in ``/username/status/id`` on a page of Twitter's."""
    return _on_host(_base_host(base), text) if text[:1] == "/" != text[1:2] else None


@lru_cache(maxsize=64)
def _base_host(base: str) -> str:
    address = addresses.take_apart(base)
    return address.host if address else ""


def _served(text: str) -> StatusUrl | None:
    """The status of a URL whose own host serves it."""
    split = addresses.split_host(text)
    return _on_host(*split) if split else None


def _on_host(host: str, rest: str) -> StatusUrl | None:
    family = hosts.family(host)
    if family is None:
        return None
    if family == "unroller":
        match = _UNROLLED.match(rest)
        return match and StatusUrl(match[1], None, family, "unrolled")
    if (match := _PERMALINK.match(rest)) is not None:
        return StatusUrl(match[2], usernames.from_path(match[1]) if match[1] else None, family, "permalink")
    if (match := _FRAME.match(rest) or _FRAME_QUERY.match(rest)) is not None:
        return StatusUrl(match[1], None, family, "embed")
    if (match := _INTENT.match(rest)) is not None:
        return StatusUrl(match[1], None, family, "intent")
    return None


def _carried(text: str) -> StatusUrl | None:
    """The status whose address a URL carries: in its query, or behind the host of a mirror or a picture service."""
    host, rest = addresses.split_host(text) or ("", text)
    own = hosts.family(host) is not None
    behind = rest.partition(_SCREENSHOT)[2] or (rest[1:] if own else "")
    if behind and (found := _served(behind)) is not None:
        return replace(found, kind="wrapped")
    kind: StatusKind = "share" if _SHARING.search(text) else "oembed" if _OEMBED.search(text) else "wrapped"
    if own and kind == "wrapped":  # a search for a status URL, or a login that leads back to one
        return None
    carried = (_served(addresses.unquote_twice(m[1] or m[2])) for m in _PARAMETER.finditer(rest))
    first = next((found for found in carried if found is not None), None)
    return first and replace(first, kind=kind)


def canonical_url(tweet_id: str, username: str | None = None) -> str:
    """The address under which Twitter knows a tweet: ``https://twitter.com/<username or i>/status/<id>``."""
    return f"https://twitter.com/{username or 'i'}/status/{tweet_id}"


def is_lookalike(url: str) -> bool:
    """Whether a URL has the path of a status on a host that only resembles Twitter's (``nottwitter.com``)."""
    address = addresses.take_apart(url)
    return address is not None and hosts.resembles_twitter(address.host) and _PERMALINK.match(address.rest) is not None


# ------------------------------------------------------------------------------------------------ URLs in a text

_SLASH = r"(?:\\{0,3}/|\\{1,3}u002[Ff]|%2[Ff]|%252[Ff]|&#x2[Ff];|&#47;)"
_QUOTE = r"&(?:quot|lt|gt|apos|#39|#34);|\\{1,3}(?:u00(?:22|27|3C|3E|0a)|[nrt\"'])"
_SPOORS = tuple(
    re.compile(pattern, re.ASCII)
    for pattern in (
        rf"status(?:es)?{_SLASH}{{1,2}}(?:show/)?\d",
        rf"thread{_SLASH}\d",
        rf"tfw{_SLASH}v1{_SLASH}\d",
        rf"videos{_SLASH}(?:tweet{_SLASH})?\d",
        r"tweet_id(?:=|%3D)\d",
        r"in_reply_to(?:=|%3D)\d",
        r"tweet-result\?[^\s\"'<>]{0,80}?id=\d",
        r"oembed\.json\?[^\s\"'<>]{0,80}?id=\d",
        r"embed/(?:Tweet|index)\.html(?:(?!embed/)[^\s\"'<>]){0,4000}?[?&;]id=\d",
        r"tag:(?:search\.)?twitter\.com(?:,\d{4})?:\d",
    )
)
"""What addresses of tweets have in them, up to the id's first digit. A text is searched for these words alone, each by
itself, which is ten times as fast as one pattern for them all."""

_BEFORE = re.compile(rf"[^\w.~:/?#@!$&*+,;=%\\-]|{_QUOTE}", _FLAGS)
_BEHIND = re.compile(
    rf"\d{{0,19}}+{_WHOLE}(?:\.html|\.json)?"
    rf"(?:(?=[/?#&%\\;])(?:(?!{_QUOTE}|(?<![=/])https?:)[\w.~:/?#@!$&*+,;=%\\-]){{0,4000}})?",
    _FLAGS,
)
_BEGINNING = re.compile(r"https?(?::|%3A|%253A)|(?<![\w.@-])(?:(?:www|mobile|m)\.)?(?:twitter|x)\.com", _FLAGS)
_LONGEST_HEAD = 600


def find_status_urls(text: str) -> Iterator[FoundStatus]:
    r"""All status URLs of a text (prose, markup, or JSON with its ``\/`` and ``\u002F``), in order, in linear time."""
    floor = 0
    for spoor in merge(*(pattern.finditer(text) for pattern in _SPOORS), key=re.Match.start):
        behind = _BEHIND.match(text, spoor.end())
        if spoor.start() < floor or behind is None:
            continue
        head = _BEFORE.split(text[max(floor, spoor.start() - _LONGEST_HEAD) : spoor.end()])[-1]
        host = "." in head  # or no address can begin there
        found = _longest(text, spoor.end() - len(head), spoor.start(), behind.end()) if host else None
        floor = found.end if found else spoor.end()
        if found is not None:
            yield found


def _longest(text: str, start: int, spoor: int, end: int) -> FoundStatus | None:
    """The longest status URL that ends at `end` and begins between `start` and `spoor`: words may be glued to it."""
    end = start + len(text[start:end].rstrip(".,;:!?*&\\~"))
    for begin in _beginnings(text, start, spoor):
        status = parse_status(text[begin:end])
        if status is not None:
            return FoundStatus(begin, end, status)
    return None


def _beginnings(text: str, start: int, spoor: int) -> Iterator[int]:
    """Where a URL may begin: at `start`, or at a scheme or host behind it, not within the path or query of another."""
    yield start
    within = False
    for match in _BEGINNING.finditer(text, start, spoor):
        if match.start() > start and not (within and text[match.start() - 1] in "/=?&#:|"):
            yield match.start()
        within = True
