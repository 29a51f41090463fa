"""Twitter's own pages as they were served until 2020: permalinks with ancestors and replies, timelines, quoted tweets.

Each tweet is an element ``.tweet[data-tweet-id]`` that bears author and conversation as attributes. What answers what
follows from the place: the ancestors above a permalink form one chain down to it; below it each
``.ThreadedConversation`` is a chain of its own that begins with an answer to it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime

from lxml.html import HtmlElement

from tweetrecon.forms import signs
from tweetrecon.forms.classes import first, has_class, last_before, nearest, of_class, preformatted, text_of
from tweetrecon.forms.form import Anchor, Form
from tweetrecon.model import Embed, Media, Role, TimeSource, Url
from tweetrecon.page import Page

_UNSEEN_PARTS = ("invisible", "tco-ellipsis", "u-hiddenVisually")
_GLUED = re.compile(r"(?<=\S)(?=pic\.twitter\.com/)")


def read(node: HtmlElement, page: Page) -> Iterator[Embed]:
    """One tweet of the page."""
    if has_class(node, "QuoteTweet-innerContainer"):
        if nearest(node, "tweet") is None:
            yield _quoted(node, Role.EMBEDDED)
        return
    number = node.get("data-tweet-id") or ""
    if not number.isdigit() or not node.get("data-screen-name"):
        return
    path = node.get("data-permalink-path") or ""
    quote = first(node, "QuoteTweet-innerContainer")
    text = next((n for n in of_class(node, "tweet-text") if quote is None or quote not in n.iterancestors()), None)
    stamp = first(node, "_timestamp")
    yield Embed(
        form=FORM.name,
        tweet_id=number,
        raw_url=f"https://twitter.com{path}" if path.startswith("/") else path or None,
        raw_username=node.get("data-screen-name"),
        raw_name=node.get("data-name"),
        author_id=node.get("data-user-id"),
        raw_text=_text(text),
        lang=text.get("lang") if text is not None else None,
        timestamp=_time(stamp),
        timestamp_source=TimeSource.ATTRIBUTE,
        urls=tuple(_links(text)),
        media=tuple(_photos(node, quote)),
        conversation_id=node.get("data-conversation-id"),
        replied_to_id=_parent(node),
        quoted=_quoted(quote, Role.INNER) if quote is not None else None,
        like_count=_count(node, "favorite"),
        retweet_count=_count(node, "retweet"),
        reply_count=_count(node, "reply"),
    )


def _quoted(node: HtmlElement, role: Role) -> Embed:
    text = first(node, "QuoteTweet-text")
    return Embed(
        form=FORM.name,
        role=role,
        tweet_id=node.get("data-item-id"),
        raw_username=node.get("data-screen-name"),
        raw_name=text_of(first(node, "QuoteTweet-fullname")),
        author_id=node.get("data-user-id"),
        raw_text=_text(text),
        lang=text.get("lang") if text is not None else None,
        conversation_id=node.get("data-conversation-id"),
    )


def _text(node: HtmlElement | None) -> str | None:
    """The words without the hidden parts of shortened links; pictures' links stood glued to the last word."""
    if node is None:
        return None
    unseen = {part for name in _UNSEEN_PARTS for part in of_class(node, name)}
    return _GLUED.sub(" ", preformatted(node, skip=unseen) or "") or None


def _links(text: HtmlElement | None) -> Iterator[Url]:
    for link in of_class(text, "twitter-timeline-link") if text is not None else ():
        if link.get("href") and link.get("data-expanded-url"):
            shown = first(link, "js-display-url")
            display = shown.text_content() if shown is not None else None
            yield Url(url=link.get("href"), expanded_url=link.get("data-expanded-url"), display_url=display)


def _photos(node: HtmlElement, quote: HtmlElement | None) -> Iterator[Media]:
    for photo in node.iter("div"):
        address = photo.get("data-image-url")
        if address and (quote is None or quote not in photo.iterancestors()):
            image = photo.find(".//img")
            yield Media(type="photo", url=address, alt_text=(image.get("alt") if image is not None else None) or None)


def _time(stamp: HtmlElement | None) -> str | None:
    """``data-time`` in seconds since 1970 as ISO 8601. The time shown is that of California or of the reader."""
    seconds = stamp.get("data-time") or "" if stamp is not None else ""
    return (
        datetime.fromtimestamp(int(seconds), UTC).isoformat() if 0 < len(seconds) <= 10 and seconds.isdigit() else None
    )


def _count(node: HtmlElement, action: str) -> int | None:
    holder = first(node, f"ProfileTweet-action--{action}")
    stated = (n.get("data-tweet-stat-count") for n in holder.iter("span")) if holder is not None else ()
    count = next(filter(None, stated), "")
    return int(count) if count.isdigit() and count.isascii() else None


# ------------------------------------------------------------------------------------------------ what answers what


def _parent(node: HtmlElement) -> str | None:
    """The id of the tweet that this one answers, by its place on a permalink page."""
    if has_class(node, "permalink-tweet"):
        return _last_ancestor(node)
    above = nearest(node, "permalink-in-reply-tos")
    if above is not None:
        return _before(node, above)
    thread = nearest(node, "ThreadedConversation")
    if thread is not None:
        return _before(node, thread) or _permalink(thread)
    lone = nearest(node, "ThreadedConversation--loneTweet")
    return _permalink(lone) if lone is not None else None


def _before(node: HtmlElement, container: HtmlElement) -> str | None:
    tweet = last_before(node, container, "tweet")
    return tweet.get("data-tweet-id") if tweet is not None else None


def _last_ancestor(permalink: HtmlElement) -> str | None:
    for holder in permalink.iterancestors():
        above = first(holder, "permalink-in-reply-tos")
        if above is not None:
            tweets: list[HtmlElement] = list(of_class(above, "tweet"))
            number: str | None = tweets[-1].get("data-tweet-id") if tweets else above.get("data-replied-tweet-id")
            return number
    return None


def _permalink(thread: HtmlElement) -> str | None:
    """The tweet of the page, which the first tweet of a thread below it answers."""
    for holder in thread.iterancestors():
        permalink = first(holder, "permalink-tweet")
        if permalink is not None:
            return str(permalink.get("data-tweet-id"))
    return None


FORM = Form(
    name="twitter_page",
    doc="Twitter's own page: permalink, conversation, timeline",
    anchors=(
        Anchor(cls="js-actionable-tweet"),
        Anchor(cls="permalink-tweet"),
        Anchor(cls="tweet", attr="data-permalink-path"),
        Anchor(cls="QuoteTweet-innerContainer"),
    ),
    read=read,
    since=2012,
    until=2020,
    yields="id, author's id, username, name, second, text, language, links, pictures, counts, parent, quote",
    seen="web archives; fixtures of onebox, metascraper and htmldate",
    signs=(*signs.STATUS, "data-tweet-id"),
)
