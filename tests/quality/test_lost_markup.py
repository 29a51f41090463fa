"""Embeds whose markup was lost read as their flattened text reads: on every labelled post, in three ways to lose it."""

import copy
import gzip
import json
from collections import Counter
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest
from lxml import etree, html
from lxml.html import HtmlElement

from tweetrecon import page
from tweetrecon.extraction import extract
from tweetrecon.model import Document
from tweetrecon.twitter import folding

pytestmark = pytest.mark.corpus

Tweets = Counter[tuple[str, str, str]]
"""(username in lower case, UTC day, folded text) of the tweets that have an author."""


def in_quotes(root: HtmlElement) -> None:
    """As cleaners leave it: blockquotes without attributes and links."""
    for quote in root.iter("blockquote"):
        quote.attrib.clear()
    for link in [link for quote in root.iter("blockquote") for link in quote.iter("a")]:
        link.drop_tag()


def in_divs(root: HtmlElement) -> None:
    in_quotes(root)
    for quote in list(root.iter("blockquote")):
        for part in quote.iter("p"):
            part.tag = "div"
        quote.tag = "div"


def in_paragraphs(root: HtmlElement) -> None:
    """Text and attribution as paragraphs among those of the article."""
    in_quotes(root)
    for quote in list(root.iter("blockquote")):
        _part_attribution(quote)
        quote.drop_tag()


def _part_attribution(quote: HtmlElement) -> None:
    """Make what stands behind the last paragraph of a blockquote a paragraph, too."""
    last = next((child for child in reversed(quote) if child.tag == "p"), None)
    if last is not None and (last.tail or "").strip():
        part = etree.Element("p")
        part.text, last.tail = last.tail, None
        last.addnext(part)


WAYS: tuple[Callable[[HtmlElement], None], ...] = (in_quotes, in_divs, in_paragraphs)


@cache
def posts(path: Path) -> tuple[tuple[str, str, HtmlElement, Tweets], ...]:
    """(id, language, tree, labelled tweets) of each post."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return tuple(labelled(json.loads(line)) for line in lines)


def labelled(post: dict[str, object]) -> tuple[str, str, HtmlElement, Tweets]:
    tweets: list[dict[str, str | None]] = post["tweets"]  # type: ignore[assignment]
    truth = Counter((_lower(t["handle"]), t["iso_date"] or "", folding.fold(t["text"] or "").key) for t in tweets)
    return str(post["doc_id"]), str(post["lang"]), html.document_fromstring(str(post["html"])), truth


def _lower(username: str | None) -> str:
    return (username or "").lower()


def tweets_of(text: str, language: str, media_type: str) -> Tweets:
    document = Document(document_id="x", source_uri="x", text=text, language=language, media_type=media_type)
    shown = (s for s in extract(document).sightings if s.author_name and not s.chain_position)
    return Counter(
        (_lower(s.author_username), f"{s.created_at:%Y-%m-%d}" if s.created_at else "", folding.fold(s.text or "").key)
        for s in shown
    )


def signed(tweets: Tweets) -> Counter[tuple[str, str]]:
    """Author and day alone."""
    return Counter((username, day) for username, day, _ in tweets.elements())


def readings(path: Path, lose: Callable[[HtmlElement], None]) -> Iterator[tuple[str, Tweets, Tweets, Tweets]]:
    """(id, labelled tweets, those of the page without its markup, those of the page's text)."""
    for number, language, tree, truth in posts(path):
        root = copy.deepcopy(tree)
        lose(root)
        source = "<!doctype html>" + html.tostring(root, encoding="unicode")
        text = page.displayed_text(html.document_fromstring(source))
        yield number, truth, tweets_of(source, language, "text/html"), tweets_of(text, language, "text/plain")


@pytest.mark.parametrize("lose", WAYS, ids=lambda lose: lose.__name__)
def test_a_page_without_markup_gives_what_its_text_gives(shared: Path, lose: Callable[[HtmlElement], None]) -> None:
    found = list(readings(shared / "corpus" / "posts" / "posts.jsonl.gz", lose))
    differing = [number for number, _, of_page, of_text in found if signed(of_text) - signed(of_page)]
    right = {name: sum(sum((t & truth).values()) for truth, t in pairs) for name, pairs in _paired(found).items()}
    assert len(differing) <= 2, differing
    assert right["page"] >= right["text"]


def _paired(found: list[tuple[str, Tweets, Tweets, Tweets]]) -> dict[str, list[tuple[Tweets, Tweets]]]:
    return {
        "page": [(truth, of_page) for _, truth, of_page, _ in found],
        "text": [(truth, of_text) for _, truth, _, of_text in found],
    }
