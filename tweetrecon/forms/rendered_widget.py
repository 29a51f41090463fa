"""A page saved after Twitter's script had run: an iframe or custom element that bears the id; the text is mostly gone.

2014–2018 the class stood on the iframe, 2016–2020 on ``<twitterwidget>``/``<twitter-widget>``, since 2020 a ``<div>``
holds the iframe of ``embed/Tweet.html?id=``. ``creatorScreenName`` and ``siteScreenName`` there are the site's own.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from lxml.html import HtmlElement

from tweetrecon.forms.form import Anchor, Form
from tweetrecon.forms.links import address, leads_to_status, status_links
from tweetrecon.model import Embed
from tweetrecon.page import Page, displayed_text
from tweetrecon.twitter import urls


def read(node: HtmlElement, page: Page) -> Iterator[Embed]:
    """The tweet of one rendered widget."""
    stated = (node.get("data-tweet-id") or "").strip("{}\"' ")
    source = node.get("src") or node.get("data-src") or ""
    status = urls.parse_status(source)
    if stated.isdigit() and stated.isascii():
        yield _with_content(Embed(form=FORM.name, tweet_id=stated), node)
    elif status is not None and status.kind == "embed":
        yield Embed(form=FORM.name, tweet_id=status.tweet_id)
    elif leads_to_status(source):
        yield Embed(form=FORM.name, raw_url=source)


def _with_content(embed: Embed, node: HtmlElement) -> Embed:
    """The embed with what the widget shows, where its inside was saved too (2014–2018)."""
    if not len(node):
        return embed
    text, time = _of_class(node, "e-entry-title", "Tweet-text"), node.find(".//time")
    return replace(
        embed,
        raw_text=displayed_text(text) if text is not None else None,
        lang=text.get("lang") if text is not None else None,
        raw_name=_label(node, "TweetAuthor-name", "p-name"),
        raw_username=_label(node, "TweetAuthor-screenName", "p-nickname"),
        raw_date=displayed_text(time) if time is not None else None,
        timestamp=time.get("datetime") if time is not None else None,
        raw_url=next(map(address, status_links(node)), None),
    )


def _label(node: HtmlElement, *names: str) -> str | None:
    found = _of_class(node, *names)
    return displayed_text(found).lstrip("@") or None if found is not None else None


def _of_class(node: HtmlElement, *names: str) -> HtmlElement | None:
    return next(
        (n for n in node.iter("p", "span", "div", "b") if set(names) & set((n.get("class") or "").split())), None
    )


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
