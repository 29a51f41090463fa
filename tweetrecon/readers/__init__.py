"""Input formats. The order of :data:`READERS` is that in which they look at an input's first bytes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from tweetrecon.errors import ConfigurationError
from tweetrecon.model import RejectCode
from tweetrecon.readers import (
    arc,
    columnar,
    feed,
    frames,
    html,
    inputs,
    jsonl,
    markdown,
    mhtml,
    separated,
    slices,
    tarred,
    text,
    warc,
    zipped,
)
from tweetrecon.readers.charset import plain
from tweetrecon.readers.inputs import Inputs
from tweetrecon.readers.ledger import Ledger
from tweetrecon.readers.reader import DEFAULTS, Options, Read, Reader, Source, rejected
from tweetrecon.readers.slices import Slice
from tweetrecon.readers.stream import Stream

__all__ = [
    "DEFAULTS",
    "READERS",
    "Inputs",
    "Ledger",
    "Options",
    "Read",
    "Reader",
    "Slice",
    "Source",
    "choose",
    "find",
    "is_read_apart",
    "parts",
    "read",
    "read_slice",
    "read_source",
]

read_slice = slices.read

_COMPRESSIONS = (".gz", ".zst")


def read(given: Iterable[str | Path], *, options: Options = DEFAULTS) -> Iterator[Read]:
    """Everything that files, folders, globs and `-` hold. Raises InputError for a path that cannot be read at all."""
    for source in find(given, options=options).sources:
        yield from read_source(source, options)


def find(given: Iterable[str | Path], *, options: Options = DEFAULTS) -> Inputs:
    """The sources that the inputs name. With a format given, every file of a folder is taken for it."""
    return inputs.find(given, lambda path: options.format is not None or _is_known(path))


def read_source(source: Source, options: Options) -> Iterator[Read]:
    """The documents of one source, in its order. Whatever it holds, nothing is raised."""
    try:
        raw = source.open()
    except OSError as error:
        detail = f"{error.strerror or error}; check its permissions"
        yield from rejected(source, b"", RejectCode.UNREADABLE, detail)
        return
    with raw:
        stream = Stream(raw)
        yield from choose(stream.head(), source.uri, options).read(stream, source, options)


def parts(source: Source, options: Options) -> Iterator[Read | Slice]:
    """The same, of a large archive in slices, to be read with :func:`read_slice` by whoever works on them."""
    if options.format in (None, warc.READER.name) and slices.can_be_cut(source):
        return slices.cut(source, options)
    return read_source(source, options)


def is_read_apart(source: Source, options: Options) -> bool:
    """Whether a file is of a format that is better read in a process of its own."""
    if source.path is None or not source.path.is_file():
        return False
    try:
        with source.open() as raw:
            return choose(Stream(raw).head(), source.uri, options).is_apart
    except OSError:
        return False


def _read_member(stream: Stream, source: Source, options: Options) -> Iterator[Read] | None:
    """What a member of an archive holds; None where it is no article by name or content."""
    name, head = source.inside or "", stream.head()
    known = _by_suffix(name) or any(reader.sniff(plain(head)) for reader in READERS)
    return choose(head, name, options).read(stream, source, options) if known else None


READERS: tuple[Reader, ...] = (
    warc.READER,
    arc.READER,
    zipped.reader(_read_member),
    tarred.reader(_read_member),
    columnar.PARQUET,
    columnar.ARROW,
    feed.READER,
    mhtml.READER,
    jsonl.READER,
    separated.READER,
    html.READER,
    markdown.READER,
    text.READER,
)


def choose(head: bytes, name: str, options: Options) -> Reader:
    """The reader for an input: as the options say, else by content, else by name; what begins with a tag is HTML."""
    if options.format is not None:
        return _by_format(options.format)
    head = plain(head)
    by_content = next((r for r in READERS if r.sniff(head)), None)
    return by_content or _by_suffix(name) or (html.READER if head.startswith(b"<") else text.READER)


def _by_format(name: str) -> Reader:
    for reader in READERS:
        if reader.name == name:
            return reader
    raise ConfigurationError(f"unknown format {name!r}: use one of {', '.join(r.name for r in READERS)}")


def _by_suffix(name: str) -> Reader | None:
    path = Path(name.lower())
    suffix = Path(path.stem).suffix if path.suffix in _COMPRESSIONS else path.suffix
    return next((r for r in READERS if suffix in r.suffixes), None)


def _is_known(path: Path) -> bool:
    """Whether a file of a folder is an article, by its name or, failing that, by its first bytes."""
    if frames.is_part(path):
        return False
    if _by_suffix(path.name):
        return True
    try:
        with path.open("rb") as raw:
            head = plain(Stream(raw).head())
    except OSError:
        return False
    return any(reader.sniff(head) for reader in READERS)
