"""Objects of API v1.1, as twarc 1, stream grabs and personal archives keep them.

Forms read such objects on pages (:mod:`tweetrecon.forms.tweet_record`); here they are first put into the one shape that
is read there, because archives also hold notes, counts in strings, quotes by id alone, and rounded numbers.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from tweetrecon.forms.tweet_record import read_record
from tweetrecon.interop.archive import Archive, Record, Refusal, as_record, at, count, string
from tweetrecon.interop.exact_ids import digits, looks_rounded, trusted, versions, was_rounded
from tweetrecon.model import NOT_A_REPLY, Embed, RejectCode
from tweetrecon.twitter import urls

NAME = "twitter_api_v1"
NOTICES = ("delete", "limit", "scrub_geo", "status_withheld", "user_withheld", "disconnect", "warning", "friends")
_INNER = ("retweeted_status", "quoted_status", "quoted_tweet", "parent")
_COUNTS = ("favorite_count", "retweet_count", "reply_count", "quote_count", "conversation_count")
_IDS = ("in_reply_to_status_id", "quoted_status_id", "conversation_id")
_ANSWER = ("in_reply_to_status_id_str", "in_reply_to_status_id", "in_reply_to_user_id_str", "in_reply_to_screen_name")
_DEEPEST = 8


def sniff(record: Record) -> bool:
    """Whether a record is a tweet of v1.1, with or without its author, or a notice of the stream."""
    if len(record) == 1 and next(iter(record)) in NOTICES:
        return True
    identified = "id_str" in record or "id" in record
    worded = "text" in record or "full_text" in record
    return identified and worded and (isinstance(record.get("user"), dict) or "entities" in record)


def read(record: Record) -> Iterator[Embed | Refusal]:
    """The tweet of a record, or why there is none."""
    notice = next((name for name in NOTICES if name in record and len(record) == 1), None)
    if notice:
        yield Refusal(RejectCode.NOT_AN_ARTICLE, f"a notice of the stream ({notice}), no tweet", kept=True)
        return
    yield status(record, NAME)


def status(record: Record, form: str) -> Embed | Refusal:
    """The tweet of an object of v1.1 or of the syndication service."""
    tweet_id = trusted(record, was_rounded(record.get("id"), None), "id_str", "id")
    if tweet_id is None:
        return _without_id(record)
    embed = read_record(completed(record), form)
    return _marked(embed, record) if embed else Refusal(RejectCode.BAD_RECORD, "an object without a text; no tweet")


def _marked(embed: Embed, record: Record) -> Embed:
    """The tweet with what its record says of cuts (compatibility mode cuts at 140) and edits; those inside it too."""
    inner: dict[str, Any] = {
        name: _marked(getattr(embed, name), as_record(record.get(f"{name}_status")))
        for name in ("retweeted", "quoted")
        if getattr(embed, name)
    }
    cut = record.get("truncated") is True and _text(record) == record.get("text")
    flags = (*embed.flags, NOT_A_REPLY) if is_no_reply(record) else embed.flags
    return replace(embed, text_truncated=cut, edit_tweet_ids=_versions(record), flags=flags, **inner)


def is_no_reply(record: Record) -> bool:
    """Whether a whole object says that it answers no tweet: personal archives leave the keys out, others put null."""
    if any(record.get(key) for key in _ANSWER):
        return False
    return any(key in record for key in _ANSWER) or ("entities" in record and "created_at" in record)


def _versions(record: Record) -> tuple[str, ...]:
    """Ids of an edited tweet, as the API and personal archives (of the first version, of later ones) state them."""
    places = (
        ("edit_control", "edit_tweet_ids"),
        ("edit_info", "initial", "editTweetIds"),
        ("edit_info", "edit", "editControlInitial", "editTweetIds"),
    )
    return next((found for place in places if (found := versions(at(record, *place)))), ())


def _without_id(record: Record) -> Refusal:
    number = record.get("id")
    if isinstance(number, int) and looks_rounded(number):
        return Refusal(RejectCode.ROUNDED_ID, f"the id {number} was rounded, and no id_str repeats it")
    return Refusal(RejectCode.BAD_RECORD, "a tweet without an id")


def completed(record: Record, depth: int = 0) -> Record:
    """A copy in which author, text, counts and quote stand where the reader of records looks for them."""
    rounded = was_rounded(record.get("id"), digits(record.get("id_str")))
    tweet = {key: value for key, value in record.items() if key not in (*_IDS, *_INNER)}
    tweet |= {f"{key}_str": trusted(record, rounded, f"{key}_str", key) for key in _IDS}
    tweet |= {key: count(record[key]) for key in _COUNTS if key in record}
    user = as_record(record.get("user"))
    tweet["user"] = {**user, "screen_name": string(user.get("screen_name")) or ""}
    tweet["full_text"] = _text(record)
    for key in _INNER if depth < _DEEPEST else ():
        if isinstance(inner := record.get(key), dict) and inner:
            tweet[key] = completed(inner, depth + 1)
    if "retweeted_status" in tweet:
        tweet.pop("quoted_status", None)  # of the tweet retweeted, which has it too
    elif not ("quoted_status" in tweet or "quoted_tweet" in tweet) and tweet["quoted_status_id_str"]:
        tweet["quoted_status"] = _named(tweet)
    return tweet


def _text(record: Record) -> str:
    notes = (at(record, "note_tweet", "note_tweet_results", "result", "text"), at(record, "note_tweet", "text"))
    texts = (*notes, at(record, "extended_tweet", "full_text"), record.get("full_text"), record.get("text"))
    return next((found for text in texts if (found := string(text))), "")


def _named(tweet: Record) -> Record:
    """A quoted tweet of which only the id is known, and mostly its author from the link."""
    link: Any = at(tweet, "quoted_status_permalink", "expanded")
    found = urls.parse_status(link) if isinstance(link, str) else None
    username = found.username if found else None
    return {"id_str": tweet["quoted_status_id_str"], "full_text": "", "user": {"screen_name": username or ""}}


ARCHIVE = Archive(NAME, "API v1.1: twarc 1, stream grabs, personal archives (Grailbird, `tweets.js`)", sniff, read)
