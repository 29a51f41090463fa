"""Frames that were saved beside their page are put back into it, because an embedded tweet often is one."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import unquote

_SOURCE = re.compile(rb"""(<i?frame\b[^<>]{0,4000}?\s)src\s{0,5}=\s{0,5}["']([^"'<>]{1,500})["']""", re.IGNORECASE)
_MOST = 200
_LARGEST = 2**20
_FOLDER = "_files"
"""What browsers append to a page's name for the folder of its parts, in whatever language they run."""


def put_back(page: bytes, saved: Callable[[str], bytes | None]) -> bytes:
    """The page with ``srcdoc`` in place of ``src`` for each frame that ``saved`` has the markup of."""
    left = _MOST

    def replaced(match: re.Match[bytes]) -> bytes:
        nonlocal left
        markup = saved(html.unescape(match[2].decode("utf-8", "replace"))) if left else None
        if markup is None:
            return match[0]
        left -= 1
        return match[1] + b'srcdoc="' + html.escape(markup.decode("utf-8", "replace")).encode() + b'"'

    return _SOURCE.sub(replaced, page)


def put_back_files(page: bytes, path: Path) -> bytes:
    """The same for a page saved "complete", whose frames are files in the folder beside it."""
    if _FOLDER.encode() not in page:
        return page
    return put_back(page, lambda address: _saved(path, address))


def _saved(page: Path, address: str) -> bytes | None:
    """The frame at an address relative to the page, if it is a file in the page's own folder."""
    folder, _, name = unquote(address).removeprefix("./").partition("/")
    file = page.parent / folder / name
    if folder != f"{page.stem}{_FOLDER}" or not name.lower().endswith((".html", ".htm")) or "/" in name or "\0" in name:
        return None
    try:
        return file.read_bytes() if not file.is_symlink() and file.stat().st_size <= _LARGEST else None
    except OSError:
        return None


def is_part(path: Path) -> bool:
    """Whether a file is part of a page that was saved "complete" and lies beside its folder."""
    folder = path.parent
    page = folder.name.removesuffix(_FOLDER)
    return page != folder.name and any((folder.parent / f"{page}{suffix}").is_file() for suffix in (".html", ".htm"))
