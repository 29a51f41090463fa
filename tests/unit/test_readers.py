"""Every input ends in documents, each with one outcome; faults are rejects with a code and a next step."""

import gzip
import io
import json
import os
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from threading import Event, Thread

import pyarrow as pa
import pytest

from tweetrecon import readers
from tweetrecon.errors import ConfigurationError, InputError
from tweetrecon.model import Document, Outcome, Reject, RejectCode
from tweetrecon.readers import DEFAULTS, Options, Source

PAGE = b"<!DOCTYPE html><html><head><title>t</title></head><body><p>caf\xc3\xa9</p></body></html>"
TEXT = "Zwei Sätze. Und noch einer.\n".encode()


def zstd(data: bytes) -> bytes:
    packed: bytes = pa.Codec("zstd").compress(data, asbytes=True)
    return packed


def read(data: bytes, name: str = "input", **options: object) -> tuple[list[Document], list[Reject]]:
    items = list(readers.read_source(Source(name, data=data), Options(**options)))  # type: ignore[arg-type]
    return [i for i in items if isinstance(i, Document)], [i for i in items if isinstance(i, Reject)]


def read_paths(*paths: Path | str) -> list[Document]:
    return [item for item in readers.read(paths) if isinstance(item, Document)]


def test_every_reader_states_what_it_is() -> None:
    assert len({r.name for r in readers.READERS}) == len(readers.READERS)
    suffixes = [suffix for r in readers.READERS for suffix in r.suffixes]
    assert len(set(suffixes)) == len(suffixes)
    assert all(r.doc and s.startswith(".") for r in readers.READERS for s in r.suffixes)


# ------------------------------------------------------------------------------------------------ formats


@pytest.mark.parametrize(
    ("name", "data", "media_type"),
    [
        ("a.html", PAGE, "text/html"),
        ("a.txt", TEXT, "text/plain"),
        ("a.md", TEXT, "text/markdown"),
        ("a.txt", PAGE, "text/html"),
        ("a", b"\n <?xml version='1.0'?>\n<!-- saved -->\n<HTML lang=en>", "text/html"),
        ("-", b"<blockquote class='twitter-tweet'>x</blockquote>", "text/html"),
        ("a.md", b"<div align=center>logo</div>\n\n# Title", "text/markdown"),
        ("-", b'{"id": 7, "text": "x"}\n', "text/plain"),
        ("a.txt", b'{"id": 7, "html": "<p>x"}', "text/html"),
        ("a.json", b'{\n "text": "pretty"\n}\n', "text/plain"),
        ("a.HTM", b"no tag at all", "text/html"),
        ("a.html", "\ufeff<html>".encode("utf-16"), "text/html"),
    ],
)
def test_format_is_told_by_content_then_by_name(name: str, data: bytes, media_type: str) -> None:
    documents, rejects = read(data, name)
    assert [d.media_type for d in documents] == [media_type]
    assert rejects == []


@pytest.mark.parametrize("pack", [gzip.compress, zstd], ids=["gz", "zst"])
@pytest.mark.parametrize(("name", "data"), [("a.html", PAGE), ("a.txt", TEXT), ("a.jsonl", b'{"text": "x"}\n')])
def test_compressed_inputs_read_as_if_they_were_not(name: str, data: bytes, pack: Callable[[bytes], bytes]) -> None:
    (packed,), (plain,) = read(pack(data), name)[0], read(data, name)[0]
    assert (packed.text, packed.media_type, packed.source_key) == (plain.text, plain.media_type, plain.source_key)


def test_a_given_format_decides() -> None:
    documents, _ = read(PAGE, "a.html", format="text")
    assert documents[0].media_type == "text/plain"
    with pytest.raises(ConfigurationError, match="use one of"):
        read(PAGE, "a.html", format="docx")


def test_what_a_document_states() -> None:
    (document,), _ = read(PAGE, "sub/a.html")
    assert document.source_uri == "sub/a.html"
    assert document.source_key is None
    assert (document.charset, document.size_bytes, document.outcome) == ("utf-8", len(PAGE), Outcome.NONE)
    assert document.text == PAGE.decode()
    assert len(document.payload_sha256) == 64
    assert read(PAGE, "sub/a.html")[0][0].document_id == document.document_id
    assert read(PAGE, "sub/b.html")[0][0].document_id != document.document_id


# ------------------------------------------------------------------------------------------------ faults

PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"
NOISE = bytes(range(256)) * 20


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", RejectCode.EMPTY),
        (b" \n\t ", RejectCode.EMPTY),
        (gzip.compress(b""), RejectCode.EMPTY),
        (PNG, RejectCode.BINARY),
        (NOISE, RejectCode.BINARY),
        (b"%PDF-1.4 plain letters", RejectCode.BINARY),
        (gzip.compress(gzip.compress(PAGE)), RejectCode.BINARY),
        (bytes(range(0x80, 0x100)) * 50, RejectCode.UNDECODABLE),
        (b"x" * 1001, RejectCode.TOO_LARGE),
        (gzip.compress(b"x" * 5_000_000), RejectCode.TOO_LARGE),
        (zstd(PAGE)[:-4], RejectCode.TRUNCATED),
    ],
)
@pytest.mark.parametrize("name", ["a.html", "a.txt", "a.md", "-"])
def test_a_file_that_cannot_be_read_is_a_rejected_document(name: str, data: bytes, code: RejectCode) -> None:
    (document,), (reject,) = read(data, name, max_bytes=1000 if code is RejectCode.TOO_LARGE else 64_000)
    assert document.outcome is Outcome.REJECTED
    assert document.text == ""
    assert (reject.code, reject.kept, reject.document_id) == (code, False, document.document_id)
    assert reject.detail


def test_a_truncated_page_keeps_what_came() -> None:
    packed = gzip.compress(PAGE + os.urandom(3000).hex().encode())
    (document,), (reject,) = read(packed[:-700], "a.html.gz")
    assert document.outcome is Outcome.NONE
    assert document.text.startswith(PAGE.decode())
    assert (reject.code, reject.kept) == (RejectCode.TRUNCATED, True)


def test_bytes_after_the_compressed_data_are_left_out() -> None:
    (document,), (reject,) = read(gzip.compress(PAGE) + b"garbage", "a.html.gz")
    assert document.text == PAGE.decode()
    assert (reject.code, reject.kept) == (RejectCode.UNREADABLE, True)


def test_a_checksum_that_fails_makes_the_page_doubtful() -> None:
    packed = bytearray(gzip.compress(PAGE))
    packed[-6] ^= 1
    (document,), (reject,) = read(bytes(packed), "a.html.gz")
    assert document.outcome is Outcome.REJECTED
    assert reject.code is RejectCode.UNREADABLE


def test_a_few_nuls_do_not_make_a_page_binary() -> None:
    (document,), rejects = read(PAGE.replace(b"<p>", b"<p>\0"), "a.html")
    assert document.text == PAGE.decode().replace("<p>", "<p>\ufffd")
    assert rejects == []


def test_a_file_that_went_away_is_a_reject(tmp_path: Path) -> None:
    (reject,) = [
        item
        for item in readers.read_source(Source("gone.txt", tmp_path / "gone.txt"), DEFAULTS)
        if isinstance(item, Reject)
    ]
    assert reject.code is RejectCode.UNREADABLE


# ------------------------------------------------------------------------------------------------ inputs


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Articles among the things that lie about in folders."""
    files = {
        "b.txt": TEXT,
        "a.html": PAGE,
        "sub/page": PAGE,
        "sub/c.md.gz": gzip.compress(TEXT),
        "README.md": b"# about the folder",
        "style.css": b"body {}",
        "sub/logo.png": PNG,
        ".hidden.txt": TEXT,
        ".git/config.txt": TEXT,
    }
    for name, data in files.items():
        path = tmp_path / "in" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return tmp_path / "in"


def test_a_folder_gives_its_articles_sorted_and_tells_what_it_skipped(folder: Path) -> None:
    assert [d.source_uri for d in read_paths(folder)] == ["a.html", "b.txt", "sub/c.md.gz", "sub/page"]
    assert set(readers.find([folder]).skipped) == {"README.md", "style.css", "sub/logo.png"}


def test_files_globs_and_repeated_mentions(folder: Path) -> None:
    assert [d.source_uri for d in read_paths(folder / "README.md")] == ["README.md"]
    assert [d.source_uri for d in read_paths(f"{folder}/*.txt", f"{folder}/**/*.gz")] == ["b.txt", "c.md.gz"]
    assert [d.source_uri for d in read_paths(folder, folder / "a.html")].count("a.html") == 1


def test_sources_of_the_same_name_bear_their_paths(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("x", "y"):
        Path(name).mkdir()
        Path(name, "index.html").write_bytes(PAGE)
    documents = read_paths("x", "y")
    assert [d.source_uri for d in documents] == ["x/index.html", "y/index.html"]
    assert len({d.document_id for d in documents}) == 2


@pytest.mark.parametrize("name", ["missing.html", "no/such/folder", "*.nothing"])
def test_what_is_not_there_is_an_error_with_a_next_step(name: str, folder: Path) -> None:
    with pytest.raises(InputError, match=r"check|quotes") as error:
        readers.find([folder / name])
    assert "\n" not in str(error.value)


def test_an_unreadable_file_is_an_error(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied", "a.html")

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(InputError, match="Permission denied"):
        readers.find([folder / "a.html"])


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(PAGE)))
    (document,) = read_paths("-")
    assert (document.source_uri, document.media_type) == ("-", "text/html")


def test_a_pipe_is_read_once(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    writer = Thread(target=pipe.write_bytes, args=(PAGE,))
    writer.start()
    (document,) = read_paths(pipe)
    writer.join()
    assert document.text == PAGE.decode()


def test_names_that_are_no_utf8(tmp_path: Path) -> None:
    name = os.fsdecode(b"caf\xe9.txt")
    (tmp_path / name).write_bytes(TEXT)
    (document,) = read_paths(tmp_path)
    assert document.source_uri == "caf\\xe9.txt"


# ------------------------------------------------------------------------------------------------ JSON lines


def lines(*rows: object) -> bytes:
    return b"".join(json.dumps(row).encode() + b"\n" for row in rows)


def codes(rejects: Iterable[Reject]) -> list[RejectCode]:
    return [r.code for r in rejects]


def test_a_record_states_its_document() -> None:
    row = {
        "id": "n-1",
        "url": "https://news.example/1",
        "title": "One",
        "lang": "de",
        "date": "2018-11-27T23:30:00+02:00",
        "timestamp": 1543400000,
        "text": "Ein Satz.",
    }
    (document,), _ = read(lines(row), "a.jsonl")
    assert (document.source_key, document.url, document.title, document.language) == ("n-1", row["url"], "One", "de")
    assert str(document.published_at) == "2018-11-27 21:30:00+00:00"
    assert str(document.captured_at) == "2018-11-28 10:13:20+00:00"
    assert (document.published_at_source, document.captured_at_source) == ("record", "record")
    assert (document.text, document.size_bytes, document.source_offset) == ("Ein Satz.", 9, 0)


@pytest.mark.parametrize(
    ("row", "media_type", "text"),
    [
        ({"html": "<p>x</p>", "text": "x"}, "text/html", "<p>x</p>"),
        ({"html": "", "text": "x"}, "text/plain", "x"),
        ({"html": None, "text": "<p>x</p>"}, "text/plain", "<p>x</p>"),
        ({"content": "<p>x</p>"}, "text/html", "<p>x</p>"),
        ({"content": "1 < 2 and x > y"}, "text/plain", "1 < 2 and x > y"),
        ({"text": "a\ud83d\ude00b\ud800c"}, "text/plain", "a\U0001f600b\ufffdc"),
        ({"text": "a\0b"}, "text/plain", "a\ufffdb"),
    ],
)
def test_which_field_is_the_article(row: dict[str, object], media_type: str, text: str) -> None:
    (document,), rejects = read(lines(row), "a.jsonl")
    assert (document.media_type, document.text, rejects) == (media_type, text, [])


def test_fields_given_by_name() -> None:
    row = {"page": "<p>x</p>", "text": "other", "roman": "y"}
    assert read(lines(row), "a.jsonl", html_field="page")[0][0].text == "<p>x</p>"
    assert read(lines(row), "a.jsonl", text_field="roman")[0][0].text == "y"
    _, (reject,) = read(lines(row), "a.jsonl", text_field="absent")
    assert reject.code is RejectCode.NO_CONTENT_FIELD
    assert "`absent`" in reject.detail
    assert "page, text, roman" in reject.detail


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (b"{not json}\n", RejectCode.BAD_RECORD),
        (b"[1, 2]\n", RejectCode.BAD_RECORD),
        (b"null\n", RejectCode.BAD_RECORD),
        (b"\x89PNG\r\n", RejectCode.BAD_RECORD),
        (b"[" * 100_000 + b"\n", RejectCode.BAD_RECORD),
        (b'{"a":' * 5_000 + b"\n", RejectCode.BAD_RECORD),
        (b'{"title": "x"}\n', RejectCode.NO_CONTENT_FIELD),
        (b"{}\n", RejectCode.NO_CONTENT_FIELD),
        (b'{"text": " "}\n', RejectCode.EMPTY),
        (b'{"text": 5e300}\n', RejectCode.EMPTY),
        (b'{"text": "cut in the mid', RejectCode.TRUNCATED),
        (b'{"text": "' + b"x" * 2000 + b'"}\n', RejectCode.TOO_LARGE),
    ],
)
def test_a_line_that_cannot_be_used_costs_no_other(line: bytes, code: RejectCode) -> None:
    limit = 1000 if code is RejectCode.TOO_LARGE else 600_000
    documents, (reject,) = read(b'{"text": "before"}\n\n' + line, "a.jsonl", max_bytes=limit)
    assert [(d.text, d.outcome) for d in documents] == [("before", "none"), ("", "rejected")]
    assert (reject.code, reject.source_key, reject.offset) == (code, "3", 20)
    assert reject.detail.startswith("line 3: ")
    if line.endswith(b"\n"):
        documents, _ = read(line + b'{"text": "after"}\n', "a.jsonl", max_bytes=limit)
        assert (documents[-1].text, documents[-1].source_key, documents[-1].source_offset) == ("after", "2", len(line))


@pytest.mark.parametrize(
    "line",
    [
        b'\xef\xbb\xbf{"text": "x"}\n',
        b'{"text": "x", "score": NaN, "low": -Infinity}\n',
        b'{"text": "x", "note": "\\ud800"}\n',
        b'{"text": "wrong", "text": "x"}\n',
        b'{"text": "x", "note": "\x01"}\n',
        '{"text": "x", "note": "تجربة تجربة تجربة"}\n'.encode("windows-1256"),
        b'{"text": "x", "n": 123456789012345678901234567890}',
    ],
)
def test_json_that_is_nearly_right_is_read(line: bytes) -> None:
    (document,), rejects = read(line, "a.jsonl")
    assert (document.text, rejects) == ("x", [])


def test_keys_offsets_and_records_given_twice() -> None:
    rows = [
        {"id": 1, "text": "a"},
        {"text": "b"},
        {"id": 1, "text": "a"},
        {"id": True, "text": "c"},
        {"id": 1, "text": "d"},
    ]
    data = lines(*rows)
    documents, _ = read(data, "a.jsonl")
    assert [d.source_key for d in documents] == ["1", "2", "1#2", "4", "1"]
    assert len({d.document_id for d in documents}) == 5
    assert [json.loads(data[d.source_offset :].split(b"\n")[0])["text"] for d in documents] == list("abacd")


def test_a_cut_archive_of_records_says_where() -> None:
    data = lines(*({"id": n, "text": os.urandom(200).hex()} for n in range(500)))
    whole, _ = read(data, "a.jsonl.gz")
    documents, (reject,) = read(gzip.compress(data)[:60_000], "a.jsonl.gz")
    *good, last = documents
    assert good == whole[: len(good)]
    assert len(good) > 100
    assert (last.outcome, last.source_key) == (Outcome.REJECTED, str(len(good) + 1))
    assert (reject.code, reject.offset) == (RejectCode.TRUNCATED, whole[len(good)].source_offset)


def test_a_file_without_records_is_empty() -> None:
    for data in (b"", b"\n\n \n"):
        (document,), (reject,) = read(data, "a.jsonl")
        assert (document.outcome, reject.code) == (Outcome.REJECTED, RejectCode.EMPTY)


def test_records_come_while_the_source_still_grows(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    seen = Event()
    waited: list[bool] = []

    def write() -> None:
        with pipe.open("wb", buffering=0) as out:
            out.write(lines(*({"text": "x" * 1000} for _ in range(200))))
            waited.append(seen.wait(timeout=10))
            out.write(lines({"text": "last"}))

    writer = Thread(target=write)
    writer.start()
    items = readers.read_source(Source("pipe.jsonl", pipe), DEFAULTS)
    assert isinstance(next(items), Document)
    seen.set()
    assert sum(isinstance(item, Document) for item in items) == 200
    writer.join()
    assert waited == [True]
