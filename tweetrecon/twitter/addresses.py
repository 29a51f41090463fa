"""Addresses: a URL out of the escapes of the page it stands in, and out of the web archive that keeps its target."""

from __future__ import annotations

import html
import re
from datetime import UTC, datetime
from typing import NamedTuple
from urllib.parse import unquote

from tweetrecon.twitter import hosts


class Address(NamedTuple):
    """A URL taken apart: host, all that follows it, and the archive that keeps its target.

    ``archive_prefix`` is all that stands before the archived address; ``archived_at`` the time of capture in UTC, where
    the prefix tells it to the second.
    """

    host: str
    rest: str
    archive_prefix: str | None = None
    archived_at: datetime | None = None


_FLAGS = re.ASCII | re.IGNORECASE | re.DOTALL
# Schemes are doubled in real links ("https://https://…") and archives shorten their slashes ("https:/…"). No "@" and no
# "\" in or behind the host: there browsers and people disagree about which host is meant.
_URL = re.compile(r"(?:https?:/{0,2}){0,2}(?:(?<!/)//)?([^/?#\s@\\]{1,255})(|[/?#].*)\Z", _FLAGS)
_ARCHIVED = re.compile(
    r"((?:(?:https?:)?//([^/?#\s]{1,255}))?(?:/[^/?#\s]{1,60}){0,3}?/)"
    r"((?:https?:/|//|(?:www\.|mobile\.)?(?:twitter|x)\.com/).*)",
    _FLAGS,
)
# Wayback (20160820205919, with flags as in 20160820205919im_) and archive.today (20160820205919 or 2016.08.20-205919).
_CAPTURE = re.compile(r"/(\d{14}|\d{4}\.\d\d\.\d\d-\d{6})(?:[a-z]{2}_)?/\Z", _FLAGS)
_ENCODED = re.compile(r"%(?:25)?(?:2F|3A)", _FLAGS)
_AROUND = " \t\r\n\f\v\xa0\"'“”"
_JSON_ESCAPE = re.compile(r"\\{1,3}(?:(/)|u00([0-9a-fA-F]{2}))")


def take_apart(url: str) -> Address | None:
    """Host and rest of a URL, unescaped and out of its archive; None for what is no URL with a host."""
    prefix, inner, time = unarchive(unescape(url))
    split = split_host(inner)
    return Address(*split, prefix or None, time) if split else None


def split_host(text: str) -> tuple[str, str] | None:
    """(host, all behind it) of an unescaped URL, which may lack its scheme; None for a relative one."""
    match = _URL.match(text)
    return (match[1], match[2]) if match else None


def unarchive(text: str) -> tuple[str, str, datetime | None]:
    """(prefix, archived address, time of capture) of an unescaped URL; the prefix is empty where no archive keeps it.

    A replay of Wayback's kind is known under any host, or none, by the 14 digits of time in its path.
    """
    prefix, time = "", None
    for _ in range(2):  # an archive may keep another archive's page
        match = _ARCHIVED.match(text)
        capture = _CAPTURE.search(match[1]) if match else None
        if match is None or not (capture or hosts.is_archive(match[2] or "")):
            break
        prefix, text, time = prefix + match[1], match[3], _utc(capture[1]) if capture else time
    return prefix, text, time


def unescape(url: str) -> str:
    """A URL without the white space and quotes around it and without the escapes of HTML, JSON and forms."""
    url = url.strip(_AROUND)
    if "&" in url and ";" in url:
        url = html.unescape(url).strip(_AROUND)
    if "\\" in url:
        url = _JSON_ESCAPE.sub(lambda m: m[1] or chr(int(m[2], 16)), url)
    return unquote_twice(url) if url[:6].lower() in ("http%3", "https%", "http%2") else url


def unquote_twice(value: str) -> str:
    """A percent-encoded address with its slashes free; two rounds are the most that was seen."""
    for _ in range(2):
        if _ENCODED.search(value):
            value = unquote(value)
    return value


def _utc(capture: str) -> datetime | None:
    try:
        return datetime.strptime(re.sub(r"\D", "", capture), "%Y%m%d%H%M%S").replace(tzinfo=UTC)
    except ValueError:
        return None
