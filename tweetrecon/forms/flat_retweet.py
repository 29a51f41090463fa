"""A paragraph that is a retweet's text, ``RT @username: …``, without the byline of who retweeted it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from tweetrecon.forms.form import TextForm, TextView
from tweetrecon.model import Embed
from tweetrecon.twitter import elapsed, retweets, talk
from tweetrecon.twitter.length import limit_at, weighted_length

FEED = 5
"""So many retweets on lines of their own are a feed: pages labelled as citing no tweet hold 8 and more."""

_HEADING = 30
"""Characters in which a heading stands above its feed."""

_PARAGRAPH = re.compile(r"^[ \t>]{0,12}([“\"]?RT @[A-Za-z0-9_]{1,15}: ?\S[^\n]{2,600})$", re.MULTILINE)


def read(view: TextView) -> Iterator[Embed]:
    """One embed for each line that begins with ``RT @username:`` and is no longer than a tweet; its sharer is unknown.

    A text with many such lines holds a feed, as of a sidebar, which cites nothing; so does one that says how long ago
    one of them was, or has a heading for them.
    """
    paragraphs = list(islice(_PARAGRAPH.finditer(view.text), FEED))
    is_feed = len(paragraphs) == FEED or any(_in_feed(view.text, paragraph) for paragraph in paragraphs)
    for paragraph in () if is_feed else paragraphs:
        text = paragraph[1].rstrip()
        if retweets.parse(text).hops and weighted_length(text) <= limit_at(None) + 40:
            start, end = paragraph.start(1), paragraph.start(1) + len(text)
            yield Embed(
                form=FORM.name,
                start=start,
                end=end,
                text_start=start,
                text_end=end,
                raw_text=text,
                confidence=0.6,
            )


def _in_feed(text: str, paragraph: re.Match[str]) -> bool:
    """Whether a retweet says how long ago it was, or stands below a heading as "Recent Tweets"."""
    above = text[max(0, paragraph.start() - _HEADING) : paragraph.start()].rstrip().rpartition("\n")
    is_heading = bool(above[1]) and above[2][-1:].isalpha() and talk.speaks(above[2])
    return is_heading or elapsed.marks_feed(text, paragraph.end())


FORM = TextForm(
    name="flat_retweet",
    doc="a retweet's text as a paragraph of its own, without byline",
    read=read,
    page_signs=(),
    since=2009,
    yields="text; the sources of the chain as sightings of their own",
    seen="news articles and forum posts that paste retweets",
    signs=("RT @",),
)
