"""Cards that show a link to a tweet by its page's title and description.

Embed services fill them in (Embedly's ``a.embedly-card``, Iframely's ``a[data-iframely-url]``), and so do editors that
preview any link: bookmark cards of Ghost and Notion, ``oglink`` of Naver and Tistory, chats and forums.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from lxml.html import HtmlElement

from tweetrecon.forms import signs
from tweetrecon.forms.classes import class_words, is_furniture
from tweetrecon.forms.form import Anchor, Form
from tweetrecon.forms.links import address, in_timeline, leads_to_status, status_links
from tweetrecon.model import Embed
from tweetrecon.page import Page, displayed_text, in_comments
from tweetrecon.twitter import titles, urls

MAX_CLIMB = 3
MAX_PARTS = 40
"""Elements of a card; with more it is a part of the page."""

MAX_LENGTH = 1500
MIN_WORDS = 4
_CARD_WORDS = {"card", "bookmark", "embed", "preview", "og", "oglink", "unfurl", "linkcard", "attachment"}
_BLOCKS = ("p", "div", "span", "strong", "b", "h2", "h3", "h4", "h5", "cite", "a", "td")


def read(node: HtmlElement, page: Page) -> Iterator[Embed]:
    """The tweet of a card: of an embed service's by its class, of another by a title of Twitter's and the words."""
    if "embedly-card" in (node.get("class") or "") or node.get("data-iframely-url"):
        yield from _of_service(node)
    elif leads_to_status(node.get("href")) and not (is_furniture(node) or in_timeline(node) or in_comments(node)):
        yield from islice((embed for card in _cards(node) if (embed := _previewed(card, node))), 1)


def _of_service(node: HtmlElement) -> Iterator[Embed]:
    """The tweet of an embed service's card; in a blockquote the text may follow the title."""
    link = next(status_links(node), None)
    if link is None:
        return
    title = titles.parse(displayed_text(link))
    paragraphs = [displayed_text(p) for p in node.iter("p")] if link is not node else []
    yield Embed(
        form=FORM.name,
        raw_url=address(link),
        raw_name=title.name if title else None,
        raw_username=title.username if title else None,
        raw_text="\n\n".join(filter(None, paragraphs)) or (title.words if title else None),
    )


def _cards(link: HtmlElement) -> Iterator[HtmlElement]:
    """The link, where it holds a whole card, and the elements around it whose classes say that they are one."""
    yield link
    yield from (above for above in islice(link.iterancestors(), MAX_CLIMB) if class_words(above) & _CARD_WORDS)


def _previewed(card: HtmlElement, link: HtmlElement) -> Embed | None:
    """The tweet of a card in which one part shows a title of Twitter's, and another the words."""
    whole = "".join(islice(card.itertext(), MAX_PARTS))
    parts = list(islice(card.iter(*_BLOCKS), MAX_PARTS)) if titles.names_site(whole) else []
    if len(parts) == MAX_PARTS or len(parts) < 2 or len(whole) > MAX_LENGTH:
        return None
    shown = {part: displayed_text(part) for part in parts}
    named = next((part for part in parts if titles.parse(shown[part])), None)
    title = titles.parse(shown[named]) if named is not None else None
    if title is None or named is None:
        return None
    apart = {*named.iter(), *named.iterancestors()}
    others = [text for part, text in shown.items() if part not in apart and _is_leaf(part) and not _is_label(text)]
    words = max(others, key=len, default="")
    if len(words) < MIN_WORDS and not title.words:
        return None
    return Embed(
        form=FORM.name,
        raw_url=address(link),
        raw_name=title.name,
        raw_username=title.username,
        raw_text=titles.unquoted(words) if len(words) >= MIN_WORDS else title.words,
        node=card,
    )


def _is_leaf(part: HtmlElement) -> bool:
    return next(part.iterdescendants(*_BLOCKS), None) is None


def _is_label(text: str) -> bool:
    """Whether a part shows the site or the address instead of words."""
    return text.lower() in ("twitter", "x", "x (formerly twitter)", "twitter.com", "x.com") or (
        " " not in text and ("twitter.com" in text or urls.parse_status(text) is not None)
    )


FORM = Form(
    name="embed_card",
    doc="card that shows a tweet's title and description",
    anchors=(
        Anchor(cls="embedly-card"),
        Anchor(tag="a", attr="data-iframely-url"),
        Anchor(tag="a", attr="href", contains="status"),
    ),
    read=read,
    since=2012,
    yields="id, username, name, mostly the text",
    seen="blogs with Embedly's script; link previews of Ghost, Notion, Naver and Tistory",
    signs=signs.STATUS,
)
