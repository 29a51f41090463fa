"""Document → embeds: one walk over the tree, then text forms on what is left; overlaps settled."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import partial

from lxml.html import HtmlElement

from tweetrecon import metadata
from tweetrecon import page as pages
from tweetrecon.detect import claims, context, dispatch, neighbours, nested, prose
from tweetrecon.detect.gate import passes_gate
from tweetrecon.detect.guard import guarded
from tweetrecon.detect.survey import Survey
from tweetrecon.forms import FORMS, TEXT_FORMS
from tweetrecon.forms.form import TextView
from tweetrecon.model import Document, Embed, Reject, RejectCode, Stage
from tweetrecon.page import Page

__all__ = ["Detection", "Trace", "detect", "passes_gate"]


@dataclass(slots=True)
class Trace:
    """What `explain` shows: anchors that fired, embeds claimed, embeds that lost and why."""

    fired: list[tuple[str, str]] = field(default_factory=list)
    """(form, xpath) of each anchor that fired."""
    passed_over: list[tuple[str, str]] = field(default_factory=list)
    """Those of them at places whose text a stronger form had read."""


@dataclass(frozen=True, slots=True)
class Detection:
    """What one document holds: embeds in document order, what was refused, and the document with its head read."""

    document: Document
    embeds: tuple[Embed, ...] = ()
    rejects: tuple[Reject, ...] = ()


def detect(document: Document, trace: Trace | None = None) -> Detection:
    """All embeds of a document. Never raises on what a document holds."""
    if document.media_type != "text/html":
        return _in_text(document)
    source = document.text.encode("utf-8", "replace")
    if not passes_gate(source):
        return Detection(document)
    page = pages.parse(document, source)
    if page is None:
        reject = Reject(stage=Stage.DETECT, code=RejectCode.PARSE_FAILED, detail="no parser could make a tree")
        return Detection(document, rejects=(_of(document, reject),))
    document = metadata.filled_in(document, page.root)
    return _in_page(replace(page, document=document), trace)


def _in_text(document: Document) -> Detection:
    reference = document.published_at or document.captured_at
    view = TextView(document.text, document.language, reference, media_type=document.media_type)
    rejects: list[Reject] = []
    found = prose.read(view, TEXT_FORMS, rejects)
    whole = neighbours.joined(found, document.text, rejects, lang=view.lang, reference=reference)
    embeds, weaker = claims.settle(whole)
    embeds.sort(key=lambda e: (e.start or 0, e.end or 0))
    around = tuple(context.in_text(embed, document.text) for embed in embeds)
    return Detection(document, around, _completed(document, [*rejects, *weaker]))


def _in_page(page: Page, trace: Trace | None) -> Detection:
    held = claims.Claims()
    if not page.complete:
        detail = "nested deeper than the first parser goes; a second one read the page"
        held.rejects.append(Reject(stage=Stage.DETECT, code=RejectCode.PARSE_INCOMPLETE, detail=detail, kept=True))
    survey = Survey(page.source)
    walk = dispatch.walk(page, survey)
    _dispatch(page, walk.matches, held, trace)
    home: dict[HtmlElement, HtmlElement] = {}
    for holder, inner in nested.pages_within(page, survey, walk.holders):
        first = len(held.embeds)
        _dispatch(inner, dispatch.walk(inner, Survey(inner.source)).matches, held, trace)
        home |= {embed.node: holder for embed in held.embeds[first:]}
    for embed in prose.read_page(page, survey, held.embeds, held.rejects):
        held.add(embed, holds=False)
    embeds, weaker = claims.settle(held.embeds)
    placed = [(home.get(embed.node, embed.node), embed) for embed in embeds]
    places = {match.node: match.place for match in walk.matches}
    order = places if all(node in places for node, _ in placed) else page.order
    placed.sort(key=lambda entry: order.get(entry[0], 0))
    located = tuple(_located(embed, node, page) for node, embed in placed)
    return Detection(page.document, located, _completed(page.document, [*held.rejects, *weaker]))


def _located(embed: Embed, node: HtmlElement, page: Page) -> Embed:
    before, after = context.around(node)
    xpath, line = page.xpath(node), node.sourceline
    return replace(embed, xpath=xpath, source_line=line, context_before=before, context_after=after)


def _dispatch(page: Page, matches: list[dispatch.Match], held: claims.Claims, trace: Trace | None) -> None:
    """Call each form on each element that one of its anchors fits, but where a stronger one has read the text."""
    for match in matches:
        form = FORMS[match.rank]
        is_read = held.is_read(match.node, form.name)
        if trace is not None:
            call = (form.name, page.xpath(match.node))
            trace.fired.append(call)
            trace.passed_over.extend([call] * is_read)
        if is_read:
            continue
        for embed in guarded(form, partial(form.read, match.node, page), held.rejects):
            held.add(embed if embed.node is not None else replace(embed, node=match.node))


def _completed(document: Document, rejects: Iterable[Reject]) -> tuple[Reject, ...]:
    return tuple(_of(document, reject) for reject in rejects)


def _of(document: Document, reject: Reject) -> Reject:
    return replace(
        reject, source_uri=document.source_uri, source_key=document.source_key, document_id=document.document_id
    )
