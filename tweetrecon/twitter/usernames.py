"""Usernames (handles): what Twitter allows, and what pages make of them.

A username has 1–15 characters of ``A–Z a–z 0–9 _`` (Twitter's help pages, "username limitations"); some accounts of the
first years keep up to 20. Upper and lower case are shown as registered and mean the same account.
"""

from __future__ import annotations

import re

MAX_LENGTH = 20
"""Characters of the longest usernames, those of the first years; 15 since."""

PLACEHOLDERS = frozenset({"i", "web", "_", "x", "user", "username", "twitterapi", "anyuser", "statuses"})
"""Path segments that stand where a username would, and name nobody: permalinks work with any segment there."""

_VALID = re.compile(r"[A-Za-z0-9_]{1,20}")
_AROUND = " \t\n\r\xa0\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff"


def clean(raw: str) -> str | None:
    """A username as displayed → the bare username in the case shown; None when it cannot be one.

    Takes off ``@``, white space, bidi marks and Markdown's backslashes.
    """
    name = raw.strip(_AROUND).lstrip("@＠").strip(_AROUND).replace("\\_", "_")
    return name if _VALID.fullmatch(name) else None


def from_path(segment: str) -> str | None:
    """The username in a status URL's path; None for placeholders and for what cannot be a username."""
    name = clean(segment)
    return None if name is None or name.lower() in PLACEHOLDERS else name


def fold(username: str) -> str:
    """The form in which usernames are compared."""
    return username.lower()
