"""What a form is: one way in which a tweet stands in a document."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from lxml.html import HtmlElement

from tweetrecon.model import Embed, Reject, RejectCode, Stage
from tweetrecon.page import Page

ANY_DATA = "data-*"
"""An attribute that holds a status URL, but for the usual ones."""

ANY_ID = "<id>"
"""An attribute that seems to hold the id of a tweet."""

ANY_MARKUP = "<markup>"
"""An attribute that holds embed code, itself escaped or not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchor:
    """What makes the walk over a page call a form: an element that has all of what is given.

    ``tag``: its name; ``cls``: one of its class tokens; ``attr``: the name of an attribute it bears, or a kind of
    attribute (``ANY_…``); ``contains``: a string in that attribute's value.
    """

    tag: str | None = None
    cls: str | None = None
    attr: str | None = None
    contains: str | None = None

    @property
    def literal(self) -> str | None:
        """What must stand in the tag of an element in a page's source for the anchor to fit; None: only its name."""
        if self.attr in (ANY_DATA, ANY_ID, ANY_MARKUP):
            return None
        return max(filter(None, (self.cls, self.contains, self.attr)), key=len, default=None)

    @property
    def sign(self) -> str:
        """What a page's source must hold for the anchor to fit anywhere in it."""
        return self.cls or self.contains or self.attr or f"<{self.tag}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """A form in markup. ``read`` gets each element that an anchor fits and yields what it holds, as embeds.

    ``signs`` are literals of which a page's source must hold one for the form to be tried; without them, those of its
    anchors count. A form anchored on a common element (``<script>``, ``<blockquote>``) states them. ``since``/``until``
    are the years of the form's use, ``yields`` the fields it can give, ``seen`` where it was seen.
    """

    name: str
    doc: str
    anchors: tuple[Anchor, ...]
    read: Callable[[HtmlElement, Page], Iterator[Embed | Reject]]
    since: int
    until: int | None = None
    yields: str = ""
    seen: str = ""
    signs: tuple[str, ...] = ()

    @property
    def all_signs(self) -> tuple[str, ...]:
        """The literals of which a page's source must hold one: those stated, else those of the anchors."""
        return self.signs or tuple(anchor.sign for anchor in self.anchors)


@dataclass(frozen=True, slots=True)
class TextView:
    """A text to read tweets from: a plain document, or the part of a page that no markup form claimed.

    ``lang`` and ``reference`` (the article's date) help to read dates. ``links`` are (start, end, address) of the links
    in it, in order; ``blocks`` are (start, end) of the page's elements that set a quotation apart. Offsets of embeds
    are characters of ``text``.
    """

    text: str
    lang: str | None = None
    reference: datetime | None = None
    links: tuple[tuple[int, int, str], ...] = ()
    blocks: tuple[tuple[int, int], ...] = ()
    media_type: str = "text/plain"


@dataclass(frozen=True, slots=True, kw_only=True)
class TextForm:
    """A form in plain text. ``read`` yields embeds with ``start``, ``end``, ``text_start`` and ``text_end``.

    ``signs`` are literals of which a text must hold one for the form to be tried. ``page_signs`` are those for the text
    of pages, where they also open the gate; None: the same. A form that guesses what markup would tell has none: in
    pages it finds feeds beside the article and quotations in its prose.
    """

    name: str
    doc: str
    read: Callable[[TextView], Iterator[Embed]]
    since: int
    until: int | None = None
    yields: str = ""
    seen: str = ""
    signs: tuple[str, ...] = ()
    page_signs: tuple[str, ...] | None = None

    @property
    def signs_on_pages(self) -> tuple[str, ...]:
        """The literals of which a page's text must hold one; empty: the form is for plain documents alone."""
        return self.signs if self.page_signs is None else self.page_signs


def refusal(code: RejectCode, detail: str, evidence: str | None = None) -> Reject:
    """A reject of the form at hand; the dispatch completes it with the document and the form's name."""
    return Reject(stage=Stage.DETECT, code=code, detail=detail, evidence=evidence[:80] if evidence else None)
