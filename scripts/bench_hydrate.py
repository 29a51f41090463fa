"""Time the search of a dump for what a dataset wants, beside what parsing every line with orjson costs.

All is done in turn in one process, over the same bytes in memory; the ratio is the figure to compare. What is taken
costs some milliseconds a tweet, so the search is timed for as many ids of which the dump has none, or one in a hundred,
for the ids of the dataset, and with its tweets that are to be told by author, day and text.

    python -m scripts.bench_hydrate DATASET DUMP.jsonl [--megabytes 256] [--rounds 3]
"""

import argparse
import io
import statistics
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import orjson

from tweetrecon.hydration import targets
from tweetrecon.interop.personal import NOBODY
from tweetrecon.interop.search import Search
from tweetrecon.interop.unidentified import Unidentified
from tweetrecon.interop.wanted import Wanted
from tweetrecon.readers.reader import Source
from tweetrecon.readers.stream import Stream
from tweetrecon.store import Dataset, open_dataset


def parse_all(data: bytes) -> int:
    """Every line parsed, nothing else done."""
    return sum(bool(orjson.loads(line)) for line in io.BytesIO(data))


def searched(dataset: Dataset, *, by_text: bool, percent: int = 100) -> Callable[[bytes], int]:
    """A search for what the dataset wants, or for as many tweets of which the dump has so many percent."""

    def search(data: bytes) -> int:
        wanted, unidentified = targets(dataset, 0)
        if percent < 100:
            ids = sorted(wanted.asked)
            there = ids[: len(ids) * percent // 100]
            wanted = Wanted([*there, *(str(2**62 + n * 10**12) for n in range(len(ids) - len(there)))])
        one = Search(wanted, unidentified if by_text else Unidentified(()))
        stream = Stream(io.BytesIO(data))
        return sum(1 for _ in one.read_stream(stream, Source("dump.jsonl"), NOBODY))

    return search


def seconds(work: Callable[[bytes], Any], data: bytes) -> float:
    begun = time.process_time()
    work(data)
    return time.process_time() - begun


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("dataset", type=Path)
    parser.add_argument("dump", type=Path)
    parser.add_argument("--megabytes", type=int, default=256)
    parser.add_argument("--rounds", type=int, default=3)
    arguments = parser.parse_args()
    with arguments.dump.open("rb") as file:
        data = file.read(arguments.megabytes * 2**20)
    data = data[: data.rfind(b"\n") + 1]
    dataset = open_dataset(arguments.dataset)
    works = {
        "orjson.loads on every line": parse_all,
        "search by id, none there": searched(dataset, by_text=False, percent=0),
        "search by id, one in a hundred there": searched(dataset, by_text=False, percent=1),
        "search by id": searched(dataset, by_text=False),
        "search by id, author, day and text": searched(dataset, by_text=True),
    }
    times: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(arguments.rounds):
        for name, work in works.items():
            times[name].append(seconds(work, data))
    unit = statistics.median(times["orjson.loads on every line"])
    print(f"{len(data) / 1e6:,.0f} MB, {data.count(10):,} lines, median of {arguments.rounds} rounds, CPU")
    for name, found in times.items():
        median = statistics.median(found)
        print(f"{name:36}{len(data) / median / 1e6:8,.0f} MB/s   {unit / median:5.1f} ×")


if __name__ == "__main__":
    main()
