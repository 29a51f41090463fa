"""Status URLs and the other addresses of Twitter: who, which tweet, by which host, out of which archive.

Hosts and paths are those seen in pages (docs/forms.md): twitter.com and x.com with their subdomains, nitter instances, the
fx/vx/fixup mirrors, intents, embed iframes, oEmbed endpoints, proxies that carry a status URL in their query, and Wayback's
rewritten addresses. An id is not judged here (:mod:`tweetrecon.twitter.snowflake` does); a username in a path is dropped
when it is a placeholder.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from urllib.parse import parse_qs, unquote, urljoin, urlsplit

from tweetrecon.twitter import usernames


class UrlKind(StrEnum):
    """What an address of a tweet is for."""

    STATUS = "status"
    INTENT = "intent"
    EMBED = "embed"
    OEMBED = "oembed"
    PROXY = "proxy"
    THREAD = "thread"
    TAG = "tag"


class LinkClass(StrEnum):
    """What a link leads to, as far as Twitter is concerned."""

    STATUS = "status"
    PROFILE = "profile"
    SHARE = "share"
    FOLLOW = "follow"
    HASHTAG = "hashtag"
    SEARCH = "search"
    MEDIA = "media"
    SHORTENER = "shortener"
    TWITTER = "twitter"
    FOREIGN = "foreign"


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusUrl:
    """An address that names a tweet. ``archived_at`` is the capture time of an archive's rewritten address."""

    tweet_id: str
    username: str | None = None
    host: str = "twitter.com"
    kind: UrlKind = UrlKind.STATUS
    archived_at: datetime | None = None


MAX_LENGTH = 4000
"""Longer addresses are not read: no real one is, and data: URLs would cost time."""

_TWITTER = r"(?:(?:www|mobile|m)\.)?(?:twitter|x)\.com"
_MIRRORS = (
    r"(?:www\.)?(?:(?:[fv]x)?twitter|fix(?:up|v)x)\.com|(?:[a-z0-9-]{1,40}\.)?nitter\.[a-z0-9.-]{2,60}"
    r"|(?:www\.)?xcancel\.com"
)
_PATH = r"/(?:\#!/)?(?:@?(?P<user>\w{1,20})/)?(?:web/)?status(?:es)?/(?P<id>[1-9]\d{0,19})(?![\w])"
_STATUS = re.compile(rf"(?:https?:)?//(?P<host>{_TWITTER}|{_MIRRORS})(?::\d{{2,5}})?/{{0,2}}{_PATH}", re.I | re.A)
_ARCHIVE = re.compile(
    r"(?:(?:https?:)?//(?:web\.archive\.org|wayback\.archive-it\.org(?:/\d+)?|archive\.(?:is|today|ph|li|md|fo|vn)))?"
    r"/(?:web/)?(?P<time>\d{4,14})(?:[a-z]{2}_)?/(?P<rest>(?:https?:)?/{0,2}\S{4,4000})",
    re.I,
)
_INTENT = re.compile(rf"(?:https?:)?//{_TWITTER}/intent/\w{{3,12}}\?(?P<query>\S+)", re.I)
_EMBED = re.compile(r"(?:https?:)?//platform\.(?:twitter|x)\.com/embed/(?:Tweet|index)\.html\?(?P<query>\S+)", re.I)
_OEMBED = re.compile(r"(?:https?:)?//(?:publish|api)\.(?:twitter|x)\.com/[\w./]{0,40}\?(?P<query>\S+)", re.I)
_THREAD = re.compile(r"(?:https?:)?//(?:www\.)?threadreaderapp\.com/thread/(?P<id>[1-9]\d{0,19})(?!\d)", re.I)
_TAG = re.compile(r"tag:twitter\.com(?:,\d{4})?:(?P<id>[1-9]\d{0,19})(?!\w)", re.I)
_SOCIAL_EMBED = re.compile(r"/socialembed/(?P<rest>https?://\S+)", re.I)
_SIGNS = re.compile(r"status|tweet|thread|tag:twitter|/web/", re.I)
_ESCAPED_SLASH = re.compile(r"\\/|\\u002f", re.I)


def parse_status(url: str, *, base: str | None = None) -> StatusUrl | None:
    """The tweet that an address names; None where it names none. ``base`` resolves relative addresses."""
    if len(url) > MAX_LENGTH or not _SIGNS.search(url):
        return None
    url = html.unescape(_ESCAPED_SLASH.sub("/", url.strip()))
    if base and not url.startswith(("http", "//", "tag:")):
        url = _joined(base, url)
    return _direct(url) or _archived(url) or _special(url) or _carried(url)


def _joined(base: str, url: str) -> str:
    try:
        return urljoin(base, url)
    except ValueError:
        return url


def _direct(url: str) -> StatusUrl | None:
    match = _STATUS.match(url)
    return _status(match) if match else None


def _status(match: re.Match[str]) -> StatusUrl:
    user = match["user"]
    return StatusUrl(
        tweet_id=match["id"], username=usernames.from_path(user) if user else None, host=match["host"].lower()
    )


def _archived(url: str) -> StatusUrl | None:
    match = _ARCHIVE.match(url)
    if not match:
        return None
    rest = match["rest"]
    inner = _direct(rest if "//" in rest[:8] else "//" + rest.lstrip("/"))
    inner = inner or _special(rest)
    return replace(inner, archived_at=archive_time(match["time"])) if inner else None


def archive_time(digits: str) -> datetime | None:
    """Wayback's time stamp (4 to 14 digits, YYYYMMDDhhmmss cut anywhere) as UTC."""
    filled = digits + "00000101000000"[len(digits) :]
    try:
        return datetime.strptime(filled, "%Y%m%d%H%M%S").replace(tzinfo=UTC)
    except ValueError:
        return None


def original(url: str) -> tuple[str, datetime | None]:
    """An archive's rewritten address → (the original address, capture time); any other address unchanged."""
    match = _ARCHIVE.match(url)
    if not match or "." not in match["rest"]:
        return url, None
    rest = match["rest"]
    return (rest if "//" in rest[:8] else "http://" + rest.lstrip("/")), archive_time(match["time"])


def _special(url: str) -> StatusUrl | None:
    """Intents, embed frames, thread readers and tag URIs."""
    if match := _INTENT.match(url):
        return _by_query(match["query"], ("in_reply_to", "tweet_id"), UrlKind.INTENT)
    if match := _EMBED.match(url):
        return _by_query(match["query"], ("id", "tweetId"), UrlKind.EMBED)
    if match := _THREAD.match(url):
        return StatusUrl(tweet_id=match["id"], host="threadreaderapp.com", kind=UrlKind.THREAD)
    if match := _TAG.match(url):
        return StatusUrl(tweet_id=match["id"], kind=UrlKind.TAG)
    return None


def _by_query(query: str, names: tuple[str, ...], kind: UrlKind) -> StatusUrl | None:
    values = parse_qs(query.split("#", 1)[0])
    for name in names:
        value = values.get(name, [""])[0]
        if value.isascii() and value.isdigit() and len(value) <= 20 and value[0] != "0":
            return StatusUrl(tweet_id=value, kind=kind)
    return None


def _carried(url: str) -> StatusUrl | None:
    """A status URL inside another address: oEmbed endpoints, screenshot services, proxies; never a share link."""
    if classify(url) is LinkClass.SHARE:
        return None
    if match := _SOCIAL_EMBED.search(url):
        inner = _direct(match["rest"])
        return replace(inner, kind=UrlKind.PROXY) if inner else None
    _, mark, query = url.partition("?")
    if not mark or "status" not in query:
        return None
    kind = UrlKind.OEMBED if _OEMBED.match(url) else UrlKind.PROXY
    for part in query.split("&"):
        inner = _direct(unquote(unquote(part.partition("=")[2])).strip())
        if inner:
            return replace(inner, kind=kind)
    return None


def canonical_url(tweet_id: str, username: str | None = None) -> str:
    """``https://twitter.com/<username>/status/<id>``; ``i`` stands for a username that is not known."""
    return f"https://twitter.com/{username or 'i'}/status/{tweet_id}"


# ------------------------------------------------------------------------------------------------ in running text

_SLASH = r"(?:/|\\/|\\u002[fF]|%2[fF])"
_IN_TEXT = re.compile(
    rf"(?:(?<![\w.-])|(?<=u002F|u002f)|(?<=%2[Ff]))(?P<host>(?:[a-z0-9-]{{1,40}}\.){{0,2}}(?:twitter|x|fixupx|fixvx|fxtwitter|vxtwitter)\.com){_SLASH}"
    rf"(?:\#!{_SLASH})?(?:@?(?P<user>\w{{1,20}}){_SLASH})?(?:web{_SLASH})?status(?:es)?{_SLASH}(?P<id>[1-9]\d{{0,19}})(?!\w)",
    re.I | re.A,
)
_KNOWN_HOST = re.compile(rf"{_TWITTER}|{_MIRRORS}", re.I | re.A)


def find_status_urls(text: str) -> Iterator[tuple[int, int, StatusUrl]]:
    """(start, end, status) of each status URL in any text, also with JSON-escaped or percent-encoded slashes. Linear."""
    for match in _IN_TEXT.finditer(text):
        if _KNOWN_HOST.fullmatch(match["host"]):
            yield match.start(), match.end(), _status(match)


# ------------------------------------------------------------------------------------------------ other links

_HOST = re.compile(rf"(?:https?:)?//(?P<host>{_TWITTER})(?::\d{{2,5}})?(?P<path>/[^?]*)?(?=[?#]|$)", re.I)
_MEDIA = re.compile(r"(?:https?:)?//(?:pic\.(?:twitter|x)\.com|pbs\.twimg\.com|video\.twimg\.com)/", re.I)
_SHORT = re.compile(r"(?:https?:)?//t\.co/", re.I)
_SHARE_HOSTS = re.compile(
    r"(?:https?:)?//[\w.-]*?(?:facebook|linkedin|reddit|pinterest|tumblr|whatsapp|telegram|addtoany|addthis|flipboard|"
    r"getpocket|t\.me|wa\.me|vk|line)\b",
    re.I,
)
_NO_PROFILES = frozenset(
    "about compose download explore hashtag home i intent login logout messages notifications privacy search settings share"
    " signup statuses tos who_to_follow widgets web status goodies oauth".split()
)


def classify(url: str) -> LinkClass:
    """What a link leads to. Share and follow links are page furniture wherever they stand."""
    url = url.strip()
    if _MEDIA.match(url):
        return LinkClass.MEDIA
    if _SHORT.match(url):
        return LinkClass.SHORTENER
    match = _HOST.match(url)
    if not match:
        return LinkClass.SHARE if _SHARE_HOSTS.match(url) and "?" in url else LinkClass.FOREIGN
    segments = [s for s in (match["path"] or "").split("/") if s and s != "#!"]
    return _classified(segments, url)


def _classified(segments: list[str], url: str) -> LinkClass:
    first = segments[0].lower() if segments else ""
    if first == "intent" and len(segments) > 1:
        follow = segments[1].lower() in ("user", "follow")
        return LinkClass.FOLLOW if follow else LinkClass.SHARE
    if first in ("share", "home") or first == "intent":
        return LinkClass.SHARE
    if first == "hashtag" or first.startswith("#"):
        return LinkClass.HASHTAG
    if first == "search":
        return LinkClass.SEARCH
    if _STATUS.match(url):
        return LinkClass.STATUS
    if len(segments) == 1 and first not in _NO_PROFILES and usernames.clean(segments[0]):
        return LinkClass.PROFILE
    return LinkClass.TWITTER


def parse_profile(url: str) -> str | None:
    """The username whose profile a link leads to; None where it leads elsewhere."""
    url, _ = original(url.strip())
    kind = classify(url)
    if kind is LinkClass.PROFILE:
        path = urlsplit(url.replace("/#!", "")).path
        return usernames.from_path(path.strip("/"))
    if kind is LinkClass.FOLLOW:
        name = parse_qs(urlsplit(url).query).get("screen_name", [""])[0]
        return usernames.clean(name) if name else None
    return None
