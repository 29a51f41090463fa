"""Links to Twitter: what each is for, so that a page's furniture can be told from its content."""

from __future__ import annotations

import re
from typing import Literal

from tweetrecon.twitter import addresses, hosts, urls, usernames

LinkKind = Literal[
    "status", "profile", "share", "follow", "action", "hashtag", "search", "media", "shortener", "other", "foreign"
]
"""
- ``status``: one tweet, in any way but as a button
- ``profile``: an account, or a tab of its page
- ``share``, ``follow``: buttons that post a link or follow an account; ``action``: answer, like or retweet one tweet
- ``hashtag``, ``search``: results; ``media``: a picture or video by itself; ``shortener``: t.co, which leads anywhere
- ``other``: anything else of Twitter's (home page, scripts, help, lists, moments); ``foreign``: not Twitter's
"""

_MEDIA = frozenset("pic.twitter.com pic.x.com pbs.twimg.com video.twimg.com".split())
_BUTTONS: dict[str, LinkKind] = {
    "intent/tweet": "share",
    "intent/post": "share",
    "intent/follow": "follow",
    "intent/user": "profile",
    "intent/like": "action",
    "intent/favorite": "action",
    "intent/retweet": "action",
    "widgets/tweet_button": "share",
    "widgets/follow_button": "follow",
}
_TABS = frozenset("favorites followers following likes media with_replies".split())
# First segments of paths that are Twitter's own and no usernames.
_SERVICES = frozenset(
    "about account ads business compose download explore goodies help home i intent jobs login logout messages oauth"
    " notifications privacy rules search search-home settings share signup statuses tos who_to_follow widgets".split()
)
_SITE = re.compile(r"(?:(?:www|mobile|m|[a-z]{2})\.)?(?:twitter|x)\.com")
_PATH = re.compile(r"/{0,3}(?:(?:#|%23)(?:!|%21)?/{0,2})?(?:@|%40)?([^/?#]{0,100})/?([^/?#.]{0,100})", re.ASCII)
_POSTED = re.compile(r"/(?:home/?)?\?(?:[^#]{0,2000}?&)?status=", re.ASCII | re.IGNORECASE)
_SCREEN_NAME = re.compile(r"[?&]screen_name=(?:@|%40)?(\w{1,20})", re.ASCII | re.IGNORECASE)


def classify(url: str) -> LinkKind:
    """What a link is for. A link into a web archive counts as what it keeps. Never raises."""
    status = urls.parse_status(url)
    if status is not None:
        return "action" if status.kind == "intent" else "share" if status.kind == "share" else "status"
    address = addresses.take_apart(url)
    if address is None:
        return "foreign"
    host = hosts.bare(address.host)
    if host == "t.co":
        return "shortener"
    if host in _MEDIA:
        return "media"
    if hosts.family(host) in (None, "unroller"):
        return "other" if host.endswith((".twimg.com", ".ads-twitter.com")) else "foreign"
    return _on_twitter(host, address.rest)


def parse_profile(url: str) -> str | None:
    """The username of a link to an account's page, one of its tabs, or a button to follow it; None for other links."""
    address = addresses.take_apart(url)
    if address is None or hosts.family(address.host) in (None, "unroller"):
        return None
    return _profile(hosts.bare(address.host), address.rest)


def _on_twitter(host: str, rest: str) -> LinkKind:
    first, second = _segments(rest)
    button = _BUTTONS.get(f"{first}/{second}".lower())
    if button is not None:
        return button
    if first == "share" or _POSTED.match(rest):
        return "share"
    if first == "hashtag":
        return "hashtag"
    if first == "search" or host.startswith("search."):
        return "search"
    return "profile" if _profile(host, rest) else "other"


def _profile(host: str, rest: str) -> str | None:
    first, second = _segments(rest)
    if _BUTTONS.get(f"{first}/{second}".lower()) in ("follow", "profile"):
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
