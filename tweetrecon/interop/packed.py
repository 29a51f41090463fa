"""A dump is one file, or a tar or zip of files: grabs of the stream, and personal archives as they are downloaded."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterator
from pathlib import PurePosixPath
from typing import Any, BinaryIO, TypeVar, cast

from tweetrecon.interop import dump, personal
from tweetrecon.interop.personal import Holder
from tweetrecon.model import Document, Reject
from tweetrecon.readers import tarred, zipped
from tweetrecon.readers.container import FAULTS, ReadFile
from tweetrecon.readers.reader import DEFAULTS, Source
from tweetrecon.readers.stream import Stream

_SUFFIXES = (".json", ".jsonl", ".ndjson", ".csv", "")
_COMPRESSIONS = (".gz", ".bz2", ".zst")

T = TypeVar("T")
ReadStream = Callable[[Stream, Source, Holder], Iterator[T]]
"""Reads one file of records, given whose archive it is of, if that is told."""


def is_packed(head: bytes) -> bool:
    """Whether the first bytes of a file, decompressed, are those of a tar or zip."""
    return tarred.sniff(head) or zipped.sniff(head)


def read(source: Source, read_stream: ReadStream[T]) -> Iterator[T | Document | Reject]:
    """What ``read_stream`` gives for each file of a dump; rejects for members of a tar or zip that cannot be read.

    Members that hold no tweets by their names are counted in one reject. Raises InputError where the dump cannot be
    opened.
    """
    if source.path is None:
        raise ValueError("a dump is a file")
    with dump.opened(source.path) as stream:
        head = stream.head()
        if not is_packed(head):
            yield from read_stream(stream, source, personal.holder_beside(source.path))
            return
        holders = _holders(source) if zipped.sniff(head) else {}
        kind = zipped if zipped.sniff(head) else tarred
        reader = kind.reader(cast(ReadFile, _member_reader(read_stream, holders)))  # which passes on what this gives
        yield from cast(Iterator[Any], reader.read(stream, source, DEFAULTS))


def _member_reader(read_stream: ReadStream[T], holders: dict[str, Holder]) -> Callable[..., Iterator[T] | None]:
    def read_member(stream: Stream, source: Source, _: object) -> Iterator[T] | None:
        name = PurePosixPath(source.inside or "")
        if name.name in (personal.ACCOUNT, personal.NOTES):
            _learn(holders, name, stream)
            return None
        if not _holds_tweets(name):
            return None
        holder = holders.get(str(name.parent), personal.NOBODY) if personal.names_no_author(name.name) else None
        return read_stream(dump.decompressed(cast(BinaryIO, stream)), source, holder or personal.NOBODY)

    return read_member


def _learn(holders: dict[str, Holder], name: PurePosixPath, stream: Stream) -> None:
    """Take in what ``account.js`` or ``note-tweet.js`` tells of the archive in its folder."""
    before = holders.get(str(name.parent), personal.NOBODY)
    items = dump.items(stream)
    told = {"user": personal.owner(items)} if name.name == personal.ACCOUNT else {"notes": personal.notes(items)}
    holders[str(name.parent)] = before._replace(**told)


def _holds_tweets(name: PurePosixPath) -> bool:
    """Whether a member can hold tweets: data of any name, of scripts those that personal archives keep tweets in."""
    if name.suffix == ".js":
        return personal.holds_tweets(name)
    plain = PurePosixPath(name.stem) if name.suffix in _COMPRESSIONS else name
    return plain.suffix in _SUFFIXES


def _holders(source: Source) -> dict[str, Holder]:
    """The holder of each folder of a zip that tells one, which may stand behind its tweets."""
    holders: dict[str, Holder] = {}
    try:
        with zipfile.ZipFile(cast(Any, source.path)) as archive:
            for info in archive.infolist():
                name = PurePosixPath(info.filename)
                if name.name in (personal.ACCOUNT, personal.NOTES) and info.file_size <= personal.LARGEST:
                    with archive.open(info) as raw:
                        _learn(holders, name, Stream(cast(BinaryIO, raw)))
    except FAULTS:
        return holders  # told as a reject when its tweets are read
    return holders
