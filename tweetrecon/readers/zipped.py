"""Zip archives: folders of pages, WACZ, EPUB."""

from __future__ import annotations

import re
import stat
import zipfile
from collections.abc import Callable, Iterator
from functools import partial

from tweetrecon.model import RejectCode
from tweetrecon.readers import http
from tweetrecon.readers.container import FAULTS, Member, ReadFile, no_member, read_members
from tweetrecon.readers.reader import NOT_FROM_A_PIPE, Fault, Options, Read, Reader, Source
from tweetrecon.readers.stream import Stream

_OFFICE = re.compile(
    rb"PK\x03\x04.{26}(?:\[Content_Types\]\.xml|_rels/|docProps/|word/|META-INF/|mimetypeapplication/vnd)", re.DOTALL
)
"""Office files and Java archives are zips, too, and hold no articles that this program could read."""

_WACZ_ARCHIVE = re.compile(r"archive/[^/]+\.warc(?:\.gz|\.zst)?")


def sniff(head: bytes) -> bool:
    """Whether the bytes begin a zip archive that may hold pages."""
    return head.startswith(b"PK\x03\x04") and not _OFFICE.match(head)


def reader(read_file: ReadFile) -> Reader:
    """The reader of zip archives, given what reads their members."""
    return Reader(
        name="zip",
        doc="zip archives of any of these, WACZ (its WARCs) and EPUB; nothing is unpacked to disk",
        suffixes=(".zip", ".wacz", ".epub"),
        sniff=sniff,
        read=_reads(read_file),
    )


def _reads(read_file: ReadFile) -> Callable[[Stream, Source, Options], Iterator[Read]]:
    def read(stream: Stream, source: Source, options: Options) -> Iterator[Read]:
        return read_members(_members(stream), source, options, read_file)

    return read


def _members(stream: Stream) -> Iterator[Member]:
    raw = stream.rewound()
    if not raw.seekable():
        yield no_member(RejectCode.UNREADABLE, NOT_FROM_A_PIPE)
        return
    try:
        archive = zipfile.ZipFile(raw)
    except FAULTS as error:
        yield no_member(RejectCode.UNREADABLE, f"no sound zip archive ({error}); fetch it again")
        return
    with archive:
        yield from _files(archive)


def _files(archive: zipfile.ZipFile) -> Iterator[Member]:
    """The files of an archive; of a WACZ only its WARCs are wanted, because the rest says again what they hold."""
    infos = archive.infolist()
    is_wacz = "datapackage.json" in archive.NameToInfo and any(_WACZ_ARCHIVE.fullmatch(i.filename) for i in infos)
    for info in infos:
        if not info.filename.endswith("/"):
            wanted = not is_wacz or _WACZ_ARCHIVE.fullmatch(info.filename) is not None
            yield Member(info.orig_filename, partial(archive.open, info), _fault(info), wanted)


def _fault(info: zipfile.ZipInfo) -> Fault | None:
    if stat.S_ISLNK(info.external_attr >> 16):
        return Fault(RejectCode.BAD_RECORD, "a link, not a file; pack the file itself")
    if info.file_size > max(http.HARMLESS, http.RATIO * info.compress_size):
        return Fault(RejectCode.TOO_LARGE, f"a decompression bomb: over {http.RATIO} × its size; leave it out")
    return None
