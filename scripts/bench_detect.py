"""Time detection and resolution on the labelled pages, as multiples of lxml's bare parse of the same pages.

    python scripts/bench_detect.py [--repeat N]

Each page is timed N times for every stage in turn, in CPU seconds, and the smallest counts; printed are sums over the
pages and the median page.  ``gate`` is what a page without any sign of a tweet costs.
"""

import argparse
import gzip
import json
import statistics
import time
from collections.abc import Callable
from pathlib import Path

from lxml import html

from tweetrecon import page as pages
from tweetrecon.detect import detect, gate
from tweetrecon.model import Document
from tweetrecon.resolve import resolve

SHARED = Path(__file__).resolve().parents[2] / "shared" / "corpus"


def documents(embedded: bool) -> list[Document]:
    """The labelled pages with (or without) embedded tweets."""
    labels = map(json.loads, (SHARED / "html_labels.jsonl").read_text(encoding="utf-8").splitlines())
    found = []
    for label in labels:
        if label["has_embedded"] == embedded:
            text = gzip.decompress((SHARED / label["file"]).read_bytes()).decode("utf-8", "replace")
            found.append(Document(document_id="", source_uri=label["file"], media_type="text/html", text=text))
    return found


def parse(document: Document) -> None:
    """What lxml needs merely to parse a page."""
    html.document_fromstring(document.text.encode("utf-8", "replace"), parser=html.HTMLParser(encoding="utf-8"))


def whole(document: Document) -> None:
    """Act 1 for one page, reading aside."""
    detection = detect(document)
    resolve(detection.document, detection.embeds)


STAGES: dict[str, Callable[[Document], object]] = {
    "lxml parse": parse,
    "gate": lambda document: gate.passes_gate(document.text),
    "page": pages.parse,
    "detect": detect,
    "detect + resolve": whole,
}


def timed(stage: Callable[[Document], object], document: Document, repeat: int) -> float:
    best = float("inf")
    for _ in range(repeat):
        start = time.thread_time()
        stage(document)
        best = min(best, time.thread_time() - start)
    return best


def report(name: str, found: list[Document], repeat: int) -> None:
    times = {stage: [timed(call, document, repeat) for document in found] for stage, call in STAGES.items()}
    base = times["lxml parse"]
    print(f"{name}: {len(found)} pages, {sum(len(d.text) for d in found) / 1e6:.1f} M characters")
    for stage, seconds in times.items():
        ratio = statistics.median(s / b for s, b in zip(seconds, base, strict=True))
        total = sum(seconds)
        print(f"  {stage:18} sum {total * 1e3:8.1f} ms  x {total / sum(base):5.2f}   median page x {ratio:5.2f}")


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--repeat", type=int, default=3)
    repeat = options.parse_args().repeat
    report("pages with tweets", documents(embedded=True), repeat)
    report("pages without", documents(embedded=False), repeat)


if __name__ == "__main__":
    main()
