"""The bytes of an archive whose records are compressed one by one, so that damage to one costs no other.

A web archive holds one record in each gzip member or zstd frame. Readers that take the members for one stream end at
the first fault, and take a cut for an end. Here the checksum of a member is compared before its record counts, and
after a fault reading goes on where the next record begins. Archives that are not compressed, or as a whole, read the
same way.
"""

from __future__ import annotations

import re
from io import BytesIO
from typing import BinaryIO

from tweetrecon.model import RejectCode
from tweetrecon.readers.decompression import (
    DAMAGE,
    GZIP,
    LARGEST,
    ZSTD,
    Ahead,
    Decompressor,
    Dictionary,
    Whole,
    decompressor,
    dictionary_of,
    first_bytes,
)

_PIECE = 64 * 1024
_AHEAD = 256 * 1024
"""Bytes of the file that are read at a time to take whole members of them."""
_PROBE = 160 * 1024
"""The longest a compressed zstd block can be, and some: with less, the first bytes of a frame may not come out."""
_LOOK = 20 * 1024
"""The longest start of a record: the header line of an ARC record holds an address."""
_SKIPPABLE = re.compile(rb"[\x50-\x5f]\x2a\x4d\x18")
_DICTIONARY = b"\x5d\x2a\x4d\x18"
"""Of the frames that decompressors skip, the one at the head of a .warc.zst: the dictionary of all others."""


class Broken(Exception):  # noqa: N818 - a state of the data, always caught where records are read
    """The record that was being read cannot be had; ``code`` and ``detail`` say why."""

    def __init__(self, code: RejectCode, detail: str) -> None:
        super().__init__(detail)
        self.code = code
        self.detail = detail


class Members:
    """Decompressed bytes of an archive, record by record.

    ``start`` matches the bytes that a record begins with. Reading raises :class:`Broken` where the data are damaged
    or end too early; :meth:`resume` then finds the next record. ``offset`` is the place in the file, as it lies on the
    disk, of the record, or of the compressed member that the record begins in. ``between`` says where ``raw`` stands,
    and before which place members must begin to be read.
    """

    def __init__(self, raw: BinaryIO, start: re.Pattern[bytes], between: tuple[int, int | None] = (0, None)) -> None:
        self.offset, self._stop = between
        self._raw = raw
        self._start = start
        self._inside = re.compile(rb"(?<=\n)" + start.pattern)
        self._fed = b""  # bytes of the file that were read and not yet decompressed
        self._read = self.offset  # how many bytes of the file were read
        self._ahead = Ahead()  # bytes of the file before _fed, of which whole members are taken
        self._data = b""  # decompressed bytes, used up to _at
        self._at = 0
        self._inflate: Decompressor | None = None
        self._dictionary: Dictionary | None = None
        self._checked = False
        self._compressed: bool | None = None

    # ------------------------------------------------------------------------------------------------ a record

    def next(self) -> bool:
        """Go to the next record, past blank lines and into the next member; False at the end of the file."""
        if self._compressed is None:
            self._compressed = not self._start.match(self._peek(_LOOK).lstrip())
        while not self._skip_blank():
            if self._inflate is None and (self._is_over() or not self._open()):
                self.offset = self._place()
                return False
        if not self._compressed:
            self.offset = self._read - len(self._data) + self._at
        return True

    def end(self) -> bool:
        """Make sure that a record ends here; True where a checksum of the container vouches for its bytes."""
        if self._skip_blank():
            while len(self._data) - self._at < _LOOK and self._extend(across=False):
                pass
            rest = self._data[self._at : self._at + _LOOK]
            if not self._start.match(rest) and b"\n" in rest:  # else the next record is cut in its first line
                raise Broken(RejectCode.BAD_RECORD, "its length is wrong: no record begins where it ends")
            return False
        return bool(self._compressed) and self._inflate is None and self._checked

    def head(self, limit: int) -> bytes:
        """Bytes up to and with the first blank line, at most ``limit``."""
        while True:
            end = self._data.find(b"\n\r\n", self._at, self._at + limit)
            bare = self._data.find(b"\n\n", self._at, end if end >= 0 else self._at + limit)
            if bare >= 0:
                return self._taken(bare + 2 - self._at)
            if end >= 0:
                return self._taken(end + 3 - self._at)
            self._extend_head(limit)

    def line(self, limit: int) -> bytes:
        """Bytes up to and with the next line feed, at most ``limit``."""
        while (end := self._data.find(b"\n", self._at, self._at + limit)) < 0:
            self._extend_head(limit)
        return self._taken(end + 1 - self._at)

    def peek(self, size: int) -> bytes:
        """The next bytes, without consuming them; fewer where the data end."""
        while len(self._data) - self._at < size and self._extend():
            pass
        return self._data[self._at : self._at + size]

    def take(self, size: int) -> memoryview:
        """Exactly ``size`` bytes, not copied where they are at hand in one piece."""
        if len(self._data) - self._at >= size:
            self._at += size
            return memoryview(self._data)[self._at - size : self._at]
        parts = [self._taken(len(self._data) - self._at)]
        missing = size - len(parts[0])
        while missing:
            self._refill()
            parts.append(self._taken(min(missing, len(self._data))))
            missing -= len(parts[-1])
        return memoryview(b"".join(parts))

    def skip(self, size: int) -> None:
        """Pass over ``size`` bytes, holding none of them."""
        size -= len(self._taken(min(size, len(self._data) - self._at)))
        while size:
            self._refill()
            self._at = min(size, len(self._data))
            size -= self._at

    def _taken(self, size: int) -> bytes:
        taken = self._data[self._at : self._at + size]
        self._at += size
        return taken

    def _skip_blank(self) -> bool:
        """Past line ends, at most to the end of the member; whether bytes of it are left."""
        while True:
            while self._at < len(self._data):
                if self._data[self._at] not in b"\r\n":
                    return True
                self._at += 1
            self._data, self._at = self._chunk(), 0
            if not self._data:
                return False

    def _extend(self, *, across: bool = True) -> bool:
        """More bytes at the end of those at hand; ``across`` into a member that continues the record."""
        chunk = self._chunk() or (self._chunk() if across and self._continues() else b"")
        self._data, self._at = self._data[self._at :] + chunk, 0
        return bool(chunk)

    def _extend_head(self, limit: int) -> None:
        if len(self._data) - self._at >= limit:
            raise Broken(RejectCode.BAD_RECORD, "its header does not end")
        if not self._extend():
            raise self._ended()

    def _refill(self) -> None:
        self._data, self._at = b"", 0
        if not self._extend():
            raise self._ended()

    def _ended(self) -> Broken:
        if self._compressed and self._at_hand():
            return Broken(RejectCode.BAD_RECORD, "its length is wrong: the compressed member ends before it")
        return Broken(RejectCode.TRUNCATED, "the file ends in the middle of it")

    # ------------------------------------------------------------------------------------------------ a member

    def _open(self) -> bool:
        """Begin the next member; False at the end of the file."""
        while self._at_hand():
            self.offset = self._place()
            if not self._compressed:
                self._data, self._fed = self._fed, b""
                return True
            self._inflate = self._whole() or decompressor(self._fed, self._dictionary)
            if self._inflate is not None:
                self._checked = self._inflate.checked
                return True
            if not _SKIPPABLE.match(self._fed):
                code = RejectCode.TRUNCATED if len(self._fed) < 4 else RejectCode.UNREADABLE
                raise Broken(code, "no compressed record begins here")
            self._skip_frame()
        return False

    def _whole(self) -> Whole | None:
        """The next member, if it is at hand as a whole."""
        if member := self._ahead.take():
            return member
        self._put_back()
        if not self._fed.startswith(GZIP):
            return None
        wanted = _AHEAD - len(self._fed)
        if self._stop is not None:
            wanted = min(wanted, self._stop - self._read)
        piece = self._read_piece(wanted) if wanted > 0 else b""
        is_last = self._read == self._stop or (wanted > 0 and not piece)
        self._ahead, self._fed = Ahead(self._fed + piece, last=is_last), b""
        member = self._ahead.take()
        if member is None:
            self._put_back()
        return member

    def _put_back(self) -> None:
        self._fed, self._ahead = self._ahead.rest() + self._fed, Ahead()

    def _at_hand(self) -> bool:
        """Whether the file goes on after the member that was opened last."""
        return bool(self._ahead) or self._feed(4)

    def _is_over(self) -> bool:
        return self._stop is not None and self._place() >= self._stop

    def _place(self) -> int:
        """The place in the file of what follows the member that was opened last."""
        return self._read - len(self._fed) - len(self._ahead)

    def _continues(self) -> bool:
        """Open the next member if it does not begin a record: then it continues the one being read."""
        self._put_back()
        if not self._compressed or not self._feed(4) or decompressor(self._fed) is None:
            return False
        begins = self._start.match(first_bytes(self._peek(_PROBE), self._dictionary))
        offset = self.offset
        opened = not begins and self._open()
        self.offset = offset
        return opened

    def _chunk(self) -> bytes:
        """Some more of the member, decompressed; nothing at its end, where its checksum was compared."""
        if not self._compressed:
            chunk, self._fed = self._fed or self._read_piece(), b""
            return chunk
        while self._inflate is not None:
            if self._inflate.hungry and not self._feed(1):
                self._inflate = None
                raise Broken(RejectCode.TRUNCATED, "the file ends in the middle of it")
            if chunk := self._decompressed(self._inflate):
                return chunk
        return b""

    def _decompressed(self, inflate: Decompressor) -> bytes:
        """What comes of the bytes at hand, or of some of them."""
        try:
            chunk, self._fed = inflate.decompress(self._fed)
        except DAMAGE as error:
            self._inflate = None
            raise Broken(RejectCode.UNREADABLE, f"the compressed data are damaged ({error})") from error
        if inflate.eof:
            self._inflate = None
        return chunk

    def _skip_frame(self) -> None:
        size = int.from_bytes(self._peek(8)[4:], "little")
        is_dictionary = self.offset == 0 and self._fed.startswith(_DICTIONARY) and size <= LARGEST
        self._fed = self._fed[8:]
        if is_dictionary:
            self._dictionary = dictionary_of(self._peek(size))
        while size and self._feed(1):
            step = min(size, len(self._fed))
            self._fed = self._fed[step:]
            size -= step

    # ------------------------------------------------------------------------------------------------ the file

    def _feed(self, size: int) -> bool:
        """Have ``size`` bytes of the file at hand, if it holds so many; whether it holds any."""
        while len(self._fed) < size and (piece := self._read_piece()):
            self._fed += piece
        return bool(self._fed)

    def _peek(self, size: int) -> bytes:
        self._feed(size)
        return self._fed[:size]

    def _read_piece(self, size: int = _PIECE) -> bytes:
        try:
            piece = self._raw.read(size)
        except OSError as error:
            self._raw = BytesIO()
            raise Broken(RejectCode.UNREADABLE, f"the file cannot be read on ({error})") from error
        self._read += len(piece)
        return piece

    # ------------------------------------------------------------------------------------------------ after a fault

    def seek(self, place: int) -> int:
        """Go to the first compressed record at or behind a place; where that is, or where the file ends."""
        self._compressed, self.offset = True, place - 1
        return self._resume_at_mark()

    def resume(self, broken: Broken) -> int:
        """Go to the next record, or to the end; its offset. Records lost are those between."""
        try:
            if self._compressed and broken.code is RejectCode.BAD_RECORD:
                return self._resume_inside()
            return self._resume_at_mark()
        except Broken as again:
            return self.resume(again)

    def _resume_at_mark(self) -> int:
        """Where bytes are damaged, the next record is where the next compressed member or record begins."""
        self._go_back()
        marks = self._marks()
        while self._feed(_PIECE):
            place = marks.search(self._fed)
            if place is None:
                piece = self._read_piece()
                self._fed = self._fed[-_LOOK:] + piece if piece else b""
                continue
            self._fed = self._fed[place.start() :]
            packed = decompressor(self._fed) is not None
            if not packed or self._start.match(first_bytes(self._peek(_PROBE), self._dictionary)):
                self._compressed = packed
                break
            self._fed = self._fed[1:]
        return self._read - len(self._fed)

    def _resume_inside(self) -> int:
        """Where only a record is wrong and not its compression, the next may be in the same member."""
        while (place := self._inside.search(self._data, self._at)) is None:
            self._at = max(self._at, len(self._data) - _LOOK)
            if not self._extend(across=False):
                self._data, self._at = b"", 0
                return self._place()
        self._at = place.start()
        return self.offset

    def _go_back(self) -> None:
        """To just behind the place where the broken record began, if the file lets one go back; else no further."""
        self._put_back()
        if not self._compressed:
            self._fed = self._data[self._at :] + self._fed
        self._inflate, self._data, self._at = None, b"", 0
        if self._raw.seekable():
            self._raw.seek(self.offset + 1)
            self._fed, self._read = b"", self.offset + 1

    def _marks(self) -> re.Pattern[bytes]:
        """What to look for: compressed members, records, or both where the first bytes do not tell."""
        members = b"|".join(map(re.escape, (GZIP, ZSTD)))
        if not self._compressed:
            return self._inside
        return re.compile(members if self.offset else members + b"|" + self._inside.pattern)
