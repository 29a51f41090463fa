"""A fact check's JSON-LD ``ClaimReview``: the claim it reviews was made in a tweet. The words are a paraphrase."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import orjson
from lxml.html import HtmlElement

from tweetrecon.forms import signs
from tweetrecon.forms.form import Anchor, Form
from tweetrecon.forms.links import leads_to_status
from tweetrecon.model import Embed, Role, TimeSource
from tweetrecon.page import Page


def read(node: HtmlElement, page: Page) -> Iterator[Embed]:
    """The tweets in which the reviewed claims appeared."""
    if "ClaimReview" not in (node.text or ""):
        return
    try:
        data = orjson.loads((node.text or "").strip())
    except orjson.JSONDecodeError:
        return
    for claim in _claims(data):
        author = claim.get("author")
        name = author.get("name") if isinstance(author, dict) else None
        date = claim.get("datePublished")
        for url in _appearances(claim):
            yield Embed(
                form=FORM.name,
                role=Role.LINKED,
                raw_url=url,
                raw_name=name.strip() if isinstance(name, str) else None,
                timestamp=date if isinstance(date, str) else None,
                timestamp_source=TimeSource.JSON_LD,
            )


def _claims(data: Any) -> Iterator[dict[str, Any]]:
    stack = [data]
    while stack:
        value = stack.pop()
        if isinstance(value, list):
            stack.extend(reversed(value))
        elif isinstance(value, dict):
            claim = value.get("itemReviewed")
            if value.get("@type") == "ClaimReview" and isinstance(claim, dict):
                yield claim
            stack.extend(inner for key in ("@graph", "review") if (inner := value.get(key)))


def _appearances(claim: dict[str, Any]) -> Iterator[str]:
    """``url``, ``appearance`` and ``firstAppearance`` of a claim, as strings or as objects with an address."""
    for key in ("url", "appearance", "firstAppearance", "sameAs"):
        stated = claim.get(key)
        for place in stated if isinstance(stated, list) else [stated]:
            url = place.get("url") if isinstance(place, dict) else place
            if isinstance(url, str) and leads_to_status(url):
                yield url


FORM = Form(
    name="claim_review",
    doc="reviewed claim in the JSON-LD of a fact check",
    anchors=(Anchor(tag="script", attr="type", contains="ld+json"),),
    read=read,
    since=2018,
    yields="id, username, name, day",
    seen="AFP Faktencheck",
    signs=signs.STATUS,
)
