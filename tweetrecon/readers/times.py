"""Times that records state, in the notations of corpora and crawlers."""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

_EARLIEST, _LATEST = datetime(1990, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)
"""What lies outside is no date of a web article, but a placeholder or a number that means something else."""


def parse(value: Any) -> datetime | None:
    """ISO 8601, RFC 2822 or Unix time (seconds or milliseconds) → UTC, also where no zone is stated; else None."""
    try:
        time = _parse(value)
        if time.tzinfo is None:
            time = time.replace(tzinfo=UTC)
        time = time.astimezone(UTC)
    except (ValueError, TypeError, OverflowError, OSError, IndexError):
        return None
    return time if _EARLIEST <= time <= _LATEST else None


def _parse(value: Any) -> datetime:
    if isinstance(value, datetime):
        return value
    if isinstance(value, int | float):
        return datetime.fromtimestamp(value / 1000 if value > 1e11 else value, UTC)
    if not isinstance(value, str):
        raise TypeError(value)
    try:
        return datetime.fromisoformat(value.strip())
    except ValueError:
        return parsedate_to_datetime(value)
