"""snscrape as a resolver. Twitter has blocked what it asks since mid-2023, so expect reasons rather than tweets."""

from __future__ import annotations

from tweetrecon.online.answer import Answer, Availability, Get
from tweetrecon.online.clock import now
from tweetrecon.online.resolver import Cited, Resolver


def snscrape() -> Resolver:
    """Asks with the package snscrape (extra ``[snscrape]``), which opens its own connections, to Twitter alone."""
    return Resolver("snscrape", "the package snscrape; blocked by Twitter since 2023", frozenset(), _resolve)


def _resolve(cited: Cited, _: Get) -> Answer:
    url = f"https://twitter.com/i/status/{cited.tweet_id}"
    body, reason = "", ""
    try:
        from tweetrecon.interop.snscrape_module import load

        scraper = load().TwitterTweetScraper(cited.tweet_id, retries=0)
        tweet = next(iter(scraper.get_items()), None)
        body = tweet.json() if tweet is not None else ""
        reason = "" if body else "no tweet came"
    except Exception as error:  # noqa: BLE001 - whatever a foreign package raises is a reason, not an end
        reason = f"{type(error).__name__}: {error}"[:300]
    found = Availability.FOUND if body else Availability.UNKNOWN
    return Answer(tweet_id=cited.tweet_id, availability=found, url=url, at=now(), reason=reason, body=body)
