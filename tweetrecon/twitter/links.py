"""Links to accounts on Twitter."""

from __future__ import annotations

import re

from tweetrecon.twitter import addresses, hosts, usernames

_BUTTONS = frozenset({"intent/follow", "intent/user", "widgets/follow_button"})
_TABS = frozenset("favorites followers following likes media with_replies".split())
# First segments of paths that are Twitter's own and no usernames.
_SERVICES = frozenset(
    "about account ads business compose download explore goodies help home i intent jobs login logout messages oauth"
    " notifications privacy rules search search-home settings share signup statuses tos who_to_follow widgets".split()
)
_SITE = re.compile(r"(?:(?:www|mobile|m|[a-z]{2})\.)?(?:twitter|x)\.com")
_PATH = re.compile(r"/{0,3}(?:(?:#|%23)(?:!|%21)?/{0,2})?(?:@|%40)?([^/?#]{0,100})/?([^/?#.]{0,100})", re.ASCII)
_SCREEN_NAME = re.compile(r"[?&]screen_name=(?:@|%40)?(\w{1,20})", re.ASCII | re.IGNORECASE)


def parse_profile(url: str) -> str | None:
    """The username of a link to an account's page, one of its tabs, or a button to follow it; None for other links."""
    address = addresses.take_apart(url)
    if address is None or hosts.family(address.host) in (None, "unroller"):
        return None
    return _profile(hosts.bare(address.host), address.rest)


def _profile(host: str, rest: str) -> str | None:
    first, second = _segments(rest)
    if f"{first}/{second}".lower() in _BUTTONS:
        name = _SCREEN_NAME.search(rest)
        return usernames.clean(name[1]) if name else None
    if first.lower() in _SERVICES or (second and second.lower() not in _TABS):
        return None
    if hosts.family(host) in ("twitter", "x") and not _SITE.fullmatch(host):  # help.twitter.com/en
        return None
    return usernames.clean(first.rstrip(".,:;!"))


def _segments(rest: str) -> tuple[str, str]:
    """The first two segments of a path, also of one behind ``#!``, without extensions."""
    match = _PATH.match(rest)
    return (match[1], match[2]) if match else ("", "")
