"""Time and memory of act 2 by number of sightings: `bench_reconstruct.py [COUNT ...]`, each in a process of its own.

Prints a Markdown table: CPU seconds of both halves, microseconds for each sighting, peak memory.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from tweetrecon.reconcile import reconcile
from tweetrecon.threads import thread

HERE = Path(__file__).resolve().parent


class Sightings:
    """A file of sightings, read piece by piece."""

    def __init__(self, path: Path, columns: Sequence[str] | None = None) -> None:
        self._path, self._columns = path, columns

    @property
    def num_rows(self) -> int:
        """How many there are."""
        return int(pq.read_metadata(self._path).num_rows)

    def select(self, columns: Sequence[str]) -> Sightings:
        """Only these columns."""
        return Sightings(self._path, columns)

    def to_batches(self) -> Iterator[pa.RecordBatch]:
        """All of them."""
        return pq.ParquetFile(self._path).iter_batches(columns=list(self._columns) if self._columns else None)


def measure(path: Path) -> None:
    """One row of the table."""
    sightings = Sightings(path)
    begun = time.process_time()
    known = reconcile(sightings)
    half = time.process_time()
    threads = sum(piece.num_rows for name, piece in thread(known) if name == "threads")
    done = time.process_time()
    each = (done - begun) / sightings.num_rows * 1e6
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2
    print(
        f"| {sightings.num_rows:,} | {threads:,} | {half - begun:.1f} | {done - half:.1f} | {each:.0f} | {peak:.2f} |"
    )


def main() -> None:
    """Make the sightings, then measure each count in a fresh process."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("counts", type=int, nargs="*", default=[10_000, 30_000, 100_000])
    parser.add_argument("--measure", type=Path, help="measure one file in this process")
    arguments = parser.parse_args()
    if arguments.measure:
        return measure(arguments.measure)
    print(
        "| sightings | threads | reconcile, s | thread, s | µs each | peak GiB |\n|---|---|---|---|---|---|", flush=True
    )
    with tempfile.TemporaryDirectory() as folder:
        for count in arguments.counts:
            path = str(Path(folder, "sightings.parquet"))
            subprocess.run([sys.executable, str(HERE / "make_sightings.py"), str(count), path], check=True)
            subprocess.run([sys.executable, __file__, "--measure", path], check=True)
    return None


if __name__ == "__main__":
    main()
