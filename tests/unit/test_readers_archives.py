"""Archives of files: members are read as what they are, odd ones refused, and nothing is unpacked to disk."""

import gzip
import io
import os
import stat
import tarfile
import zipfile
from collections.abc import Callable, Iterable
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from scripts.make_warc import BEGUN, warc_record
from tweetrecon import readers
from tweetrecon.model import Document, Outcome, Reject, RejectCode
from tweetrecon.readers import Options, Source

PAGE = b"<!DOCTYPE html><html><body><p>The harbour is open.</p></body></html>"
WARC = gzip.compress(warc_record("resource", PAGE, "k", BEGUN, Content_Type="text/html"))
FILES = {
    "a.html": PAGE,
    "sub/b.txt": b"prose",
    "sub/c.html.gz": gzip.compress(PAGE),
    "d.jsonl": b'{"id": 1, "text": "x"}\n{"text": "y"}\n',
    "crawl.warc.gz": WARC,
    "page": PAGE,
}


def read(data: bytes, name: str = "a", **options: Any) -> tuple[list[Document], list[Reject]]:
    items = list(readers.read_source(Source(name, data=data), Options(**options)))
    return [i for i in items if isinstance(i, Document)], [i for i in items if isinstance(i, Reject)]


def zipped(files: dict[str, bytes] | Iterable[tuple[str | zipfile.ZipInfo, bytes]], method: int = 8) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, data in files.items() if isinstance(files, dict) else files:
            archive.writestr(name, data)
    return out.getvalue()


def tarred(files: dict[str, bytes], mode: str = "w") -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode=mode) as archive:  # type: ignore[call-overload]
        for name, data in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    out.flush()
    return out.getvalue()


PACK: dict[str, Callable[[dict[str, bytes]], bytes]] = {
    "a.zip": zipped,
    "stored.zip": lambda files: zipped(files, zipfile.ZIP_STORED),
    "bz2.zip": lambda files: zipped(files, zipfile.ZIP_BZIP2),
    "lzma.zip": lambda files: zipped(files, zipfile.ZIP_LZMA),
    "a.tar": tarred,
    "a.tar.gz": lambda files: gzip.compress(tarred(files)),
    "no-suffix": tarred,
}


@pytest.mark.parametrize("name", PACK)
def test_members_are_read_as_what_they_are(name: str) -> None:
    others = {"style.css": b"body {}", "README.md": b"about", ".hidden.html": PAGE, "logo.png": b"\x89PNG\r\n"}
    documents, (passed,) = read(PACK[name](FILES | others), name)
    assert [(d.source_uri, d.source_key, d.text[:5]) for d in documents] == [
        (name, "a.html", "<!DOC"),
        (name, "sub/b.txt", "prose"),
        (name, "sub/c.html.gz", "<!DOC"),
        (name, "d.jsonl#1", "x"),
        (name, "d.jsonl#2", "y"),
        (name, "crawl.warc.gz#urn:uuid:k", "<!DOC"),
        (name, "page", "<!DOC"),
    ]
    assert (passed.code, passed.kept) == (RejectCode.NOT_AN_ARTICLE, True)
    assert passed.detail == "passed over: 1 .css, 1 .md, 1 .html, 1 .png"


def test_of_a_wacz_only_the_archives_are_read() -> None:
    data = zipped(
        {
            "datapackage.json": b"{}",
            "pages/pages.jsonl": b'{"url": "x", "text": "again"}\n',
            "archive/data.warc.gz": WARC,
            "indexes/index.cdx.gz": gzip.compress(b"cdx"),
        }
    )
    (document,), (passed,) = read(data, "crawl.wacz")
    assert document.source_key == "archive/data.warc.gz#urn:uuid:k"
    assert (document.source_offset, document.captured_at) == (0, BEGUN)
    assert passed.detail == "passed over: 1 .json, 1 .jsonl, 1 .gz"


@pytest.mark.parametrize(
    "name", ["../up.html", "/etc/x.html", "a/../../b.html", "C:\\x.html", "..\\up.html", "a\nb.html"]
)
@pytest.mark.parametrize("pack", [zipped, tarred])
def test_names_that_lead_out_are_refused(name: str, pack: Any) -> None:
    documents, (reject,) = read(pack({name: PAGE, "good.html": PAGE}))
    assert [d.outcome for d in documents] == [Outcome.REJECTED, Outcome.NONE]
    assert reject.code is RejectCode.BAD_RECORD


def test_a_link_is_refused() -> None:
    link = zipfile.ZipInfo("link.html")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    (refused, _), (reject,) = read(zipped([(link, b"/etc/passwd"), ("a.html", PAGE)]))
    assert (refused.outcome, reject.code) == (Outcome.REJECTED, RejectCode.BAD_RECORD)
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        info = tarfile.TarInfo("link.html")
        info.type, info.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(info)
    (_,), (reject,) = read(out.getvalue())
    assert reject.code is RejectCode.BAD_RECORD


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_name_given_twice_is_refused_the_second_time() -> None:
    documents, (reject,) = read(zipped([("a.html", PAGE), ("a.html", PAGE + b"other")]))
    assert [d.outcome for d in documents] == [Outcome.NONE, Outcome.REJECTED]
    assert reject.code is RejectCode.BAD_RECORD


def test_a_bomb_is_refused_by_its_ratio_and_whatever_it_claims_by_its_size() -> None:
    bomb = bytearray(zipped({"bomb.html": b"<html>" + b"A" * 20_000_000, "a.html": PAGE}))
    documents, (reject,) = read(bytes(bomb))
    assert [d.outcome for d in documents] == [Outcome.REJECTED, Outcome.NONE]
    assert reject.code is RejectCode.TOO_LARGE
    packed = gzip.compress(b"<html>" + b"A" * 20_000_000)
    (_,), (reject,) = read(zipped({"bomb.html.gz": packed}), max_bytes=1_000_000)
    assert reject.code is RejectCode.TOO_LARGE


def test_an_archive_in_an_archive_is_refused() -> None:
    for inner in (zipped(FILES), tarred(FILES)):
        (document,), (reject,) = read(zipped({"inner.zip": inner}))
        assert (document.source_key, reject.code) == ("inner.zip", RejectCode.BAD_RECORD)
        assert "unpack" in reject.detail


def test_damaged_archives() -> None:
    data = zipped({"a.html": PAGE, "b.html": PAGE + os.urandom(500).hex().encode()})
    place = data.index(b"b.html") + 60
    damaged = data[:place] + bytes([data[place] ^ 255]) + data[place + 1 :]
    documents, (reject,) = read(damaged)
    assert [d.outcome for d in documents] == [Outcome.NONE, Outcome.REJECTED]
    assert (reject.code, reject.source_key) == (RejectCode.UNREADABLE, "b.html")
    (_,), (reject,) = read(data[:-30])
    assert reject.code is RejectCode.UNREADABLE


def test_a_cut_tar_keeps_what_came() -> None:
    data = tarred({"a.html": PAGE, "b.html": PAGE * 100})
    documents, rejects = read(data[:4000], "a.tar")
    assert (documents[0].outcome, documents[0].text) == (Outcome.NONE, PAGE.decode())
    assert rejects
    documents, rejects = read(gzip.compress(data)[:-60], "a.tar.gz")
    assert documents[0].text == PAGE.decode()
    assert {r.code for r in rejects} & {RejectCode.TRUNCATED, RejectCode.UNREADABLE}


def test_an_encrypted_member() -> None:
    data = bytearray(zipped({"a.html": PAGE}))
    for signature, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(signature) + flags] |= 1
    (document,), (reject,) = read(bytes(data))
    assert (document.outcome, reject.code) == (Outcome.REJECTED, RejectCode.UNREADABLE)


def test_an_empty_archive() -> None:
    for data in (zipped({"style.css": b""}), tarred({"style.css": b""})):
        (document,), (reject,) = read(data, "a.tar")
        assert (document.outcome, reject.code) == (Outcome.REJECTED, RejectCode.EMPTY)


def test_office_files_are_no_archives_of_articles() -> None:
    (_,), (reject,) = read(zipped({"[Content_Types].xml": b"<x/>", "word/document.xml": b"<x/>"}), "a.docx")
    assert reject.code is RejectCode.BINARY


@pytest.mark.parametrize(("pack", "count"), [(zipped, 0), (tarred, 7)])
def test_archives_from_a_pipe(pack: Any, count: int, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    writer = Thread(target=pipe.write_bytes, args=(pack(FILES),))
    writer.start()
    items = list(readers.read_source(Source("pipe", pipe), Options()))
    writer.join()
    assert sum(isinstance(i, Document) and i.outcome is Outcome.NONE for i in items) == count
    assert count or "save the file" in next(i.detail for i in items if isinstance(i, Reject))


def test_nothing_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    for pack in PACK.values():
        read(pack(FILES))
    assert list(tmp_path.iterdir()) == []
