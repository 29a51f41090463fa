"""A page saved after Twitter's script had run: an iframe or custom element that bears the id; the text is mostly gone.

2014–2018 the class stood on the iframe, 2016–2020 on ``<twitterwidget>``/``<twitter-widget>``, since 2020 a ``<div>``
holds the iframe of ``embed/Tweet.html?id=``. ``creatorScreenName`` and ``siteScreenName`` there are the site's own.
"""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import replace
from itertools import islice, takewhile

from lxml.html import HtmlElement

from tweetrecon.forms import widget_text
from tweetrecon.forms.form import Anchor, Form, TextView
from tweetrecon.forms.links import address, leads_to_status, status_links
from tweetrecon.model import Embed, Role
from tweetrecon.page import Page, displayed_text
from tweetrecon.twitter import urls

_TOLD = (
    *("raw_text", "raw_name", "raw_username", "raw_date"),
    *("replied_to_id", "replied_to_username", "like_count", "retweet_count"),
)
"""What the text of a widget tells beside its id."""

MAX_TEXT = 5000
MAX_TWEETS = 20
"""Elements of a widget that bear an id: the tweet, the one it answers, the one it quotes, and parts of theirs."""

_TWEETS = ("blockquote", "article", "div", "a")


def read(node: HtmlElement, page: Page) -> Iterator[Embed]:
    """The tweet of one rendered widget."""
    stated = (node.get("data-tweet-id") or "").strip("{}\"' ")
    source = node.get("src") or node.get("data-src") or ""
    status = urls.parse_status(source)
    if stated.isdigit() and stated.isascii():
        yield _with_content(Embed(form=FORM.name, tweet_id=stated), node)
    elif status is not None and status.kind in ("embed", "oembed"):
        yield Embed(form=FORM.name, tweet_id=status.tweet_id)
    elif leads_to_status(source):
        yield Embed(form=FORM.name, raw_url=source)


def _with_content(embed: Embed, node: HtmlElement) -> Embed:
    """The embed with what the widget shows, where its inside was saved too (2014–2018).

    Each tweet in it is an element of its own: the one that it answers stands above it, the one that it quotes inside.
    """
    if not len(node):
        return _from_text(embed, node)
    shown = (inner for inner in node.iterdescendants() if inner.tag in _TWEETS and _id_of(inner))
    tweets = list(islice(shown, MAX_TWEETS))
    own = next((inner for inner in tweets if _id_of(inner) == embed.tweet_id), node)
    around = {own, *own.iterancestors()}
    others = [inner for inner in tweets if inner not in around and _id_of(inner) != embed.tweet_id]
    quoted = next((inner for inner in others if own in inner.iterancestors()), None)
    above = list(takewhile(lambda inner: own not in inner.iterancestors(), others)) if own is not node else []
    found = replace(
        _shown(embed, own, apart=set(quoted.iter()) if quoted is not None else set()),
        quoted=_inner(quoted) if quoted is not None else None,
        parent=_inner(above[-1]) if above else None,
    )
    return found if found.raw_text or found.raw_username else _from_text(found, node)


def _from_text(embed: Embed, node: HtmlElement) -> Embed:
    """The embed with what the widget's text tells as its reader saw it, where no class is left."""
    text = "".join(node.itertext())[:MAX_TEXT]
    found = next(widget_text.read(TextView(text)), None) if "@" in text else None
    return embed if found is None else replace(embed, **{name: getattr(found, name) for name in _TOLD})


def _id_of(node: HtmlElement) -> str:
    return (node.get("data-tweet-id") or "").strip()


def _inner(node: HtmlElement) -> Embed:
    return _shown(Embed(form=FORM.name, role=Role.INNER, tweet_id=_id_of(node)), node, apart=set())


def _shown(embed: Embed, node: HtmlElement, apart: Container[HtmlElement]) -> Embed:
    """The embed with what the element of its tweet shows."""
    text = _of_class(node, apart, "e-entry-title", "Tweet-text")
    time = next((inner for inner in node.iter("time") if inner not in apart), None)
    return replace(
        embed,
        raw_text=displayed_text(text) if text is not None else None,
        lang=text.get("lang") if text is not None else None,
        raw_name=_label(node, apart, "TweetAuthor-name", "p-name"),
        raw_username=_label(node, apart, "TweetAuthor-screenName", "p-nickname"),
        raw_date=displayed_text(time) if time is not None else None,
        timestamp=time.get("datetime") if time is not None else None,
        raw_url=next((address(link) for link in status_links(node) if _leads_to(link, embed.tweet_id)), None),
    )


def _leads_to(link: HtmlElement, tweet_id: str | None) -> bool:
    status = urls.parse_status(address(link))
    return status is not None and status.tweet_id == tweet_id


def _label(node: HtmlElement, apart: Container[HtmlElement], *names: str) -> str | None:
    found = _of_class(node, apart, *names)
    return displayed_text(found).lstrip("@") or None if found is not None else None


def _of_class(node: HtmlElement, apart: Container[HtmlElement], *names: str) -> HtmlElement | None:
    parts = (part for part in node.iter("p", "span", "div", "b") if part not in apart)
    return next((part for part in parts if not set(names).isdisjoint((part.get("class") or "").split())), None)


FORM = Form(
    name="rendered_widget",
    doc="widget that Twitter's script put in, or a frame that shows one tweet",
    anchors=(
        Anchor(tag="iframe", attr="data-tweet-id"),
        Anchor(tag="twitterwidget", attr="data-tweet-id"),
        Anchor(tag="twitter-widget", attr="data-tweet-id"),
        Anchor(tag="iframe", attr="src", contains="/embed/"),
        Anchor(tag="iframe", attr="data-src", contains="/embed/"),
        Anchor(tag="amp-iframe", attr="src", contains="/embed/"),
        Anchor(tag="iframe", attr="src", contains="status"),
        Anchor(tag="iframe", attr="data-src", contains="status"),
    ),
    read=read,
    since=2014,
    yields="id; all fields where the inside of the widget was saved",
    seen="BuzzFeed News, Breitbart, Reuters, El Tiempo",
    signs=("weet-id", "platform.twitter.com/embed/", "platform.x.com/embed/", "status/", "status%2F"),
)
