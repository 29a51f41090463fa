"""JSON lines of snscrape and of twscrape, which writes nearly the same.

Keys changed over time: ``content`` became ``rawContent`` in snscrape 0.5 (January 2023), ``outlinks`` and
``tcooutlinks`` became ``links``. Ids are numbers; with ``--jsonl-for-buggy-int-parser`` they stand as ``id.str`` too,
and twscrape writes ``id_str``. Quoted tweets may be mere references (``TweetRef``) or gone (``Tombstone``).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from tweetrecon.interop.archive import UNAVAILABLE, Archive, Record, Refusal, as_record, at, count, records, string
from tweetrecon.interop.exact_ids import digits, trusted, versions, was_rounded
from tweetrecon.model import NOT_A_REPLY, Embed, Media, RejectCode, Role, Url
from tweetrecon.twitter import urls

NAME = "snscrape"
TYPES = "snscrape.modules.twitter."
_DEEPEST = 8


def sniff(record: Record) -> bool:
    """Whether a record says it is one of snscrape's, or is a tweet in snscrape's words."""
    kind = record.get("_type")
    if isinstance(kind, str):
        return kind.startswith(TYPES) or kind == "Tweet"
    return "date" in record and "user" in record and ("rawContent" in record or "content" in record)


def read(record: Record) -> Iterator[Embed | Refusal]:
    """The tweet of a line, or why there is none."""
    kind = _kind(record)
    if kind not in ("Tweet", "TweetRef", "Tombstone"):
        yield Refusal(RejectCode.BAD_RECORD, f"an object of type {kind[:40]}, no tweet")
    elif _tweet_id(record) is None:
        yield _without_id(record)
    else:
        yield _read(record, 0)


def _without_id(record: Record) -> Refusal:
    if was_rounded(record.get("id"), None):
        return Refusal(RejectCode.ROUNDED_ID, f"the id {record['id']} was rounded, and no string or URL repeats it")
    return Refusal(RejectCode.BAD_RECORD, "a tweet without an id")


def _kind(record: Record) -> str:
    return str(record.get("_type") or "Tweet").removeprefix(TYPES)


def _tweet_id(record: Record) -> str | None:
    stated = digits(record.get("id_str")) or digits(record.get("id.str")) or _id_in_url(record)
    return stated or (None if was_rounded(record.get("id"), None) else digits(record.get("id")))


def _id_in_url(record: Record) -> str | None:
    status = urls.parse_status(string(record.get("url")) or "")
    return status.tweet_id if status else None


def _read(record: Record, depth: int) -> Embed:
    """A tweet with the ones inside it; hostile nesting ends at some depth."""
    tweet_id = _tweet_id(record)
    role = Role.INNER if depth or _kind(record) != "Tweet" else Role.EMBEDDED
    if _kind(record) != "Tweet":
        gone = (UNAVAILABLE,) if _kind(record) == "Tombstone" else ()
        return Embed(form=NAME, role=Role.INNER, tweet_id=tweet_id, flags=gone)
    rounded = was_rounded(record.get("id"), tweet_id)
    user, answered = as_record(record.get("user")), as_record(record.get("inReplyToUser"))
    conversation = trusted(record, rounded, "conversationIdStr", "conversationId.str", "conversationId")
    return Embed(
        form=NAME,
        role=role,
        tweet_id=tweet_id,
        raw_url=string(record.get("url")),
        raw_text=string(record.get("rawContent")) or string(record.get("content")),
        raw_username=string(user.get("username")),
        raw_name=string(user.get("displayname")),
        author_id=trusted(user, rounded, "id_str", "id.str", "id"),
        timestamp=string(record.get("date")),
        lang=string(record.get("lang")),
        urls=tuple(_links(record)),
        media=tuple(_media(record.get("media"))),
        conversation_id=conversation,
        flags=(NOT_A_REPLY,) if conversation and conversation == tweet_id else (),
        edit_tweet_ids=versions(at(record, "editState", "editTweetIds")),
        replied_to_id=trusted(record, rounded, "inReplyToTweetIdStr", "inReplyToTweetId.str", "inReplyToTweetId"),
        replied_to_username=string(answered.get("username")) or string(record.get("inReplyToScreenName")),
        retweeted=_inner(record.get("retweetedTweet"), depth),
        quoted=_inner(record.get("quotedTweet"), depth),
        like_count=count(record.get("likeCount")),
        retweet_count=count(record.get("retweetCount")),
        reply_count=count(record.get("replyCount")),
        quote_count=count(record.get("quoteCount")),
    )


def _inner(value: Any, depth: int) -> Embed | None:
    return _read(value, depth + 1) if isinstance(value, dict) and value and depth < _DEEPEST else None


def _links(record: Record) -> Iterator[Url]:
    links = records(record.get("links"))
    for link in links:
        if shown := string(link.get("tcourl")) or string(link.get("url")):
            yield Url(url=shown, expanded_url=string(link.get("url")), display_url=string(link.get("text")))
    if not links:
        pairs = zip(_strings(record.get("tcooutlinks")), _strings(record.get("outlinks")), strict=False)
        yield from (Url(url=short, expanded_url=long) for short, long in pairs)


def _strings(value: Any) -> list[str]:
    return [item for item in value if isinstance(item, str)] if isinstance(value, list) else []


def _media(value: Any) -> Iterator[Media]:
    """Of snscrape a list of typed objects, of twscrape an object with a list for each type."""
    if isinstance(value, dict):
        for key, kind in (("photos", "photo"), ("videos", "video"), ("animated", "animated_gif")):
            yield from (_medium(kind, item) for item in records(value.get(key)))
    kinds = {"Photo": "photo", "Video": "video", "Gif": "animated_gif"}
    for item in records(value):
        yield _medium(kinds.get(str(item.get("_type")).removeprefix(TYPES), "unknown"), item)


def _medium(kind: str, item: Record) -> Media:
    addresses: Iterable[Any] = (
        item.get("fullUrl"),
        item.get("url"),
        item.get("videoUrl"),
        _best_variant(item),
        item.get("thumbnailUrl"),
        item.get("previewUrl"),
    )
    address = next((a for a in addresses if string(a)), None)
    return Media(type=kind, url=address, alt_text=string(item.get("altText")))


def _best_variant(item: Record) -> str | None:
    variants = [v for v in records(item.get("variants")) if string(at(v, "url"))]
    return max(variants, key=lambda v: count(v.get("bitrate")) or 0)["url"] if variants else None


ARCHIVE = Archive(NAME, "JSON lines of snscrape and twscrape", sniff, read)
