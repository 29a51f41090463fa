"""What a blockquote of the official embed code holds, whatever class it bears: text, attribution, permalink.

All layouts since 2011: the attribution as a text child, in a ``<p>`` of its own, after several ``<p>``, after bare
text, without a dash, and no attribution at all (link only).
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from itertools import islice
from typing import NamedTuple

from lxml.html import HtmlElement

from tweetrecon.forms.links import address, leads_to_status, status_links
from tweetrecon.model import Embed, Media, Role, Url
from tweetrecon.page import Layout, emoji, layout
from tweetrecon.twitter import addresses, byline, dates, urls

_HANDLE = re.compile(r"\([@＠](?:[A-Za-z0-9_]|\\_){1,20}\)")
_CUT_HANDLE = re.compile(r"\([@＠](?:[A-Za-z0-9_]|\\_){0,20}$")
_DASH = re.compile(r"(?:—{1,2}|―|–|--|-|â€”|[\x96\x97])[ \xa0]?")
"""With dashes of Windows' character set that were taken for another's."""

_INNER_DASH = re.compile(r"—{1,2}|―|(?<=\s)(?:--|–|-)(?=\s)")
_BOILERPLATE = re.compile(
    r"(?:tweet may have been deleted|this (?:tweet|post) (?:is unavailable|was deleted)|loading (?:tweet|post)"
    r"|ver (?:tweet|post)|view (?:tweet|post|on twitter|on x)|see (?:tweet|post)|voir le tweet|tweet (?:anzeigen|ansehen)|https?://\S{1,300}$)",
    re.IGNORECASE,
)
_STAND_IN = re.compile(
    r"(?<!\w)(?:tweets?|posts?|twitter|cookies|javascript|beitrag|publica\w{2,4}|příspěvek|inlägg|opslag|innlegg|bericht"
    r"|wpis|gönderi|bejegyzés|postare|objava|пост|твит|допис|منشور|تغريدة|پست|توییت|ציוץ|פוסט)(?!\w)"
    r"|(?<!\w)(?-i:X)(?!\w)|ポスト|ツイート|트윗|게시물|推文|帖子|贴文|貼文|โพสต์|ทวีต",
    re.IGNORECASE,
)
"""The word for a tweet, or what keeps it from being shown, in what stands in for one: "View this post on X"."""

_ADDRESSED = re.compile(r"\s{0,9}[.\"“]?@\s?([A-Za-z0-9_]{1,15})(?![\w@])")
"""How an answer begins: with the username of whom it answers."""

_LONGEST_STAND_IN = 60
_LONE_MARKS = re.compile(r"\s{0,9}\n[\s\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]{0,20}\Z")
"""Bidi marks on a line of their own behind the words: they were put before the attribution."""

_JSX_SPACE = re.compile(r'\s?\{" "\}\s?')
"""How a space at the end of a line is written in pages that are React source."""

MAX_NESTED = 20
"""Blockquotes inside one another that are still read; editors make two or three of one."""

MAX_NAME = 80
MAX_AFTER_PERMALINK = 200


def inner_quotes(node: HtmlElement) -> set[HtmlElement] | None:
    """The blockquotes inside one; None for a tangle, each of which would be read once for each around it."""
    inner = set(islice(node.iterdescendants("blockquote"), MAX_NESTED))
    return inner if len(inner) < MAX_NESTED else None


def read_quote(node: HtmlElement, form: str, skip: Container[HtmlElement] = ()) -> Embed | None:
    """The tweet of a blockquote; None without permalink and attribution. ``skip``: parts that are not its own."""
    return next(read_quotes(node, form, skip), None)


def read_quotes(node: HtmlElement, form: str, skip: Container[HtmlElement] = ()) -> Iterator[Embed]:
    """The tweets of a blockquote: one, unless several were put into it, each with its attribution and permalink."""
    shown = layout(node, skip=skip)
    links = [link for link in status_links(node) if link in shown.spans]
    several = _several(shown, links)
    begin = 0
    for permalink in several or [_permalink(shown, links)]:
        end = shown.spans[permalink][1] if several and permalink is not None else len(shown.text)
        embed = _read(_Passage(node, shown, begin, end, permalink), form, skip)
        if embed is not None:
            yield embed
        begin = end


class _Passage(NamedTuple):
    """The part of a blockquote that one tweet takes, and its permalink."""

    node: HtmlElement
    shown: Layout
    begin: int
    end: int
    permalink: HtmlElement | None

    def holds(self, part: HtmlElement) -> bool:
        """Whether an element begins in it."""
        return self.begin <= self.shown.spans.get(part, (self.begin, 0))[0] <= self.end


def _several(shown: Layout, links: list[HtmlElement]) -> list[HtmlElement]:
    """The permalinks of a blockquote that holds several tweets: each ends an attribution with dash and username."""
    found: dict[str, HtmlElement] = {}
    floor = 0
    for link in links:
        start, end = shown.spans[link]
        signed = _attribution(shown.text, start)
        status = urls.parse_status(address(link))
        if status and signed is not None and signed >= floor and _DASH.match(shown.text, signed):
            handle = _HANDLE.search(shown.text, signed, start)
            if handle is not None:
                found.setdefault(status.tweet_id, link)
                floor = end
    return list(found.values()) if len(found) > 1 else []


def _read(passage: _Passage, form: str, skip: Container[HtmlElement]) -> Embed | None:
    node, shown, begin, _, permalink = passage
    start, end = shown.spans[permalink] if permalink is not None else (len(shown.text), len(shown.text))
    signed = _attribution(shown.text, start)
    if permalink is None and signed is None:
        return None
    text_end = signed if signed is not None else start
    language = _language(passage)
    name, username, date = _signature(shown.text, signed, start, end)
    return Embed(
        form=form,
        raw_name=name,
        raw_username=username,
        raw_date=date,
        raw_text=_own_text(shown.text[begin:text_end], signed is not None or language is not None),
        raw_url=address(permalink) if permalink is not None else None,
        lang=language,
        urls=tuple(_links(passage, text_end)),
        media=tuple(_pictures(passage, skip)),
        quoted=_quoted(form, passage, text_end),
        parent=_parent(node, form, shown.text),
        timestamp=_timestamp(permalink),
        archive_url=permalink.get("data-versionurl") if permalink is not None else None,
        node=node,
    )


def _permalink(shown: Layout, links: list[HtmlElement]) -> HtmlElement | None:
    """The link that the attribution ends with: the last such, unless the parser ran on into the article."""
    signed = [link for link in links if _attribution(shown.text, shown.spans[link][0]) is not None]
    candidates = signed or links
    if not candidates:
        return None
    last = candidates[-1]
    best = candidates[0] if _text_follows(shown.text, shown.spans[last][1]) or links[-1] is not last else last
    handles = list(_HANDLE.finditer(shown.text))
    if handles and handles[-1].start() > shown.spans[best][1] and not _text_follows(shown.text, handles[-1].end()):
        return None
    return best


def _text_follows(text: str, place: int) -> bool:
    return len(text) - place > MAX_AFTER_PERMALINK


def _attribution(text: str, end: int) -> int | None:
    """Where the attribution that stands before ``end`` begins: at the dash, or at the name where there is none."""
    handles = list(_HANDLE.finditer(text, max(0, end - 200), end))
    handle = handles[-1] if handles else _CUT_HANDLE.search(text, max(0, end - 40), end)
    if handle is not None and end - handle.end() > 60:
        return None
    before = handle.start() if handle else end
    line = text.rfind("\n", 0, before) + 1
    if handle and not text[line:before].strip():  # the username has a line of its own: the name is on the one above
        line = text.rfind("\n", 0, max(0, line - 1)) + 1
    head = text[line:before]
    if _DASH.match(head) and len(head) <= MAX_NAME + 20:
        return line
    inner = [m.start() for m in _INNER_DASH.finditer(text, max(line, before - MAX_NAME), before)]
    if inner and handle:
        return inner[-1]
    return line if handle and len(head) <= MAX_NAME else None


def _signature(text: str, signed: int | None, start: int, end: int) -> tuple[str | None, str | None, str | None]:
    """(name, username, date) of an attribution that begins at ``signed``, and of the permalink's label."""
    label = text[start:end]
    if signed is None:
        return None, None, label if dates.parse(label) else None
    line, date = text[signed:start], label or text[start:].strip()
    line = _DASH.sub("— ", line, count=1) if _DASH.match(line) else line
    signature = byline.parse_attribution(line)
    if signature is not None:
        return signature.name, signature.raw_username, date or signature.raw_date or None
    name = _DASH.sub("", line, count=1).partition("(@")[0]
    return name.strip() or None, None, date or None


def _own_text(text: str, known: bool) -> str | None:
    """The words of a tweet; of words ``known`` by no attribution nor language, not those that stand in for it."""
    text = _LONE_MARKS.sub("", _JSX_SPACE.sub(" ", text).strip())
    if not known and (_BOILERPLATE.match(text) or (len(text) <= _LONGEST_STAND_IN and _STAND_IN.search(text))):
        return None
    return text or None


def _language(passage: _Passage) -> str | None:
    """The tweet's language; ``lang`` on the blockquote itself was the language of the page."""
    declared = (p.get("lang") or p.get("xml:lang") for p in passage.node.iter("p") if passage.holds(p))
    return next(filter(None, declared), None)


def _timestamp(permalink: HtmlElement | None) -> str | None:
    if permalink is None:
        return None
    inner = permalink.find(".//time")
    return permalink.get("data-datetime") or (inner.get("datetime") if inner is not None else None)


def _links(passage: _Passage, text_end: int) -> list[Url]:
    """The links of the text, without hashtags and mentions."""
    shown, found = passage.shown, []
    for node, (start, end) in shown.spans.items():
        if node.tag != "a" or not passage.begin <= start < end <= text_end or shown.text[start] in "#@$＠＃":
            continue
        _, href, _ = addresses.unarchive((node.get("href") or "").strip())
        expanded = node.get("data-expanded-url") or node.get("title")
        if href.startswith(("http://", "https://")):
            display = shown.text[start:end]
            found.append(Url(url=href, expanded_url=_web(expanded), display_url=display if display != href else None))
    return found


def _web(address: str | None) -> str | None:
    return address if address and address.startswith(("http://", "https://")) else None


def _pictures(passage: _Passage, skip: Container[HtmlElement]) -> list[Media]:
    shown = (image for image in passage.node.iter("img") if image.get("src") and image not in skip)
    pictures = [image for image in shown if not emoji(image) and passage.holds(image)]
    return [Media(type="photo", url=_web(image.get("src")), alt_text=image.get("alt") or None) for image in pictures]


def _quoted(form: str, passage: _Passage, text_end: int) -> Embed | None:
    """The tweet that the text links, by the address or by what the shortened address stands for."""
    for node, (start, end) in passage.shown.spans.items():
        if node.tag == "a" and passage.begin <= start and end <= text_end and node is not passage.permalink:
            for name in ("href", "data-expanded-url", "title"):
                if leads_to_status(node.get(name)):
                    return Embed(form=form, role=Role.INNER, raw_url=str(node.get(name)).strip())
    return None


def _parent(node: HtmlElement, form: str, text: str) -> Embed | None:
    """The tweet that this one answers: embed codes of 2012 named it, for the script to show it above."""
    answered = (node.get("data-in-reply-to") or "").strip()
    if not (answered.isdigit() and answered.isascii()):
        return None
    author = _ADDRESSED.match(text)
    return Embed(form=form, role=Role.INNER, tweet_id=answered, raw_username=author[1] if author else None)
