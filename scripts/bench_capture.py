"""Time act 1 on WARCs against merely unpacking them, with and without workers; and say where the time goes.

    python scripts/make_warc.py /tmp/web.warc.gz --pages 4000 --share 0.13
    python scripts/bench_capture.py /tmp/web.warc.gz [--rounds N] [--steps | --profile]

CPU seconds are those of all processes of a measurement. The speed of unpacking is told by CPU, beyond what each command
takes to start, against the faster of two ways to unpack; memory is the largest process's peak. Rounds are interleaved
and medians shown. Compare only figures of one run of this script.
"""

import argparse
import cProfile
import gzip
import io
import json
import pstats
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from pkgutil import resolve_name
from typing import Any, NamedTuple
from unittest import mock

STREAM = """
import sys
from isal import igzip
with igzip.open(sys.argv[1]) as file:
    while file.read(1 << 20):
        pass
"""
MEMBERS = """
import deflate, mmap, stringzilla, sys
with open(sys.argv[1], "rb") as file:
    data = memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
begin = end = 0
while begin < len(data):
    end = stringzilla.find(data, b"\\x1f\\x8b\\x08", max(begin + 18, end + 1))
    end = end if end >= 0 else len(data)
    try:
        deflate.gzip_decompress(data[begin:end], int.from_bytes(data[end - 4 : end], "little"))
        begin = end
    except deflate.DeflateError:  # three bytes that only look like a member's begin
        pass
"""
UNPACK = {"unpack with ISA-L": STREAM, "unpack with libdeflate": MEMBERS}
RECORD = b"WARC/1.1\r\nWARC-Type: resource\r\nContent-Type: text/html\r\nContent-Length: %d\r\n\r\n%s"
PAGE = b"<html><p>The ferry was late."


class Cost(NamedTuple):
    """What one measurement took: seconds of wall and CPU, bytes of memory."""

    wall: float
    cpu: float
    memory: int


class Row(NamedTuple):
    """A command that is measured, and a small file on which it does little more than start."""

    name: str
    command: Callable[[Path], list[str]]


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


def commands(out: Path) -> Iterator[Row]:
    """What is measured, as it stands in the table."""
    for name, code in UNPACK.items():
        yield Row(name, lambda warc, code=code: [sys.executable, "-c", code, str(warc)])  # type: ignore[misc]
    capture = [sys.executable, "-m", "tweetrecon", "capture", "-o", str(out), "--overwrite", "--workers"]
    for count, name in enumerate(("capture, no workers", "capture, 1 worker", "capture, 2 workers")):
        yield Row(name, lambda warc, count=count: [*capture, str(count), str(warc)])  # type: ignore[misc]


def table(warc: Path, rounds: int) -> str:
    """The figures of one WARC as a Markdown table."""
    with tempfile.TemporaryDirectory() as folder:
        rows = list(commands(Path(folder) / "out"))
        small = Path(folder, "one.warc.gz")
        small.write_bytes(gzip.compress(RECORD % (len(PAGE), PAGE)))
        costs: dict[str, list[Cost]] = defaultdict(list)
        starts: dict[str, list[Cost]] = defaultdict(list)
        for _ in range(rounds):
            for row in rows:
                starts[row.name].append(measured(row.command(small)))
                costs[row.name].append(measured(row.command(warc)))
        manifest = json.loads(Path(folder, "out", "manifest.json").read_text())
    pages = sum(part["rows"] for part in manifest["parts"] if part["table"] == "documents")
    net = {row.name: _median(costs, row.name, 1) - _median(starts, row.name, 1) for row in rows}
    base = min(net[name] for name in UNPACK)
    lines = [
        "| | wall s | CPU s | to start | speed of unpacking | pages/s | peak MB |",
        "|---|---|---|---|---|---|---|",
    ]
    for row in rows:
        wall, cpu, start = _median(costs, row.name, 0), _median(costs, row.name, 1), _median(starts, row.name, 1)
        peak = max(cost.memory for cost in costs[row.name]) / 1e6
        lines.append(
            f"| {row.name} | {wall:.1f} | {cpu:.1f} | {start:.1f} | {base / net[row.name]:.2f}"
            f" | {pages / wall:,.0f} | {peak:,.0f} |"
        )
    return f"{warc.name}: {pages:,} pages, {warc.stat().st_size / 1e6:,.0f} MB packed\n\n" + "\n".join(lines)


def _median(costs: dict[str, list[Cost]], name: str, field: int) -> float:
    return statistics.median(cost[field] for cost in costs[name])


# ------------------------------------------------------------------------------------------------ where it goes

STEPS = {
    "unpack": "tweetrecon.readers.decompression._content",
    "digests": "tweetrecon.readers.article.document",
    "is it UTF-8?": "tweetrecon.readers.charset.is_clean_utf8",
    "gate": "tweetrecon.sliced.passes_gate",
    "decode": "tweetrecon.readers.charset.decode",
    "parse": "tweetrecon.page.parse",
    "head of the page": "tweetrecon.metadata.filled_in",
    "detect": "tweetrecon.extraction.detect",
    "resolve": "tweetrecon.extraction.resolve",
    "tables": "tweetrecon.pipeline.to_table",
    "summary": "tweetrecon.pipeline.summarized",
}
"""Steps of act 1 and the functions in which they are taken; what is in none of them is the records' own cost."""


class Clock:
    """CPU seconds of steps, each without those of the steps inside it."""

    def __init__(self) -> None:
        self.seconds: defaultdict[str, float] = defaultdict(float)
        self.calls: defaultdict[str, int] = defaultdict(int)
        self._running = ["records"]
        self._since = time.process_time()

    def _turn(self) -> None:
        now = time.process_time()
        self.seconds[self._running[-1]] += now - self._since
        self._since = now

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        """Count what is done in this context as a step's."""
        self._turn()
        self._running.append(name)
        self.calls[name] += 1
        try:
            yield
        finally:
            self._turn()
            self._running.pop()

    def timed(self, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """A function whose calls count as a step."""

        def call(*given: Any, **named: Any) -> Any:
            with self.step(name):
                return function(*given, **named)

        return call


def steps(warc: Path, rounds: int) -> str:
    """Where act 1 spends its time in one process, by steps, as a Markdown table of the fastest round."""
    from tweetrecon import pipeline, readers

    inputs = readers.find([warc])
    documents = pipeline.capture(inputs, None).counts.documents  # which also loads what is loaded when needed
    clocks = [_clocked(lambda: pipeline.capture(inputs, None)) for _ in range(rounds)]
    clock = min(clocks, key=lambda clock: sum(clock.seconds.values()))
    lines = ["| step | \u00b5s a page | times | \u00b5s each |", "|---|---|---|---|"]
    for name in ("records", *STEPS):
        micros, calls = clock.seconds[name] * 1e6, clock.calls[name]
        lines.append(f"| {name} | {micros / documents:,.0f} | {calls:,} | {micros / max(1, calls):,.0f} |")
    lines.append(f"| all | {sum(clock.seconds.values()) * 1e6 / documents:,.0f} | | |")
    for name, code in UNPACK.items():
        least = min(measured([sys.executable, "-c", code, str(warc)]).cpu for _ in range(rounds))
        lines.append(f"| for comparison: {name} | {least * 1e6 / documents:,.0f} | | |")
    return "\n".join(lines)


def _clocked(work: Callable[[], object]) -> Clock:
    clock = Clock()
    for name, path in STEPS.items():
        mock.patch(path, clock.timed(name, resolve_name(path))).start()
    with clock.step("records"):
        work()
    mock.patch.stopall()
    return clock


def profile(warc: Path) -> str:
    """The functions that cost most by themselves."""
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
    arguments.add_argument("--steps", action="store_true")
    arguments.add_argument("--profile", action="store_true")
    chosen = arguments.parse_args()
    if chosen.steps or chosen.profile:
        print(steps(chosen.warc, chosen.rounds) if chosen.steps else profile(chosen.warc))
    else:
        print(table(chosen.warc, chosen.rounds))


if __name__ == "__main__":
    main()
