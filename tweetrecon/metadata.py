"""What a page's head says of the article: title, address, site, language and date.

The keys were taken from the Open Graph protocol, schema.org's ``NewsArticle`` and the meta names that publishers use
for the date; the search stays in the head and in JSON-LD, because a library that also judges the body (htmldate,
extruct) costs more than the whole detection.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import orjson
from lxml.html import HtmlElement

from tweetrecon.model import Document, TimeSource
from tweetrecon.twitter import addresses, dates

_TITLES = ("og:title", "twitter:title", "dc.title", "dcterms.title")
_ADDRESSES = ("og:url", "twitter:url")
_SITES = ("og:site_name", "application-name", "al:ios:app_name")
_LANGUAGES = ("og:locale", "content-language", "dc.language", "dcterms.language", "language")
_DATES = (
    "article:published_time",
    "og:article:published_time",
    "og:published_time",
    "datepublished",
    "date",
    "dc.date",
    "dc.date.issued",
    "dcterms.date",
    "dcterms.created",
    "pubdate",
    "publishdate",
    "publish-date",
    "parsely-pub-date",
    "sailthru.date",
    "article.published",
    "citation_publication_date",
    "rnews:datepublished",
)
_ARTICLE_TYPES = ("article", "posting", "report", "newsarticle", "webpage")
MAX_TITLE = 500


def filled_in(document: Document, root: HtmlElement) -> Document:
    """The document with what its page tells and the reader did not know.

    A copy that a web archive served is the article at its own address, as it was when the archive captured it.
    """
    meta = _meta(root)
    linked = list(_linked_data(root))
    published, source = _published(root, meta, linked)
    address = document.url or _canonical(root) or _first(meta, _ADDRESSES)
    archive, original, captured = addresses.unarchive(addresses.unescape(address or ""))
    return replace(
        document,
        url=original if archive else address,
        captured_at=captured or document.captured_at,
        captured_at_source=TimeSource.ARCHIVE if captured else document.captured_at_source,
        title=document.title or _title(root, meta),
        site_name=document.site_name or _first(meta, _SITES) or _publisher(linked),
        language=document.language or _language(root, meta),
        published_at=document.published_at or published,
        published_at_source=document.published_at_source if document.published_at else source,
    )


def _meta(root: HtmlElement) -> dict[str, str]:
    """The first content of each ``<meta>``, by its name in lower case."""
    found: dict[str, str] = {}
    for node in root.iter("meta"):
        name = node.get("property") or node.get("name") or node.get("itemprop") or node.get("http-equiv")
        content = (node.get("content") or "").strip()
        if name and content:
            found.setdefault(name.strip().lower(), content)
    return found


def _first(meta: dict[str, str], names: tuple[str, ...]) -> str | None:
    return next((meta[name] for name in names if name in meta), None)


def _canonical(root: HtmlElement) -> str | None:
    links = (n.get("href") or "" for n in root.iter("link") if (n.get("rel") or "").lower() == "canonical")
    return next((href.strip() for href in links if href.strip().startswith(("http://", "https://"))), None)


def _title(root: HtmlElement, meta: dict[str, str]) -> str | None:
    own = next((" ".join((node.text or "").split()) for node in root.iter("title")), "")
    title = _first(meta, _TITLES) or own
    return title[:MAX_TITLE] or None


def _language(root: HtmlElement, meta: dict[str, str]) -> str | None:
    declared = root.get("lang") or root.get("xml:lang") or _first(meta, _LANGUAGES) or ""
    tag = declared.split(",")[0].strip().replace("_", "-")
    return tag if 2 <= len(tag) <= 35 and tag.replace("-", "").isalnum() else None


# ------------------------------------------------------------------------------------------------ JSON-LD


def _linked_data(root: HtmlElement) -> Iterator[dict[str, Any]]:
    """The JSON-LD objects of the page that describe an article, those in lists and graphs too."""
    for node in root.iter("script"):
        if (node.get("type") or "").strip().lower() == "application/ld+json" and node.text:
            try:
                yield from _articles(orjson.loads(node.text.strip()))
            except orjson.JSONDecodeError:
                continue


def _articles(value: Any, depth: int = 0) -> Iterator[dict[str, Any]]:
    if isinstance(value, list) and depth < 4:
        for item in value:
            yield from _articles(item, depth + 1)
    elif isinstance(value, dict):
        kinds = value.get("@type")
        names = [str(kind).lower() for kind in (kinds if isinstance(kinds, list) else [kinds])]
        if any(name.endswith(_ARTICLE_TYPES) for name in names):
            yield value
        yield from _articles(value.get("@graph"), depth + 1)


def _publisher(linked: list[dict[str, Any]]) -> str | None:
    for article in linked:
        publisher = article.get("publisher")
        name = publisher.get("name") if isinstance(publisher, dict) else None
        if isinstance(name, str) and name.strip():
            return name.strip()
    return None


# ------------------------------------------------------------------------------------------------ date


def _published(
    root: HtmlElement, meta: dict[str, str], linked: list[dict[str, Any]]
) -> tuple[datetime | None, TimeSource | None]:
    for article in linked:
        if (value := _time(article.get("datePublished"))) is not None:
            return value, TimeSource.JSON_LD
    for name in _DATES:
        if name in meta and (value := _time(meta[name])) is not None:
            return value, TimeSource.META
    for node in root.iter("time"):
        if node.get("pubdate") is not None or node.get("itemprop") == "datePublished":
            value = _time(node.get("datetime"))
            if value is not None:
                return value, TimeSource.TIME_ELEMENT
    return None, None


def _time(stated: object) -> datetime | None:
    """A stated time as UTC; a time without a zone is taken as UTC, at most half a day off."""
    if not isinstance(stated, str) or not stated.strip():
        return None
    try:
        value = datetime.fromisoformat(stated.strip())
    except ValueError:
        parsed = dates.parse(stated.strip()[:80])
        return parsed.value if parsed else None
    return value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC)
