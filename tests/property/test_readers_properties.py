"""Whatever bytes come in: nothing is raised, and documents rejected = reasons given."""

import gzip
import json
from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from tweetrecon import readers
from tweetrecon.model import Document, Outcome, Reject
from tweetrecon.readers import Options, Source

NAMES = st.sampled_from(["a.html", "a.txt", "a.md", "a.jsonl", "a", "a.html.gz", "a.jsonl.zst"])
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
