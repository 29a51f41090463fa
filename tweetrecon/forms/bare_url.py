"""A paragraph that is nothing but a status URL, or an invitation to view the tweet: it stands for the tweet itself."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml.html import HtmlElement

from tweetrecon.forms import signs
from tweetrecon.forms.form import Anchor, Form, TextForm, TextView
from tweetrecon.forms.links import address, leads_to_status
from tweetrecon.model import Embed, Role
from tweetrecon.page import Page, displayed_text, in_comments
from tweetrecon.twitter import urls

_INLINE = ("span", "strong", "em", "b", "i", "u", "font", "small")
_PARAGRAPHS = ("p", "div", "figure", "center", "section")
_INVITATION = re.compile(
    r"(?:view|see|read|show|open) (?:more|it|this|(?:this |the |full )?(?:tweet|post|image|video|photo))"
    r" ?(?:on (?:twitter|x))?$"
    r"|(?:voir le|ver(?: el)?|vedi il|bekijk(?: de)?|se) (?:tweet|post|publicación)\b[^\n]{0,20}$"
    r"|(?:tweet|post|beitrag) (?:anzeigen|ansehen|lesen)$",
    re.IGNORECASE,
)
_ADDRESS = re.compile(
    r"(?:https?://|(?<![\w/])(?:/|tag:))(?=[^\s<>]{0,500}(?:stat|tw|thr))[^\s<>\"'“”«»\[\]()]{8,2000}"
)
_FRAME = re.compile(
    r"https?://(?:twitframe\.com/|publish\.(?:twitter|x)\.com/|[^/]{1,80}/[^?]{0,80}(?:o?embed|socialembed))"
)
_SOURCE = re.compile(
    r"\]\((?:https?:|/)|^\[[^\[\]\n]{1,60}\]:[ \t]{0,4}<?https?:|<!-- wp:|\[(?:caption|gallery|embed)\b"
    r"|<(?:a|img) (?:[^<>\n]{0,200} )?(?:href|src)=[\"']?(?:https?:|/)",
    re.MULTILINE,
)
"""What Markdown, WordPress's own format or pieces of HTML have and extractors' texts do not."""

_SHORT = 12
"""Characters that may stand around the URL in its paragraph: an arrow, a bracket, a full stop."""


def read(node: HtmlElement, page: Page) -> Iterator[Embed]:
    """The tweet of a link that is the whole of its paragraph and shows its own address."""
    label = _once(" ".join("".join(node.itertext()).split()))
    if not leads_to_status(node.get("href")) or not (_INVITATION.match(label) or _is_address(label)):
        return
    holder = node.getparent()
    while holder is not None and holder.tag in _INLINE:
        holder = holder.getparent()
    if holder is None or holder.tag not in _PARAGRAPHS or in_comments(holder):
        return
    whole = _once(displayed_text(holder))
    if len(whole) - len(label) <= _SHORT and "\n" not in whole:
        yield Embed(form=FORM.name, raw_url=address(node), node=holder)


def _once(label: str) -> str:
    """A label without its copy for screen readers."""
    half = label[: len(label) // 2]
    return half if half and half * 2 == label else label


def read_text(view: TextView) -> Iterator[Embed]:
    """Each status URL of a text: embedded where it is a paragraph of a page's source, else linked.

    Publishing systems show a tweet for such a paragraph. What extractors leave does not tell it from an item of a list:
    of eleven such paragraphs in labelled texts seven were items that show no tweet.
    """
    is_source = view.media_type != "text/plain" or _SOURCE.search(view.text) is not None
    for word in _ADDRESS.finditer(view.text):
        url = word[0].rstrip(".,;:!?…")
        start, end = word.start(), word.start() + len(url)
        if urls.parse_status(url) and not any(at <= start < to for at, to, _ in view.links):
            shown = (is_source and _is_paragraph(view.text, start, end)) or _FRAME.match(url)
            role = Role.EMBEDDED if shown else Role.LINKED
            yield Embed(form=TEXT_FORM.name, role=role, raw_url=url, start=start, end=end)


def _is_address(label: str) -> bool:
    """Whether a label is a status URL, perhaps cut short by an ellipsis."""
    return "/status" in label and not any(character.isspace() for character in label)


def _is_paragraph(text: str, start: int, end: int) -> bool:
    line = text.rfind("\n", 0, start) + 1
    stop = text.find("\n", end)
    stop = len(text) if stop == -1 else stop
    if text[line:start].strip(" \t<(") or text[end:stop].strip(" \t>)."):
        return False
    above = text[text.rfind("\n", 0, max(0, line - 1)) + 1 : max(0, line - 1)]
    below = text[stop + 1 : text.find("\n", stop + 1) if text.find("\n", stop + 1) != -1 else len(text)]
    return not above.strip() and not below.strip()


FORM = Form(
    name="bare_url",
    doc="paragraph that is a link to a status and shows its address",
    anchors=(Anchor(tag="a", attr="href", contains="status"),),
    read=read,
    since=2009,
    yields="id, username",
    seen="blogs whose embeds were never expanded",
    signs=signs.STATUS,
)
TEXT_FORM = TextForm(
    name="bare_url_text",
    doc="status URL in text",
    read=read_text,
    since=2009,
    yields="id, username",
    seen="plain text, Markdown and unexpanded embeds",
    signs=(*signs.STATUS, "/thread/", "tag:twitter.com", "tag:x.com", "weet_id", "in_reply_to"),
)
