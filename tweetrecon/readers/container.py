"""Archives of files: each member is read as the format it is in. Nothing is ever unpacked to disk."""

from __future__ import annotations

import io
import lzma
import re
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import Any, BinaryIO, NamedTuple, cast

from tweetrecon.model import RejectCode
from tweetrecon.readers.article import PassedOver
from tweetrecon.readers.reader import Fault, Options, Read, Source, rejected
from tweetrecon.readers.stream import Stream

ReadFile = Callable[[Stream, Source, Options], Iterator[Read] | None]
"""Reads a file of any format; None where it is of none."""

FAULTS = (
    zipfile.BadZipFile,
    tarfile.TarError,
    zlib.error,
    lzma.LZMAError,
    EOFError,
    ValueError,
    NotImplementedError,
    RuntimeError,
    OverflowError,
    OSError,
)
"""What Python's zipfile and tarfile raise on archives that are damaged, encrypted or made to harm."""

_STRAY = re.compile(r"^[/\\]|^[A-Za-z]:|(?:^|[/\\])\.\.(?:[/\\]|$)|[\0\r\n]")


class Member(NamedTuple):
    """A file in an archive; ``fault`` says why it is not to be read."""

    name: str
    open: Callable[[], Any]
    fault: Fault | None = None
    wanted: bool = True


def no_member(code: RejectCode, detail: str) -> Member:
    """Stands for the archive, or the rest of it, where that cannot be read."""
    return Member("", lambda: None, Fault(code, detail))


def read_members(members: Iterable[Member], source: Source, options: Options, read_file: ReadFile) -> Iterator[Read]:
    """What the members hold; those that are no articles are counted, odd ones rejected."""
    if source.inside:
        yield from rejected(source, b"", RejectCode.BAD_RECORD, "an archive in an archive; unpack the outer one first")
        return
    options = replace(options, format=None)
    passed = PassedOver()
    names: set[str] = set()
    found = False
    for member in members:
        inner = replace(source, inside=member.name)
        fault = member.fault or _odd(member.name, names)
        reads = rejected(inner, b"", *fault) if fault else _read(member, inner, options, read_file)
        if reads is None:
            passed.add(_what(member.name))
            continue
        for one in reads:
            found = True
            yield one
    yield from passed.report(source, found=found)


def _odd(name: str, names: set[str]) -> Fault | None:
    if not name or _STRAY.search(name):
        return Fault(RejectCode.BAD_RECORD, "its name leads out of the archive; rename or remove it")
    if name in names:
        return Fault(RejectCode.BAD_RECORD, "its name was there before; remove the wrong one")
    names.add(name)
    return None


def _read(member: Member, source: Source, options: Options, read_file: ReadFile) -> Iterator[Read] | None:
    base = member.name.rpartition("/")[2]
    if not member.wanted or base.startswith(".") or base.upper().startswith("README."):
        return None
    try:
        raw = _Once(member.open())
    except FAULTS as error:
        return rejected(source, b"", RejectCode.UNREADABLE, f"it cannot be unpacked ({error}); pack it again")
    return read_file(Stream(cast(BinaryIO, raw)), source, options)


def _what(name: str) -> str:
    suffix = name.rpartition("/")[2].rpartition(".")
    return f".{suffix[2].lower()}" if suffix[1] else "file without a suffix"


class _Once(io.RawIOBase):
    """A member, read once from its first byte; all its faults are OSErrors."""

    def __init__(self, member: Any) -> None:
        self._member = member

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        try:
            data: bytes = self._member.read(len(buffer))
        except FAULTS as error:
            raise OSError(f"its archive is damaged: {error}") from error
        buffer[: len(data)] = data
        return len(data)
