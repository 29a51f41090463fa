"""Tags of static site generators that were never rendered: Hugo, Jekyll, MDX and React components, Hashnode, Zenn.

They stand in Markdown, and in pages whose generator did not know them. An HTML parser takes ``<Tweet …>`` for an
element.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml.html import HtmlElement

from tweetrecon.forms import signs
from tweetrecon.forms.form import Anchor, Form, TextForm, TextView
from tweetrecon.model import Embed
from tweetrecon.page import Page
from tweetrecon.twitter import snowflake, urls

COMPONENTS = (
    "tweet tweetembed tweet-embed twitterembed twitter-embed twittertweet twittertweetembed twitter-tweet-embed"
    " embedtweet statictweet reacttweet xembed"
).split()

_NAME = r"(?:(?:static|lazy|embed|react)[-_]?)?(?:tweet|twitter(?:[-_]?tweet)?|x)(?:[-_]?(?:embed|simple|oembed))?"
_TAG = re.compile(
    rf"\{{\{{[<%]\s{{0,3}}{_NAME}\b(?P<hugo>[^{{}}]{{1,400}}?)/?\s{{0,3}}[>%]\}}\}}"
    rf"|\{{%-?\s{{0,3}}(?:{_NAME}|embed)\b(?P<liquid>[^{{}}%]{{1,200}}(?:%[^{{}}%]{{1,100}}){{0,6}})-?%\}}"
    rf"|<(?:{_NAME})(?=\s)(?P<component>[^<>]{{1,400}}?)/?>"
    rf"|[%@!]\[(?:tweet|twitter|x)?\]?\(?(?P<bracket>https?://[^\s()\[\]]{{10,300}})[)\]]",
    re.IGNORECASE,
)
_OPENINGS = (
    *("{{< tweet", "{{<tweet", "{{< x ", "{{<x ", "{{< twitter", "{{% tweet", "{% tweet", "{% twitter"),
    *("<Tweet ", "<Twitter"),
)
_ID = re.compile(r"""(?:^|[\s"'={}])([1-9]\d{1,19})(?=$|[\s"'{}/])""")
_PATH = re.compile(r"""(?:^|[\s"'=])(@?\w{1,15}/status/\d{2,20})""", re.ASCII)
_WORD = re.compile(r"""[\s"'{}=]+""")


def read_text(view: TextView) -> Iterator[Embed]:
    """The tweet of each tag."""
    for tag in _TAG.finditer(view.text):
        embed = _stated(tag[tag.lastgroup or 0], TEXT_FORM.name, tag.start(), tag.end())
        if embed is not None:
            yield embed


def read(node: HtmlElement, page: Page) -> Iterator[Embed]:
    """The tweet of a component that an HTML parser took for an element."""
    embed = _stated(" ".join(f'{name}="{value}"' for name, value in node.items()), FORM.name)
    if embed is not None:
        yield embed


def _stated(inside: str, form: str, start: int | None = None, end: int | None = None) -> Embed | None:
    """The tweet that the inside of a tag names by its URL, by ``username/status/id``, or by its id alone."""
    url = next((word for word in _WORD.split(inside) if "status" in word and urls.parse_status(word)), None)
    path = _PATH.search(inside)
    if url is None and path is not None:
        url = f"https://twitter.com/{path[1]}"
    if url is not None:
        return Embed(form=form, raw_url=url, start=start, end=end)
    number = next((n for n in _ID.findall(inside) if snowflake.is_plausible(n)), None)
    user = re.search(r"""\buser=["']?@?(\w{1,15})""", inside, re.ASCII)
    if number is None:
        return None
    return Embed(form=form, tweet_id=number, raw_username=user[1] if user else None, start=start, end=end)


FORM = Form(
    name="tweet_component",
    doc="component of MDX, React or Vue that no generator rendered",
    anchors=tuple(Anchor(tag=name) for name in COMPONENTS),
    read=read,
    since=2017,
    yields="id, username",
    seen="sources of Gatsby, Docusaurus and Next sites",
    signs=("<Tweet", "<tweet", "<Twitter", "<twitter", "<EmbedTweet", "<StaticTweet", "<ReactTweet", "<XEmbed"),
)
TEXT_FORM = TextForm(
    name="tweet_tag",
    doc="tag of a static site generator",
    read=read_text,
    since=2012,
    yields="id, username",
    seen="sources of Hugo, Jekyll, Gatsby, Hashnode, Zenn and dev.to posts",
    signs=(*signs.STATUS, *_OPENINGS),
)
