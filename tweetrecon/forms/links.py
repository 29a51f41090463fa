"""Links to statuses, as forms look for them: reply, like and share buttons name a tweet too, but lead to none."""

from __future__ import annotations

from collections.abc import Iterator

from lxml.html import HtmlElement

from tweetrecon.twitter import urls

_KINDS = ("permalink", "wrapped", "unrolled")


def leads_to_status(address: str | None) -> bool:
    """Whether an address is that of a status, on any host that shows it."""
    status = urls.parse_status(address) if address else None
    return status is not None and status.kind in _KINDS


def status_links(node: HtmlElement) -> Iterator[HtmlElement]:
    """The links to statuses inside an element, in document order."""
    return (link for link in node.iter("a") if leads_to_status(link.get("href")))


def address(link: HtmlElement) -> str:
    """Where a link leads."""
    return str(link.get("href") or "").strip()
