"""Status URLs that stand beside a byline: where author and day agree, the URL gives the id that the text lost."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from itertools import pairwise

from tweetrecon.detect.claims import enriched, lost, tweet_id
from tweetrecon.model import Embed, Reject, RejectCode
from tweetrecon.twitter import dates, snowflake, urls, usernames


def joined(
    embeds: Iterable[Embed], text: str, rejects: list[Reject], *, lang: str | None, reference: datetime | None
) -> list[Embed]:
    """The embeds of a text in order, with bylines and the URLs directly before or after them as one.

    A printed date is the UTC day of the id, so that author and day together tell a tweet from the author's others.
    """
    ordered = sorted(embeds, key=lambda e: (e.start or 0, e.end or 0))
    taken: set[int] = set()
    for first, second in pairwise(range(len(ordered))):
        between = text[ordered[first].end or 0 : ordered[second].start or 0]
        for signed, url in ((first, second), (second, first)):
            one, other = ordered[signed], ordered[url]
            if not between.strip() and url not in taken and _same(one, other, lang, reference):
                rejects.append(lost(RejectCode.SAME_TWEET_AGAIN, other, one))
                ordered[signed] = enriched(one, other)
                taken.add(url)
    return [embed for number, embed in enumerate(ordered) if number not in taken]


def _same(signed: Embed, url: Embed, lang: str | None, reference: datetime | None) -> bool:
    """Whether a byline without id and a bare status URL are of one author and day."""
    number, status = tweet_id(url), urls.parse_status(url.raw_url or "")
    if tweet_id(signed) or not number or not status or url.raw_username or url.raw_text:
        return False
    if not (signed.raw_username and signed.raw_date and status.username):
        return False
    if usernames.fold(usernames.clean(signed.raw_username) or "") != usernames.fold(status.username):
        return False
    date, days = dates.parse(signed.raw_date, lang=lang, reference=reference), snowflake.utc_days(number)
    return date is not None and days is not None and days[0] <= date.value.date() <= days[1]
