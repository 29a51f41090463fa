"""Pages built to take a parser or a pattern for ever.

Each ends soon, and the tweet behind what holds it up is found, or the page rejected.
"""

import time
from collections.abc import Callable

import pytest

from tests.torture.damage import CRASHES, THOROUGH
from tests.torture.test_pages import within
from tweetrecon import extraction, readers, workers
from tweetrecon.extraction import Capture
from tweetrecon.model import Document, Outcome
from tweetrecon.readers import DEFAULTS, Source

WORDS = "Rain at the quay tonight, stay home"
TWEET = (
    f'<blockquote class="twitter-tweet"><p>{WORDS}</p>&mdash; Ann (@ann_example) '
    '<a href="https://twitter.com/ann_example/status/1455779943668518913">November 3, 2021</a></blockquote>'
)
BYLINE = f"\n\n{WORDS}\n— Ann (@ann_example) November 3, 2021\n"


def attributes(count: int) -> str:
    return "<div " + " ".join(f"a{n}=1" for n in range(count)) + ">"


def laughs() -> str:
    entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    return f'<!DOCTYPE html [<!ENTITY l0 "ha">{entities}]><html><body><p>&l9;</p>'


def objects(count: int) -> str:
    made = (f'{{"id_str":"14557799436685{n:05}","text":"x"}}' for n in range(count))
    return f"<script type=application/json>[{','.join(made)}]</script>"


PAGES: dict[str, Callable[[], str]] = {
    "nesting, closed": lambda: "<div>" * 30_000 + "x" + "</div>" * 30_000,
    "nesting, unclosed": lambda: "<font>" * 5_000,
    "formatting to be adopted": lambda: "<p><b><i><u>" * 2_000,
    "tables in tables": lambda: "<table><tr><td>" * 1_500,
    "what tables throw out": lambda: "<table>" + "<tr><div>x" * 1_500 + "</table>",
    "comments": lambda: "<!--x-->" * 100_000,
    "an unclosed comment": lambda: "<!--" + "x" * 300_000,
    "character references": lambda: "<p>" + "&amp;&#128512;&#x1F600;" * 100_000 + "</p>",
    "surrogates alone": lambda: "<p>" + "&#xD800;&#55357;" * 50_000 + "</p>",
    "entities in entities": laughs,
    "objects in objects": lambda: "<script type=application/json>" + '{"tweet":' * 50_000 + "}" * 50_000 + "</script>",
    "lists in lists": lambda: "<script>window.x=" + "[" * 200_000 + "]" * 200_000 + "</script>",
    "objects beside objects": lambda: objects(2_000),
    "an address in an address": lambda: f"<a href='{'https://web.archive.org/web/2020/' * 9_000}https://x.com/a'>x</a>",
    "percent signs": lambda: (
        f"<a href='https://x.com/intent/tweet?url={'%2525' * 90_000}twitter.com/a/status/20'>x</a>"
    ),
    "escaped markup": lambda: f"<div data-html='{'&amp;' * 90_000}lt;blockquote class=twitter-tweet'>",
    "frames in frames": lambda: (
        f"<iframe srcdoc='{'&lt;iframe srcdoc=&quot;' * 2_000}twitter.com/a/status/20'></iframe>"
    ),
    "options": lambda: "<select>" + "<option>x" * 50_000 + "</select>",
    "a long attribute": lambda: f"<div title='{'x' * 5_000_000}'></div>",
    "bylines begun": lambda: "<p>" + "— N (@n) " * 20_000 + "</p>",
}
TEXTS: dict[str, Callable[[], str]] = {
    "bylines begun, in a text": lambda: "— N (@n) " * 20_000,
    "dashes": lambda: "— a " * 50_000,
    "retweets of retweets": lambda: "RT @a: " * 20_000,
    "quotation marks": lambda: "“" * 50_000,
    "handles": lambda: "@aaaaaaaaaaaaaaa " * 20_000,
    "brackets": lambda: "(" * 50_000,
    "spaces": lambda: " " * 200_000 + "x",
    "line ends": lambda: "\n" * 200_000 + "x",
    "numbers": lambda: "1/2 " * 50_000,
    "dates": lambda: "November 3, 2021 " * 20_000,
    "addresses": lambda: "https://twitter.com/ann/status/1455779943668518910 " * 2_000,
}
LONG: dict[str, Callable[[], str]] = {
    "40,000 attributes": lambda: attributes(40_000),
    "200,000 attributes": lambda: attributes(200_000),
    "a million elements, unclosed": lambda: "<div>" * 1_000_000,
    "quotations in quotations": lambda: "<blockquote class=twitter-tweet><p>" * 5_000,
    "50 MB of text": lambda: "<p>" + "rain " * 10_000_000 + "</p>",
    "a line of 100 MB": lambda: "x" * 100_000_000,
    "40,000 objects": lambda: objects(40_000),
    "tables throwing out more": lambda: "<table>" + "<tr><div>x" * 20_000 + "</table>",
    "100,000 links": lambda: "<a href=https://twitter.com/a/status/1455779943668518910>x</a>" * 100_000,
}
"""Pages that are stopped rather than read."""


def found(capture: Capture) -> bool:
    return any(sighting.author_username == "ann_example" for sighting in capture.sightings)


def read(name: str, content: str) -> list[readers.Read]:
    return list(readers.read_source(Source(name, data=content.encode()), DEFAULTS))


def check(captures: list[Capture]) -> None:
    (capture,) = (capture for capture in captures if capture.document is not None)
    assert capture.document is not None
    assert found(capture) or capture.document.outcome is Outcome.REJECTED
    assert {reject.code for reject in capture.rejects}.isdisjoint(CRASHES)


@pytest.mark.parametrize("name", PAGES)
def test_a_page_and_a_tweet_behind(name: str) -> None:
    with within(10):
        check([extraction.extract(item) for item in read("page.html", PAGES[name]() + TWEET)])


@pytest.mark.parametrize("name", TEXTS)
def test_a_text_and_a_tweet_behind(name: str) -> None:
    with within(10):
        check([extraction.extract(item) for item in read("page.txt", TEXTS[name]() + BYLINE)])


@pytest.mark.skipif(not THOROUGH, reason="takes minutes: `make torture`")
@pytest.mark.parametrize("name", LONG)
def test_a_page_that_must_be_stopped(name: str) -> None:
    """In a worker with the usual limits; to start the processes takes some seconds more."""
    items = read("page.html", LONG[name]() + TWEET)
    begun = time.monotonic()
    check([capture for captures in workers.run(items, 1) for capture in captures])
    assert time.monotonic() - begun < 10 + 10
    assert all(isinstance(item, Document) or item.kept or item.document_id for item in items)
