"""Twitter's own pages for phones without scripts, until 2020: ``<table class="main-tweet">``."""

from __future__ import annotations

from collections.abc import Iterator

from lxml.html import HtmlElement

from tweetrecon.forms.classes import first, preformatted, text_of
from tweetrecon.forms.form import Anchor, Form
from tweetrecon.forms.links import stated
from tweetrecon.model import Embed
from tweetrecon.page import Page


def read(node: HtmlElement, page: Page) -> Iterator[Embed]:
    """The tweet that the page is about, or one of those around it. The hour it shows is that of California."""
    text = first(node, "tweet-text")
    tweet = stated(text, "data-id", FORM.name) if text is not None else None
    username = text_of(first(node, "username"))
    if text is None or tweet is None or username is None:
        return
    yield Embed(
        form=FORM.name,
        tweet_id=tweet.tweet_id,
        raw_username=username.lstrip("@"),
        raw_name=text_of(first(node, "fullname")),
        raw_text=preformatted(text),
        raw_date=text_of(first(node, "metadata")),
        node=node,
    )


FORM = Form(
    name="mobile_page",
    doc="Twitter's own page for phones without scripts",
    anchors=(Anchor(tag="table", cls="main-tweet"), Anchor(tag="table", cls="tweet")),
    read=read,
    since=2012,
    until=2020,
    yields="id, username, name, text, time",
    seen="web archives of mobile.twitter.com",
    signs=("main-tweet", "tweet-text"),
)
