"""Answers of the GraphQL service behind Twitter's pages: ``TweetDetail`` and timelines, as saved from a browser.

In 2023 the author's names stood in ``core.user_results.result.legacy``, in 2026 in ``….result.core``; both are read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from tweetrecon.forms.tweet_record import read_record
from tweetrecon.interop.api_v1 import completed, is_no_reply
from tweetrecon.interop.archive import UNAVAILABLE, Archive, Record, Refusal, as_record, at, string
from tweetrecon.interop.exact_ids import digits, versions
from tweetrecon.model import NOT_A_REPLY, Embed, RejectCode, Role

NAME = "twitter_graphql"
_ENTRY = re.compile(r"tweet-([0-9]{1,19})$")
_DEEPEST = 8


def sniff(record: Record) -> bool:
    """Whether a record is an answer with tweets, or one tweet out of an answer."""
    return _is_tweet(record) or next(_results(record.get("data")), None) is not None


def _is_tweet(value: Record) -> bool:
    return "rest_id" in value and isinstance(value.get("legacy"), dict) and "full_text" in value["legacy"]


def read(record: Record) -> Iterator[Embed | Refusal]:
    """The tweets of an answer in its order; those withheld by their id."""
    if _is_tweet(record):
        yield _read(record, None)
        return
    for entry, result in _results(record["data"]):
        yield _read(result, entry)


def _results(data: Any) -> Iterator[tuple[str | None, Record]]:
    """Each tweet of an answer with the name of its entry; what stands inside tweets is left to them."""
    waiting: list[tuple[str | None, Any]] = [(None, data)]
    while waiting:
        entry, value = waiting.pop()
        if isinstance(value, list):
            waiting += [(entry, item) for item in reversed(value)]
        elif isinstance(value, dict):
            entry = string(value.get("entryId")) or entry
            result = at(value, "tweet_results", "result") or at(value, "tweetResult", "result")
            if isinstance(result, dict):
                yield entry, result
            else:
                waiting += [(entry, item) for item in reversed(value.values()) if isinstance(item, (dict, list))]


def _read(result: Record, entry: str | None) -> Embed | Refusal:
    tweet = _unwrapped(result)
    if _is_tweet(tweet):
        embed = read_record(_plain(tweet, 0), NAME)
        edits = versions(at(tweet, "edit_control", "edit_tweet_ids"))
        if embed is None:
            return Refusal(RejectCode.BAD_RECORD, "a tweet without an author")
        flags = (NOT_A_REPLY,) if is_no_reply(as_record(tweet.get("legacy"))) else ()
        return replace(embed, edit_tweet_ids=edits, flags=(*embed.flags, *flags))
    tweet_id = digits(tweet.get("rest_id")) or _id_of_entry(entry)
    if tweet_id is None:
        return Refusal(RejectCode.BAD_RECORD, f"a {str(tweet.get('__typename'))[:40]} without an id")
    return Embed(form=NAME, role=Role.INNER, tweet_id=tweet_id, flags=(UNAVAILABLE,))


def _id_of_entry(entry: str | None) -> str | None:
    found = _ENTRY.search(entry) if entry else None
    return found[1] if found else None


def _unwrapped(result: Record) -> Record:
    """The tweet in a ``TweetWithVisibilityResults``, or the object itself."""
    return as_record(result.get("tweet")) or result


def _plain(tweet: Record, depth: int) -> Record:
    """The tweet as an object of v1.1: its ``legacy`` part with author, note and inner tweets."""
    legacy = as_record(tweet.get("legacy"))
    user = as_record(at(tweet, "core", "user_results", "result"))
    author = {**as_record(user.get("legacy")), **as_record(user.get("core")), "id_str": digits(user.get("rest_id"))}
    plain = {**legacy, "id_str": digits(tweet.get("rest_id")), "user": author, "note_tweet": tweet.get("note_tweet")}
    for key in ("retweeted_status", "quoted_status"):
        inner = at(legacy, f"{key}_result", "result") or at(tweet, f"{key}_result", "result")
        inner = _unwrapped(as_record(inner))
        if _is_tweet(inner) and depth < _DEEPEST:
            plain[key] = _plain(inner, depth + 1)
    return completed(plain) if depth == 0 else plain


ARCHIVE = Archive(NAME, "answers of Twitter's GraphQL service (TweetDetail, timelines)", sniff, read)
