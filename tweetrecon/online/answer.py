"""What a service answered when it was asked for a tweet."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple


class Availability(StrEnum):
    """What an answer proves about a tweet."""

    FOUND = "found"
    """The answer holds it."""
    UNAVAILABLE = "unavailable"
    """The service says that it is deleted, withheld or protected."""
    NOT_FOUND = "not_found"
    """The service knows no such tweet."""
    UNKNOWN = "unknown"
    """No usable answer; nothing is proved."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One answer. ``reason`` says, for a person, what it was; ``body`` is kept where it holds the tweet."""

    tweet_id: str
    availability: Availability
    url: str
    at: datetime
    reason: str = ""
    media_type: str = "application/json"
    body: str = ""


class Response(NamedTuple):
    """What came back for an address, and when."""

    url: str
    status: int
    body: bytes
    at: datetime


Get = Callable[[str], Response]
"""Fetches an address. Raises UnansweredError."""


class UnansweredError(Exception):
    """No usable response, even after retries; the message says why."""
