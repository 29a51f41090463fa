"""Ids and their times, on both sides of the switch to Snowflake."""

import csv
import gzip
import importlib
import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from tweetrecon.model import Precision, TimeSource
from tweetrecon.twitter import snowflake

TABLE = Path(snowflake.__file__).with_name("pre_snowflake.csv")


def test_a_snowflake_tells_the_millisecond() -> None:
    time = snowflake.created_at("1242845214093557760")
    assert time is not None
    assert time.value == datetime(2020, 3, 25, 16, 6, 4, 644_000, tzinfo=UTC)
    assert (time.precision, time.source, time.error_seconds) == (Precision.MILLISECOND, TimeSource.SNOWFLAKE, 0)


def test_the_first_tweet_and_the_last_before_the_switch() -> None:
    first, last = snowflake.created_at("20"), snowflake.created_at("29700859247")
    assert first is not None
    assert last is not None
    assert first.value == datetime(2006, 3, 21, 20, 50, 14, tzinfo=UTC)
    assert last.value == datetime(2010, 11, 4, 21, 2, 48, tzinfo=UTC)
    assert last.source == TimeSource.PRE_SNOWFLAKE_TABLE


def test_an_early_id_lies_between_its_neighbours_and_says_how_exactly() -> None:
    early, vague = snowflake.created_at("9000000000"), snowflake.created_at("1000")
    assert early is not None
    assert vague is not None
    assert early.value.date() == date(2010, 2, 12)
    assert early.precision == Precision.HOUR
    assert early.error_seconds <= 3600
    assert vague.precision == Precision.YEAR


NO_IDS = [
    "", "0", "1", "19", "020", "-20", "+20", "2 0", "20\n", "1e9", "20.0", "twenty", "２０", "٢٠",
    "1719702a586071100058", "29800000001", "100000000000000", "289999999999999", "9223372036854775808",
    "12345678901234567890",
]  # fmt: skip


@pytest.mark.parametrize("tweet_id", NO_IDS)
def test_what_no_clock_could_have_made(tweet_id: str) -> None:
    assert snowflake.created_at(tweet_id) is None
    assert snowflake.utc_days(tweet_id) is None
    assert not snowflake.is_plausible(tweet_id)


def test_no_id_of_the_future() -> None:
    tweet_id = "1242845214093557760"
    written = datetime(2020, 3, 25, 16, 6, tzinfo=UTC)
    assert snowflake.is_plausible(tweet_id)
    assert snowflake.is_plausible(tweet_id, now=written - timedelta(hours=23))
    assert not snowflake.is_plausible(tweet_id, now=written - timedelta(hours=25))
    assert not snowflake.is_plausible("9223372036854775807")


def test_days_that_an_id_can_fall_on() -> None:
    assert snowflake.utc_days("1242845214093557760") == (date(2020, 3, 25), date(2020, 3, 25))
    first, last = snowflake.utc_days("9000000000") or (date.max, date.min)
    assert first <= date(2010, 2, 12) <= last <= first + timedelta(days=1)


def test_the_table_grows_in_id_and_time_and_is_short() -> None:
    with TABLE.open(encoding="utf-8", newline="") as lines:
        rows = [(int(row["tweet_id"]), row["created_at"], int(row["error_seconds"])) for row in csv.DictReader(lines)]
    assert len(rows) <= 2_400
    assert rows == sorted(rows)
    assert [moment for _, moment, _ in rows] == sorted(moment for _, moment, _ in rows)
    assert all(error >= 120 for _, _, error in rows)


# ------------------------------------------------------------------------------------------------ corpora


@pytest.mark.corpus
@pytest.mark.usefixtures("shared")
def test_the_table_is_chosen_from_the_facts_and_misses_them_by_little() -> None:
    known = importlib.import_module("scripts.build_pre_snowflake_table").facts()
    missed = []
    for fact in known:
        told = snowflake.created_at(str(fact.tweet_id))
        assert told is not None
        missed.append(abs(told.value.timestamp() - fact.second))
        assert missed[-1] <= told.error_seconds
    missed.sort()
    assert missed[len(missed) // 2] < 9 * 60
    assert missed[len(missed) * 99 // 100] <= 47 * 60
    assert missed[-1] < 69 * 60
    with TABLE.open(encoding="utf-8", newline="") as lines:
        chosen = {int(row["tweet_id"]) for row in csv.DictReader(lines)}
    assert chosen <= {fact.tweet_id for fact in known}


@pytest.mark.corpus
def test_real_posts_of_before_the_switch(shared: Path) -> None:
    timed = dated = right = 0
    for path in sorted((shared / "corpus" / "threads").glob("*.truth.jsonl.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            posts = [post for line in lines for post in json.loads(line)["posts"]]
        for post in posts:
            told = snowflake.created_at(post["tweet_id"]) if post.get("tweet_id") and post.get("created_at") else None
            if told is None or told.source != TimeSource.PRE_SNOWFLAKE_TABLE:
                continue
            stated = datetime.fromisoformat(post["created_at"])
            if stated.time() == datetime.min.time():  # archives of those years hold but the day
                dated += 1
                right += stated.date() == told.value.date()
            else:
                timed += 1
                assert abs(stated - told.value).total_seconds() <= told.error_seconds
    assert timed > 100
    assert right >= 0.99 * dated > 500
