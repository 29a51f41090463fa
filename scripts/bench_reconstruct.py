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
from pathlib import Path

import pyarrow.parquet as pq

from tweetrecon.reconcile import reconcile
from tweetrecon.threads import thread

HERE = Path(__file__).resolve().parent


def measure(path: Path) -> None:
    """One row of the table."""
    sightings = pq.read_table(path)
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
