"""The AMP component ``<amp-twitter data-tweetid=…>``, 2016 onwards. Some sites put the whole status URL there."""

from __future__ import annotations

from collections.abc import Iterator

from lxml.html import HtmlElement

from tweetrecon.forms.form import Anchor, Form, refusal
from tweetrecon.forms.links import stated
from tweetrecon.model import Embed, Reject, RejectCode
from tweetrecon.page import Page


def read(node: HtmlElement, page: Page) -> Iterator[Embed | Reject]:
    """The tweet that the component will load; timelines and moments are none."""
    if node.get("data-timeline-source-type") or node.get("data-momentid"):
        yield refusal(RejectCode.PAGE_CHROME, "a timeline or moment")
        return
    embed = stated(node, "data-tweetid", FORM.name)
    yield embed or refusal(RejectCode.NO_EVIDENCE, "no id in data-tweetid", node.get("data-tweetid"))


FORM = Form(
    name="amp_twitter",
    doc="AMP component",
    anchors=(Anchor(tag="amp-twitter"),),
    read=read,
    since=2016,
    yields="id",
    seen="Evening Standard, La Vanguardia, Gizmodo",
)
