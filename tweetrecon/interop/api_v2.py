"""API v2: response pages and single lookups (``data``, ``includes``), and tweets flattened by twarc 2."""

from __future__ import annotations

from collections.abc import Iterator
from html import unescape
from typing import Any, NamedTuple

from tweetrecon.interop.archive import UNAVAILABLE, Archive, Record, Refusal, as_record, at, count, records, string
from tweetrecon.interop.exact_ids import digits, versions
from tweetrecon.model import NOT_A_REPLY, Embed, Media, RejectCode, Role, Url

NAME = "twitter_api_v2"
_DEEPEST = 4
_FLAT = ("author_id", "author", "referenced_tweets", "public_metrics", "edit_history_tweet_ids", "conversation_id")


class _Includes(NamedTuple):
    """What a page says about the tweets of its ``data``, by id."""

    users: dict[str, Record]
    tweets: dict[str, Record]
    media: dict[str, Record]


def sniff(record: Record) -> bool:
    """Whether a record is a response, or one tweet as v2 words it."""
    return _is_page(record) or _is_tweet(record)


def _is_tweet(value: Any) -> bool:
    tweet = as_record(value)
    return isinstance(tweet.get("id"), str) and isinstance(tweet.get("text"), str) and any(k in tweet for k in _FLAT)


def _is_page(record: Record) -> bool:
    data, meta, errors = record.get("data"), record.get("meta"), records(record.get("errors"))
    tweets = data if isinstance(data, list) else [data]
    bare = any(isinstance(at(t, "id"), str) and isinstance(at(t, "text"), str) for t in tweets)
    empty = not data and (at(meta, "result_count") == 0 or any("resource_id" in e for e in errors))
    return bare or empty


def read(record: Record) -> Iterator[Embed | Refusal]:
    """The tweets of a page or of a flattened record, then those that the page calls unavailable."""
    if not _is_page(record):
        yield _read(record, _Includes({}, {}, {}), Role.EMBEDDED, 0)
        return
    data, includes = record.get("data"), _includes(as_record(record.get("includes")))
    tweets = data if isinstance(data, list) else [data]
    for tweet in tweets:
        if isinstance(tweet, dict) and digits(tweet.get("id")):
            yield _read(tweet, includes, Role.EMBEDDED, 0)
        elif tweet is not None:
            yield Refusal(RejectCode.BAD_RECORD, "an entry of `data` that is no tweet")
    yield from _gone(record)
    if not data and not record.get("errors"):
        yield Refusal(RejectCode.NOT_AN_ARTICLE, "a response page without tweets", kept=True)


def _gone(record: Record) -> Iterator[Embed]:
    for error in records(record.get("errors")):
        tweet_id = digits(error.get("resource_id") or error.get("value"))
        if tweet_id and error.get("resource_type") == "tweet":
            yield Embed(form=NAME, role=Role.INNER, tweet_id=tweet_id, flags=(UNAVAILABLE,))


def _includes(value: Record) -> _Includes:
    by = {name: records(value.get(name)) for name in ("users", "tweets", "media")}
    return _Includes(
        {u["id"]: u for u in by["users"] if string(u.get("id"))},
        {t["id"]: t for t in by["tweets"] if string(t.get("id"))},
        {m["media_key"]: m for m in by["media"] if string(m.get("media_key"))},
    )


def _read(tweet: Record, includes: _Includes, role: Role, depth: int) -> Embed:
    author = as_record(tweet.get("author")) or includes.users.get(str(tweet.get("author_id")), {})
    answered = as_record(tweet.get("in_reply_to_user")) or includes.users.get(str(tweet.get("in_reply_to_user_id")), {})
    related = {kind: _related(tweet, kind, includes, depth) for kind in ("replied_to", "quoted", "retweeted")}
    parent, metrics = related["replied_to"], as_record(tweet.get("public_metrics"))
    text = string(at(tweet, "note_tweet", "text")) or string(tweet.get("text"))
    tweet_id, conversation = digits(tweet.get("id")), digits(tweet.get("conversation_id"))
    return Embed(
        form=NAME,
        role=role,
        tweet_id=tweet_id,
        raw_text=unescape(text) if text else None,
        raw_username=string(author.get("username")),
        raw_name=string(author.get("name")),
        author_id=digits(tweet.get("author_id") or author.get("id")),
        timestamp=string(tweet.get("created_at")),
        lang=string(tweet.get("lang")),
        urls=tuple(_links(tweet)),
        media=tuple(_media(tweet, includes)),
        conversation_id=conversation,
        flags=(NOT_A_REPLY,) if conversation and conversation == tweet_id else (),
        edit_tweet_ids=versions(tweet.get("edit_history_tweet_ids")),
        replied_to_id=parent.tweet_id if parent else None,
        replied_to_username=string(answered.get("username")) if parent else None,
        parent=parent if parent and parent.raw_text else None,
        quoted=related["quoted"],
        retweeted=related["retweeted"],
        like_count=count(metrics.get("like_count")),
        retweet_count=count(metrics.get("retweet_count")),
        reply_count=count(metrics.get("reply_count")),
        quote_count=count(metrics.get("quote_count")),
    )


def _related(tweet: Record, kind: str, includes: _Includes, depth: int) -> Embed | None:
    """The tweet that another one answers, quotes or retweets: in it, among the includes, or known by its id alone."""
    for reference in records(tweet.get("referenced_tweets")):
        if reference.get("type") == kind and digits(reference.get("id")):
            whole = {**includes.tweets.get(reference["id"], {}), **reference}
            nested = whole if depth < _DEEPEST else {"id": whole["id"]}
            return _read(nested, includes, Role.INNER, depth + 1)
    return None


def _links(tweet: Record) -> Iterator[Url]:
    for link in records(at(tweet, "entities", "urls")):
        if shown := string(link.get("url")):
            address = string(link.get("expanded_url")), string(link.get("display_url"))
            yield Url(url=shown, expanded_url=address[0], display_url=address[1])


def _media(tweet: Record, includes: _Includes) -> Iterator[Media]:
    attachments = as_record(tweet.get("attachments"))
    keys = attachments.get("media_keys")
    found = records(attachments.get("media")) or [
        includes.media.get(str(key), {}) for key in (keys if isinstance(keys, list) else [])
    ]
    for item in found:
        address = string(item.get("url")) or string(item.get("preview_image_url"))
        kind = item.get("type") if item.get("type") in ("photo", "video", "animated_gif") else "unknown"
        yield Media(type=str(kind), url=address, alt_text=string(item.get("alt_text")))


ARCHIVE = Archive(NAME, "API v2: response pages, and tweets flattened by twarc 2", sniff, read)
