"""When a tweet was written, told from its id.

Since 4 November 2010, 21:03 UTC, ids are Snowflakes: ``(id >> 22) + 1288834974657`` is the millisecond (Twitter's own
announcement; of 582,335 timed tweets 99.9 % agree within a second, some dozens of 2011–2013 are up to 349 s off).

Ids before that count up. Their time is interpolated between 2,398 known pairs of id and time (``pre_snowflake.csv``,
chosen by ``scripts/build_pre_snowflake_table.py``). Of 12,022 such pairs it misses half by less than 9 minutes, 99 % by
less than 47, none by more than 69. Before December 2006 only five pairs are known, and it may miss by weeks.
"""

from __future__ import annotations

import csv
import re
from bisect import bisect_right
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

from tweetrecon.model import Precision, TimeSource

EPOCH = datetime(2010, 11, 4, 1, 42, 54, 657_000, UTC)  # Unix millisecond 1288834974657
FIRST_ID = 20  # the oldest public tweet, "just setting up my twttr"
SWITCH = range(29_800_000_000, 290_000_000_000_000)  # counting ended below it, Snowflakes began above it

_ID = re.compile(r"[1-9][0-9]{1,18}", re.ASCII)
_LARGEST = 2**63 - 1
_CLOCK_SKEW = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class IdTime:
    """The time that an id tells, ``value`` in aware UTC, and by how many seconds it may be off (99 of 100 are less).

    A Snowflake's precision is the millisecond. An earlier id's is what the error leaves, the hour at best, and its
    ``value`` is the best estimate, not the beginning of that hour.
    """

    value: datetime
    precision: Precision
    source: TimeSource
    error_seconds: int = 0


@lru_cache(maxsize=4096)
def created_at(tweet_id: str) -> IdTime | None:
    """When the tweet with this id was written. None: it is no number between 20 and 2⁶³, or one of the switch.

    Forms and resolution ask for the same id several times, hence the cache.
    """
    number = _number(tweet_id)
    if number is None:
        return None
    if number < SWITCH.start:
        return _interpolated(number)
    return IdTime(
        value=EPOCH + timedelta(milliseconds=number >> 22), precision=Precision.MILLISECOND, source=TimeSource.SNOWFLAKE
    )


def is_plausible(tweet_id: str, *, now: datetime | None = None) -> bool:
    """Whether the id can be a tweet's: it tells a time, and none of the future.

    ``now`` (aware) is the present if not given; clocks may differ by a day.
    """
    time = created_at(tweet_id)
    return time is not None and time.value <= (now or datetime.now(UTC)) + _CLOCK_SKEW


def utc_days(tweet_id: str) -> tuple[date, date] | None:
    """The first and the last UTC day that the id's time can fall on, mostly one. None as for :func:`created_at`."""
    time = created_at(tweet_id)
    if time is None:
        return None
    error = timedelta(seconds=time.error_seconds)
    return (time.value - error).date(), (time.value + error).date()


def _number(tweet_id: str) -> int | None:
    number = int(tweet_id) if _ID.fullmatch(tweet_id) else 0
    return number if FIRST_ID <= number <= _LARGEST and number not in SWITCH else None


# ------------------------------------------------------------------------------------------------ ids that count up


class _Point(NamedTuple):
    """A known id, its time as Unix seconds, and the error of interpolation up to the next point."""

    tweet_id: int
    second: float
    error: int


@cache
def _points() -> tuple[_Point, ...]:
    with Path(__file__).with_name("pre_snowflake.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.reader(lines))[1:]
    return tuple(_Point(int(i), datetime.fromisoformat(moment).timestamp(), int(error)) for i, moment, error in rows)


def _interpolated(number: int) -> IdTime:
    points = _points()
    place = min(bisect_right(points, number, key=lambda point: point.tweet_id), len(points) - 1)
    before, after = points[place - 1], points[place]
    share = min((number - before.tweet_id) / (after.tweet_id - before.tweet_id), 1.0)
    second = before.second + share * (after.second - before.second)
    # Ids only grow, so the time lies between those of the two points.
    error = round(min(before.error, max(second - before.second, after.second - second) + after.error))
    return IdTime(
        value=datetime.fromtimestamp(int(second), UTC),
        precision=_precision(error),
        source=TimeSource.PRE_SNOWFLAKE_TABLE,
        error_seconds=error,
    )


def _precision(error_seconds: int) -> Precision:
    units = ((3_600, Precision.HOUR), (86_400, Precision.DAY), (31 * 86_400, Precision.MONTH))
    return next((precision for longest, precision in units if error_seconds <= longest), Precision.YEAR)
