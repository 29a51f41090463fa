"""Whatever bytes come in: nothing is raised, and documents rejected = reasons given."""

import gzip
import io
import json
import tarfile
import zipfile
from collections import Counter

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from scripts.make_warc import BEGUN, warc_record
from tweetrecon import readers
from tweetrecon.model import Document, Outcome, Reject
from tweetrecon.readers import Options, Source

NAMES = st.sampled_from(["a", "a.html.gz", "a.jsonl.zst", *(f"a{r.suffixes[0]}" for r in readers.READERS)])
PAGE = b"<html><body><p>The harbour is open.</p></body></html>"
JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)
FIELDS = st.sampled_from(["id", "url", "text", "html", "content", "date", "timestamp", "lang", "title", "x"])
RECORDS = st.lists(st.dictionaries(FIELDS, JSON, max_size=5), max_size=8)


def check(data: bytes, name: str) -> list[Document]:
    items = list(readers.read_source(Source(name, data=data), Options(max_bytes=2000)))
    documents = [i for i in items if isinstance(i, Document)]
    rejects = [i for i in items if isinstance(i, Reject)]
    assert documents
    ids = Counter(d.document_id for d in documents)
    assert max(ids.values()) == 1
    refused = [d.document_id for d in documents if d.outcome is Outcome.REJECTED]
    assert refused == [r.document_id for r in rejects if not r.kept]
    for document in documents:
        document.text.encode()  # no lone surrogates
        assert "\0" not in document.text
        assert bool(document.text) or document.outcome is Outcome.REJECTED
    return documents


@given(data=st.binary(max_size=3000), name=NAMES)
def test_any_bytes(data: bytes, name: str) -> None:
    check(data, name)


@given(
    data=st.text(max_size=500),
    name=NAMES,
    charset=st.sampled_from(["utf-8", "utf-16", "cp1252", "shift_jis", "gb18030"]),
)
def test_any_text_in_any_charset(data: str, name: str, charset: str) -> None:
    check(data.encode(charset, "replace"), name)


def corpus(kind: str) -> bytes:
    """A small sound input of a format."""
    rows = pa.table({"id": ["1", "2", "3"], "html": [PAGE.decode()] * 3})
    resource = [warc_record("resource", PAGE, str(n), BEGUN, Content_Type="text/html") for n in range(3)]
    out = io.BytesIO()
    if kind == "parquet":
        pq.write_table(rows, out)
    elif kind == "arrow":
        with pa.ipc.new_file(out, rows.schema) as writer:
            writer.write_table(rows)
    elif kind == "zip":
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("a.html", PAGE)
            archive.writestr("b.warc", resource[0])
    elif kind == "tar":
        with tarfile.open(fileobj=out, mode="w") as tar:
            info = tarfile.TarInfo("a.html")
            info.size = len(PAGE)
            tar.addfile(info, io.BytesIO(PAGE))
    else:
        parts = {
            "warc": resource,
            "warc.gz": map(gzip.compress, resource),
            "warc.zst": map(zstandard.compress, resource),
            "arc": [
                b"filedesc://a 0 20080214050221 text/plain 2\nx\n\n",
                b"http://a/ 1.1.1.1 20080214050221 text/html 2\n<p\n",
            ],
            "csv": [b"id,html\n", b'1,"<p>a\nb</p>"\n', b"2,x\n"],
            "feed": [b"<rss><channel>", b"<item><description>&lt;p&gt;x</description></item>" * 3, b"</channel></rss>"],
            "mhtml": [
                b"Content-Type: multipart/related; boundary=c\r\n\r\n--c\r\nContent-Type: text/html\r\n\r\n",
                PAGE,
            ],
        }
        out.write(b"".join(parts[kind]))
    return out.getvalue()


KINDS = {
    kind: corpus(kind)
    for kind in ("parquet", "arrow", "zip", "tar", "warc", "warc.gz", "warc.zst", "arc", "csv", "feed", "mhtml")
}


@pytest.mark.parametrize("kind", KINDS)
def test_small_inputs_of_all_formats_are_sound(kind: str) -> None:
    assert any(d.outcome is not Outcome.REJECTED for d in check(KINDS[kind], f"a.{kind}"))


@given(data=st.data(), kind=st.sampled_from(sorted(KINDS)))
def test_inputs_cut_and_changed_anywhere(data: st.DataObject, kind: str) -> None:
    sound = KINDS[kind]
    changed = bytearray(sound)
    for _ in range(data.draw(st.integers(0, 4))):
        changed[data.draw(st.integers(0, len(sound) - 1))] = data.draw(st.integers(0, 255))
    start = data.draw(st.integers(0, len(sound)))
    end = data.draw(st.integers(start, len(sound)))
    inserted = data.draw(st.binary(max_size=20))
    check(bytes(changed[:start]) + inserted + bytes(changed[start:]), f"a.{kind}")
    check(bytes(changed[:start] + changed[end:]), f"a.{kind}")


@given(records=RECORDS, cut=st.integers(min_value=0, max_value=30))
def test_one_document_a_record(records: list[dict[str, object]], cut: int) -> None:
    data = b"".join(json.dumps(record).encode() + b"\n" for record in records)
    documents = check(data, "a.jsonl")
    assert len(documents) == max(1, len(records))
    check(data[: max(0, len(data) - cut)], "a.jsonl")


@given(
    data=st.binary(max_size=500), place=st.integers(min_value=0), bit=st.integers(min_value=0, max_value=7), name=NAMES
)
def test_damaged_compression(data: bytes, place: int, bit: int, name: str) -> None:
    packed = bytearray(gzip.compress(data * 5))
    packed[place % len(packed)] ^= 1 << bit
    check(bytes(packed), name)
    check(bytes(packed[: place % len(packed)]), name)
