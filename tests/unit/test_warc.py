"""Web archives: every page of a sound one, every whole record of a broken one, and nothing that was not there."""

import gzip
import io
import json
import os
import random
import zlib
from collections.abc import Callable
from itertools import accumulate
from pathlib import Path
from threading import Thread
from typing import Any

import brotli  # type: ignore[import-untyped]
import pytest
import zstandard

from scripts.make_warc import BEGUN, PACK, Page, records, warc_record
from tweetrecon import readers
from tweetrecon.model import Document, Outcome, Reject, RejectCode
from tweetrecon.readers import Options, Source
from tweetrecon.readers.stream import Stream

PAGE = b"<!DOCTYPE html><html><head><title>t</title></head><body><p>The harbour is open.</p></body></html>"
HTTP = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"
Pack = Callable[[bytes], bytes]
RESPONSE = {"Content_Type": "application/http; msgtype=response", "WARC_Target_URI": "https://news.example/1"}
URL = "https://news.example/1"


def read(data: bytes, name: str = "a.warc", **options: Any) -> tuple[list[Document], list[Reject]]:
    items = list(readers.read_source(Source(name, data=data), Options(**options)))
    return [i for i in items if isinstance(i, Document)], [i for i in items if isinstance(i, Reject)]


def response(body: bytes = PAGE, head: bytes = HTTP, key: str = "k", **fields: str) -> bytes:
    return warc_record("response", head + body, key, BEGUN, **RESPONSE | fields)


def headers(*lines: str) -> bytes:
    return "\r\n".join(["HTTP/1.1 200 OK", "Content-Type: text/html", *lines, "", ""]).encode()


def crawl(count: int = 12) -> list[bytes]:
    """Records of a small crawl whose pages differ."""
    rng = random.Random(5)
    payloads = (PAGE + rng.randbytes(400).hex().encode() for _ in range(count))
    pages = (Page(f"https://news.example/{n}", payload, "ordinary") for n, payload in enumerate(payloads))
    return list(records(pages, rng))


# ------------------------------------------------------------------------------------------------ sound archives


def test_what_a_page_states() -> None:
    data = gzip.compress(warc_record("warcinfo", b"x", "w", BEGUN)) + gzip.compress(response())
    (document,), (passed,) = read(data)
    assert document.source_key == "urn:uuid:k"
    assert gzip.decompress(data[document.source_offset :]) == response()
    assert (document.url, document.media_type, document.charset) == (URL, "text/html", "utf-8")
    assert (document.captured_at, document.captured_at_source) == (BEGUN, "warc_date")
    assert (document.text, document.size_bytes) == (PAGE.decode(), len(PAGE))
    assert (passed.code, passed.kept, passed.detail) == (RejectCode.NOT_AN_ARTICLE, True, "passed over: 1 warcinfo")


@pytest.mark.parametrize("name", ["a.warc", "a.warc.gz", "-"])
@pytest.mark.parametrize(
    "packed",
    [
        b"".join,
        lambda parts: b"".join(map(PACK[".gz"], parts)),
        lambda parts: b"".join(map(PACK[".zst"], parts)),
        lambda parts: gzip.compress(b"".join(parts)),
        lambda parts: PACK[".zst"](b"".join(parts)),
        lambda parts: b"".join(
            gzip.compress(b"".join(parts)[n : n + 999]) for n in range(0, sum(map(len, parts)), 999)
        ),
    ],
    ids=["plain", "gz", "zst", "whole gz", "whole zst", "blocks"],
)
def test_however_an_archive_is_packed(packed: Callable[[list[bytes]], bytes], name: str) -> None:
    parts = crawl()
    plain, _ = read(b"".join(parts))
    documents, rejects = read(packed(parts), name)
    assert [d.payload_sha256 for d in documents] == [d.payload_sha256 for d in plain]
    assert len(documents) == 12
    assert [r.code for r in rejects] == [RejectCode.NOT_AN_ARTICLE]


def test_a_dictionary_shared_by_all_frames() -> None:
    parts = crawl(40)
    dictionary = zstandard.train_dictionary(4096, [*parts * 5])
    content = zstandard.ZstdCompressor().compress(dictionary.as_bytes())
    packer = zstandard.ZstdCompressor(dict_data=dictionary)
    data = b"\x5d\x2a\x4d\x18" + len(content).to_bytes(4, "little") + content + b"".join(map(packer.compress, parts))
    assert len(read(data, "a.warc.zst")[0]) == 40


def test_an_archive_from_a_pipe(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    data = b"".join(map(gzip.compress, crawl(200)))
    writer = Thread(target=pipe.write_bytes, args=(data,))
    writer.start()
    items = list(readers.read_source(Source("pipe", pipe), Options()))
    writer.join()
    assert sum(isinstance(i, Document) for i in items) == 200


@pytest.mark.parametrize(
    ("record", "passed"),
    [
        (warc_record("request", b"GET / HTTP/1.1\r\n\r\n", "k", BEGUN), "request"),
        (warc_record("metadata", PAGE, "k", BEGUN, Content_Type="text/html"), "metadata"),
        (warc_record("revisit", HTTP, "k", BEGUN, **RESPONSE), "revisit"),
        (warc_record("resource", b"x", "k", BEGUN, Content_Type="image/png"), "image/png"),
        (
            warc_record("resource", b"log", "k", BEGUN, Content_Type="text/plain", WARC_Target_URI="metadata://x/log"),
            "record about the crawl",
        ),
        (response(head=b"HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\n\r\n"), "HTTP 404"),
        (response(head=b"HTTP/1.1 301 Moved\r\nLocation: /x\r\n\r\n"), "HTTP 301"),
        (response(b"{}", b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n"), "application/json"),
        (response(b"\x89PNG", b"HTTP/1.1 200 OK\r\n\r\n"), "unknown type"),
        (warc_record("response", b"\0\1", "k", BEGUN, Content_Type="text/dns"), "text/dns"),
    ],
)
def test_what_is_no_article_is_counted(record: bytes, passed: str) -> None:
    (document,), (counted,) = read(response(key="page") + record)
    assert document.source_key == "urn:uuid:page"
    assert (counted.code, counted.detail) == (RejectCode.NOT_AN_ARTICLE, f"passed over: 1 {passed}")
    (alone,), (reject,) = read(record)
    assert (alone.outcome, reject.code) == (Outcome.REJECTED, RejectCode.EMPTY)
    assert f"1 {passed}" in reject.detail


@pytest.mark.parametrize(
    ("record", "media_type"),
    [
        (warc_record("resource", PAGE, "k", BEGUN, Content_Type="text/html"), "text/html"),
        (warc_record("conversion", b"The harbour is open.", "k", BEGUN, Content_Type="text/plain"), "text/plain"),
        (response(head=b"HTTP/1.0 200\nContent-Type: application/xhtml+xml\n\n"), "text/html"),
        (response(head=b"HTTP/1.1 200 OK\r\nX-A: b\r\n\r\n"), "text/html"),
        (response(head=b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n"), "text/html"),
        (response(b"prose", b"HTTP/1.1 200 OK\r\nCONTENT-TYPE:\r\n text/plain\r\n\r\n"), "text/plain"),
        (response(b"# T", b"HTTP/1.1 206 Partial\r\nContent-Type: text/markdown\r\n\r\n"), "text/markdown"),
        (response().replace(b"\r\n", b"\n", 9), "text/html"),
        (response().replace(b"<urn:uuid:k>", b"urn:uuid:k"), "text/html"),
    ],
)
def test_records_that_are_articles(record: bytes, media_type: str) -> None:
    (document,), rejects = read(record)
    assert (document.media_type, rejects) == (media_type, [])


def test_charset_of_the_transport() -> None:
    body = "<html><p>تجربة تجربة</p></html>".encode("windows-1256")
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=windows-1256\r\n\r\n"
    (document,), _ = read(response(body, head))
    assert (document.charset, "تجربة" in document.text) == ("windows-1256", True)


def test_records_with_the_same_key_stay_apart() -> None:
    documents, _ = read(response() * 3)
    assert len({d.document_id for d in documents}) == 3


# ------------------------------------------------------------------------------------------------ encodings


def chunked(data: bytes, size: int = 30) -> bytes:
    parts = [data[n : n + size] for n in range(0, len(data), size)]
    return b"".join(b"%x;e=1\r\n%b\r\n" % (len(part), part) for part in parts) + b"0\r\n\r\n"


def raw_deflate(data: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(data) + packer.flush()


ENCODE: dict[str, Pack] = {
    "gzip": gzip.compress,
    "x-gzip": lambda data: gzip.compress(data[:40]) + gzip.compress(data[40:]),
    "deflate": zlib.compress,
    "Deflate": raw_deflate,
    "br": lambda data: brotli.compress(data, quality=5),
    "zstd": zstandard.compress,
    "gzip, br": lambda data: brotli.compress(gzip.compress(data), quality=5),
    "identity": bytes,
    "": bytes,
}


@pytest.mark.parametrize("name", ENCODE)
@pytest.mark.parametrize("transfer", ["", "chunked"])
def test_encodings_of_a_body(name: str, transfer: str) -> None:
    body = ENCODE[name](PAGE)
    head = headers(f"Content-Encoding: {name}", f"Transfer-Encoding: {transfer}")
    (document,), rejects = read(response(chunked(body) if transfer else body, head))
    assert (document.text, rejects) == (PAGE.decode(), [])


@pytest.mark.parametrize("name", ["gzip", "deflate", "br", "zstd", "unheard-of"])
def test_a_body_stored_decoded_though_its_head_says_otherwise(name: str) -> None:
    (document,), rejects = read(response(PAGE, headers(f"Content-Encoding: {name}", "Transfer-Encoding: chunked")))
    assert (document.text, rejects) == (PAGE.decode(), [])


@pytest.mark.parametrize("name", ["gzip", "deflate", "br"])
def test_a_body_whose_encoding_breaks_off(name: str) -> None:
    page = PAGE + random.Random(1).randbytes(50_000).hex().encode()
    body = ENCODE[name](page)[:-9000]
    (document,), (reject,) = read(response(body, headers(f"Content-Encoding: {name}")))
    assert document.text.startswith(PAGE.decode())
    assert (reject.code, reject.kept) == (RejectCode.TRUNCATED, True)


@pytest.mark.parametrize("name", ["gzip", "deflate", "br", "zstd", "gzip, gzip", "gzip, zstd"])
def test_decompression_bombs_are_refused(name: str) -> None:
    body = b"<html>" + b"A" * 20_000_000
    for inner in name.split(", "):
        body = ENCODE[inner](body)
    head = headers(f"Content-Encoding: {name}")
    (document, after), (reject,) = read(response(body, head) + response(key="after"))
    assert (document.outcome, reject.code) == (Outcome.REJECTED, RejectCode.TOO_LARGE)
    assert after.text == PAGE.decode()


def test_a_record_larger_than_the_limit() -> None:
    big = response(PAGE + b"x" * 900_000)
    picture = response(b"x" * 900_000, b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\n")
    (first, after), (too_large, passed) = read(big + picture + response(key="after"), max_bytes=100_000)
    assert (first.outcome, too_large.code) == (Outcome.REJECTED, RejectCode.TOO_LARGE)
    assert after.text == PAGE.decode()
    assert passed.detail == "passed over: 1 image/png"


# ------------------------------------------------------------------------------------------------ broken archives


@pytest.mark.parametrize("pack", PACK.values(), ids=PACK)
def test_a_cut_archive_gives_its_whole_records_and_says_where_it_ends(pack: Pack) -> None:
    parts = [pack(part) for part in crawl()]
    data = b"".join(parts)
    whole, _ = read(data)
    rng = random.Random(2)
    for cut in (rng.randrange(1, len(data)) for _ in range(40)):
        documents, rejects = read(data[:cut])
        good = [d for d in documents if d.outcome is not Outcome.REJECTED]
        ends = list(accumulate(map(len, parts)))[2::3]
        assert good == whole[: sum(end <= cut for end in ends)]
        between = any(-4 <= cut - end <= 0 for end in accumulate(map(len, parts)))  # in blank lines: nothing is lost
        assert between or not {r.code for r in rejects}.isdisjoint({RejectCode.TRUNCATED, RejectCode.BINARY})


@pytest.mark.parametrize("left", [b"W", b"WARC/1", b"WARC/1.1\r"])
def test_a_cut_in_the_first_line_of_a_record_does_not_touch_the_one_before(left: bytes) -> None:
    documents, (reject,) = read(response() + left)
    assert [d.outcome for d in documents] == [Outcome.NONE, Outcome.REJECTED]
    assert reject.code is RejectCode.TRUNCATED


@pytest.mark.parametrize("pack", PACK.values(), ids=PACK)
def test_a_flipped_bit_costs_one_record(pack: Pack) -> None:
    data = b"".join(pack(part) for part in crawl())
    right = {d.payload_sha256 for d in read(data)[0]}
    rng = random.Random(3)
    for _ in range(40):
        damaged = bytearray(data)
        damaged[rng.randrange(len(data))] ^= 1 << rng.randrange(8)
        documents, rejects = read(bytes(damaged))
        doubtful = {r.document_id for r in rejects}
        good = {d.payload_sha256 for d in documents if d.document_id not in doubtful}
        assert good <= right
        assert len(good) >= len(right) - 1


def test_a_lost_record_tells_its_place() -> None:
    parts = [gzip.compress(part) for part in crawl(3)]
    start = sum(map(len, parts[:5]))
    data = bytearray(b"".join(parts))
    data[start + 200] ^= 4
    documents, rejects = read(bytes(data))
    lost = next(r for r in rejects if not r.kept)
    assert (lost.code, lost.offset) == (RejectCode.UNREADABLE, start)
    assert f"bytes {start:,} to {start + len(parts[5]):,}" in lost.detail
    assert [d.outcome for d in documents] == ["none", "rejected", "none"]


@pytest.mark.parametrize("shift", [-50, -1, 7, 5000])
@pytest.mark.parametrize("pack", PACK.values(), ids=PACK)
def test_a_wrong_length_costs_no_other_record(pack: Pack, shift: int) -> None:
    length = len(HTTP + PAGE)
    wrong = response(key="wrong").replace(b"Length: %d" % length, b"Length: %d" % (length + shift))
    parts = [response(key="before"), wrong, response(key="after"), response(key="last")]
    documents, rejects = read(b"".join(map(pack, parts)))
    good = [d.source_key for d in documents if d.outcome is not Outcome.REJECTED]
    assert good == ["urn:uuid:before", "urn:uuid:after", "urn:uuid:last"]
    assert {r.code for r in rejects} <= {RejectCode.BAD_RECORD, RejectCode.TRUNCATED}
    assert len(rejects) == 1


@pytest.mark.parametrize(
    "between", [b"garbage\n" * 50, b"\0" * 5000, os.urandom(70_000)], ids=["lines", "nul", "noise"]
)
@pytest.mark.parametrize("pack", PACK.values(), ids=PACK)
def test_foreign_bytes_between_records(pack: Pack, between: bytes) -> None:
    first, second = (pack(response(key=key)) for key in ("one", "two"))
    documents, rejects = read(first + b"\n" + between + b"\n" + second)
    assert "urn:uuid:two" in {d.source_key for d in documents if d.outcome is not Outcome.REJECTED}
    assert any(not r.kept for r in rejects)


@pytest.mark.parametrize("field", ["Content-Length: -5", "Content-Length: 1e3", "Content-Length: ٣", "X: y"])
def test_a_record_without_a_length(field: str) -> None:
    bad = response(key="bad").replace(b"Content-Length: %d" % len(HTTP + PAGE), field.encode())
    documents, (reject,) = read(bad + response(key="good"))
    assert [d.outcome for d in documents] == ["rejected", "none"]
    assert reject.code is RejectCode.BAD_RECORD


def test_a_header_without_end() -> None:
    (document,), (reject,) = read(b"WARC/1.0\r\n" + b"A: b\r\n" * 100_000)
    assert (document.outcome, reject.code) == (Outcome.REJECTED, RejectCode.BAD_RECORD)


def test_bytes_that_are_not_those_of_the_digest() -> None:
    (document,), (reject,) = read(response().replace(b"harbour", b"harbor!"))
    assert (document.outcome, reject.code, reject.kept) == (Outcome.NONE, RejectCode.BAD_RECORD, True)


def test_a_page_that_the_crawler_cut() -> None:
    (document,), (reject,) = read(response(WARC_Truncated="length"))
    assert (document.outcome, reject.code, reject.kept) == (Outcome.NONE, RejectCode.TRUNCATED, True)


def test_a_disk_that_fails() -> None:
    class Failing(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            if self.tell() > 100_000:
                raise OSError(5, "Input/output error")
            return super().read(size)

    raw = Failing(b"".join(map(gzip.compress, crawl(400))))
    stream = Stream(raw)
    items = list(readers.warc.READER.read(stream, Source("a.warc.gz"), Options()))
    assert sum(isinstance(i, Document) and i.outcome is Outcome.NONE for i in items) > 20
    assert "Input/output error" in next(i.detail for i in items if isinstance(i, Reject) and not i.kept)


# ------------------------------------------------------------------------------------------------ ARC

ARC_ABOUT = b"1 0 Crawl\nURL IP-address Archive-date Content-type Archive-length\n"
ARC_HEAD = b"filedesc://a.arc 0.0.0.0 20080214050221 text/plain %d\n%b\n" % (len(ARC_ABOUT), ARC_ABOUT)


def arc_record(body: bytes, url: str = URL, more: str = "") -> bytes:
    block = HTTP + body
    return f"{url} 192.0.2.7 20080214050222 text/html{more} {len(block)}\n".encode() + block + b"\n"


@pytest.mark.parametrize("pack", [bytes, gzip.compress])
@pytest.mark.parametrize("more", ["", " 200 checksum - 151 a.arc"], ids=["version 1", "version 2"])
def test_arc(pack: Pack, more: str) -> None:
    url = "https://news.example/a page"
    parts = [ARC_HEAD, arc_record(PAGE, url, more), arc_record(PAGE + b"2", more=more)]
    documents, (passed,) = read(b"".join(map(pack, parts)), "a.arc")
    assert [(d.url, d.text) for d in documents] == [(url, PAGE.decode()), (URL, PAGE.decode() + "2")]
    assert str(documents[0].captured_at) == "2008-02-14 05:02:22+00:00"
    assert passed.detail == "passed over: 1 filedesc"


# ------------------------------------------------------------------------------------------------ other projects' files


@pytest.mark.corpus
def test_files_that_other_readers_stumble_over(shared: Path) -> None:
    for path in sorted((shared / "corpus" / "warc").glob("*arc*")):
        items = list(readers.read([path]))
        refused = [i.document_id for i in items if isinstance(i, Document) and i.outcome is Outcome.REJECTED]
        assert refused == [i.document_id for i in items if isinstance(i, Reject) and not i.kept], path.name
        assert items, path.name


@pytest.mark.corpus
def test_pages_of_two_crawls_are_the_labelled_pages(shared: Path) -> None:
    corpus = shared / "corpus"
    labels = map(json.loads, (corpus / "html_labels.jsonl").read_text(encoding="utf-8").splitlines())
    crawls = {path.name.removeprefix("elte-"): path for path in (corpus / "warc").glob("elte-*")}
    texts = {item.payload_sha256: item.text for item in readers.read(crawls.values()) if isinstance(item, Document)}
    compared = 0
    for label in labels:
        if label["source_path"].partition("#")[0].removeprefix("tests_") in crawls:
            (page,) = readers.read([corpus / "html" / Path(label["file"]).name])
            assert isinstance(page, Document)
            assert texts[label["sha256"]] == page.text
            compared += 1
    assert compared == 8
