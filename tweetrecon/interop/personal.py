"""Personal archives: the zip an account's owner gets. Since 2018 its tweets do not repeat whose they are."""

from __future__ import annotations

from pathlib import Path

from tweetrecon.errors import InputError
from tweetrecon.interop import dump
from tweetrecon.interop.archive import Record, as_record, at

ACCOUNT = "account.js"


def owner_beside(path: Path) -> Record:
    """The account of the archive that a file lies in, in the words of API v1.1; empty where it is not told."""
    account = path.with_name(ACCOUNT)
    if not path.name.startswith(("tweet", "community-tweet")) or not account.is_file():
        return {}
    try:
        with dump.opened(account) as stream:
            records = [item.content for item in dump.items(stream) if isinstance(item.content, dict)]
    except InputError:
        return {}
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
