"""Text forms: on plain documents, and on the text that markup forms left of a page."""

from __future__ import annotations

from collections.abc import Collection, Container, Iterable, Iterator
from dataclasses import replace
from functools import cache, partial
from typing import Any

from lxml import etree
from lxml.html import HtmlElement

from tweetrecon.detect.claims import lost
from tweetrecon.detect.guard import guarded
from tweetrecon.forms import TEXT_FORMS
from tweetrecon.forms.form import TextForm, TextView
from tweetrecon.model import Embed, Reject, RejectCode, Role
from tweetrecon.page import UNSEEN, Layout, Page, in_comments, layout
from tweetrecon.twitter import urls


def read(view: TextView, forms: Iterable[TextForm], rejects: list[Reject]) -> list[Embed]:
    """What the text forms find in a text, in order of priority; where two overlap, the earlier form wins."""
    embeds: list[Embed] = []
    for form in forms:
        if form.signs and not any(sign in view.text for sign in form.signs):
            continue
        for embed in guarded(form, partial(form.read, view), rejects):
            clash = next((other for other in embeds if _overlap(other, embed)), None)
            if clash is None:
                embeds.append(embed)
            elif embed.role is not Role.LINKED:
                rejects.append(lost(RejectCode.OVERLAPS_STRONGER_FORM, embed, clash))
    return embeds


def read_page(page: Page, claimed: Collection[Embed], rejects: list[Reject]) -> list[Embed]:
    """What the text forms find in a page where no embed in markup has given text, each with the element it ends in."""
    taken = {embed.node for embed in claimed if embed.role is not Role.LINKED and embed.raw_text}
    free = _free_signs(page, taken)
    forms = [form for form in TEXT_FORMS if not free.isdisjoint(form.signs)]
    if not forms:
        return []
    shown = layout(page.root, skip=taken)
    links = tuple(_links(shown))
    view = TextView(shown.text, page.document.language, page.reference, links)
    placed = [_placed(embed, shown, links) for embed in read(view, forms, rejects)]
    return [embed for embed in placed if not _is_comment_head(embed)]


def _free_signs(page: Page, taken: Collection[HtmlElement]) -> set[str]:
    """The signs of text forms that stand in text which readers see and no embed claims."""
    claimed = ["".join(node.itertext()) for node in taken]
    present = [sign for form in TEXT_FORMS for sign in form.signs if page.holds(sign)]
    signs = [sign for sign in present if _count_in_text(page, sign) > sum(text.count(sign) for text in claimed)]
    if not signs:
        return set()
    texts: Any = _texts_with(tuple(signs))(page.root)
    free = [text for text in texts if _is_free(text, taken)]
    return {sign for sign in signs if any(sign in text for text in free)}


@cache
def _texts_with(signs: tuple[str, ...]) -> etree.XPath:
    return etree.XPath("//text()[" + " or ".join(f'contains(., "{sign}")' for sign in signs) + "]")


def _count_in_text(page: Page, sign: str) -> int:
    """How often a literal stands outside tags, scripts included: telling those apart is the tree's work."""
    source = page.source
    count = 0
    for place in page.places(sign):
        nearby = max(0, place - 1000)
        count += source.rfind(b"<", nearby, place) <= source.rfind(b">", nearby, place)
    return count


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


def _placed(embed: Embed, shown: Layout, links: Iterable[tuple[int, int, str]]) -> Embed:
    """The embed with the element it ends in instead of offsets, which would be none of the document's own text."""
    start, end = embed.start or 0, embed.end or 0
    byline = embed.text_end or start
    around = [(to - at, node) for node, (at, to) in shown.spans.items() if at <= byline <= end <= to]
    node = min(around, key=lambda entry: entry[0])[1] if around else next(iter(shown.spans))
    url = embed.raw_url or next((u for at, _, u in links if byline <= at < end and urls.parse_status(u)), None)
    role = Role.LINKED if not (embed.raw_text or embed.raw_username) and in_comments(node) else embed.role
    return replace(embed, node=node, role=role, raw_url=url, start=None, end=None, text_start=None, text_end=None)


def _is_comment_head(embed: Embed) -> bool:
    """Whether a byline is that of a reader's comment: the hour stands there, and bylines of tweets have none."""
    return ":" in (embed.raw_date or "") and in_comments(embed.node)


def _overlap(a: Embed, b: Embed) -> bool:
    return (a.start or 0) < (b.end or 0) and (b.start or 0) < (a.end or 0)
