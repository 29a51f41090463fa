"""Tweets that the React library ``react-tweet`` rendered on the server: ``<div class="… react-tweet-theme">``.

Its other classes change with each build; titles, languages and links do not.
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml.html import HtmlElement

from tweetrecon.forms.classes import preformatted
from tweetrecon.forms.form import Anchor, Form
from tweetrecon.forms.links import address, status_links
from tweetrecon.model import Embed, Media, Role
from tweetrecon.page import Page
from tweetrecon.twitter import urls


def read(node: HtmlElement, page: Page) -> Iterator[Embed]:
    """The tweet of one container. Authors and words stand in order: its own first, then those of the quoted tweet."""
    people = _people(node)
    words = [p for p in node.iter("p") if p.get("lang")]
    permalink = next((link for link in status_links(node) if link.find(".//time") is not None), None)
    if permalink is None or not people:
        return
    name, username = people[0]
    own = urls.parse_status(address(permalink))
    parent = _answered(node, own.tweet_id if own else "")
    yield Embed(
        form=FORM.name,
        raw_url=address(permalink),
        raw_name=name,
        raw_username=username,
        raw_text=preformatted(words[0]) if words else None,
        lang=words[0].get("lang") if words else None,
        timestamp=permalink.find(".//time").get("datetime"),
        media=tuple(_pictures(node)),
        replied_to_id=parent.tweet_id if parent else None,
        replied_to_username=parent.username if parent else None,
        quoted=_quoted(people[1], words[1:]) if len(people) > 1 else None,
    )


def _people(node: HtmlElement) -> list[tuple[str | None, str]]:
    """(name, username) of each author shown: the name's title, then that of the username."""
    found: list[tuple[str | None, str]] = []
    name: str | None = None
    for span in node.iter("span"):
        title = span.get("title")
        if title and title.startswith("@"):
            found.append((name, title[1:]))
            name = None
        elif title:
            name = title
    return found


def _answered(node: HtmlElement, tweet_id: str) -> urls.StatusUrl | None:
    """The tweet that ``Replying to @username`` links."""
    named = (urls.parse_status(address(link)) for link in status_links(node) if "@" in link.text_content())
    return next((status for status in named if status is not None and status.tweet_id != tweet_id), None)


def _quoted(author: tuple[str | None, str], words: list[HtmlElement]) -> Embed:
    text = preformatted(words[0]) if words else None
    return Embed(form=FORM.name, role=Role.INNER, raw_name=author[0], raw_username=author[1], raw_text=text)


def _pictures(node: HtmlElement) -> Iterator[Media]:
    for image in node.iter("img"):
        if "/media/" in (image.get("src") or ""):
            yield Media(type="photo", url=image.get("src"), alt_text=image.get("alt") or None)


FORM = Form(
    name="react_tweet",
    doc="tweet rendered by react-tweet",
    anchors=(Anchor(cls="react-tweet-theme"),),
    read=read,
    since=2023,
    yields="id, username, name, second, text, language, pictures, parent, quoted tweet",
    seen="blogs and documentation made with Next",
)
