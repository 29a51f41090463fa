"""What a page's head tells of the article."""

from datetime import UTC, datetime

import pytest

from tweetrecon import metadata
from tweetrecon import page as pages
from tweetrecon.model import Document, TimeSource


def read(head: str, **known: object) -> Document:
    document = Document(document_id="", source_uri="", media_type="text/html", text=f"<html>{head}<body>x", **known)  # type: ignore[arg-type]
    page = pages.parse(document)
    assert page is not None
    return metadata.filled_in(document, page.root)


def test_open_graph_comes_before_the_title_element() -> None:
    document = read(
        '<head><title>Boats | Harbour News</title><meta property="og:title" content="Boats">'
        '<meta property="og:site_name" content="Harbour News"><meta property="og:url" content="https://h.example/og">'
        '<link rel="canonical" href="https://h.example/boats"></head>'
    )
    assert (document.title, document.site_name, document.url) == ("Boats", "Harbour News", "https://h.example/boats")


def test_what_the_reader_knew_stays() -> None:
    known = datetime(2020, 1, 1, tzinfo=UTC)
    document = read(
        '<title>x</title><meta property="article:published_time" content="2021-05-06">',
        url="https://h.example/known",
        published_at=known,
        published_at_source=TimeSource.RECORD,
    )
    assert (document.url, document.published_at, document.published_at_source) == (
        "https://h.example/known",
        known,
        TimeSource.RECORD,
    )


@pytest.mark.parametrize(
    ("head", "day", "source"),
    [
        ('<script type="application/ld+json">{"@type":"BlogPosting","datePublished":"2021-05-06T23:30-04:00"}</script>',
         datetime(2021, 5, 7, 3, 30, tzinfo=UTC), TimeSource.JSON_LD),
        ('<script type="application/ld+json">{"@graph":[{"@type":["WebPage"],"datePublished":"2021-05-06"}]}</script>',
         datetime(2021, 5, 6, tzinfo=UTC), TimeSource.JSON_LD),
        ('<meta property="article:published_time" content="2021-05-06T07:08:09Z">',
         datetime(2021, 5, 6, 7, 8, 9, tzinfo=UTC), TimeSource.META),
        ('<meta name="date" content="May 6, 2021">', datetime(2021, 5, 6, tzinfo=UTC), TimeSource.META),
        ('<body><time itemprop="datePublished" datetime="2021-05-06">6 May</time>',
         datetime(2021, 5, 6, tzinfo=UTC), TimeSource.TIME_ELEMENT),
        ('<script type="application/ld+json">{"@type":</script><meta name="date" content="soon">', None, None),
    ],
    ids=["json-ld zoned", "json-ld graph", "meta", "meta in words", "time element", "broken"],
)  # fmt: skip
def test_published(head: str, day: datetime | None, source: TimeSource | None) -> None:
    document = read(head)
    assert (document.published_at, document.published_at_source) == (day, source)


@pytest.mark.parametrize(
    ("head", "language"),
    [
        ('<meta property="og:locale" content="pt_BR">', "pt-BR"),
        ('<meta http-equiv="content-language" content="de, en">', "de"),
        ('<meta name="language" content="<% lang %>">', None),
    ],
)
def test_language(head: str, language: str | None) -> None:
    assert read(head).language == language


@pytest.mark.parametrize(
    ("head", "known"),
    [
        ('<link rel="canonical" href="https://web.archive.org/web/20181201020304/http://h.example/boats">', {}),
        ("", {"url": "https://web.archive.org/web/20181201020304id_/http://h.example/boats"}),
    ],
)
def test_copies_of_web_archives_keep_address_and_time_of_capture(head: str, known: dict[str, object]) -> None:
    document = read(f"<head>{head}</head>", **known)
    assert (document.url, document.captured_at) == (
        "http://h.example/boats",
        datetime(2018, 12, 1, 2, 3, 4, tzinfo=UTC),
    )
