"""Put tweetrecon beside the tools whose job this is, on the labelled pages: ids found, and pages a second, in one run.

    python -m venv PEERS && PEERS/bin/pip install tweetfinder==1.1.0 goose3==3.1.22 trafilatura==2.3.1 ural==1.6.2
    python scripts/compare_peers.py PEERS/bin/python             [--pages N] [--json]

The peers run in an environment of their own by ``../shared/eval/run_peers.py``, which says how each is taken; pages are
the labelled ones of ``../shared/corpus/html``. Tweets labelled unsure are neither asked for nor punished. Time is that
of one page as a string in memory, without start-up, in one process; tweetrecon's holds detection and resolution.
Most of these pages were collected for their traces of Twitter, so the last two columns tell the time of pages as a news
crawl has them: 13 % that show tweets, the others not chosen for anything (see ``make_warc.py``).
"""

import argparse
import gzip
import json
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, NamedTuple

from tweetrecon.extraction import extract
from tweetrecon.model import Document, Role

SHARES = {"tweets": 0.13, "ordinary": 0.87}
"""Of the pages of a crawl, by their kind."""
SHARED = Path(__file__).resolve().parents[2] / "shared"


class Page(NamedTuple):
    """A labelled page: its ids of embedded tweets, those asked and those that are unsure, and its weight in a crawl."""

    name: str
    html: str
    asked: frozenset[str]
    unsure: frozenset[str]
    weight: float


class Row(NamedTuple):
    """One tool's figures over all pages; ``milliseconds`` is the mean of a page, ``crawled`` that of a crawl's page."""

    tool: str
    precision: float
    recall: float
    f1: float
    milliseconds: float | None
    crawled: float | None


def labelled_pages(most: int | None) -> list[Page]:
    """The labelled pages with their embedded ids."""
    pages = []
    labels = list(map(json.loads, (SHARED / "corpus" / "html_labels.jsonl").read_text("utf-8").splitlines()))[:most]
    kinds = Counter(map(_kind, labels))
    for label in labels:
        ids: dict[bool, set[str]] = {True: set(), False: set()}
        for tweet in label["embedded"]:
            if tweet.get("id"):
                ids[bool(tweet.get("unsure"))].add(tweet["id"])
        raw = gzip.decompress((SHARED / "corpus" / label["file"]).read_bytes())
        name = Path(label["file"]).name.removesuffix(".gz")
        weight = SHARES.get(_kind(label), 0.0) / kinds[_kind(label)]
        pages.append(Page(name, raw.decode("utf-8", "replace"), frozenset(ids[False]), frozenset(ids[True]), weight))
    return pages


def _kind(label: dict[str, Any]) -> str:
    return "tweets" if label["has_embedded"] else "ordinary" if label["checked"] == "screened" else "traces"


def by_peers(python: str, pages: Iterable[Page]) -> dict[str, dict[str, Any]]:
    """What run_peers.py printed, as {tool: {page: line}}."""
    with tempfile.TemporaryDirectory() as folder:
        for page in pages:
            Path(folder, page.name).write_text(page.html, "utf-8")
        call = [python, str(SHARED / "eval" / "run_peers.py"), folder]
        done = subprocess.run(call, stdout=subprocess.PIPE, text=True, check=True)
    found: dict[str, dict[str, Any]] = {}
    for line in done.stdout.splitlines():
        row = json.loads(line)
        found.setdefault(row["peer"], {})[row["file"]] = row
    return found


def by_us(pages: Iterable[Page]) -> dict[str, Any]:
    """The same for tweetrecon, measured in this process."""
    found = {}
    for page in pages:
        begun = time.perf_counter()
        capture = extract(Document(document_id=page.name, source_uri=page.name, media_type="text/html", text=page.html))
        spent = time.perf_counter() - begun
        ids = {s.tweet_id for s in capture.sightings if s.role is Role.EMBEDDED and s.tweet_id}
        found[page.name] = {"ids": sorted(ids), "ms": spent * 1e3}
    return found


def score(tool: str, found: dict[str, Any], pages: Iterable[Page]) -> Row:
    """Micro precision and recall of ids."""
    right = given = asked = 0
    crawled = 0.0
    times = []
    for page in pages:
        row = found.get(page.name, {})
        ids = set(row.get("ids", ())) - page.unsure
        right, given, asked = right + len(ids & page.asked), given + len(ids), asked + len(page.asked)
        times += [row["ms"]] if "ms" in row else []
        crawled += page.weight * row.get("ms", 0.0)
    precision, recall = right / given if given else 0.0, right / asked
    f1 = 2 * precision * recall / (precision + recall) if right else 0.0
    return Row(tool, precision, recall, f1, sum(times) / len(times) if times else None, crawled or None)


def show(rows: list[Row], write: Callable[[str], object] = sys.stdout.write) -> None:
    """The table, best F1 first, with speed as a multiple of each peer's."""
    ours = next(r for r in rows if r.tool == "tweetrecon")
    write(
        f"{'tool':14}{'precision':>10}{'recall':>8}{'F1':>7}{'ms/page':>9}{'we are':>10}{'crawled':>9}{'we are':>10}\n"
    )
    for row in sorted(rows, key=lambda r: -r.f1):
        times = _times(row.milliseconds, ours.milliseconds) + _times(row.crawled, ours.crawled)
        write(f"{row.tool:14}{row.precision:10.3f}{row.recall:8.3f}{row.f1:7.3f}{times}\n")


def _times(theirs: float | None, ours: float | None) -> str:
    return f"{theirs:9.1f}{theirs / ours:8.0f} x" if theirs and ours else ""


def main() -> None:
    """Run the peers, then tweetrecon, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("python", help="the Python of the environment that holds the peers")
    parser.add_argument("--pages", type=int, help="only the first N pages")
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    pages = labelled_pages(args.pages)
    rows = [score(tool, found, pages) for tool, found in by_peers(args.python, pages).items()]
    by_us(pages[:20])  # first calls compile patterns and load tables
    rows.append(score("tweetrecon", by_us(pages), pages))
    if args.json:
        print(json.dumps([row._asdict() for row in rows]))
    else:
        show(rows)


if __name__ == "__main__":
    main()
