"""Time act 1 on a WARC against merely unpacking that file, with and without workers; and say where the time goes.

    python scripts/make_warc.py /tmp/pages.warc.gz --pages 1000 --share 0.13
    python scripts/bench_capture.py /tmp/pages.warc.gz [--rounds N] [--profile]

CPU seconds are those of all processes of a measurement, start-up included; memory is the largest process's peak. Rounds
are interleaved and medians shown. Compare only figures of one run of this script.
"""

import argparse
import cProfile
import io
import json
import pstats
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

UNPACK = """
import sys
from isal import igzip
with igzip.open(sys.argv[1]) as file:
    while file.read(1 << 20):
        pass
"""


class Cost(NamedTuple):
    """What one measurement took: seconds of wall and CPU, bytes of memory."""

    wall: float
    cpu: float
    memory: int


def measured(command: list[str]) -> Cost:
    """Run a command in a process whose children are counted with it."""
    meter = "import resource, subprocess, sys, json\nsubprocess.run(sys.argv[1:], check=True, stdout=-3, stderr=-3)\n"
    meter += (
        "u = resource.getrusage(resource.RUSAGE_CHILDREN)\nprint(json.dumps([u.ru_utime + u.ru_stime, u.ru_maxrss]))"
    )
    begun = time.perf_counter()
    told = subprocess.run([sys.executable, "-c", meter, *command], check=True, capture_output=True, text=True)
    cpu, memory = json.loads(told.stdout)
    return Cost(time.perf_counter() - begun, cpu, memory * 1024)


def measurements(warc: Path, out: Path) -> dict[str, Callable[[], Cost]]:
    """What is measured, by the name in the table."""

    def capture(workers: int) -> Callable[[], Cost]:
        command = [sys.executable, "-m", "tweetrecon", "capture", str(warc), "-o", str(out), "--overwrite"]
        return lambda: measured([*command, "--workers", str(workers)])

    return {
        "unpack (isal)": lambda: measured([sys.executable, "-c", UNPACK, str(warc)]),
        "capture, no workers": capture(0),
        "capture, 1 worker": capture(1),
        "capture, 2 workers": capture(2),
    }


def table(rounds: dict[str, list[Cost]], pages: int) -> str:
    """The figures as a Markdown table."""
    lines = ["| | wall s | CPU s | speed of unpacking | pages/s | peak MB |", "|---|---|---|---|---|---|"]
    base = statistics.median(cost.cpu for cost in rounds["unpack (isal)"])
    for name, costs in rounds.items():
        wall, cpu = (statistics.median(c[n] for c in costs) for n in (0, 1))
        peak = max(cost.memory for cost in costs) / 1e6
        lines.append(f"| {name} | {wall:.1f} | {cpu:.1f} | {base / cpu:.2f} | {pages / wall:,.0f} | {peak:,.0f} |")
    return "\n".join(lines)


def profile(warc: Path) -> str:
    """Where act 1 spends its time in one process: the functions that cost most by themselves."""
    from tweetrecon import pipeline, readers

    watch = cProfile.Profile()
    watch.runcall(pipeline.capture, readers.find([warc]), None)
    text = io.StringIO()
    pstats.Stats(watch, stream=text).strip_dirs().sort_stats("tottime").print_stats(20)
    return text.getvalue()


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("warc", type=Path)
    arguments.add_argument("--rounds", type=int, default=3)
    arguments.add_argument("--profile", action="store_true")
    chosen = arguments.parse_args()
    if chosen.profile:
        print(profile(chosen.warc))
        return
    with tempfile.TemporaryDirectory() as folder:
        wanted = measurements(chosen.warc, Path(folder) / "out")
        rounds: dict[str, list[Cost]] = {name: [] for name in wanted}
        for _ in range(chosen.rounds):
            for name, measure in wanted.items():
                rounds[name].append(measure())
        manifest = json.loads((Path(folder) / "out" / "manifest.json").read_text())
    pages = sum(part["rows"] for part in manifest["parts"] if part["table"] == "documents")
    print(table(rounds, pages))


if __name__ == "__main__":
    main()
