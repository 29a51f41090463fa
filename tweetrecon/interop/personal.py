"""Personal archives: the zip an account's owner gets. Since 2018 its tweets do not repeat whose they are."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path, PurePosixPath

from tweetrecon.errors import InputError
from tweetrecon.interop import dump
from tweetrecon.interop.archive import Record, as_record, at

ACCOUNT = "account.js"
LARGEST_ACCOUNT = 2**20

_TWEETS = re.compile(r"(?:tweets?|community-tweet|deleted-tweets?|note-tweet)(?:-part[0-9]{1,4})?\.js")
_MONTH = re.compile(r"[0-9]{4}_[0-9]{2}\.js")


def holds_tweets(name: PurePosixPath) -> bool:
    """Whether a script of a personal archive is one of those with tweets, by its name."""
    return _TWEETS.fullmatch(name.name) is not None or _MONTH.fullmatch(name.name) is not None


def names_no_author(name: str) -> bool:
    """Whether the tweets of a file are those of the archive's owner, and do not say so."""
    return name.startswith(("tweet", "community-tweet", "deleted-tweet", "note-tweet"))


def owner_beside(path: Path) -> Record:
    """The account of the archive that a file lies in, in the words of API v1.1; empty where it is not told."""
    account = path.with_name(ACCOUNT)
    if not names_no_author(path.name) or not account.is_file():
        return {}
    try:
        with dump.opened(account) as stream:
            return owner(dump.items(stream))
    except InputError:
        return {}


def owner(account: Iterable[dump.Item]) -> Record:
    """The holder that the records of ``account.js`` name."""
    records = [item.content for item in account if isinstance(item.content, dict)]
    holder = as_record(at(records[0], "account")) if records else {}
    return {
        "screen_name": holder.get("username") or "",
        "name": holder.get("accountDisplayName"),
        "id_str": holder.get("accountId"),
    }


def with_owner(record: Record, owner: Record) -> Record:
    """A record of ``tweets.js`` as an object of API v1.1: taken out of its wrapper, with its author."""
    tweet = as_record(record.get("tweet")) if len(record) == 1 else record
    tweet = tweet or record
    return {**tweet, "user": owner} if owner and "full_text" in tweet and "user" not in tweet else tweet
