"""Time the program on the labelled corpora: wall and CPU seconds, beside what parsing the same pages alone costs.

    python scripts/benchmark.py [--repeat N]

Seconds differ between machines and hours; the last column, CPU as a multiple of lxml's bare parse of the same pages,
is the figure to compare.  Each line is the median of N runs.
"""

import argparse
import gzip
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGES = ROOT.parent / "shared" / "corpus" / "html"
TEXTS = ROOT.parent / "shared" / "corpus" / "text" / "trafilatura.jsonl.gz"
PARSE = (
    "import sys; from lxml import html; from pathlib import Path\nfor p in Path(sys.argv[1]).iterdir(): html.parse(p)"
)


def timed(command: list[str]) -> tuple[float, float]:
    """(wall, CPU) seconds of a command and its children."""
    before, start = os.times(), time.perf_counter()
    done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, check=False)
    wall, after = time.perf_counter() - start, os.times()
    if done.returncode not in (0, 3):  # 3: finished, some inputs rejected
        raise SystemExit(f"{' '.join(command)}\nexit {done.returncode}\n{done.stderr[-2000:]}")
    cpu = after.children_user + after.children_system - before.children_user - before.children_system
    return wall, cpu


def median(command: Callable[[Path], list[str]], repeat: int) -> tuple[float, float]:
    """Medians of :func:`timed` over runs that each write to a folder of their own."""
    runs = []
    for _ in range(repeat):
        with tempfile.TemporaryDirectory() as out:
            runs.append(timed(command(Path(out, "out"))))
    walls, cpus = zip(*runs, strict=True)
    return statistics.median(walls), statistics.median(cpus)


def unpacked(folder: Path, target: Path) -> Path:
    """The pages of ``folder`` without gzip, so that a bare parse has the same bytes to read."""
    target.mkdir()
    for page in folder.glob("*.html.gz"):
        (target / page.stem).write_bytes(gzip.decompress(page.read_bytes()))
    return target


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--repeat", type=int, default=3, metavar="N")
    repeat: int = parser.parse_args().repeat
    if not PAGES.is_dir():
        print("../shared/corpus is not beside the checkout: nothing to time", file=sys.stderr)
        return 2
    program = [sys.executable, "-m", "tweetrecon"]
    with tempfile.TemporaryDirectory() as scratch:
        pages = unpacked(PAGES, Path(scratch, "pages"))
        commands: dict[str, Callable[[Path], list[str]]] = {
            "parse the pages": lambda _: [sys.executable, "-c", PARSE, str(pages)],
            "run on the pages": lambda out: [*program, "run", str(pages), "-o", str(out)],
            "run on the texts": lambda out: [*program, "run", str(TEXTS), "-o", str(out)],
            "--version": lambda _: [*program, "--version"],
        }
        unit = None
        print(f"{'':18}{'wall s':>8}{'CPU s':>8}{'CPU ×':>8}")
        for name, command in commands.items():
            wall, cpu = median(command, repeat)
            unit = unit or cpu
            print(f"{name:18}{wall:8.2f}{cpu:8.2f}{cpu / unit:8.2f}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
