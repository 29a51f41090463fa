"""A site's own card for a tweet: author, username, words and date in elements whose classes say what they are.

Publishers rebuilt tweets for liveblogs, newsletters and readers without scripts. The class names differ, the words in
them hardly: ``tweet-author-handle``, ``sltc-username``, ``stri-tweetHandle``, ``subbuzz-tweet__display-name``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from lxml.html import HtmlElement

from tweetrecon.forms import signs
from tweetrecon.forms.classes import class_words, is_furniture
from tweetrecon.forms.form import Anchor, Form, refusal
from tweetrecon.forms.links import address, in_timeline, leads_to_status
from tweetrecon.model import Embed, Media, Reject, RejectCode, Role
from tweetrecon.page import Page, displayed_text, emoji

TEXT_CLASSES = (
    "tweet-text tweet__text tweet_text tweetText TweetText Tweet-text tweet-content tweet__content tweet_content"
    " tweetContent tweet-body tweet__body tweet_body tweetBody tweet-message tweet__message tweet-copy tweet__copy"
    " tweet-quote tweet__quote tweet-paragraph tweet__paragraph tweet-message tweet-description twitter-text"
    " twitter__text twitterText EmbeddedTweet-text subbuzz-tweet__text sltc-text stri-twContent content-quote"
).split()
"""Classes of the element that holds the words of a tweet."""

_WORDS_CLASSES = frozenset(TEXT_CLASSES)
_LABELS = ("a", "span", "small", "cite", "p", "b", "strong")

MAX_CLIMB = 4
"""Levels from the words up to the card."""

MAX_PARTS = 40
"""Elements of which a card consists at one level."""

MAX_AROUND = 250
"""Characters, without spaces, that a card shows beside the words: author, date, counts, buttons."""

_USERNAME = re.compile(r"@?([A-Za-z0-9_]{1,15})$")
_NAME = re.compile(r"[^@\n\d]{2,50}")
"""What an element called the author's shows, if it is no more than the name."""

_HANDLE_WORDS = {"handle", "username", "screenname"}
_NAME_WORDS = {"name", "fullname", "displayname"}
_DATE_WORDS = {"date", "time", "timestamp", "created"}
_QUOTE_CLASSES = {"quote-tweet", "quoted-tweet", "tweet-quoted", "tweet__quoted", "tweet-quote-card", "quoted"}

Roles = dict[str, HtmlElement]


def read(node: HtmlElement, page: Page) -> Iterator[Embed | Reject]:
    """The tweet whose words an element holds; its card is the nearest ancestor that names the author too."""
    if any(n is not node and _is_words(n) and not _in_quote(n) for n in node.iter()):
        return
    card = _card(node)
    if card is None or any(_is_quote(n) for n in (node, *node.iterancestors())):
        return
    if is_furniture(node) or in_timeline(node):
        yield refusal(RejectCode.PAGE_CHROME, "a feed beside the article", displayed_text(node))
        return
    embed = _read_card(card, node)
    if embed is not None:
        yield embed


def _card(node: HtmlElement) -> HtmlElement | None:
    """The largest element around the words that shows little else and names the author; the words may hold all."""
    length = _length(node)
    card = None
    for level, ancestor in enumerate(islice(node.iterancestors(), MAX_CLIMB)):
        whole = level and ancestor.tag in ("body", "main", "article")
        if whole or len(ancestor) > MAX_PARTS or _holds_others(ancestor, node):
            break
        if _length(ancestor) - length - _quoted_length(ancestor) > MAX_AROUND:
            break
        card = ancestor
    for candidate in (card, node):
        if candidate is not None and _names_author(candidate, node):
            return candidate
    return None


def _holds_others(ancestor: HtmlElement, words: HtmlElement) -> bool:
    """Whether an element also holds the words of another tweet, in an element of the same class."""
    name = words.get("class")
    return any(n is not words and n.tag == words.tag and n.get("class") == name for n in ancestor.iter())


def _names_author(card: HtmlElement, words: HtmlElement) -> bool:
    apart = set(words.iter()) if words is not card else set()
    parts = (n for n in card.iter("a", "span", "div", "cite", "p", "h2", "h3", "h4") if n not in apart)
    return any(_is_handle(n) or leads_to_status(n.get("href")) for n in parts)


def _quoted_length(card: HtmlElement) -> int:
    return sum(_length(n) for n in card.iter() if isinstance(n.tag, str) and _is_quote(n))


def _length(node: HtmlElement) -> int:
    """The characters of an element's text but for white space, which indented markup is full of."""
    return len("".join(node.text_content().split()))


def _read_card(card: HtmlElement, words: HtmlElement) -> Embed | None:
    quote = next((n for n in card.iter() if isinstance(n.tag, str) and _is_quote(n)), None)
    apart = set(quote.iter()) if quote is not None else set()
    apart |= set(words.iter()) if words is not card else set()
    roles = _roles(card, apart)
    url = _status_address(card, apart)
    username = _username(roles.get("handle"))
    if url is None and (username is None or not {"name", "date"} & roles.keys()):
        return None
    text = displayed_text(words, skip={quote, *roles.values()} - {None, words})
    return Embed(
        form=FORM.name,
        raw_url=url,
        raw_username=username,
        raw_name=displayed_text(roles["name"]) or None if "name" in roles else None,
        raw_text=text or None,
        raw_date=displayed_text(roles["date"]).replace("\n", " ") or None if "date" in roles else None,
        media=tuple(_pictures(card, roles)),
        quoted=_quoted(quote) if quote is not None else None,
        node=card,
    )


def _roles(card: HtmlElement, apart: set[HtmlElement]) -> Roles:
    """What the classes of a card's parts say of them; the first of each role."""
    roles: Roles = {}
    for node in card.iter():
        if not isinstance(node.tag, str) or node in apart or node is card:
            continue
        role = _role(node)
        if role is not None:
            roles.setdefault(role, node)
    if "name" not in roles:  # a heading without a telling class
        headings = (n for n in card.iter("h2", "h3", "h4", "h5", "strong", "b") if n not in apart)
        name = next((n for n in headings if not _is_handle(n) and n not in roles.values()), None)
        roles |= {"name": name} if name is not None else {}
    return roles


def _role(node: HtmlElement) -> str | None:
    if _is_handle(node):
        return "handle"
    words = class_words(node)
    if words & _NAME_WORDS and not words & _HANDLE_WORDS and len(displayed_text(node)) <= 80:
        return "name"
    if "author" in words and _NAME.fullmatch(displayed_text(node)):
        return "name"
    if node.tag == "time" or words & _DATE_WORDS or (node.tag == "a" and leads_to_status(node.get("href"))):
        return "date" if re.search(r"\d", displayed_text(node)) else None
    return None


def _is_handle(node: HtmlElement) -> bool:
    """Whether an element shows a username: its class says so, or it reads ``@username``."""
    named = bool(class_words(node) & _HANDLE_WORDS)
    if not named and not (node.tag in _LABELS and (node.text or "").strip().startswith("@")):
        return False
    return _USERNAME.match(node.text_content().strip()) is not None


def _username(node: HtmlElement | None) -> str | None:
    found = _USERNAME.match(node.text_content().strip()) if node is not None else None
    return found[1] if found else None


def _status_address(card: HtmlElement, apart: set[HtmlElement]) -> str | None:
    """The card's own status; Substack puts ``href`` on its counts too."""
    parts = [n for n in card.iter() if isinstance(n.tag, str) and n not in apart]
    linked = (address(n) for n in parts if n.get("href"))
    stated = (
        value.strip() for n in parts for name, value in n.items() if name.startswith("data-") and "status" in value
    )
    return next(filter(leads_to_status, (*linked, *stated)), None)


def _is_words(node: HtmlElement) -> bool:
    return isinstance(node.tag, str) and not _WORDS_CLASSES.isdisjoint((node.get("class") or "").split())


def _in_quote(node: HtmlElement) -> bool:
    return any(_is_quote(above) for above in (node, *node.iterancestors()))


def _is_quote(node: HtmlElement) -> bool:
    return not _QUOTE_CLASSES.isdisjoint((node.get("class") or "").split())


def _quoted(quote: HtmlElement) -> Embed | None:
    roles = _roles(quote, set())
    username = _username(roles.get("handle"))
    if username is None:
        return None
    name = displayed_text(roles["name"]) or None if "name" in roles else None
    text = displayed_text(quote, skip=set(roles.values())) or None
    return Embed(form=FORM.name, role=Role.INNER, raw_username=username, raw_name=name, raw_text=text)


def _pictures(card: HtmlElement, roles: Roles) -> Iterator[Media]:
    """The pictures of a tweet, but for emoji and the portrait of the author."""
    for image in card.iter("img"):
        words = class_words(image)
        source = image.get("src") or ""
        portrait = words & {"avatar", "profile"} or "profile_images" in source or "twitter_name" in source
        if source.startswith("http") and words & {"photo", "media", "image"} and not portrait and not emoji(image):
            yield Media(type="photo", url=source, alt_text=image.get("alt") or None)


FORM = Form(
    name="tweet_card",
    doc="a site's own card for a tweet",
    anchors=tuple(Anchor(cls=name) for name in TEXT_CLASSES),
    read=read,
    since=2010,
    yields="username, name, text, mostly id and date; the author of a quoted tweet",
    seen="Substack newsletters, BuzzFeed, ScribbleLive, The Wall Street Journal's streams, New York Magazine",
    signs=(*signs.STATUS, "tweet-text", "tweet__text", "stri-twContent"),
)
