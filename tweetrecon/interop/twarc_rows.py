r"""Rows of twarc-csv → tweets of API v2 as twarc 2 flattens them.

twarc-csv writes line ends in texts as ``\n``, lists and objects as JSON, and of what a tweet refers to ids and names.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from typing import Any

import orjson

from tweetrecon.interop.archive import Record, Refusal
from tweetrecon.interop.exact_ids import digits
from tweetrecon.model import RejectCode
from tweetrecon.readers.stream import Stream

_NEEDED = {"id", "text", "created_at"}
_TELLING = {"author_id", "author.username", "conversation_id"}
_COUNTS = ("reply_count", "retweet_count", "quote_count", "like_count")
_LARGEST_CELL = 16 * 2**20
_NO_ID = Refusal(RejectCode.ROUNDED_ID, "a row without an id of digits; spreadsheets round ids")


def sniff(head: bytes) -> bool:
    """Whether the first line names columns of twarc-csv."""
    names = next(csv.reader([head.partition(b"\n")[0].decode("utf-8-sig", "replace")]), [])
    return set(names) >= _NEEDED and bool(_TELLING & set(names))


def records(stream: Stream) -> Iterator[tuple[Record | Refusal, str]]:
    """The tweet of each row, or why it has none, and the beginning of the row."""
    csv.field_size_limit(_LARGEST_CELL)
    lines = io.TextIOWrapper(stream, "utf-8-sig", "replace", newline="")
    rows = csv.DictReader(lines)
    while True:
        try:
            row = next(rows, None)
        except csv.Error as error:
            yield Refusal(RejectCode.BAD_RECORD, f"no row of CSV ({error})"), ""
            continue
        if row is None:
            break
        cells = {key: value for key, value in row.items() if key and isinstance(value, str) and value}
        content = _tweet(cells) if digits(cells.get("id")) else _NO_ID
        yield content, ",".join(str(value) for value in row.values())[:80]
    lines.detach()


def _tweet(row: Mapping[str, str]) -> Record:
    names = {"id": row.get("author.id") or row.get("author_id"), "username": row.get("author.username")}
    return {
        **{key: row[key] for key in ("id", "created_at", "lang", "author_id", "conversation_id") if key in row},
        "text": row.get("text", "").replace(r"\n", "\n"),
        "author": names | {"name": row.get("author.name")},
        "in_reply_to_user": {"id": row.get("in_reply_to_user_id"), "username": row.get("in_reply_to_username")},
        "referenced_tweets": list(_references(row)),
        "public_metrics": {name: _number(row.get(f"public_metrics.{name}")) for name in _COUNTS},
        "entities": {"urls": [_url(item) for item in _listed(row.get("entities.urls"))]},
        "attachments": {"media": _listed(row.get("attachments.media"))},
        "edit_history_tweet_ids": _listed(row.get("edit_history_tweet_ids")),
    }


def _references(row: Mapping[str, str]) -> Iterator[Record]:
    for kind, prefix in (("replied_to", "in_reply_to"), ("retweeted", "retweeted"), ("quoted", "quoted")):
        if tweet_id := row.get(f"referenced_tweets.{kind}.id"):
            author = {"id": row.get(f"{prefix}_user_id"), "username": row.get(f"{prefix}_username")}
            yield {"type": kind, "id": tweet_id, "author": author}


def _number(cell: str | None) -> int | None:
    """A count; pandas writes it as ``5.0`` in columns that have gaps."""
    whole = (cell or "").removesuffix(".0")
    return int(whole) if whole.isascii() and whole.isdigit() and len(whole) < 19 else None


def _listed(cell: str | None) -> list[Any]:
    try:
        found = orjson.loads(cell) if cell else []
    except orjson.JSONDecodeError:
        return []
    return found if isinstance(found, list) else []


def _url(item: Any) -> Any:
    return item if isinstance(item, dict) else {"url": str(item)}
