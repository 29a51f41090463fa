"""A page saved after Twitter's script had run: an iframe or custom element that bears the id; the text is mostly gone.

2014–2018 the class stood on the iframe, 2016–2020 on ``<twitterwidget>``/``<twitter-widget>``, since 2020 a ``<div>``
holds the iframe of ``embed/Tweet.html?id=``. ``creatorScreenName`` and ``siteScreenName`` there are the site's own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml.html import HtmlElement

from tweetrecon.forms.form import Anchor, Form
from tweetrecon.model import Embed
from tweetrecon.page import Page
from tweetrecon.twitter import urls

_ID_OF_SOURCE = re.compile(r"[?&#]id=(\d{1,20})(?!\d)")
_TWITTER = re.compile(r"//(?:platform|syndication)\.(?:twitter|x)\.com/", re.IGNORECASE)


def read(node: HtmlElement, page: Page) -> Iterator[Embed]:
    """The tweet of one rendered widget."""
    stated = (node.get("data-tweet-id") or "").strip("{}\"' ")
    source = node.get("src") or node.get("data-src") or ""
    if stated.isdigit():
        yield Embed(form=FORM.name, tweet_id=stated, raw_url=source if urls.parse_status(source) else None)
    elif _TWITTER.search(source) and (found := _ID_OF_SOURCE.search(source)):
        yield Embed(form=FORM.name, tweet_id=found[1])
    elif urls.parse_status(source):
        yield Embed(form=FORM.name, raw_url=source)


FORM = Form(
    name="rendered_widget",
    doc="widget that Twitter's script put in, or a frame that shows one tweet",
    anchors=(
        Anchor(tag="iframe", attr="data-tweet-id"),
        Anchor(tag="twitterwidget", attr="data-tweet-id"),
        Anchor(tag="twitter-widget", attr="data-tweet-id"),
        Anchor(tag="iframe", attr="src", contains="/embed/"),
        Anchor(tag="iframe", attr="data-src", contains="/embed/"),
        Anchor(tag="iframe", attr="src", contains="status"),
        Anchor(tag="iframe", attr="data-src", contains="status"),
    ),
    read=read,
    since=2014,
    yields="id",
    seen="BuzzFeed News, Breitbart, Reuters, El Tiempo",
    signs=("weet-id", "platform.twitter.com/embed/", "platform.x.com/embed/", "status/", "status%2F"),
)
