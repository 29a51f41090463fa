"""Whether a page can hold a tweet at all, told from its bytes: pages that cannot are never decoded or parsed."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, cast

from tweetrecon.detect import named_ids
from tweetrecon.forms import FORMS, TEXT_FORMS, signs

if TYPE_CHECKING:
    from hyperscan import Database

_SIGNS = (
    {sign for form in FORMS for sign in form.signs or (anchor.sign for anchor in form.anchors)}
    | {sign for text_form in TEXT_FORMS for sign in text_form.signs_on_pages}
    | {*signs.BASE64, *signs.PERCENT}
)

SIGNS = tuple(sorted(s for s in _SIGNS if not any(o in s for o in _SIGNS if o != s)))
"""Literals of which a page must hold one, or a number that may be an id; those that hold another are left out."""

_NO_SELECTOR = dict.fromkeys(("twitter-tweet", "twitter-video"), rb"(?:^|[^.])")
"""Classes that style sheets of many a page without tweets name: after a dot they are a selector's, not an element's."""


_NUMBER = len(SIGNS)
"""What stands behind the last place in :data:`SIGNS`, for a number that may be an id."""


def passes_gate(source: str | bytes | memoryview) -> bool:
    """Whether the source holds any sign of a tweet, or a number that may be the id of one; bytes are UTF-8."""
    markup = source.encode("utf-8", "replace") if isinstance(source, str) else cast(bytes, source)
    found = _found_in(markup)
    return bool(found - {_NUMBER}) or (bool(found) and bool(named_ids.attributes(bytes(markup))))


def _found_in(markup: bytes) -> set[int]:
    """The places in :data:`SIGNS` of those that the bytes hold, found in one pass."""
    found: set[int] = set()

    def add(pattern: int, begin: int, end: int, flags: int, context: object) -> None:
        found.add(pattern)

    _patterns().scan(markup, match_event_handler=add)
    return found


@cache
def _patterns() -> Database:
    """All signs as one automaton, which reads 4 GB/s: as long as stringzilla needs for eight of them.

    It is made when the first page comes, because that takes a twentieth of a second.
    """
    import hyperscan

    literals = [_NO_SELECTOR.get(sign, b"") + re.escape(sign.encode()) for sign in SIGNS]
    patterns = [*literals, *named_ids.PATTERNS]
    database = hyperscan.Database(mode=hyperscan.HS_MODE_BLOCK)
    database.compile(
        expressions=patterns,
        ids=[min(place, _NUMBER) for place in range(len(patterns))],
        elements=len(patterns),
        flags=hyperscan.HS_FLAG_SINGLEMATCH,
    )
    return database
