"""Whether a page can hold a tweet at all, told from its bytes: pages that cannot are never decoded or parsed."""

from __future__ import annotations

import re
from base64 import b64encode
from contextlib import suppress
from functools import cache
from typing import TYPE_CHECKING, cast

from tweetrecon.detect import named_ids
from tweetrecon.forms import FORMS, TEXT_FORMS, signs

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hyperscan import Database

_SIGNS = (
    {sign for form in FORMS for sign in form.signs or (anchor.sign for anchor in form.anchors)}
    | {sign for text_form in TEXT_FORMS for sign in text_form.signs_on_pages}
    | {*signs.BASE64, *signs.PERCENT}
)

SIGNS = tuple(sorted(s for s in _SIGNS if not any(o in s for o in _SIGNS if o != s)))
"""Literals of which a page must hold one, or a number that may be an id; those that hold another are left out."""

_NARROWED = {
    "twitter-tweet": rb"(?:^|[^.])twitter-tweet",
    "twitter-video": rb"(?:^|[^.])twitter-video",
    "(@": rb"\(@(?:[^|.]|$)",
}
"""Signs that pages without tweets hold, too, but not like this: the classes of embeds stand in style sheets after a
dot, because there they are selectors, and ``(@`` in patterns of e-mail addresses."""

_NUMBER, _ENCODED = len(SIGNS), len(SIGNS) + 1
"""What stands behind the last place in :data:`SIGNS`: for a number that may be an id, and for a word in base64."""

_OF_BASE64 = frozenset(map(SIGNS.index, signs.BASE64))
_MORE_ASKED = _OF_BASE64 | {_NUMBER, _ENCODED}
"""What opens the gate with something else only."""

_WORDS = ("weet", "witter", "status")
"""Embed code in base64 holds one of them, inside."""


def passes_gate(source: str | bytes | memoryview) -> bool:
    """Whether the source holds any sign of a tweet, or a number that may be the id of one; bytes are UTF-8."""
    markup = source.encode("utf-8", "replace") if isinstance(source, str) else cast(bytes, source)
    found = _found_in(markup)
    literals = found - {_NUMBER, _ENCODED} - (_OF_BASE64 if _ENCODED not in found else set())
    return bool(literals) or (_NUMBER in found and bool(named_ids.attributes(bytes(markup))))


def _found_in(markup: bytes) -> set[int]:
    """The places in :data:`SIGNS`, and behind it, of what the bytes hold, up to the first that opens the gate."""
    import hyperscan

    found: set[int] = set()

    def add(pattern: int, begin: int, end: int, flags: int, context: object) -> bool:
        found.add(pattern)
        return pattern not in _MORE_ASKED

    with suppress(hyperscan.ScanTerminated):
        _patterns().scan(markup, match_event_handler=add)
    return found


@cache
def _patterns() -> Database:
    """All signs as one automaton, which reads 4 GB/s: as long as stringzilla needs for eight of them.

    It is made when the first page comes, because that takes a twentieth of a second.
    """
    import hyperscan

    literals = [_NARROWED.get(sign) or re.escape(sign.encode()) for sign in SIGNS]
    words = [code for word in _WORDS for code in _in_base64(word.encode())]
    patterns = [*literals, *named_ids.PATTERNS, *words]
    database = hyperscan.Database(mode=hyperscan.HS_MODE_BLOCK)
    database.compile(
        expressions=patterns,
        ids=[*range(len(literals)), *(_NUMBER for _ in named_ids.PATTERNS), *(_ENCODED for _ in words)],
        elements=len(patterns),
        flags=hyperscan.HS_FLAG_SINGLEMATCH,
    )
    return database


def _in_base64(word: bytes) -> Iterator[bytes]:
    """The letters by which a word is told in base64, as it may begin at the first, second or third byte of a group."""
    for before in range(3):
        code = b64encode(b"\0" * before + word)
        yield code[-(-before * 8 // 6) : (before + len(word)) * 8 // 6]
