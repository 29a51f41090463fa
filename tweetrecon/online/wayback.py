"""The Wayback Machine: its list of captures tells whether a tweet's page was archived; the page holds the tweet."""

from __future__ import annotations

import json
from urllib.parse import urlencode, urlsplit

from tweetrecon.online.answer import Answer, Availability, Get, UnansweredError
from tweetrecon.online.clock import now
from tweetrecon.online.resolver import Cited, Resolver

ARCHIVE = "https://web.archive.org"


def wayback(address: str = ARCHIVE) -> Resolver:
    """Asks for the earliest capture that was no redirect or error, then for that page as it was archived."""

    def resolve(cited: Cited, get: Get) -> Answer:
        status = f"twitter.com/{cited.username or 'i'}/status/{cited.tweet_id}"
        query = {"url": status, "output": "json", "filter": "statuscode:200", "fl": "timestamp,original", "limit": "1"}
        captures = f"{address}/cdx/search/cdx?{urlencode(query)}"
        try:
            return _found(cited, captures, address, get)
        except UnansweredError as error:
            return _answer(cited, captures, Availability.UNKNOWN, str(error))

    return Resolver("wayback", "the Wayback Machine", frozenset({urlsplit(address).netloc}), resolve)


def _found(cited: Cited, captures: str, address: str, get: Get) -> Answer:
    listed = get(captures)
    try:
        rows = json.loads(listed.body or b"[]") if listed.status == 200 else None
        timestamp, original = (str(value) for value in rows[1]) if rows else ("", "")
    except (ValueError, TypeError, IndexError, RecursionError):
        rows, timestamp, original = None, "", ""
    if rows is None:
        return _answer(cited, captures, Availability.UNKNOWN, f"status {listed.status}, no list of captures")
    if not (timestamp.isascii() and timestamp.isdigit()):
        return _answer(cited, captures, Availability.NOT_FOUND, "no capture of its page")
    page = f"{address}/web/{timestamp}id_/{original}"
    response = get(page)
    if response.status != 200:
        return _answer(cited, page, Availability.UNKNOWN, f"status {response.status}")
    return Answer(
        tweet_id=cited.tweet_id,
        availability=Availability.FOUND,
        url=page,
        at=response.at,
        media_type="text/html",
        body=response.body.decode("utf-8", "replace"),
    )


def _answer(cited: Cited, url: str, availability: Availability, reason: str) -> Answer:
    return Answer(tweet_id=cited.tweet_id, availability=availability, url=url, at=now(), reason=reason)
