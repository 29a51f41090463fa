"""X's own pages as served without scripts, since 2025: ``<article data-tweet-id>`` with microdata or plain links."""

from __future__ import annotations

from collections.abc import Iterator

from lxml.html import HtmlElement

from tweetrecon.forms.classes import preformatted, text_of
from tweetrecon.forms.form import Anchor, Form
from tweetrecon.forms.links import address, stated
from tweetrecon.model import Embed, Role
from tweetrecon.page import Page
from tweetrecon.twitter import links


def read(node: HtmlElement, page: Page) -> Iterator[Embed]:
    """One tweet of the page; the one it quotes is a block inside that leads to it."""
    tweet = stated(node, "data-tweet-id", FORM.name)
    if tweet is None:
        return
    quote = next((part for part in node.iter("div") if part.get("data-href")), None)
    apart = set(quote.iter()) if quote is not None else set()
    told = {meta.get("itemprop"): meta.get("content") for meta in node.iter("meta") if meta not in apart}
    username, name = _author(node, apart)
    yield Embed(
        form=FORM.name,
        tweet_id=tweet.tweet_id,
        raw_username=told.get("alternateName") or username,
        raw_name=name,
        raw_text=told.get("articleBody") or _words(node, apart),
        timestamp=told.get("datePublished"),
        quoted=_quoted(quote) if quote is not None else None,
        node=node,
    )


def _quoted(node: HtmlElement) -> Embed:
    username, name = _author(node, set())
    path = node.get("data-href") or ""
    return Embed(
        form=FORM.name,
        role=Role.INNER,
        raw_url=f"https://x.com{path}" if path.startswith("/") else path,
        raw_username=username,
        raw_name=name,
        raw_text=_words(node, set()),
    )


def _author(node: HtmlElement, apart: set[HtmlElement]) -> tuple[str | None, str | None]:
    """(username, name): of the links to the author's page one shows the name, the next ``@username``."""
    shown = (text_of(a) for a in node.iter("a") if a not in apart and links.parse_profile(address(a)))
    labels = [label for label in shown if label][:2]
    username = next((label[1:] for label in labels if label.startswith("@")), None)
    return username, next((label for label in labels if not label.startswith("@")), None)


def _words(node: HtmlElement, apart: set[HtmlElement]) -> str | None:
    return preformatted(next((part for part in node.iter("div") if part.get("dir") and part not in apart), None))


FORM = Form(
    name="x_article",
    doc="X's own page without scripts",
    anchors=(Anchor(tag="article", attr="data-tweet-id"),),
    read=read,
    since=2025,
    yields="id, username, name, second, text, quote",
    seen="permalinks and profiles saved in 2026",
)
