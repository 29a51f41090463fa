"""What a page's head says of the article: title, address, site, language and date.

The keys were taken from the Open Graph protocol, schema.org's ``NewsArticle`` and the meta names that publishers use
for the date; the search stays in the head and in JSON-LD, because a library that also judges the body (htmldate,
extruct) costs more than the whole detection.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, NamedTuple

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


class _Head(NamedTuple):
    """What a page tells of itself.

    ``meta``: the first content of each ``<meta>``, by its name in lower case; ``linked``: the JSON-LD objects that
    describe an article.
    """

    meta: dict[str, str]
    linked: list[dict[str, Any]]
    title: str
    canonical: str | None


def filled_in(document: Document, root: HtmlElement) -> Document:
    """The document with what its page tells and the reader did not know.

    A copy that a web archive served is the article at its own address, as it was when the archive captured it.
    """
    head = _head(root)
    published, source = _published(root, head)
    address = document.url or head.canonical or _first(head.meta, _ADDRESSES)
    archive, original, captured = addresses.unarchive(addresses.unescape(address or ""))
    return replace(
        document,
        url=original if archive else address,
        captured_at=captured or document.captured_at,
        captured_at_source=TimeSource.ARCHIVE if captured else document.captured_at_source,
        title=document.title or (_first(head.meta, _TITLES) or head.title)[:MAX_TITLE] or None,
        site_name=document.site_name or _first(head.meta, _SITES) or _publisher(head.linked),
        language=document.language or _language(root, head.meta),
        published_at=document.published_at or published,
        published_at_source=document.published_at_source if document.published_at else source,
    )


def _head(root: HtmlElement) -> _Head:
    """All of it in one walk over the tree: JSON-LD and stray ``<meta>`` stand in bodies, too."""
    meta: dict[str, str] = {}
    linked: list[dict[str, Any]] = []
    titles: list[str] = []
    canonical: str | None = None
    for node in root.iter("meta", "link", "script", "title"):
        tag = node.tag
        if tag == "meta":
            _note(node, meta)
        elif tag == "script":
            linked += _linked_data(node)
        elif tag == "title":
            titles.append(node.text or "")
        elif canonical is None:
            canonical = _canonical(node)
    return _Head(meta, linked, " ".join("".join(titles[:1]).split()), canonical)


def _note(node: HtmlElement, meta: dict[str, str]) -> None:
    name = node.get("property") or node.get("name") or node.get("itemprop") or node.get("http-equiv")
    content = (node.get("content") or "").strip() if name else ""
    if name and content:
        meta.setdefault(name.strip().lower(), content)


def _canonical(link: HtmlElement) -> str | None:
    address = (link.get("href") or "").strip() if (link.get("rel") or "").lower() == "canonical" else ""
    return address if address.startswith(("http://", "https://")) else None


def _first(meta: dict[str, str], names: tuple[str, ...]) -> str | None:
    return next((meta[name] for name in names if name in meta), None)


def _language(root: HtmlElement, meta: dict[str, str]) -> str | None:
    declared = root.get("lang") or root.get("xml:lang") or _first(meta, _LANGUAGES) or ""
    tag = declared.split(",")[0].strip().replace("_", "-")
    return tag if 2 <= len(tag) <= 35 and tag.replace("-", "").isalnum() else None


# ------------------------------------------------------------------------------------------------ JSON-LD


def _linked_data(script: HtmlElement) -> list[dict[str, Any]]:
    """The JSON-LD objects of a script that describe an article, those in lists and graphs too."""
    if (script.get("type") or "").strip().lower() != "application/ld+json":
        return []
    try:
        return list(_articles(orjson.loads((script.text or "").strip())))
    except orjson.JSONDecodeError:
        return []


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


def _published(root: HtmlElement, head: _Head) -> tuple[datetime | None, TimeSource | None]:
    for article in head.linked:
        if (value := _time(article.get("datePublished"))) is not None:
            return value, TimeSource.JSON_LD
    for name in _DATES:
        if name in head.meta and (value := _time(head.meta[name])) is not None:
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
