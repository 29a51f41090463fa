"""Tweets as data: objects of Twitter's APIs, oEmbed answers, and the embed blocks of publishing systems.

Twitter's own objects came in four shapes: API v1.1 (``user.screen_name``), the web client's (``legacy.full_text``), the
syndication service's (``mediaDetails``, ``quoted_tweet``), and flat ones made from them (Substack's ``data-attrs``).
Its pages also told tweets to search engines as schema.org's ``SocialMediaPosting``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from html import unescape
from typing import Any, Literal

from tweetrecon.forms.links import leads_to_status
from tweetrecon.forms.quote import read_quote
from tweetrecon.model import Embed, Media, Role, TimeSource, Url
from tweetrecon.page import displayed_text, fragment
from tweetrecon.twitter import links, snowflake, titles

Record = dict[str, Any]

MARKUP = ("html", "content", "value", "embed", "code", "embedCode", "embed_code", "rendered")
"""Keys under which a record keeps the embed code itself."""

_TYPES = frozenset(
    "type subtype sub_type subType __typename _type _nodeType @type role kind component provider provider_name"
    " providerName providerNameSlug source service platform network tn embedType embed_type contentType".split()
)
_TWEET = re.compile(r"tweet|twitter", re.IGNORECASE)
_EMBED = re.compile(r"tweet|twitter|o?embed", re.IGNORECASE)
_NOT_SHOWN = re.compile(r"share|follow|timeline|profile|social_?links?|card", re.IGNORECASE)
_IDS = ("tweetId", "tweet_id", "tweetID", "id_str", "id", "content_id", "contentId", "embedId", "embed_id")
_NAMED = re.compile(r"(?:tweet|twitter_?(?:tweet|status))_?(?:id|url|link)", re.IGNORECASE)
_INSIDE = ("attrs", "data", "fields", "attributes", "props", "properties", "payload", "value", "params", "config")
"""Keys under which editors keep what a block is made of: ``{"type": "tweet", "attrs": {"src": …}}``."""

MAX_PROPERTIES = 4
"""Keys of an object that stands for a tweet by one of them alone; an article's own object has more."""

MAX_KEY = 30
"""Characters of the longest key that names a tweet."""

MIN_ID = 15
"""Digits of the ids since Snowflake; shorter numbers may be anything's."""

MIN_NAMED_ID = 8
"""Digits of the ids since 2007; what is shorter may be a database's own number."""

_MEDIA_TYPES = {"photo": "photo", "video": "video", "animated_gif": "animated_gif"}


def is_record(value: Record) -> bool:
    """Whether an object is a tweet or the embed of one, and not a share button, an account or a timeline."""
    return _is_status(value) or _is_flat(value) or _is_posting(value) or _is_embed(value)


def read_record(value: Record, form: str) -> Embed | None:
    """The tweet that a record states; None where it states neither id nor author."""
    if _is_status(value):
        return _status(value, form)
    if _is_flat(value):
        return _flat(value, form)
    if _is_posting(value):
        return _posting(value, form)
    return _embed(value, form)


# ------------------------------------------------------------------------------------------------ Twitter's objects


def _legacy(value: Record) -> Record:
    """The object itself, or the part in which the web client's objects keep it."""
    legacy = value.get("legacy")
    return legacy if isinstance(legacy, dict) and "full_text" in legacy else value


def _author(value: Record) -> Record:
    user = value.get("user")
    if not isinstance(user, dict):
        user = _at(value, "core", "user_results", "result")
    legacy = user.get("legacy") if isinstance(user, dict) else None
    return {**(user or {}), **(legacy if isinstance(legacy, dict) else {}), **_dict(_at(user, "core"))}


def _is_status(value: Record) -> bool:
    if not ("user" in value or "core" in value):
        return False
    legacy = _legacy(value)
    has_text = any(isinstance(legacy.get(key), str) for key in ("full_text", "text"))
    return has_text and isinstance(_author(value).get("screen_name"), str)


def _status(value: Record, form: str) -> Embed:
    legacy, author = _legacy(value), _author(value)
    extended = _dict(legacy.get("extended_tweet"))
    text = extended.get("full_text") or legacy.get("full_text") or legacy.get("text")
    quoted = _related(value, legacy, ("quoted_status", "quoted_tweet", "quoted_status_result"), form)
    source = _related(value, legacy, ("retweeted_status", "retweeted_status_result"), form)
    return Embed(
        form=form,
        tweet_id=_number(legacy.get("id_str") or value.get("rest_id") or legacy.get("id")),
        raw_username=author.get("screen_name"),
        raw_name=_text(author.get("name")),
        author_id=_number(author.get("id_str") or author.get("rest_id")),
        raw_text=_text(text),
        timestamp=_text(legacy.get("created_at")),
        timestamp_source=TimeSource.PAGE_JSON,
        lang=_text(legacy.get("lang")),
        urls=tuple(_links(extended or legacy)),
        media=tuple(_media(legacy)),
        conversation_id=_number(legacy.get("conversation_id_str")),
        replied_to_id=_number(legacy.get("in_reply_to_status_id_str") or legacy.get("in_reply_to_status_id")),
        replied_to_username=_text(legacy.get("in_reply_to_screen_name")),
        quoted=quoted,
        retweeted=source,
        parent=_related(value, legacy, ("parent",), form),
        like_count=_count(legacy.get("favorite_count")),
        retweet_count=_count(legacy.get("retweet_count")),
        reply_count=_count(legacy.get("reply_count") or legacy.get("conversation_count")),
        quote_count=_count(legacy.get("quote_count")),
    )


def _related(value: Record, legacy: Record, keys: tuple[str, ...], form: str) -> Embed | None:
    """The tweet that stands inside another one as its quote, source or parent."""
    for holder in (value, legacy):
        for key in keys:
            inner = holder.get(key)
            inner = _dict(_at(inner, "result")) or inner
            if isinstance(inner, dict) and _is_status(inner):
                return replace(_status(inner, form), role=Role.INNER)
    return None


def _links(legacy: Record) -> Iterator[Url]:
    for entry in _list(_at(legacy, "entities", "urls")):
        address = _text(_at(entry, "url"))
        if address:
            expanded, display = _text(_at(entry, "expanded_url")), _text(_at(entry, "display_url"))
            yield Url(url=address, expanded_url=expanded, display_url=display)


def _media(legacy: Record) -> Iterator[Media]:
    places = (("extended_entities", "media"), ("mediaDetails",), ("entities", "media"))
    entries = next(filter(None, (_list(_at(legacy, *place)) for place in places)), [])
    for entry in entries:
        address = _text(_at(entry, "media_url_https") or _at(entry, "media_url"))
        kind = _MEDIA_TYPES.get(str(_at(entry, "type")), "unknown")
        yield Media(type=kind, url=address, alt_text=_text(_at(entry, "ext_alt_text")))


# ------------------------------------------------------------------------------------------------ flat objects


def _is_flat(value: Record) -> bool:
    return isinstance(value.get("full_text"), str) and isinstance(value.get("username"), str)


def _flat(value: Record, form: str) -> Embed:
    quoted = _dict(value.get("quoted_tweet"))
    expanded = _dict(value.get("expanded_url"))
    address = _text(expanded.get("url"))
    return Embed(
        form=form,
        raw_url=_text(value.get("url")),
        raw_username=value["username"],
        raw_name=_text(value.get("name")),
        raw_text=_words(value["full_text"]),
        timestamp=_text(value.get("date")),
        timestamp_source=TimeSource.PAGE_JSON,
        urls=(Url(url=address, expanded_url=address),) if address else (),
        media=tuple(_photos(value)),
        quoted=replace(_flat(quoted, form), role=Role.INNER) if _is_flat(quoted) else None,
        like_count=_count(value.get("like_count")),
        retweet_count=_count(value.get("retweet_count")),
    )


def _is_posting(value: Record) -> bool:
    """Whether it is a tweet in the words of schema.org, as Twitter's own pages told them to search engines."""
    address = value.get("url")
    return value.get("@type") == "SocialMediaPosting" and isinstance(address, str) and leads_to_status(address)


def _posting(value: Record, form: str) -> Embed:
    author = _dict(value.get("author"))
    return Embed(
        form=form,
        raw_url=value["url"],
        raw_username=_text(author.get("additionalName")) or _text(author.get("alternateName")),
        raw_name=_text(author.get("givenName")) or _text(author.get("name")),
        author_id=_number(author.get("identifier")),
        raw_text=_text(value.get("articleBody")),
        timestamp=_text(value.get("datePublished")) or _text(value.get("dateCreated")),
        timestamp_source=TimeSource.JSON_LD,
        lang=_text(value.get("inLanguage")),
    )


def _photos(value: Record) -> Iterator[Media]:
    for photo in _list(value.get("photos")):
        address = _text(_at(photo, "img_url"))
        if address:
            yield Media(type="photo", url=address, alt_text=_text(_at(photo, "alt_text")))


def _words(text: str) -> str | None:
    """A text in which links stand as markup."""
    body = fragment(text.replace("\n", "<br>")) if "<a " in text else None
    return displayed_text(body) if body is not None else _text(text)


# ------------------------------------------------------------------------------------------------ embeds as data


def _is_embed(value: Record) -> bool:
    stated = [value[key] for key in _TYPES.intersection(value)]
    kinds = {_kind(kind) for kind in stated if isinstance(kind, str) and len(kind) < 80} if stated else ()
    if "not shown" in kinds:
        return False
    if "tweet" not in kinds and "embed" not in kinds:
        return _is_named(value) or (_title(value) is not None and _address(value) is not None)
    return bool(_code(value) or _address(value) or ("tweet" in kinds and _stated_id(value)))


@lru_cache(4096)
def _kind(stated: str) -> Literal["not shown", "tweet", "embed", "other"]:
    """What a type that a record states makes of it."""
    if _NOT_SHOWN.search(stated):
        return "not shown"
    return "tweet" if _TWEET.search(stated) else "embed" if _EMBED.search(stated) else "other"


def _title(value: Record) -> titles.Title | None:
    """The title of a tweet's page, as Medium keeps it of what it embeds."""
    title = value.get("title")
    return titles.parse(title) if isinstance(title, str) and titles.names_site(title) else None


def _is_named(value: Record) -> bool:
    """Whether an object is little more than a tweet's id or URL under a key that says so, as components get it."""
    if len(value) > MAX_PROPERTIES:
        return False
    named = {key: told for key, told in value.items() if _names_tweet(key)}
    return bool(named) and bool(_stated_id(named) or _address(named))


def _names_tweet(key: str) -> bool:
    return len(key) <= MAX_KEY and _is_name(key)


@lru_cache(4096)
def _is_name(key: str) -> bool:
    return _NAMED.fullmatch(key) is not None


def _embed(value: Record, form: str) -> Embed | None:
    code = _code(value)
    body = fragment(code) if code else None
    quote = body.find(".//blockquote") if body is not None else None
    shown = read_quote(quote, form) if quote is not None else None
    embed = shown or Embed(form=form, raw_url=_address(value), tweet_id=_stated_id(value))
    profile, title = _text(value.get("author_url")) or "", _title(value)
    return replace(
        embed,
        raw_url=embed.raw_url or _address(value),
        raw_name=embed.raw_name or _text(value.get("author_name")) or (title.name if title else None),
        raw_username=embed.raw_username or links.parse_profile(profile),
        node=None,
    )


def _code(value: Record) -> str | None:
    """The embed code that a record holds itself or, as in Arc's ``raw_oembed``, in an object of its own."""
    for holder in (*_holders(value), _dict(value.get("raw_oembed")), _dict(value.get("oembed"))):
        for key in MARKUP:
            code = holder.get(key)
            if isinstance(code, str) and "blockquote" in code:
                return code if "<" in code else unescape(code)
    return None


def _address(value: Record) -> str | None:
    held = (text for holder in _holders(value) for text in holder.values())
    strings = (text.strip() for text in held if isinstance(text, str) and len(text) < 500)
    return next(filter(leads_to_status, strings), None)


def _stated_id(value: Record) -> str | None:
    """The id under one of the usual keys; one of before Snowflake only where the key says that it is a tweet's."""
    stated = ((key, _number(holder.get(key))) for holder in _holders(value) for key in _IDS)
    long = ((key, n) for key, n in stated if n and len(n) >= (MIN_NAMED_ID if _names_tweet(key) else MIN_ID))
    return next((n for _, n in long if snowflake.is_plausible(n)), None)


def _holders(value: Record) -> Iterator[Record]:
    """A record, and the objects of its own in which editors keep what it is made of."""
    yield value
    yield from filter(None, (_dict(value.get(key)) for key in _INSIDE))


# ------------------------------------------------------------------------------------------------ values of any type


def _at(value: Any, *path: str) -> Any:
    for key in path:
        value = value.get(key) if isinstance(value, dict) else None
    return value


def _dict(value: Any) -> Record:
    return value if isinstance(value, dict) else {}


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _text(value: Any) -> str | None:
    """A string with the entities resolved that Twitter's API puts for ``&``, ``<`` and ``>``."""
    return unescape(value).strip() or None if isinstance(value, str) else None


def _number(value: Any) -> str | None:
    """An id as a string. JavaScript rounds large numbers, but JSON keeps what the server wrote."""
    number = str(value) if isinstance(value, (str, int)) and not isinstance(value, bool) else ""
    return number if number.isdigit() and number.isascii() else None


def _count(value: Any) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None
