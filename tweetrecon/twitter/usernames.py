"""Usernames: the handle behind the ``@``, as pages print it and as Twitter allows it.

Twitter registers names of 1 to 15 of ``A-Z a-z 0-9 _``. In its early days it allowed up to 20; those accounts kept
their names, which is why twitter-text accepts 20. Case is the account's choice and does not tell accounts apart.
"""

from __future__ import annotations

import re

MAX_LENGTH = 15
"""Characters of a username that can be registered."""

LEGACY_MAX_LENGTH = 20
"""Characters of the longest usernames of the early days, still in use."""

PATH_PLACEHOLDERS = frozenset(
    "_ anon i null screen_name screenname status statuses tweet twitterapi undefined user username web x".split()
)
"""What stands for the username in the path of a status URL when its maker did not know it, lower case.

``i``, ``web`` and ``_`` are Twitter's own; ``x``, ``user``, ``anon`` and the like come from programs that have only an
id, because Twitter looks at the id alone; ``twitterapi`` is what one widget of 2009 put into every link. In a byline
the same words are accounts (@X, @TwitterAPI), so `clean` lets them pass.
"""

_VALID = re.compile(rf"[A-Za-z0-9_]{{1,{MAX_LENGTH}}}|(?!\d{{16}})[A-Za-z0-9_]{{{MAX_LENGTH + 1},{LEGACY_MAX_LENGTH}}}")
_INVISIBLE = dict.fromkeys(
    [0xAD, 0x61C, 0x180E, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070), 0xFEFF]
)


def is_valid(username: str) -> bool:
    """Whether this can be a username, without ``@``. Sixteen digits or more are an id, not a name."""
    return _VALID.fullmatch(username) is not None


def clean(raw: str) -> str | None:
    r"""The username in what a page prints: ``@name``, fullwidth ``＠name``, Markdown's ``@name\_x``; its case is kept.

    White space around it and invisible characters (bidi marks, zero-width joiners) are dropped. None if the rest is no
    valid username.
    """
    if _VALID.fullmatch(raw):
        return raw
    bare = raw.translate(_INVISIBLE).strip().replace("\\_", "_")
    if bare[:1] in ("@", "＠"):
        bare = bare[1:].lstrip()
    return bare if is_valid(bare) else None


def from_path(segment: str) -> str | None:
    """The username in a segment of a URL's path; None also for the words that stand in for an unknown one."""
    username = clean(segment.replace("%40", "@", 1))
    return None if username is None or username.lower() in PATH_PLACEHOLDERS else username


def fold(username: str) -> str:
    """A username for comparison: those that fold alike are one account at any one time."""
    return username.lstrip("@＠").lower()
