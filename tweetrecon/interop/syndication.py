"""Answers of the services behind embeds: ``tweet-result`` of the syndication service, and oEmbed."""

from __future__ import annotations

from collections.abc import Iterator

from tweetrecon.forms.tweet_record import read_record
from tweetrecon.interop.api_v1 import status
from tweetrecon.interop.archive import Archive, Record, Refusal, string
from tweetrecon.model import Embed, RejectCode
from tweetrecon.twitter import urls

SYNDICATION, OEMBED = "twitter_syndication", "twitter_oembed"


def _is_result(record: Record) -> bool:
    kind = record.get("__typename")
    return kind == "TweetTombstone" or (kind == "Tweet" and "id_str" in record and isinstance(record.get("user"), dict))


def _result(record: Record) -> Iterator[Embed | Refusal]:
    """The tweet of an answer. A tombstone does not say whose it is, so it cannot be used."""
    if record["__typename"] == "TweetTombstone":
        yield Refusal(RejectCode.BAD_RECORD, "a tombstone, which names no tweet")
        return
    yield status(record, SYNDICATION)


def _is_oembed(record: Record) -> bool:
    return isinstance(record.get("html"), str) and urls.parse_status(string(record.get("url")) or "") is not None


def _oembed(record: Record) -> Iterator[Embed | Refusal]:
    """The tweet of an oEmbed answer: its markup tells the author, the text and the day."""
    embed = read_record({"type": "rich", "provider_name": "Twitter", **record}, OEMBED)
    yield embed or Refusal(RejectCode.BAD_RECORD, "an oEmbed answer without a tweet")


SYNDICATION_ARCHIVE = Archive(SYNDICATION, "answers of the syndication service (`tweet-result`)", _is_result, _result)
OEMBED_ARCHIVE = Archive(OEMBED, "answers of Twitter's oEmbed service", _is_oembed, _oembed)
