"""Twitter's own pages since 2020, saved from a browser: each tweet is an ``<article data-testid="tweet">``.

On the page of one tweet, those above it are the chain that it ends. Below it the page does not tell what answers what.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from lxml.html import HtmlElement

from tweetrecon.forms import signs
from tweetrecon.forms.classes import preformatted
from tweetrecon.forms.form import Anchor, Form
from tweetrecon.forms.links import address
from tweetrecon.model import Embed, Media, Role
from tweetrecon.page import Page, displayed_text
from tweetrecon.twitter import urls, usernames

MAX_ARTICLES = 200
"""Tweets of a page among which the one is looked for that the page is about."""

_HOME = "https://twitter.com/"


def read(node: HtmlElement, page: Page) -> Iterator[Embed]:
    """One tweet of the page; the one it quotes has an author of its own inside."""
    authors = list(_tested(node, "User-Name"))
    texts = list(_tested(node, "tweetText"))
    link = _permalink(node)
    if link is None or not authors:
        return
    text = texts[0] if texts and not _follows(node, texts[0], authors[1:]) else None
    username, name = _author(authors[0])
    yield Embed(
        form=FORM.name,
        raw_url=_absolute(link),
        raw_username=username,
        raw_name=name,
        raw_text=preformatted(text),
        lang=text.get("lang") if text is not None else None,
        timestamp=_time(link),
        media=tuple(_photos(node)),
        replied_to_id=_parent(node, page),
        quoted=_quoted(node, authors[1], texts[-1:]) if len(authors) > 1 else None,
    )


def _quoted(tweet: HtmlElement, author: HtmlElement, texts: list[HtmlElement]) -> Embed:
    username, name = _author(author)
    text = texts[0] if texts and _follows(tweet, texts[0], [author]) else None
    return Embed(
        form=FORM.name,
        role=Role.INNER,
        raw_username=username,
        raw_name=name,
        raw_text=preformatted(text),
        timestamp=_time(author),
    )


def _tested(node: HtmlElement, name: str) -> Iterator[HtmlElement]:
    return (inner for inner in node.iter("div", "span") if inner.get("data-testid") == name)


def _follows(tweet: HtmlElement, node: HtmlElement, others: list[HtmlElement]) -> bool:
    """Whether an element of a tweet stands after one of the others."""
    order = {inner: place for place, inner in enumerate(tweet.iter())} if others else {}
    return any(order[other] < order[node] for other in others)


def _permalink(node: HtmlElement) -> HtmlElement | None:
    """The link around the tweet's time; the first of a tweet is its own, a quoted tweet has none."""
    times = (time.getparent() for time in node.iter("time"))
    return next((a for a in times if a is not None and a.tag == "a" and urls.parse_status(_absolute(a))), None)


def _absolute(link: HtmlElement) -> str:
    href = address(link)
    return _HOME + href.removeprefix("/") if href.startswith("/") and not href.startswith("//") else href


def _time(node: HtmlElement) -> str | None:
    time = next(node.iter("time"), None)
    return time.get("datetime") if time is not None else None


def _author(holder: HtmlElement) -> tuple[str | None, str | None]:
    """(username, name) of a block that shows the name, then ``@username``."""
    texts = (text.strip() for text in holder.itertext())
    username = next((name for text in texts if text.startswith("@") and (name := usernames.clean(text))), None)
    name = displayed_text(holder).partition("@")[0].replace("\n", " ").strip()
    return username, name or None


def _photos(node: HtmlElement) -> Iterator[Media]:
    for photo in _tested(node, "tweetPhoto"):
        image = next(photo.iter("img"), None)
        if image is not None and image.get("src"):
            yield Media(type="photo", url=image.get("src"), alt_text=image.get("alt") or None)


def _parent(node: HtmlElement, page: Page) -> str | None:
    """The tweet above this one, where both stand above the tweet that the page is about, or this is that one."""
    status = urls.parse_status(page.url) if page.url else None
    if status is None:
        return None
    chain: list[str] = []
    for article in islice(page.root.iter("article"), MAX_ARTICLES):
        link = _permalink(article) if article.get("data-testid") == "tweet" else None
        found = urls.parse_status(_absolute(link)) if link is not None else None
        if article is node:
            return chain[-1] if chain and status.tweet_id not in chain else None
        if found is not None:
            chain.append(found.tweet_id)
    return None


FORM = Form(
    name="x_page",
    doc="Twitter's own page since 2020, saved from a browser",
    anchors=(Anchor(tag="article", attr="data-testid", contains="tweet"),),
    read=read,
    since=2020,
    yields="id, username, name, second, text, language, pictures, quoted tweet, ancestors",
    seen="pages saved by browsers and crawlers that run scripts",
    signs=signs.STATUS,
)
