"""An element that only bears the id or URL of a tweet in an attribute, for a script to fill in."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml.html import HtmlElement

from tweetrecon.forms import signs
from tweetrecon.forms.classes import class_words
from tweetrecon.forms.form import Anchor, Form, refusal
from tweetrecon.forms.links import in_timeline, stated
from tweetrecon.model import Embed, Reject, RejectCode
from tweetrecon.page import Page, displayed_text
from tweetrecon.twitter import snowflake, urls

IDS = (
    "data-tweet-id",
    "data-tweetid",
    "tweet-id",
    "tweetid",
    "data-twitter-id",
    "data-twitter-tweet-id",
    "data-tweet-embed-id",
    "data-tweet-embed-id-value",
    "data-tweet-id-value",
    "data-embed-tweet-id",
)
"""Attributes that hold the id of a tweet by their name alone."""

_NUMBER = re.compile(r"(?<![0-9A-Za-z.])[1-9]\d{14,18}(?![0-9A-Za-z.])")
"""A number as long as the ids of tweets since Snowflake."""

_ID_VALUE = re.compile(r"[\s'\"{]{0,3}(?:[a-zA-Z]{1,20}[-_:#]){0,3}([1-9]\d{14,18})[\s'\"}]{0,3}")
"""An id alone, or behind words: ``tweet-container-1067387559736246349``."""

_TWITTERS = re.compile(
    r"tweet|twitter(?!:|[-_]card[-_]image)|(?<![a-z])x[-_]?(?:post|embed|status)|(?:embed|post)[-_]x(?![a-z])"
    r"|data-x-id|(?:embed|provider|type|platform|network|service|media)=x\s",
    re.IGNORECASE,
)
"""What the tag, a class, an attribute or its value says of an element that stands for a tweet."""

_SOURCE = re.compile(r"(?:^|[-_])(?:src|source|url|href)$|^src[-_]", re.IGNORECASE)
"""Attributes that hold an address, as lazy loaders and consent tools rename ``src``."""

_SAYS_TWITTER = re.compile(r"[\"'](?:tweet|twitter)[\"']", re.IGNORECASE)
"""A value of a component's properties that says what it stands for: ``{"provider": "twitter", …}``."""

_OTHER_IDS = re.compile(
    r"user|author|account|profile|widget|latest|reply|parent|conversation|campaign|app[-_]?id", re.IGNORECASE
)
_FRAME_ID = re.compile(r"(?<!\w)(?!user|widget|app)[\w-]{0,20}[/=#]([1-9]\d{14,18})(?=$|[/?&#])", re.IGNORECASE)
_CHROME = frozenset("share sharing feed timeline button btn count counter follow reply like retweet".split())
_NOT_SHOWN = ("a", "button", "form", "input", "meta", "link", "body", "html")
_WORDLESS = ("on", "class", "style", "title", "alt", "cite")
_MAX_STATE = 4000
"""Characters of a component's properties; longer state holds whole articles."""


def read(node: HtmlElement, page: Page) -> Iterator[Embed | Reject]:
    """The tweet that an element stands for."""
    if node.tag in _NOT_SHOWN or class_words(node) & _CHROME:
        return
    names = (name for name, _ in node.items() if name.isprintable() and name[0] != "{")  # lxml looks no others up
    found = [embed for embed in (_stated(node, name) for name in names) if embed is not None]
    embed = next((embed for embed in found if embed.raw_url), found[0] if found else None)
    if embed is not None and in_timeline(node):
        yield refusal(RejectCode.PAGE_CHROME, "in a timeline", embed.raw_url or embed.tweet_id)
    elif embed is not None:
        yield embed


def _stated(node: HtmlElement, name: str) -> Embed | None:
    """The tweet that one attribute names."""
    value = node.get(name) or ""
    if name.startswith(_WORDLESS) or _OTHER_IDS.search(name):
        return None
    if name in IDS or (name != "id" and "status" in value):
        embed = stated(node, name, FORM.name)
        if embed is not None:
            return embed
    if _SOURCE.search(name) and "/" in value:
        number = _FRAME_ID.search(value) if _TWITTERS.search(value) else None
        return _of_id(number[1]) if number else None
    if len(value) <= _MAX_STATE and value.lstrip()[:1] in ("{", "["):
        return _in_state(value) if _is_twitters(node) or _SAYS_TWITTER.search(value) else None
    if len(value) > _MAX_STATE or not _is_twitters(node):
        return None
    number = _ID_VALUE.fullmatch(value)
    shown = name == "id" and displayed_text(node)
    return _of_id(number[1]) if number and not shown else None


def _in_state(value: str) -> Embed | None:
    """The tweet of a component's properties, where they name but one."""
    plain = value.replace("\\/", "/")
    found = {status.status.tweet_id: plain[status.start : status.end] for status in urls.find_status_urls(plain)}
    if len(found) == 1:
        return Embed(form=FORM.name, raw_url=next(iter(found.values())))
    numbers = set(_NUMBER.findall(value))
    return _of_id(numbers.pop()) if len(numbers) == 1 and not found else None


def _of_id(number: str) -> Embed | None:
    return Embed(form=FORM.name, tweet_id=number) if snowflake.is_plausible(number) else None


def _is_twitters(node: HtmlElement) -> bool:
    """Whether the element says that it stands for a tweet."""
    said = (f"{name}={value} " if len(value) <= 80 else f"{name} " for name, value in node.items())
    return _TWITTERS.search(f"{node.tag} {''.join(said)}") is not None


FORM = Form(
    name="placeholder",
    doc="element with the id or URL of a tweet in an attribute",
    anchors=(
        *(Anchor(attr=name) for name in IDS),
        Anchor(attr="data-*"),
        Anchor(attr="<id>"),
    ),
    read=read,
    since=2012,
    yields="id, username",
    seen="Euronews, Time, nd, Reach, Corriere della Sera, Welt, Vice, wPolityce",
    signs=(*signs.STATUS, *signs.TWEET_ID, *IDS),
)
