"""Synthetic sightings for benchmarks: `make_sightings.py COUNT OUT.parquet [--seed N]`.

A fifth of the sightings repeat a tweet that another document shows; one in eight carries no id. Tweets form threads
by one author and conversations by several, in chains to depth 50; some are stated by id, some by mention or number
alone, and one in ten tweets retweets another in its text. Written in batches, so that the memory needed does not grow
with the count.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from tweetrecon.schema import arrow_schema

DEEPEST = 50
BATCH = 50_000
START = datetime(2012, 1, 1, tzinfo=UTC)
EPOCH_MS = 1288834974657
SYLLABLES = "ka lo mi re su ta ve zo ni pa do fe rin mos tel bad gor las pit nuv sem dak".split()
WORDS = [a + b + c for a in SYLLABLES for b in SYLLABLES for c in SYLLABLES]


Tweet = dict[str, Any]


class Maker:
    """Makes threads of tweets and the sightings that articles show of them."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)
        self._made = 0
        self._shown = 0

    def sightings(self) -> Iterator[Tweet]:
        """Sightings without end."""
        recent: list[Tweet] = []
        while True:
            thread = self._thread(recent)
            document = f"d{self._made // 12}"
            for position, tweet in enumerate(thread):
                yield self._sighting(tweet, document, position)
                if self._random.random() < 0.25:
                    yield self._sighting(tweet, f"d{self._random.randrange(self._made // 12 + 1)}", 1000 + position)
            recent = [*recent, *thread][-500:]

    def _thread(self, recent: list[Tweet]) -> list[Tweet]:
        length = min(DEEPEST, 1 + int(self._random.expovariate(1 / 3)))
        authors = [self._author() for _ in range(1 if self._random.random() < 0.4 else 3)]
        when = START + timedelta(seconds=self._made * 15)
        tweets: list[Tweet] = []
        for number in range(1, length + 1):
            when += timedelta(seconds=self._random.randrange(5, 900))
            parent = tweets[-1] if tweets else None
            tweets.append(self._tweet(self._random.choice(authors), when, parent, number, length))
            if recent and self._random.random() < 0.1:
                source = self._random.choice(recent)
                tweets[-1] |= {"text": f"RT @{source['author']}: {source['text']}"[:140], "parent": None}
        return tweets

    def _author(self) -> str:
        """Some write a hundred times more than others, and new ones turn up all the time."""
        return f"user{int((20 + self._made / 10) * self._random.random() ** 3)}"

    def _tweet(self, author: str, when: datetime, parent: Tweet | None, number: int, length: int) -> Tweet:
        self._made += 1
        words = " ".join(self._random.choices(WORDS, k=self._random.randrange(6, 18)))
        if parent and parent["author"] != author:
            words = f"@{parent['author']} {words}"
        elif length > 2 and self._random.random() < 0.3:
            words = f"{words} {number}/{length}"
        millis = int(when.timestamp() * 1000) - EPOCH_MS
        tweet_id = str((millis << 22) | (self._made & 0x3FFFFF))
        return {"id": tweet_id, "author": author, "when": when, "text": words, "parent": parent}

    def _sighting(self, tweet: Tweet, document: str, position: int) -> Tweet:
        self._shown += 1
        flat = self._random.random() < 0.125
        stated = tweet["parent"] is not None and self._random.random() < 0.5
        day = tweet["when"].replace(hour=0, minute=0, second=0, microsecond=0)
        return {
            "sighting_id": f"s{self._shown}",
            "document_id": document,
            "position": position,
            "form": "flat_byline" if flat else "twitter_blockquote",
            "tweet_id": None if flat else tweet["id"],
            "author_username": tweet["author"],
            "created_at": day if flat else tweet["when"],
            "created_at_precision": "day" if flat else "millisecond",
            "created_at_source": "byline" if flat else "snowflake",
            "text": tweet["text"],
            "replied_to_id": tweet["parent"]["id"] if stated and tweet["parent"] and not flat else None,
        }


DEFAULTS = {
    "chain_position": 0, "role": "embedded", "also_forms": [], "text_truncated": False, "text_dir": "ltr",
    "hashtags": [], "cashtags": [], "mentions": [], "urls": [], "media": [], "edit_tweet_ids": [],
    "confidence": 1.0, "flags": [],
}  # fmt: skip


def main() -> None:
    """Write the file."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("count", type=int)
    parser.add_argument("out", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    schema = arrow_schema("sightings")
    sightings = Maker(arguments.seed).sightings()
    with pq.ParquetWriter(arguments.out, schema, compression="zstd") as writer:
        for start in range(0, arguments.count, BATCH):
            rows = [DEFAULTS | next(sightings) for _ in range(min(BATCH, arguments.count - start))]
            writer.write_table(pa.Table.from_pylist(rows, schema=schema))


if __name__ == "__main__":
    main()
