"""Substack's embed: ``<div class="tweet" data-attrs="{…}">`` holds the whole tweet as JSON, also counts and quote."""

from __future__ import annotations

from collections.abc import Iterator

import orjson
from lxml.html import HtmlElement

from tweetrecon.forms.form import Anchor, Form, refusal
from tweetrecon.forms.tweet_record import is_record, read_record
from tweetrecon.model import Embed, Reject, RejectCode
from tweetrecon.page import Page


def read(node: HtmlElement, page: Page) -> Iterator[Embed | Reject]:
    """The tweet of one card."""
    source = node.get("data-attrs") or ""
    try:
        record = orjson.loads(source)
    except orjson.JSONDecodeError:
        yield refusal(RejectCode.NO_EVIDENCE, "data-attrs is no JSON", source)
        return
    embed = read_record(record, FORM.name) if isinstance(record, dict) and is_record(record) else None
    if embed is not None:
        yield embed


FORM = Form(
    name="substack",
    doc="Substack's card with the tweet as JSON",
    anchors=(Anchor(attr="data-attrs", contains="full_text"),),
    read=read,
    since=2020,
    yields="id, username, name, second, text, counts, pictures, quoted tweet",
    seen="Substack newsletters on their sites",
    signs=("full_text",),
)
