"""Write a WARC as a crawl of news sites gives it, from the saved pages of the labelled corpus.

For each page a request, a response and a metadata record, each compressed by itself, as Common Crawl writes them. Pages
are drawn at random, and drawn again where more are asked for than there are; the share of those that show tweets is
that of the web's news pages rather than that of the corpus. The same seed gives the same bytes.

Pages without tweets are of two kinds. Most of the corpus's were collected for their traces of Twitter: links to tweets
in prose, feeds, scripts that handle tweets. ``--others ordinary`` leaves these out, so that of all pages about one in
seven holds any sign of a tweet, as on the open web; ``--others traces`` draws from these alone, ``all`` from both.

    python scripts/make_warc.py out/pages.warc.gz --pages 3000 --share 0.13
"""

import argparse
import base64
import gzip
import hashlib
import json
import random
import uuid
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

import zstandard

CORPUS = Path(__file__).resolve().parent.parent.parent / "shared" / "corpus"
BEGUN = datetime(2021, 3, 1, tzinfo=UTC)


class Page(NamedTuple):
    """A page as saved; ``kind``: it shows ``tweets``, was collected for ``traces`` of them, or is ``ordinary``."""

    url: str
    payload: bytes
    kind: str


def corpus_pages(corpus: Path = CORPUS) -> list[Page]:
    """All pages of the labelled corpus."""
    labels = map(json.loads, (corpus / "html_labels.jsonl").read_text(encoding="utf-8").splitlines())
    return [
        Page(
            label["url"] or f"https://{label['domain']}/",
            gzip.decompress((corpus / "html" / Path(label["file"]).name).read_bytes()),
            "tweets" if label["has_embedded"] else "ordinary" if label["checked"] == "screened" else "traces",
        )
        for label in labels
    ]


def drawn(pages: list[Page], count: int, share: float, others: str, rng: random.Random) -> Iterator[Page]:
    """``count`` pages, about ``share`` of them with tweets."""
    with_tweets = [p for p in pages if p.kind == "tweets"]
    without = [p for p in pages if p.kind == others or (others == "all" and p.kind != "tweets")]
    for _ in range(count):
        yield rng.choice(with_tweets if rng.random() < share else without)


def warc_record(type_: str, block: bytes, key: str, date: datetime, **fields: str) -> bytes:
    """One record of WARC 1.1; ``fields`` are further header fields, underscores standing for hyphens."""
    digest = base64.b32encode(hashlib.sha1(block, usedforsecurity=False).digest()).decode()
    head = {
        "WARC-Type": type_,
        "WARC-Record-ID": f"<urn:uuid:{key}>",
        "WARC-Date": date.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "WARC-Block-Digest": f"sha1:{digest}",
        **{name.replace("_", "-"): value for name, value in fields.items()},
        "Content-Length": str(len(block)),
    }
    lines = "".join(f"{name}: {value}\r\n" for name, value in head.items())
    return f"WARC/1.1\r\n{lines}\r\n".encode() + block + b"\r\n\r\n"


def records(pages: Iterator[Page], rng: random.Random) -> Iterator[bytes]:
    """The records of a crawl of the pages, not compressed."""

    def key() -> str:
        return str(uuid.UUID(int=rng.getrandbits(128), version=4))

    yield warc_record("warcinfo", b"software: make_warc\r\n", key(), BEGUN, Content_Type="application/warc-fields")
    for number, page in enumerate(pages):
        date = BEGUN + timedelta(seconds=number)
        about = {"WARC_Target_URI": page.url}
        request = f"GET {page.url} HTTP/1.1\r\nUser-Agent: make_warc\r\nAccept: text/html\r\n\r\n".encode()
        yield warc_record("request", request, key(), date, Content_Type="application/http; msgtype=request", **about)
        head = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: {len(page.payload)}\r\n\r\n".encode()
        answer = {"Content_Type": "application/http; msgtype=response", **about}
        yield warc_record("response", head + page.payload, key(), date, **answer)
        yield warc_record("metadata", b"fetchTimeMs: 231\r\n", key(), date, Content_Type="application/warc-fields")


def packed_gzip(record: bytes) -> bytes:
    return gzip.compress(record, 6, mtime=0)


def packed_zstd(record: bytes) -> bytes:
    return zstandard.ZstdCompressor(write_checksum=True).compress(record)


PACK: dict[str, Callable[[bytes], bytes]] = {".gz": packed_gzip, ".zst": packed_zstd, ".warc": bytes}
"""Suffix of the file → how a record is written to it."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=Path, help="file to write: .warc, .warc.gz or .warc.zst")
    parser.add_argument("--pages", type=int, default=3000)
    parser.add_argument("--share", type=float, default=0.13, help="of pages that show tweets")
    parser.add_argument("--others", choices=("ordinary", "traces", "all"), default="ordinary", help="pages without")
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    rng = random.Random(arguments.seed)
    pages = drawn(corpus_pages(), arguments.pages, arguments.share, arguments.others, rng)
    pack = PACK[arguments.out.suffix]
    arguments.out.parent.mkdir(parents=True, exist_ok=True)
    with arguments.out.open("wb") as out:
        for record in records(pages, rng):
            out.write(pack(record))
    print(f"{arguments.out}: {arguments.pages:,} pages, {arguments.out.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
