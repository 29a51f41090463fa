"""Tar archives, also compressed, read in one pass."""

from __future__ import annotations

import tarfile
from collections.abc import Callable, Iterator
from functools import partial

from tweetrecon.model import RejectCode
from tweetrecon.readers.container import FAULTS, Member, ReadFile, no_member, read_members
from tweetrecon.readers.reader import Fault, Options, Read, Reader, Source
from tweetrecon.readers.stream import Stream

_MAGIC = slice(257, 262)


def sniff(head: bytes) -> bool:
    """Whether the bytes begin with the header of a POSIX or GNU tar."""
    return head[_MAGIC] == b"ustar"


def reader(read_file: ReadFile) -> Reader:
    """The reader of tar archives, given what reads their members."""
    return Reader(
        name="tar",
        doc="tar archives of any of these, also compressed; nothing is unpacked to disk",
        suffixes=(".tar", ".tgz"),
        sniff=sniff,
        read=_reads(read_file),
    )


def _reads(read_file: ReadFile) -> Callable[[Stream, Source, Options], Iterator[Read]]:
    def read(stream: Stream, source: Source, options: Options) -> Iterator[Read]:
        return read_members(_members(stream), source, options, read_file)

    return read


def _members(stream: Stream) -> Iterator[Member]:
    try:
        with tarfile.open(fileobj=stream, mode="r|") as archive:
            for info in archive:
                if not info.isdir():
                    yield Member(info.name, partial(archive.extractfile, info), _fault(info))
                archive.members.clear()  # type: ignore[attr-defined]  # or it remembers all of them
    except FAULTS as error:
        cause = (
            stream.damage.detail if stream.damage else f"no sound tar archive from here on ({error}); fetch it again"
        )
        yield no_member(RejectCode.UNREADABLE, cause)


def _fault(info: tarfile.TarInfo) -> Fault | None:
    if not info.isfile():
        return Fault(RejectCode.BAD_RECORD, "a link or device, not a file; pack the file itself")
    return None
