"""Bytes → text: byte order mark, then valid UTF-8, then the charset declared, then a detector's guess."""

from __future__ import annotations

import re
from dataclasses import dataclass

import stringzilla  # type: ignore[import-not-found]
from resiliparse.parse.encoding import detect_encoding, map_encoding_to_html5

_BOMS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)

_META = re.compile(
    rb"""(?i)<(?:meta[^>]{1,200}charset|\?xml[^>]{1,100}encoding)\s{0,5}=\s{0,5}["']?\s{0,5}([\w:.-]{2,40})"""
)
_META_BYTES = 4096
"""The HTML standard looks at 1,024 bytes; real pages declare their charset later than that, too."""

_WIDER = {"gbk": "gb18030", "shift_jis": "cp932", "euc_kr": "cp949", "big5": "big5hkscs"}
"""Python codec for what the web means by a label (WHATWG Encoding Standard): the vendor's superset."""
_FAMILIES = ("cp", "iso", "mac", "euc", "koi8", "gb", "hz", "johab", "tis", "ibm")
"""Charsets beyond the web's list; Python knows codecs under other names that are no charsets, and some are slow."""

_CONTROLS = bytes(c for c in range(32) if c not in b"\t\n\r\f\v\b\x1b") + b"\x7f"
_SIGNATURES = (b"%PDF-", b"\x89PNG", b"GIF8", b"\xff\xd8\xff", b"PK\x03\x04", b"PAR1", b"\x7fELF", b"SQLite format 3")
_UNCLEAN = _CONTROLS + b"\x1b"
_MARKED = (*_SIGNATURES, b"\xef\xbb\xbf")
_VISIBLE = re.compile(rb"[!-~]")

Bytes = bytes | memoryview


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text and the charset it was decoded with; ``damaged`` is the share of U+FFFD among its non-ASCII characters."""

    text: str
    charset: str
    damaged: float = 0.0


def decode(data: bytes, *, declared: str | None = None, markup: bool = False) -> Decoded | None:
    """Text of ``data``; None where no charset fits. ``declared`` is a transport's label; markup may hold one itself.

    NUL characters become U+FFFD, as HTML demands, so that no parser ends at them.
    """
    found = _decode(data, declared, markup)
    if found is None or 0 not in data:  # which is faster to tell of bytes
        return found
    return Decoded(found.text.replace("\0", "\ufffd"), found.charset, found.damaged)


def _decode(data: bytes, declared: str | None, markup: bool) -> Decoded | None:
    wide = next(((mark, name) for mark, name in _BOMS if data.startswith(mark)), None) or _unmarked_utf16(data)
    if wide:
        return _acceptable([_lenient(data[len(wide[0]) :], wide[1])])
    escapes = 0x1B in data and b"\x1b$" in data  # all ASCII, as UTF-8 would be
    if escapes and (name := _guess(data)).startswith("iso2022"):
        return _acceptable([_lenient(data, name)])
    try:
        return Decoded(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        pass
    labels = [declared, _label_in_markup(data) if markup else None]
    tried = [_lenient(data, codec) for codec in map(_codec, labels) if codec]
    if good := next((d for d in tried if d.damaged <= 0.01), None):
        return good
    tried.append(_lenient(data, "utf-8"))
    if tried[-1].damaged <= 0.2:  # other charsets' bytes hardly ever form UTF-8 sequences: this is UTF-8 with a fault
        return tried[-1]
    tried.append(_lenient(data, _guess(data)))
    return _acceptable(tried)


def _acceptable(tried: list[Decoded]) -> Decoded | None:
    best = min(tried, key=lambda d: d.damaged)
    return best if best.damaged <= 0.1 else None


def _lenient(data: bytes, codec: str) -> Decoded:
    text = data.decode(_WIDER.get(codec, codec), "replace")
    other = len(text) - len(text.encode("ascii", "ignore"))
    label = codec.replace("cp125", "windows-125").replace("iso8859", "iso-8859").replace("euc_", "euc-")
    return Decoded(text, label.replace("iso2022_", "iso-2022-"), text.count("\ufffd") / other if other else 0.0)


def _unmarked_utf16(data: bytes) -> tuple[bytes, str] | None:
    """UTF-16 without a mark: NULs at the even, or at the odd places, because markup and spaces are ASCII."""
    head = data[:4096]
    even, odd = head[::2].count(0), head[1::2].count(0)
    if max(even, odd) < 0.03 * len(head) or min(even, odd) > 0.1 * max(even, odd):
        return None
    return b"", "utf-16-be" if even > odd else "utf-16-le"


def _label_in_markup(data: bytes) -> str | None:
    match = _META.search(data[:_META_BYTES])
    return match[1].decode("ascii", "replace") if match else None


def _guess(data: bytes) -> str:
    return _codec(detect_encoding(data, html5_compatible=False)) or "utf-8"


def _codec(label: str | None) -> str | None:
    """What the web means by a label, else what Python does. Bytes that look ASCII are not UTF-16, whatever they say."""
    label = (label or "").lower()
    if not label or label.startswith("utf-16"):
        return None
    if name := map_encoding_to_html5(label, fallback_utf8=False):
        return name
    try:
        return label if label.startswith(_FAMILIES) and b"a".decode(label) else None
    except (LookupError, ValueError):
        return None


def plain(head: bytes) -> bytes:
    """First bytes of a file in a form that signatures can be looked for: UTF-16 as UTF-8, no mark, no leading space."""
    wide = next(((mark, name) for mark, name in _BOMS if head.startswith(mark)), None) or _unmarked_utf16(head)
    if wide:
        head = head[len(wide[0]) :].decode(wide[1], "replace").encode()
    return head.lstrip()


def is_clean_utf8(data: Bytes) -> bool:
    """Whether bytes are UTF-8 beyond doubt: valid, with a visible character, and no control character anywhere.

    Ten times as fast as to decode them. What is not clean may be UTF-8 all the same.
    """
    import pyarrow as pa

    head = bytes(data[:1024])
    if head.startswith(_MARKED) or not _VISIBLE.search(head) or stringzilla.find_first_of(data, _UNCLEAN) >= 0:
        return False
    ends = pa.py_buffer(len(data).to_bytes(8, "little").rjust(16, b"\0"))
    text = pa.Array.from_buffers(pa.large_string(), 1, [None, ends, pa.py_buffer(data)])
    try:
        text.validate(full=True)
    except pa.ArrowInvalid:
        return False
    return True


def is_binary(data: bytes) -> bool:
    """Whether bytes are no text: another file type's signature, or control characters that no text holds."""
    head = data[:65536]
    if any(head.startswith(mark) for mark, _ in _BOMS) or _unmarked_utf16(head):
        return False
    controls = len(head) - len(head.translate(None, _CONTROLS))
    return head.startswith(_SIGNATURES) or controls > 3 + 0.01 * len(head)


def well_formed(text: str) -> str:
    """Text without lone surrogates, which JSON can spell and UTF-8 cannot hold."""
    if text.isascii():
        return text
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
