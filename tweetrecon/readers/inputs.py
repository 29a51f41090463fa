"""What the caller names → sources: files, folders, globs, `-` for standard input."""

from __future__ import annotations

import glob
import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from tweetrecon.errors import InputError
from tweetrecon.readers.reader import Source

STDIN = Path("-")


@dataclass(frozen=True, slots=True)
class Inputs:
    """Sources in the order to read them, and the files of folders that were passed over."""

    sources: tuple[Source, ...]
    skipped: tuple[str, ...] = ()


def find(inputs: Iterable[str | Path], wanted: Callable[[Path], bool]) -> Inputs:
    """All sources that the inputs name, each file once.

    In folders, files are taken that ``wanted`` accepts, sorted by path; hidden ones and README files, which speak of
    the folder, are not articles. A file named by itself is always taken. A source's URI is its path relative to the
    folder given, or its name; where two sources would bear the same, the path as given. Raises InputError for what
    cannot be read.
    """
    found: dict[Path, tuple[str, str]] = {}
    skipped: list[str] = []
    for given in inputs:
        for path in _expanded(str(given)):
            for file, uri in _files(path, wanted, skipped):
                found.setdefault(file if file == STDIN else file.absolute(), (uri, _text(file)))
    names = Counter(uri for uri, _ in found.values())
    sources = (
        Source(uri if names[uri] == 1 else full, None if path == STDIN else path) for path, (uri, full) in found.items()
    )
    return Inputs(tuple(sources), tuple(skipped))


def _expanded(given: str) -> list[Path]:
    """A path that exists, standard input, or the paths that a glob stands for."""
    if Path(given) == STDIN or Path(given).exists():
        return [Path(given)]
    if glob.has_magic(given):
        if matches := sorted(glob.glob(given, recursive=True)):  # noqa: PTH207 - patterns may be absolute
            return [Path(m) for m in matches]
        raise InputError(f"{given}: no file matches; put the pattern in quotes or check the folder")
    raise InputError(f"{given}: no such file or folder; check the path")


def _files(path: Path, wanted: Callable[[Path], bool], skipped: list[str]) -> Iterator[tuple[Path, str]]:
    if path == STDIN:
        yield path, str(path)
    elif path.is_dir():
        for file in _walk(path):
            uri = _text(file.relative_to(path))
            if file.stem.upper() != "README" and wanted(file):
                yield file, uri
            else:
                skipped.append(uri)
    else:
        _check_readable(path)
        yield path, _text(Path(path.name))


def _walk(folder: Path) -> list[Path]:
    """Regular files under a folder, sorted; hidden ones and linked folders left out."""
    files: list[Path] = []
    for parent, folders, names in os.walk(folder, onerror=_unreadable):
        folders[:] = [f for f in folders if not f.startswith(".")]
        files += [Path(parent, n) for n in names if not n.startswith(".")]
    return sorted((f for f in files if f.is_file()), key=lambda f: f.as_posix())


def _unreadable(error: OSError) -> None:
    raise InputError(f"{error.filename}: {error.strerror}; check its permissions") from error


def _check_readable(path: Path) -> None:
    if not path.is_file():  # a pipe: opening it here would take its first bytes
        return
    try:
        path.open("rb").close()
    except OSError as error:
        _unreadable(error)


def _text(path: Path) -> str:
    """A path as text that UTF-8 can hold, whatever bytes its name consists of."""
    return os.fsencode(path.as_posix()).decode("utf-8", "backslashreplace")
