"""A site's own card that only its structure gives away: the author's ``@username`` and the permalink beside the words.

The username must be that of the permalink, and the element or one around it must say by its class that it is a card,
an embed or a quotation, or the permalink show a clock and a date; so prose that names an author and links what they
wrote is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice, takewhile

from lxml import etree
from lxml.html import HtmlElement

from tweetrecon.forms import signs
from tweetrecon.forms.classes import class_words, is_furniture, text_of
from tweetrecon.forms.form import Anchor, Form
from tweetrecon.forms.links import address, in_timeline, leads_to_status, status_links
from tweetrecon.model import Embed
from tweetrecon.page import Page, displayed_text, in_comments
from tweetrecon.twitter import dates, urls, usernames

MAX_CLIMB = 4
MAX_WORDS = 600
MAX_AROUND = 120
"""Characters that a card shows beside the words and their author."""

MAX_LINKS = 10
MAX_LINE = 60
"""Characters beside the permalink in its line; more of them are prose."""

_CARD_WORDS = {"tweet", "tweets", "twitter", "twt", "quote", "card", "embed", "social"}
_BLOCKS = ("p", "div", "blockquote", "q", "span", "h2", "h3", "h4", "td")
_CLOCK = re.compile(r"\d{1,2}[:.]\d\d[^\n]{0,12} [-–—·•] [^\n]{0,30}\d{4}|[^\n]{0,30}\d{4} [-–—·•] \d{1,2}[:.]\d\d")
"""How widgets print the time: ``4:00 AM · Nov 27, 2018``. Archives that keep what was shown lose the classes."""

_AROUND_HANDLE = " ()·•|,—–-:\n"
_BULLETS = ("·", "•")
"""What parts a card's author from its date or the button to follow."""

_OWN_WORDS = 20
MAX_NAME = 50
MAX_PIECES = 20
"""Pieces of text of an element that shows who wrote."""

_USERNAME = re.compile(r"[@＠]\s?(\w{1,20})", re.ASCII)
_NAMING = ("a", "b", "strong", "h2", "h3", "h4", "h5")
_NAME_WORDS = {"name", "author", "fullname", "user"}


def read(node: HtmlElement, page: Page) -> Iterator[Embed]:
    """The tweet of the card around a permalink."""
    status = urls.parse_status(address(node)) if leads_to_status(node.get("href")) else None
    if status is None or status.username is None or _is_aside(node):
        return
    for level, card in enumerate(node.iterancestors()):
        if level == MAX_CLIMB or _is_whole(card) or _other_status(card, status.tweet_id):
            return
        if card.tag == "p":
            if len(card.text_content()) - len(node.text_content()) > MAX_LINE:
                return
            continue
        handle = _handle(card, status.username, node)
        if handle is not None:
            told = _is_card(node, card) or _CLOCK.match(displayed_text(node))
            embed = _read_card(card, node, handle) if told else None
            if embed is not None:
                yield embed
                return


def _is_aside(node: HtmlElement) -> bool:
    return is_furniture(node) or in_timeline(node) or in_comments(node)


def _is_whole(node: HtmlElement) -> bool:
    """Whether an element is the whole of the page's content; an ``<article>`` no longer than a tweet is a card."""
    if node.tag != "article" or class_words(node) & _CARD_WORDS:
        return node.tag in ("body", "main")
    length = 0
    for text in node.itertext():
        length += len(text)
        if length > MAX_WORDS + MAX_AROUND:
            return True
    return False


def _other_status(card: HtmlElement, tweet_id: str) -> bool:
    """Whether an element links other statuses too, or more often than any card does."""
    found = [urls.parse_status(address(link)) for link in islice(status_links(card), MAX_LINKS)]
    return len(found) == MAX_LINKS or any(status is not None and status.tweet_id != tweet_id for status in found)


def _handle(card: HtmlElement, username: str, link: HtmlElement) -> HtmlElement | None:
    """The element that shows nothing but the author's username, or the name before it, and perhaps the permalink."""
    wanted = "@" + usernames.fold(username)
    signed = None
    for part in card.iter("a", "span", "cite", "small", "strong", "b", "div", "p", "footer", "header"):
        if "@" not in (shown := "".join(islice(part.itertext(), MAX_PIECES))):
            continue
        shown = shown.strip(_AROUND_HANDLE)
        if shown.lower() == wanted:
            return part
        line = (
            shown.removesuffix(link.text_content().strip()).strip(_AROUND_HANDLE) if link in part.iter("a") else shown
        )
        name, _, rest = line.lower().rpartition(wanted)
        if name and not rest and len(line) <= MAX_NAME + len(wanted):
            signed = part
    return signed


def _is_card(node: HtmlElement, card: HtmlElement) -> bool:
    inside = [n for n in (node, *node.iterancestors()) if n is card or card in n.iterancestors()]
    return any(class_words(n) & _CARD_WORDS for n in (*inside, card.getparent()) if n is not None)


def _read_card(card: HtmlElement, link: HtmlElement, handle: HtmlElement) -> Embed | None:
    label = displayed_text(link)
    date = label if dates.parse(label) else None
    shown_name = _name_before(card, handle)
    shows_words = len(label) > _OWN_WORDS and date is None and link not in handle.iterancestors()
    words = link if shows_words else _words(card, link, handle, shown_name)
    text = displayed_text(words) if words is not None else ""
    rest = displayed_text(card, skip={words, handle} - {None})
    if not 0 < len(text) <= MAX_WORDS or len(rest) > MAX_AROUND:
        return None
    return Embed(
        form=FORM.name,
        raw_url=address(link),
        raw_username=_USERNAME.findall(handle.text_content())[-1],
        raw_name=_name(card, words, handle) or text_of(shown_name) or _beside(card, words, handle),
        raw_text=text,
        raw_date=date,
        node=card,
    )


def _words(card: HtmlElement, link: HtmlElement, handle: HtmlElement, name: HtmlElement | None) -> HtmlElement | None:
    """The block with the most text that holds neither the username nor the permalink, and is not the author's name."""
    around = {link, handle, *link.iterancestors(), *handle.iterancestors()}
    inside = {*link.iter(), *handle.iter()}
    if name is not None:
        around.update(name.iterancestors())
        inside.update(name.iter())
    blocks = [block for block in card.iter(*_BLOCKS) if block not in around and block not in inside]
    longest = max(blocks, key=lambda block: len(block.text_content().strip()), default=None)
    return None if longest is not None and longest.text_content().lstrip()[:1] in _BULLETS else longest


def _name_before(card: HtmlElement, handle: HtmlElement) -> HtmlElement | None:
    """The element right before the username, where it is linked, strong or called a name."""
    before = takewhile(lambda part: part is not handle, card.iter(etree.Element))
    shown = [part for part in before if (part.text or "").strip()]
    if not shown or len(name := shown[-1].text_content().strip()) > MAX_NAME or name[0] in "@#" or "/" in name:
        return None
    around = [shown[-1], *takewhile(lambda above: above is not card, shown[-1].iterancestors())]
    if any(part.tag in ("p", "blockquote", "q") for part in around):
        return None
    return shown[-1] if any(part.tag in _NAMING or class_words(part) & _NAME_WORDS for part in around) else None


def _name(card: HtmlElement, words: HtmlElement | None, handle: HtmlElement) -> str | None:
    """A heading or strong words of the card, or what else stands in the element of the username."""
    apart = set(words.iter()) if words is not None else set()
    headings = (n for n in card.iter("h2", "h3", "h4", "h5", "strong", "b") if n not in apart and n is not handle)
    heading = next(headings, None)
    name = displayed_text(heading, skip={handle}) if heading is not None else ""
    return name if name and not name.startswith("@") and len(name) <= MAX_NAME else None


def _beside(card: HtmlElement, words: HtmlElement | None, handle: HtmlElement) -> str | None:
    """What stands before the username, in its own element or in those around it that show nothing else."""
    apart = {words, *words.iterancestors()} if words is not None else set()
    for holder in islice((handle, *handle.iterancestors()), 3):
        if holder is card or holder in apart:
            return None
        before = displayed_text(holder).partition("@")[0].strip(_AROUND_HANDLE)
        if before:
            return before if len(before) <= MAX_NAME and "\n" not in before else None
    return None


FORM = Form(
    name="permalink_card",
    doc="a site's own card, known by its structure",
    anchors=(Anchor(tag="a", attr="href", contains="status"),),
    read=read,
    since=2009,
    yields="id, username, text, mostly name and date",
    seen="Sporting News, static sites and blogs with hand-made cards",
    signs=signs.STATUS,
)
