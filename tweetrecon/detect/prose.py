"""Text forms: on plain documents, and on the text that markup forms left of a page."""

from __future__ import annotations

import re
from bisect import bisect, insort
from collections.abc import Collection, Container, Iterable, Iterator
from dataclasses import replace
from functools import cache, partial
from itertools import islice, takewhile
from typing import Any

from lxml import etree
from lxml.html import HtmlElement

from tweetrecon.detect.claims import lost
from tweetrecon.detect.guard import guarded
from tweetrecon.detect.survey import MOST, Survey
from tweetrecon.forms import TEXT_FORMS, flat_byline
from tweetrecon.forms.form import TextForm, TextView, refusal
from tweetrecon.model import Embed, Reject, RejectCode, Role
from tweetrecon.page import BLOCKS, UNSEEN, Layout, Page, in_comments, layout
from tweetrecon.twitter import dates, hosts, snowflake, urls

_CODE = ("code", "kbd", "samp")
"""Elements that show how an embed is written, and embed nothing."""

_APART = frozenset("aside blockquote dd figure li q table td".split())
_SHELLS = frozenset("article div p section".split())
_LAST_NUMBER = re.compile(r"(\d{8,19})/?(?:[?#]\S{0,400})?\Z")
_SIGNS = tuple(dict.fromkeys(sign for form in TEXT_FORMS for sign in form.signs_on_pages))
_HOST = re.compile(r"(?:https?:)?//([^/?#]{1,200})", re.IGNORECASE)

_EVERY = {sign for form in TEXT_FORMS for sign in form.signs}
_PLAIN_SIGNS = tuple(sorted(sign for sign in _EVERY if not any(other in sign for other in _EVERY if other != sign)))
"""The signs of text forms that hold no other sign: finding these is enough."""

Links = tuple[tuple[int, int, str], ...]


def bears_sign(text: str) -> bool:
    """Whether any text form would be tried on a plain document."""
    return any(sign in text for sign in _PLAIN_SIGNS)


def read(view: TextView, forms: Iterable[TextForm], rejects: list[Reject]) -> list[Embed]:
    """What the text forms find in a text, in order of priority; where two overlap, the earlier form wins."""
    embeds: list[Embed] = []
    taken: list[tuple[int, int, int]] = []  # start, end, number of the embed
    for form in forms:
        if form.signs and not any(sign in view.text for sign in form.signs):
            continue
        for embed in guarded(form, partial(form.read, view), rejects):
            place = (embed.start or 0, embed.end or 0, len(embeds))
            clash = _overlapping(taken, place)
            if clash is None:
                insort(taken, place)
                embeds.append(embed)
            elif embed.role is not Role.LINKED:
                rejects.append(lost(RejectCode.OVERLAPS_STRONGER_FORM, embed, embeds[clash]))
    return embeds


def _overlapping(taken: list[tuple[int, int, int]], place: tuple[int, int, int]) -> int | None:
    """The number of the embed that overlaps a place; those taken are sorted and overlap nowhere."""
    after = bisect(taken, place)
    for start, end, number in taken[max(0, after - 1) : after + 1]:
        if start < place[1] and place[0] < end:
            return number
    return None


def read_page(page: Page, survey: Survey, claimed: Collection[Embed], rejects: list[Reject]) -> list[Embed]:
    """What the text forms find in a page where no embed in markup has given text, each with the element it ends in."""
    taken = {embed.node for embed in claimed if embed.role is not Role.LINKED and embed.raw_text}
    free = _free_signs(page, survey, taken)
    forms = [form for form in TEXT_FORMS if not free.isdisjoint(form.signs_on_pages)]
    if not forms:
        return []
    shown = layout(page.root, skip=taken | set(page.root.iter(*_CODE)))
    links = tuple(sorted(_links(shown)))
    blocks = tuple(sorted(_quotations(shown)))
    view = TextView(shown.text, page.document.language, page.reference, links, blocks, "text/html")
    places = _Places(shown, links)
    placed = []
    for embed in read(view, forms, rejects):
        located = _placed(embed, places)
        signed = _signed(embed, located, view) if embed.form == flat_byline.FORM.name else located
        if signed is None:
            detail = "a signature, without anything that tells a tweet"
            rejects.append(refusal(RejectCode.NO_EVIDENCE, detail, shown.text[embed.start or 0 : embed.end]))
        elif not _is_comment_head(signed):
            placed.append(signed)
    return placed


def _free_signs(page: Page, survey: Survey, taken: Collection[HtmlElement]) -> set[str]:
    """The signs of text forms that stand in text which readers see and no embed claims."""
    counts = {sign: _count_in_text(page, survey, sign) for sign in _SIGNS if sign in survey.held}
    claimed = ["".join(node.itertext()) for node in taken] if any(counts.values()) else []
    signs = [
        sign for sign, count in counts.items() if count == MOST or count > sum(text.count(sign) for text in claimed)
    ]
    if not signs:
        return set()
    texts: Any = _texts_with(len(signs))(page.root, **{f"sign{n}": sign for n, sign in enumerate(signs)})
    free = [text for text in texts if _is_free(text, taken)]
    return {sign for sign in signs if any(sign in text for text in free)}


@cache
def _texts_with(number: int) -> etree.XPath:
    """The text nodes that hold one of so many literals, given as variables."""
    return etree.XPath("//text()[" + " or ".join(f"contains(., $sign{n})" for n in range(number)) + "]")


def _count_in_text(page: Page, survey: Survey, sign: str) -> int:
    """How often a literal stands outside tags and scripts; what else readers do not see is for the tree to tell."""
    return sum(not _in_tag(page.source, place) and not survey.in_script(place) for place in survey.places(sign))


def _in_tag(source: bytes, place: int) -> bool:
    nearby = max(0, place - 1000)
    return source.rfind(b"<", nearby, place) > source.rfind(b">", nearby, place)


def _is_free(text: Any, taken: Container[HtmlElement]) -> bool:
    holder = text.getparent()
    if holder is None or (not text.is_tail and (holder in taken or holder.tag in UNSEEN)):
        return False
    return not any(node in taken or node.tag in UNSEEN for node in holder.iterancestors())


def _links(shown: Layout) -> Iterator[tuple[int, int, str]]:
    for node, (start, end) in shown.spans.items():
        href = node.get("href") if node.tag == "a" else None
        if href:
            yield start, end, href.strip()


def _quotations(shown: Layout) -> Iterator[tuple[int, int]]:
    """Where the elements stand that set a quotation apart: by their kind, or as the shell of a single paragraph."""
    for node, (start, end) in shown.spans.items():
        if start < end and (node.tag in _APART or (node.tag in _SHELLS and _blocks_in(node) <= 1)):
            yield start, end


def _blocks_in(node: HtmlElement) -> int:
    return sum(child.tag in BLOCKS for child in node)


class _Places:
    """Where the parts of a page's text came from."""

    def __init__(self, shown: Layout, links: Links) -> None:
        self._spans = shown.spans
        self._nodes = list(shown.spans)
        self._starts = [start for start, _ in shown.spans.values()]
        self._links = links

    def around(self, start: int, end: int) -> HtmlElement:
        """The smallest element whose text holds a span: the last that begins before it, or an ancestor of that."""
        node = self._nodes[max(0, bisect(self._starts, start) - 1)]
        while self._spans[node][1] < end and node is not self._nodes[0]:
            node = node.getparent()
        return node

    def status_link(self, start: int, end: int) -> str | None:
        """The first status that a link inside a span leads to."""
        inside = takewhile(lambda link: link[0] < end, islice(self._links, bisect(self._links, (start,)), None))
        return next((address for _, _, address in inside if urls.parse_status(address)), None)


def _placed(embed: Embed, places: _Places) -> Embed:
    """The embed with the element it ends in instead of offsets, which would be none of the document's own text."""
    start, end = embed.text_end or embed.start or 0, embed.end or 0
    node = places.around(start, end)
    role = Role.LINKED if not (embed.raw_text or embed.raw_username) and in_comments(node) else embed.role
    url = embed.raw_url or places.status_link(start, end)
    placed = replace(embed, node=node, role=role, raw_url=url, beginnings=())
    return replace(placed, start=None, end=None, text_start=None, text_end=None)


def _signed(embed: Embed, placed: Embed, view: TextView) -> Embed | None:
    """A byline of a page, if it signs a tweet: authors and speakers are named with dash and ``(@username)`` too.

    One that links the status does; else it must bear a date, which links no post elsewhere. An address elsewhere that
    ends in an id of the printed day is that of a copy, as of an account's own archive, and gives the id.
    """
    if placed.raw_url or not embed.raw_date:
        return placed if placed.raw_url else None
    end = embed.end or 0
    date = end - len(embed.raw_date)
    addresses = (address for start, stop, address in view.links if start < end and stop > date)
    away = next(filter(_leads_away, addresses), None)
    if away is None:
        return placed
    tweet_id = _dated_id(away, dates.parse(embed.raw_date, lang=view.lang, reference=view.reference))
    return replace(placed, tweet_id=tweet_id) if tweet_id else None


def _dated_id(address: str, date: dates.ParsedDate | None) -> str | None:
    """The number at the end of an address, if it is the id of a tweet of that day."""
    number = _LAST_NUMBER.search(address)
    days = snowflake.utc_days(number[1]) if number and date else None
    return number[1] if number and date and days and days[0] <= date.value.date() <= days[1] else None


def _leads_away(address: str) -> bool:
    """Whether an address is on a host where no tweets live."""
    host = _HOST.match(address)
    return host is not None and hosts.family(host[1]) is None


def _is_comment_head(embed: Embed) -> bool:
    """Whether a byline is that of a reader's comment: the hour stands there, and bylines of tweets have none."""
    return ":" in (embed.raw_date or "") and in_comments(embed.node)
