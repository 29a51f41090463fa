"""WordPress' embed block that was never rendered: the bare status URL inside ``figure.wp-block-embed-twitter``."""

from __future__ import annotations

from collections.abc import Iterator

from lxml.html import HtmlElement

from tweetrecon.forms import signs
from tweetrecon.forms.form import Anchor, Form
from tweetrecon.model import Embed
from tweetrecon.page import Page, displayed_text
from tweetrecon.twitter import urls


def read(node: HtmlElement, page: Page) -> Iterator[Embed]:
    """The tweet whose URL is the whole content of the block, the caption aside."""
    url = displayed_text(node, skip=set(node.iter("figcaption"))).strip()
    if url.startswith("http") and " " not in url and "\n" not in url and urls.parse_status(url):
        yield Embed(form=FORM.name, raw_url=url)


FORM = Form(
    name="wordpress_block",
    doc="WordPress embed block, not rendered",
    anchors=(Anchor(cls="wp-block-embed-twitter"), Anchor(cls="is-provider-twitter"), Anchor(cls="embed-twitter")),
    read=read,
    since=2018,
    yields="id, username",
    seen="WordPress exports and static copies",
    signs=signs.STATUS,
)
