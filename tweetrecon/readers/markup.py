"""Whether bytes or a text are markup."""

from __future__ import annotations

import re

_PAGE = re.compile(
    rb"(?:<\?xml[^>]{0,200}\?>\s{0,99}|<!--[^>]{0,2000}-->\s{0,99}){0,9}<(?:!doctype\s{1,99}html|html|head|body|title|meta)\b",
    re.IGNORECASE,
)
_TAGS = re.compile(r"</(?:p|a|div|span|blockquote|body|html|h[1-6]|li|td)>|<(?:br|p|img)\b[^<>]{0,500}>", re.IGNORECASE)


def sniff(head: bytes) -> bool:
    """Whether the bytes begin as a web page does."""
    return _PAGE.match(head) is not None


def is_markup(text: str) -> bool:
    """Whether a text of unknown kind holds HTML elements."""
    return _TAGS.search(text) is not None
