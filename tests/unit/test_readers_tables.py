"""Corpora in tables: CSV, Parquet and Arrow."""

import gzip
import io
import random
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pyarrow as pa
import pyarrow.feather
import pyarrow.parquet as pq
import pytest

from tweetrecon import readers
from tweetrecon.model import Document, Outcome, Reject, RejectCode
from tweetrecon.readers import Options, Source

ROWS: list[dict[str, Any]] = [
    {"id": "n-1", "URL": "https://news.example/1", "html": "<p>One</p>", "lang": "de", "date": "2018-11-27", "n": 1},
    {"id": "n-2", "URL": None, "html": '<p>Two,\nand a "quote"</p>', "lang": None, "date": None, "n": 2},
    {"id": None, "URL": None, "html": "<p>Three ä</p>", "lang": None, "date": None, "n": 3},
]


def read(data: bytes, name: str = "a", **options: Any) -> tuple[list[Document], list[Reject]]:
    items = list(readers.read_source(Source(name, data=data), Options(**options)))
    return [i for i in items if isinstance(i, Document)], [i for i in items if isinstance(i, Reject)]


def parquet(table: pa.Table, **how: Any) -> bytes:
    out = io.BytesIO()
    pq.write_table(table, out, **{"row_group_size": 2, "write_page_checksum": True} | how)
    return out.getvalue()


def arrow_file(table: pa.Table) -> bytes:
    out = io.BytesIO()
    with pa.ipc.new_file(out, table.schema) as writer:
        writer.write_table(table, max_chunksize=2)
    return out.getvalue()


def arrow_stream(table: pa.Table) -> bytes:
    out = io.BytesIO()
    with pa.ipc.new_stream(out, table.schema) as writer:
        writer.write_table(table, max_chunksize=2)
    return out.getvalue()


def feather(table: pa.Table) -> bytes:
    out = io.BytesIO()
    pyarrow.feather.write_feather(table, out, compression="zstd")
    return out.getvalue()


def separated(table: pa.Table, delimiter: str = ",") -> bytes:
    lines = [delimiter.join(table.column_names)]
    for row in table.to_pylist():
        cells = ("" if v is None else str(v) for v in row.values())
        lines.append(delimiter.join('"' + cell.replace('"', '""') + '"' for cell in cells))
    return "\r\n".join([*lines, ""]).encode()


PACK: dict[str, Callable[[pa.Table], bytes]] = {
    "a.parquet": parquet,
    "a.arrow": arrow_file,
    "a.arrows": arrow_stream,
    "a.feather": feather,
    "a.csv": separated,
    "a.tsv": lambda table: separated(table, "\t"),
    "semicolons": lambda table: separated(table, ";"),
    "a.csv.gz": lambda table: gzip.compress(separated(table)),
    "marked.csv": lambda table: b"\xef\xbb\xbf" + separated(table),
    "wide.csv": lambda table: separated(table).decode().encode("utf-16"),
}


@pytest.mark.parametrize("name", PACK)
def test_a_document_each_row(name: str) -> None:
    documents, rejects = read(PACK[name](pa.Table.from_pylist(ROWS)), name)
    first, second, third = documents
    assert (first.source_key, first.url, first.text) == ("n-1", ROWS[0]["URL"], "<p>One</p>")
    assert (first.media_type, first.language, str(first.published_at)) == (
        "text/html",
        "de",
        "2018-11-27 00:00:00+00:00",
    )
    assert (second.source_key, second.url, second.text) == ("n-2", None, ROWS[1]["html"])
    assert third.text == "<p>Three ä</p>"
    assert rejects == []


@pytest.mark.parametrize("name", PACK)
def test_columns_by_name(name: str) -> None:
    data = PACK[name](pa.table({"key": ["1"], "Roman": ["<p>x</p>"], "text": ["other"], "more": ["y"]}))
    assert read(data, name, html_field="Roman")[0][0].media_type == "text/html"
    assert read(data, name, text_field="more")[0][0].text == "y"
    (document,), (reject,) = read(data, name, text_field="absent")
    assert (document.outcome, reject.code) == (Outcome.REJECTED, RejectCode.NO_CONTENT_FIELD)
    assert "`absent`" in reject.detail
    assert "key, Roman, text, more" in reject.detail


@pytest.mark.parametrize("name", ["a.parquet", "a.arrow", "a.arrows", "a.feather"])
def test_types_of_columns(name: str) -> None:
    table = pa.table(
        {
            "html": pa.array([b"<p>caf\xe9</p>", "<p>café</p>".encode()], pa.large_binary()),
            "id": pa.array([7, 2**60]),
            "lang": pa.array(["de", "de"]).dictionary_encode(),
            "timestamp": pa.array([1543400000123456789, None], pa.timestamp("ns", "UTC")),
            "title": pa.array([["a", "list"], None]),
        }
    )
    first, second = read(PACK[name](table), name)[0]
    assert [d.text for d in (first, second)] == ["<p>café</p>"] * 2
    assert (first.source_key, second.source_key) == ("7", str(2**60))
    assert (first.language, first.title) == ("de", None)
    assert first.captured_at == datetime(2018, 11, 28, 10, 13, 20, 123456, UTC)


@pytest.mark.parametrize("name", PACK)
def test_rows_without_an_article(name: str) -> None:
    documents, (reject,) = read(PACK[name](pa.table({"id": ["a", "b"], "text": ["x", " "]})), name)
    assert [d.outcome for d in documents] == [Outcome.NONE, Outcome.REJECTED]
    assert reject.code is RejectCode.EMPTY
    assert "row" in reject.detail


@pytest.mark.parametrize("name", PACK)
def test_a_table_without_rows(name: str) -> None:
    (document,), (reject,) = read(
        PACK[name](pa.table({"id": pa.array([], "string"), "text": pa.array([], "string")})), name
    )
    assert (document.outcome, reject.code) == (Outcome.REJECTED, RejectCode.EMPTY)


def test_a_damaged_row_group_costs_no_other() -> None:
    rows = [{"text": random.Random(n).randbytes(200).hex()} for n in range(10)]
    table = pa.Table.from_pylist(rows)
    data = bytearray(parquet(table, compression="none", use_dictionary=False, write_statistics=False))
    place = data.index(rows[4]["text"].encode())
    data[place + 50] ^= 1
    documents, (reject,) = read(bytes(data), "a.parquet")
    assert [d.text for d in documents if d.outcome is Outcome.NONE] == [r["text"] for r in rows[:4] + rows[6:]]
    assert reject.code is RejectCode.UNREADABLE
    assert "row group 3" in reject.detail


@pytest.mark.parametrize("name", ["a.parquet", "a.arrow", "a.arrows", "a.feather"])
def test_hostile_files_end_in_rejects(name: str) -> None:
    data = PACK[name](pa.Table.from_pylist(ROWS * 5))
    rng = random.Random(4)
    for _ in range(60):
        damaged = bytearray(data)
        for _ in range(rng.choice((1, 1, 8))):
            damaged[rng.randrange(len(data))] = rng.randrange(256)
        cut = rng.randrange(len(data)) if rng.random() < 0.3 else len(data)
        documents, rejects = read(bytes(damaged[:cut]), name)
        refused = [d.document_id for d in documents if d.outcome is Outcome.REJECTED]
        assert documents
        assert refused == [r.document_id for r in rejects if not r.kept]


def test_broken_rows_of_a_csv() -> None:
    data = b'id,text\n1,ok\n2\n3,too,many\n\n4,"open quote\n5,x\n'
    documents, rejects = read(data, "a.csv")
    assert [d.text for d in documents] == ["ok", "", "too", "open quote\n5,x\n"]
    assert [r.code for r in rejects] == [RejectCode.NO_CONTENT_FIELD]
    data = b'id,text\n1,"' + b"x" * 5000 + b"\n2,y\n3,z\n"
    documents, rejects = read(data, "a.csv", max_bytes=1000)
    assert {r.code for r in rejects} == {RejectCode.BAD_RECORD}
    assert documents[-1].text == "z"


def test_prose_is_no_csv() -> None:
    for text in ("Text, content and title\nare words.", "id,text", "a;b\nc;d\n", "I read the text, he wrote.\nSo.\n"):
        assert read(text.encode(), "-")[0][0].media_type == "text/plain"


def test_a_csv_of_another_charset() -> None:
    data = b"id;text\n1;" + ("Größe und Maß. " * 30).encode("cp1252") + b"\n"
    (document,), _ = read(data, "a.csv")
    assert document.text.startswith("Größe und Maß.")
