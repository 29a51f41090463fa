"""A call of Twitter's script that puts in one tweet: ``twttr.widgets.createTweet("ID", element)``."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml.html import HtmlElement

from tweetrecon.forms.form import Anchor, Form
from tweetrecon.model import Embed
from tweetrecon.page import Page

_CALL = re.compile(r"createTweet(?:Embed)?\(\s{0,9}[\"']([1-9]\d{1,19})[\"']")


def read(node: HtmlElement, page: Page) -> Iterator[Embed]:
    """The tweet of each call in a script; its place is that of the script."""
    for number in dict.fromkeys(_CALL.findall(node.text or "")):
        yield Embed(form=FORM.name, tweet_id=number)


FORM = Form(
    name="create_tweet",
    doc="call of Twitter's script for one tweet",
    anchors=(Anchor(tag="script"),),
    read=read,
    since=2013,
    yields="id",
    seen="pages of agencies and static sites that call Twitter's script themselves",
    signs=("createTweet",),
)
