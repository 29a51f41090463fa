"""Tweets in the state of a page's scripts: embed code, oEmbed answers and API objects inside JSON or JavaScript.

A site's state holds other articles too (the next one to scroll to, related ones, the home page) and feeds of tweets.
A tweet belongs to this article when the prose next to it in the state is what the page shows its readers. On the
labelled pages that held for all 16 of their own tweets (9 sites) and for none of 53 foreign ones (4 sites).
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml.html import HtmlElement

from tweetrecon.forms import signs
from tweetrecon.forms.form import Anchor, Form
from tweetrecon.forms.ownership import own, phrases
from tweetrecon.forms.state import has_sign, parts
from tweetrecon.model import Embed, Reject
from tweetrecon.page import Page


def read(node: HtmlElement, page: Page) -> Iterator[Embed | Reject]:
    """The tweets of this article in one script."""
    source = node.text or ""
    if not has_sign(source):
        return
    found = list(parts(source, FORM.name))
    tweets = sum(part.tweet is not None for part in found)
    alone = tweets == 1 and _is_data(node) and not any(phrases(part.prose) for part in found)
    yield from own(found, page, node, alone=alone)


def _is_data(node: HtmlElement) -> bool:
    """Whether the script is a bare record put where the tweet stands."""
    return "json" in (node.get("type") or "") and "ld+json" not in (node.get("type") or "")


FORM = Form(
    name="script_state",
    doc="embed code, oEmbed answer or API object in a script",
    anchors=(Anchor(tag="script"),),
    read=read,
    since=2012,
    yields="id, username, name, date, text, language, links; of API objects also counts, media, parent and quote",
    seen="The New York Times, Reuters, La Nación, Libération, Vice, TechCrunch, BuzzFeed, sites made with Next or Nuxt",
    signs=(*signs.STATUS, *signs.TWEET_ID, *signs.TYPES, "twitter-tweet", "full_text"),
)
