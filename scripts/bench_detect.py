"""Time detection and resolution on the labelled pages, as multiples of lxml's bare parse of the same pages.

    python scripts/bench_detect.py [--repeat N]

Each page is timed N times for all stages in turn, in CPU seconds, and the smallest counts; printed are sums over the
pages and the median page. ``gate`` is what a page without any sign of a tweet costs. The steps of those that pass it
follow, each alone; what is left of the whole are the forms and the claims.
"""

import argparse
import gzip
import json
import statistics
import time
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from lxml import html

from tweetrecon import metadata
from tweetrecon import page as pages
from tweetrecon.detect import Detection, detect, dispatch, gate, nested
from tweetrecon.detect.survey import Survey
from tweetrecon.model import Document
from tweetrecon.page import Page
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


def steps(page: Page, survey: Survey, detection: Detection) -> dict[str, Callable[[], object]]:
    """Parts of the whole for one page, each by itself."""
    return {
        "- parse": lambda: pages.parse(page.document, page.source),
        "- metadata": lambda: metadata.filled_in(page.document, page.root),
        "- survey": lambda: Survey(page.source),
        "- walk": lambda: dispatch.walk(page, survey),
        "- nested": lambda: list(nested.pages_within(page, survey, dispatch.walk(page, survey).holders)),
        "- resolve": lambda: resolve(detection.document, detection.embeds),
    }


def timed(calls: Mapping[str, Callable[[], object]], repeat: int) -> dict[str, float]:
    """The least CPU seconds of each call, all called in turn."""
    best = dict.fromkeys(calls, float("inf"))
    for _ in range(repeat):
        for name, call in calls.items():
            start = time.thread_time()
            call()
            best[name] = min(best[name], time.thread_time() - start)
    return best


def measured(document: Document, repeat: int) -> dict[str, float]:
    """The times of all stages for one page, and of the steps of one that passes the gate."""
    times = timed({name: partial(stage, document) for name, stage in STAGES.items()}, repeat)
    page = pages.parse(document) if gate.passes_gate(document.text) else None
    if page is None:
        return times
    return times | timed(steps(page, Survey(page.source), detect(document)), repeat)


def report(name: str, found: list[Document], repeat: int) -> None:
    times = [measured(document, repeat) for document in found]
    print(f"{name}: {len(found)} pages, {sum(len(d.text) for d in found) / 1e6:.1f} M characters")
    for stage in dict.fromkeys(stage for page in times for stage in page):
        ratio = statistics.median(page.get(stage, 0.0) / page["lxml parse"] for page in times)
        total, base = (sum(page.get(which, 0.0) for page in times) for which in (stage, "lxml parse"))
        print(f"  {stage:18} sum {total * 1e3:8.1f} ms  x {total / base:5.2f}   median page x {ratio:5.2f}")


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--repeat", type=int, default=3)
    repeat = options.parse_args().repeat
    report("pages with tweets", documents(embedded=True), repeat)
    report("pages without", documents(embedded=False), repeat)


if __name__ == "__main__":
    main()
