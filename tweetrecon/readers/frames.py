"""Frames that were saved beside their page are put back into it, because an embedded tweet often is one."""

from __future__ import annotations

import html
import re
from collections.abc import Callable

_SOURCE = re.compile(rb"""(<i?frame\b[^<>]{0,4000}?\s)src\s{0,5}=\s{0,5}["']([^"'<>]{1,500})["']""", re.IGNORECASE)
_MOST = 200


def put_back(page: bytes, saved: Callable[[str], bytes | None]) -> bytes:
    """The page with ``srcdoc`` in place of ``src`` for each frame that ``saved`` has the markup of."""
    left = _MOST

    def replaced(match: re.Match[bytes]) -> bytes:
        nonlocal left
        markup = saved(html.unescape(match[2].decode("utf-8", "replace"))) if left else None
        if markup is None:
            return match[0]
        left -= 1
        return match[1] + b'srcdoc="' + html.escape(markup.decode("utf-8", "replace")).encode() + b'"'

    return _SOURCE.sub(replaced, page)
