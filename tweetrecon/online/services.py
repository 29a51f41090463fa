"""The services that answer requests for one tweet in JSON: syndication, behind embeds, and oEmbed."""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode, urlsplit

from tweetrecon.online.answer import Answer, Availability, Get, Response, UnansweredError
from tweetrecon.online.clock import now
from tweetrecon.online.resolver import Cited, Resolver

SYNDICATION = "https://cdn.syndication.twimg.com/tweet-result"
OEMBED = "https://publish.twitter.com/oembed"
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


def syndication(address: str = SYNDICATION) -> Resolver:
    """The service that feeds embedded tweets; its answers are whole tweets."""

    def resolve(cited: Cited, get: Get) -> Answer:
        query = urlencode({"id": cited.tweet_id, "token": token(cited.tweet_id), "lang": "en"})
        return asked(cited, f"{address}?{query}", get, _in_syndication)

    return Resolver("syndication", "the service behind embedded tweets", _host(address), resolve)


def oembed(address: str = OEMBED) -> Resolver:
    """The service that gives embed codes: author, text, day."""

    def resolve(cited: Cited, get: Get) -> Answer:
        status = f"https://twitter.com/{cited.username or 'i'}/status/{cited.tweet_id}"
        query = urlencode({"url": status, "omit_script": "1", "dnt": "true"})
        return asked(cited, f"{address}?{query}", get, _in_oembed)

    return Resolver("oembed", "the service that gives embed codes", _host(address), resolve)


def _host(address: str) -> frozenset[str]:
    return frozenset({urlsplit(address).netloc})


Judge = Callable[[Any], tuple[Availability, str]]


def asked(cited: Cited, url: str, get: Get, judge: Judge) -> Answer:
    """The answer to a request, judged by its status first and then by what it holds."""
    try:
        response = get(url)
    except UnansweredError as error:
        return Answer(tweet_id=cited.tweet_id, availability=Availability.UNKNOWN, url=url, at=now(), reason=str(error))
    availability, reason = _judged(response, judge)
    body = response.body.decode("utf-8", "replace") if availability is Availability.FOUND else ""
    return Answer(tweet_id=cited.tweet_id, availability=availability, url=url, at=response.at, reason=reason, body=body)


def _judged(response: Response, judge: Judge) -> tuple[Availability, str]:
    if response.status == 404:
        return Availability.NOT_FOUND, "status 404"
    if response.status == 403:
        return Availability.UNAVAILABLE, "status 403"
    if response.status != 200:
        return Availability.UNKNOWN, f"status {response.status}"
    try:
        return judge(json.loads(response.body))
    except (ValueError, RecursionError):
        return Availability.UNKNOWN, "an answer that is no JSON"


def _in_syndication(content: Any) -> tuple[Availability, str]:
    kind = content.get("__typename") if isinstance(content, dict) else None
    if content == {}:
        return Availability.NOT_FOUND, "an empty answer"
    if kind == "TweetTombstone":
        tombstone = content.get("tombstone")
        said = tombstone.get("text") if isinstance(tombstone, dict) else None
        said = said.get("text") if isinstance(said, dict) else None
        return Availability.UNAVAILABLE, f"a tombstone: {str(said)[:200]}" if said else "a tombstone"
    return (Availability.FOUND, "") if kind == "Tweet" else (Availability.UNKNOWN, "an answer without a tweet")


def _in_oembed(content: Any) -> tuple[Availability, str]:
    holds = isinstance(content, dict) and isinstance(content.get("html"), str) and isinstance(content.get("url"), str)
    return (Availability.FOUND, "") if holds else (Availability.UNKNOWN, "an answer without a tweet")


def token(tweet_id: str) -> str:
    """What the syndication service expects beside an id: (id / 10¹⁵ × π) in base 36, without zeros and the point.

    As react-tweet makes it, in JavaScript. Digits follow as long as they tell the number from its neighbours.

    >>> token("20")
    '6dq1a2xwd93'
    """
    value = int(tweet_id) / 1e15 * math.pi
    whole, fraction = int(value), value - int(value)
    delta = max(0.5 * (math.nextafter(value, math.inf) - value), math.ulp(0.0))
    places: list[int] = []
    while fraction >= delta:
        fraction, delta = fraction * 36, delta * 36
        places.append(int(fraction))
        fraction -= places[-1]
        if (fraction > 0.5 or (fraction == 0.5 and places[-1] & 1)) and fraction + delta > 1:
            whole += _round_up(places)
            break
    return (_base_36(whole) + "".join(_DIGITS[place] for place in places)).replace("0", "")


def _round_up(places: list[int]) -> int:
    """Add one to the last place; what is carried over to the whole number."""
    while places:
        if places[-1] < 35:
            places[-1] += 1
            return 0
        places.pop()
    return 1


def _base_36(number: int) -> str:
    digits = ""
    while number:
        number, digit = divmod(number, 36)
        digits = _DIGITS[digit] + digits
    return digits
