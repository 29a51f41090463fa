"""A dump of tweets of any size, in which a given dataset finds its tweets: for measuring `tweetrecon hydrate`.

The lines have the shapes of ``../shared/corpus/threads/samples`` (API v1.1 stream, API v2 flattened, snscrape), each
with ids of its own. Among them, in no order, stands for each tweet that the dataset cites its record, two tweets that
it answers in turn, and an answer by its own author; for each tweet known by author, day and text alone a record with an
id.

    python -m scripts.make_dump DATASET OUT.jsonl --megabytes 1024
"""

import argparse
import json
import random
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from tweetrecon.store import open_dataset
from tweetrecon.twitter import snowflake

SAMPLES = Path(__file__).resolve().parents[1].parent / "shared" / "corpus" / "threads" / "samples"
SHAPES = ("v11_stream.jsonl", "twarc2_flat.jsonl", "snscrape_0.7.jsonl")
RUN = re.compile(rb"(?<![0-9])[0-9]{15,19}(?![0-9])")
BLOCK = 2**20
Row = dict[str, Any]


def noise(rng: random.Random) -> Iterator[bytes]:
    """Lines without end, each a sample with other ids."""
    lines = [
        line for name in SHAPES for line in (SAMPLES / name).read_bytes().splitlines(keepends=True) if line.strip()
    ]
    while True:
        fresh: dict[bytes, bytes] = {}
        yield RUN.sub(lambda run, ids=fresh: ids.setdefault(run[0], _id(rng, len(run[0]))), rng.choice(lines))  # type: ignore[misc]


def _id(rng: random.Random, digits: int) -> bytes:
    return str(rng.randrange(10 ** (digits - 1), min(10**digits, 2**63))).encode()


def wanted(tweets: list[Row], rng: random.Random) -> Iterator[bytes]:
    """The records that the dataset finds."""
    for tweet in tweets:
        if tweet["tweet_id"] and tweet["documents_count"] and len(tweet["tweet_id"]) > 15:
            yield from _thread(int(tweet["tweet_id"]), tweet, rng)
        elif tweet["tweet_id"] is None and tweet["author_username"] and tweet["text"] and tweet["created_at"]:
            when = tweet["created_at"] + timedelta(seconds=20)
            if when > snowflake.EPOCH + timedelta(days=10):
                since = (when - snowflake.EPOCH) // timedelta(milliseconds=1)
                yield _record(
                    rng, (since << 22) + rng.randrange(1 << 22), tweet["author_username"], tweet["text"], None
                )


def _thread(tweet_id: int, tweet: Row, rng: random.Random) -> Iterator[bytes]:
    author = tweet["author_username"] or "someone"
    root, parent, answer = (tweet_id + (minutes * 60_000 << 22) + rng.randrange(1 << 22) for minutes in (-9, -4, 3))
    yield _record(rng, root, "first_to_say", "What began it", None)
    yield _record(rng, parent, "second_to_say", "@first_to_say What came of it", root)
    yield _record(rng, tweet_id, author, tweet["text"] or "Not shown by the article", parent)
    yield _record(rng, answer, author, "And another thing", tweet_id)


def _record(rng: random.Random, tweet_id: int, author: str, text: str, parent: int | None) -> bytes:
    """A tweet in one of the three shapes."""
    sent = datetime.fromtimestamp(((tweet_id >> 22) + 1288834974657) // 1000, UTC)
    shape = rng.choice((_v1, _v2, _snscrape))
    return json.dumps(shape(str(tweet_id), author, text, str(parent) if parent else None, sent)).encode() + b"\n"


def _v1(tweet_id: str, author: str, text: str, parent: str | None, sent: datetime) -> Row:
    user = {"id_str": "12", "screen_name": author, "name": author.title()}
    known = {"created_at": f"{sent:%a %b %d %H:%M:%S} +0000 {sent:%Y}", "id": int(tweet_id), "id_str": tweet_id}
    return {**known, "full_text": text, "user": user, "in_reply_to_status_id_str": parent, "entities": {"urls": []}}


def _v2(tweet_id: str, author: str, text: str, parent: str | None, sent: datetime) -> Row:
    references = [{"type": "replied_to", "id": parent}] if parent else []
    known = {"id": tweet_id, "created_at": f"{sent:%Y-%m-%dT%H:%M:%S}.000Z", "text": text, "author_id": "12"}
    return {**known, "author": {"id": "12", "username": author, "name": author}, "referenced_tweets": references}


def _snscrape(tweet_id: str, author: str, text: str, parent: str | None, sent: datetime) -> Row:
    user = {"_type": "snscrape.modules.twitter.User", "username": author, "id": 12, "displayname": author}
    known: Row = {"_type": "snscrape.modules.twitter.Tweet", "date": sent.isoformat(), "rawContent": text, "user": user}
    known |= {"url": f"https://twitter.com/{author}/status/{tweet_id}", "id": int(tweet_id)}
    return {**known, "inReplyToTweetId": int(parent) if parent else None}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("dataset", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--megabytes", type=int, default=1024)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    rng = random.Random(arguments.seed)
    put_in = list(wanted(open_dataset(arguments.dataset).tweets.to_pylist(), rng))
    places = sorted(rng.sample(range(arguments.megabytes * BLOCK), len(put_in)))
    rng.shuffle(put_in)
    lines, size, number = noise(rng), 0, 0
    with arguments.out.open("wb") as file:
        while size < arguments.megabytes * BLOCK:
            while places and places[0] <= size:
                places.pop(0)
                size += file.write(put_in.pop())
                number += 1
            size += file.write(next(lines))
            number += 1
    print(f"{arguments.out}: {size / 1e6:,.0f} MB, {number:,} lines")


if __name__ == "__main__":
    main()
