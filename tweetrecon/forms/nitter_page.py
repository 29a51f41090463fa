"""Pages of Nitter, a front end to Twitter: conversations, timelines, quoted tweets. 2019 onwards.

Each tweet is a ``.timeline-item`` with a link to itself. The tweets of ``.main-thread`` form one chain; each ``.reply``
below is a chain that begins with an answer to the main tweet. Dates are printed in full, and in UTC, as a title.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml.html import HtmlElement

from tweetrecon.forms.classes import first, last_before, nearest, of_class, preformatted, text_of
from tweetrecon.forms.form import Anchor, Form
from tweetrecon.model import Embed, Media, Role
from tweetrecon.page import Page
from tweetrecon.twitter import usernames

_STATUS = re.compile(r"/(?P<username>\w{1,20})/status/(?P<id>\d{1,20})(?!\d)", re.ASCII)
_PICTURE = re.compile(r"/pic/(?:orig/)?(?:enc/)?[\w%./-]{4,200}")


def read(node: HtmlElement, page: Page) -> Iterator[Embed]:
    """One tweet of the page; the tweet it quotes stands inside."""
    status = _own_status(node)
    if status is None:
        return
    quote = first(node, "quote")
    apart = set(quote.iter()) if quote is not None else set()

    def own(name: str) -> HtmlElement | None:
        return next((part for part in of_class(node, name) if part not in apart), None)

    yield Embed(
        form=FORM.name,
        tweet_id=status["id"],
        raw_url=f"https://twitter.com{status[0]}",
        raw_username=status["username"],
        raw_name=_name(own("fullname")),
        raw_text=preformatted(own("tweet-content")),
        raw_date=_date(own("tweet-date")),
        media=tuple(_pictures(node, apart)),
        replied_to_id=_parent(node),
        replied_to_username=_mentioned(own("replying-to")),
        quoted=_quoted(quote) if quote is not None else None,
        reply_count=_count(node, "icon-comment"),
        retweet_count=_count(node, "icon-retweet"),
        quote_count=_count(node, "icon-quote"),
        like_count=_count(node, "icon-heart"),
    )


def _own_status(item: HtmlElement) -> re.Match[str] | None:
    """The address of a tweet: of the link that covers it, or, for the tweet that the page is about, of its date."""
    found = _status(first(item, "tweet-link"))
    dated = first(item, "tweet-date") if found is None else None
    return found if dated is None else _status(dated.find("a"))


def _quoted(quote: HtmlElement) -> Embed | None:
    status = _status(first(quote, "quote-link"))
    if status is None:
        return None
    return Embed(
        form=FORM.name,
        role=Role.INNER,
        tweet_id=status["id"],
        raw_username=status["username"],
        raw_name=_name(first(quote, "fullname")),
        raw_text=preformatted(first(quote, "quote-text")),
        raw_date=_date(first(quote, "tweet-date")),
    )


def _status(link: HtmlElement | None) -> re.Match[str] | None:
    return _STATUS.search(link.get("href") or "") if link is not None else None


def _name(link: HtmlElement | None) -> str | None:
    return (link.get("title") or text_of(link)) if link is not None else None


def _date(holder: HtmlElement | None) -> str | None:
    """``May 8, 2025 · 11:24 AM UTC``; the shown text is shortened."""
    link = holder.find("a") if holder is not None else None
    return link.get("title") or None if link is not None else None


def _mentioned(holder: HtmlElement | None) -> str | None:
    """The first account of ``Replying to @a @b``."""
    link = holder.find("a") if holder is not None else None
    return usernames.clean(link.text_content().strip()) if link is not None else None


def _pictures(node: HtmlElement, apart: set[HtmlElement]) -> Iterator[Media]:
    for link in of_class(node, "still-image"):
        image = link.find("img")
        if link not in apart and _PICTURE.search(link.get("href") or ""):
            yield Media(
                type="photo", url=link.get("href"), alt_text=image.get("alt") or None if image is not None else None
            )


def _count(node: HtmlElement, icon: str) -> int | None:
    """A number such as ``4,117`` beside its icon."""
    mark = first(node, icon)
    holder = nearest(mark, "tweet-stat") if mark is not None else None
    digits = holder.text_content().replace(",", "").strip() if holder is not None else ""
    return int(digits) if digits.isdigit() and digits.isascii() else None


# ------------------------------------------------------------------------------------------------ what answers what


def _parent(node: HtmlElement) -> str | None:
    """The id of the tweet that this one answers, by its place in a conversation."""
    thread = nearest(node, "main-thread")
    if thread is not None:
        return _before(node, thread)
    reply = nearest(node, "reply")
    return (_before(node, reply) or _main(reply)) if reply is not None else None


def _before(node: HtmlElement, chain: HtmlElement) -> str | None:
    item = last_before(node, chain, "timeline-item")
    status = _own_status(item) if item is not None else None
    return status["id"] if status else None


def _main(reply: HtmlElement) -> str | None:
    """The main tweet of the page, which the first tweet of a reply answers."""
    for holder in reply.iterancestors():
        main = first(holder, "main-tweet")
        if main is not None:
            status = _own_status(main)
            return status["id"] if status else None
    return None


FORM = Form(
    name="nitter_page",
    doc="page of Nitter",
    anchors=(Anchor(cls="timeline-item"),),
    read=read,
    since=2019,
    yields="id, username, name, minute, text, pictures, counts, parent, quote",
    seen="web archives, Common Crawl",
    signs=("tweet-link", "tweet-date"),
)
