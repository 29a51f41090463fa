"""The present, for what is stamped with it."""

from __future__ import annotations

from datetime import UTC, datetime


def now() -> datetime:
    """The present in UTC, to the second."""
    return datetime.now(UTC).replace(microsecond=0)
