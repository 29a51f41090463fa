"""Personal archives: the zip an account's owner gets. Since 2018 its tweets do not repeat whose they are."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from html import escape, unescape
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from tweetrecon.errors import InputError
from tweetrecon.interop import dump
from tweetrecon.interop.archive import Record, as_record, at, string

ACCOUNT = "account.js"
NOTES = "note-tweet.js"
LARGEST = 64 * 2**20
"""Bytes of the largest of these that is read from a zip."""

_BEGINNING = 100

_TWEETS = re.compile(r"(?:tweets?|community-tweet|deleted-tweets?)(?:-part[0-9]{1,4})?\.js")
_MONTH = re.compile(r"[0-9]{4}_[0-9]{2}\.js")


def holds_tweets(name: PurePosixPath) -> bool:
    """Whether a script of a personal archive is one of those with tweets, by its name."""
    return _TWEETS.fullmatch(name.name) is not None or _MONTH.fullmatch(name.name) is not None


def names_no_author(name: str) -> bool:
    """Whether the tweets of a file are those of the archive's owner, and do not say so."""
    return name.startswith(("tweet", "community-tweet", "deleted-tweet"))


class Holder(NamedTuple):
    """Whose archive it is, in the words of API v1.1, and the whole texts of long posts by their beginnings."""

    user: Record
    notes: Mapping[str, str]


NOBODY = Holder({}, {})


def holder_beside(path: Path) -> Holder:
    """The holder of the archive that a file lies in; nobody where that is not told."""
    if not names_no_author(path.name):
        return NOBODY
    user = owner(_beside(path, ACCOUNT))
    return Holder(user, notes(_beside(path, NOTES)))


def _beside(path: Path, name: str) -> list[dump.Item]:
    other = path.with_name(name)
    if not other.is_file():
        return []
    try:
        with dump.opened(other) as stream:
            return list(dump.items(stream))
    except InputError:
        return []


def owner(account: Iterable[dump.Item]) -> Record:
    """The user that the records of ``account.js`` name; empty where there are none."""
    records = [item.content for item in account if isinstance(item.content, dict)]
    if not records:
        return {}
    account_of = as_record(at(records[0], "account"))
    return {
        "screen_name": account_of.get("username") or "",
        "name": account_of.get("accountDisplayName"),
        "id_str": account_of.get("accountId"),
    }


def notes(items: Iterable[dump.Item]) -> dict[str, str]:
    """The texts of ``note-tweet.js`` by their beginnings; what two long posts begin alike with tells neither."""
    found: dict[str, str] = {}
    for item in items:
        text = string(at(item.content, "noteTweet", "core", "text")) if isinstance(item.content, dict) else None
        if text and len(text) > _BEGINNING:
            found[text[:_BEGINNING]] = "" if found.get(text[:_BEGINNING], text) != text else text
    return {beginning: text for beginning, text in found.items() if text}


def with_holder(record: Record, holder: Holder) -> Record:
    """A record of ``tweets.js`` as an object of API v1.1: taken out of its wrapper, with its author and whole text.

    Posts longer than 280 characters stand cut there, and whole in ``note-tweet.js`` without their ids.
    """
    tweet = as_record(record.get("tweet")) if len(record) == 1 else record
    tweet = tweet or record
    if not holder.user or "full_text" not in tweet or "user" in tweet:
        return tweet
    whole = holder.notes.get(unescape(str(tweet["full_text"]))[:_BEGINNING])
    note = {"note_tweet": {"text": escape(whole, quote=False)}} if whole else {}
    return {**tweet, "user": holder.user, **note}
