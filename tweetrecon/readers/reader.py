"""What a reader is: one input format, as a stream of documents and rejects."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from hashlib import blake2b, sha256
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

from tweetrecon.model import Document, Outcome, Reject, RejectCode, Stage
from tweetrecon.readers.stream import Stream

Read = Document | Reject
"""What reading yields. A document that could not be read is there too, with outcome `rejected`, followed by its reject;
a reject with ``kept`` follows a document that was read in spite of a fault."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """How to read. None means: found out from content and names."""

    format: str | None = None
    html_field: str | None = None
    text_field: str | None = None
    max_bytes: int = 64 * 2**20
    """Limit on the decoded size of one document, against decompression bombs."""


DEFAULTS = Options()


@dataclass(frozen=True, slots=True)
class Source:
    """One input before it is read: a file, bytes in memory, or standard input (neither).

    ``inside`` names the member where the source is one of an archive, whose reader has opened it.
    """

    uri: str
    path: Path | None = None
    data: bytes | None = None
    inside: str | None = None

    @property
    def size(self) -> int:
        """Its bytes, where that can be told before it is read; else 0."""
        if self.data is not None:
            return len(self.data)
        try:
            return self.path.stat().st_size if self.path else 0
        except OSError:
            return 0

    def open(self) -> BinaryIO:
        """Its raw bytes. Raises OSError."""
        if self.data is not None:
            return io.BytesIO(self.data)
        return self.path.open("rb") if self.path else sys.stdin.buffer


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """An input format.

    ``suffixes`` are those of its files, with the dot, before any of a compression. ``sniff`` tells from the first bytes
    (byte order mark and white space removed, UTF-16 as UTF-8) whether they can be nothing else. ``read`` yields what a
    source holds and never raises on it. ``is_apart`` tells that a large library in C does it, which is better called
    where a crash does no harm.
    """

    name: str
    doc: str
    suffixes: tuple[str, ...]
    sniff: Callable[[bytes], bool]
    read: Callable[[Stream, Source, Options], Iterator[Read]]
    is_apart: bool = False


NOTHING = "nothing in it; fetch it again or leave it out"


NOT_FROM_A_PIPE = (
    "read from its end, which a pipe or an archive does not give first; save the file by itself and name it"
)


class Fault(NamedTuple):
    """Why an input gives no document: a code, and a detail that ends in a next step."""

    code: RejectCode
    detail: str


class Keys:
    """Keys of the documents of one source; one that comes again gets its number added, so that ids differ."""

    def __init__(self) -> None:
        self._times: dict[int, int] = {}

    def unique(self, key: str, payload: bytes = b"") -> str:
        """The key, told apart from those before; documents of other payloads may share it where one is given."""
        identity = _identity(key) ^ hash(payload)  # 0 without one
        times = self._times[identity] = self._times.get(identity, 0) + 1
        return key if times == 1 else f"{key}#{times}"

    def clash(self, others: Keys) -> bool:
        """Whether any of these keys is among others, of documents without payloads."""
        return not self._times.keys().isdisjoint(others._times)

    def add(self, later: Keys) -> None:
        """Take over keys that went on from these, or that do not clash with them."""
        self._times |= later._times


def _identity(key: str) -> int:
    """A number for a key, the same in every process; a dictionary of strings would be several times as large."""
    return int.from_bytes(blake2b(key.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little")


def document(source: Source, payload: bytes | memoryview, *, key: str | None = None, **fields: Any) -> Document:
    """A document with its identity: the id is a hash of source, key and payload digest.

    Inside an archive the key begins with the name of the member.
    """
    key = "#".join(part for part in (source.inside, key) if part) or None
    digest = sha256(payload).hexdigest()
    identity = "\0".join((source.uri, key or "", digest))
    return Document(
        document_id=sha256(identity.encode()).hexdigest()[:32],
        source_uri=source.uri,
        source_key=key,
        payload_sha256=digest,
        size_bytes=len(payload),
        **fields,
    )


def rejected(
    source: Source, payload: bytes | memoryview, code: RejectCode, detail: str, **fields: Any
) -> Iterator[Read]:
    """The document that could not be read, and the reason; ``fields`` are those of the document."""
    refused = document(source, payload, outcome=Outcome.REJECTED, **fields)
    yield refused
    yield reject(refused, code, detail, evidence=str(payload[:80], "ascii", "replace") or None)


def reject(
    about: Document, code: RejectCode, detail: str, *, kept: bool = False, evidence: str | None = None
) -> Reject:
    """A reject of the reading stage about a document; ``kept`` where the document was read all the same."""
    return Reject(
        stage=Stage.READ,
        code=code,
        source_uri=about.source_uri,
        source_key=about.source_key,
        document_id=about.document_id,
        offset=about.source_offset,
        detail=detail,
        evidence=evidence,
        kept=kept,
    )
