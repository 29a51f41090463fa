"""The Python interface: the same verbs as on the command line, with values in and out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from tweetrecon import extraction, hydration, pipeline, readers
from tweetrecon.errors import InputError
from tweetrecon.interop.sightings import Row
from tweetrecon.model import Document, Sighting
from tweetrecon.pipeline import Settings
from tweetrecon.readers import DEFAULTS, Options, Source
from tweetrecon.store import Dataset, open_dataset

Input = str | bytes | Path | Document


def capture(source: Input, *, options: Options = DEFAULTS) -> Iterator[Sighting]:
    """The sightings in a file, a folder, a page or text given as such, or a Document; in reading order.

    A ``str`` is a path or glob unless it holds a line break or a tag, or nothing that short could be a name of a file;
    ``bytes`` are always content. Raises InputError for a path that does not exist. Never opens a socket.
    """
    for document in _documents(source, options):
        yield from extraction.extract(document).sightings


def run(
    inputs: Iterable[str | Path] | str | Path, out: str | Path | None = None, *, options: Options = DEFAULTS
) -> Dataset:
    """The main job: read, detect, resolve, reconcile, thread, and write to the folder ``out``, or keep in memory.

    Raises InputError, OutputError, ConfigurationError.
    """
    named = [inputs] if isinstance(inputs, str | Path) else list(inputs)
    found = readers.find(named, options=options)
    return pipeline.run(found, None if out is None else Path(out), Settings(options=options)).dataset


def reconstruct(
    sources: Iterable[str | Path | Row] | str | Path, out: str | Path | None = None, *, overwrite: bool = False
) -> Dataset:
    """Act 2 alone: tweets and threads from sightings.

    ``sources`` are datasets, files of JSON lines, Sightings, or mappings with columns of the table ``sightings``, where
    an absent column is null; also mixed. Raises InputError, DatasetError.
    """
    given = [sources] if isinstance(sources, str | Path) else sources
    paths_and_rows = [Path(s) if isinstance(s, str) else s for s in given]
    return pipeline.reconstruct(paths_and_rows, None if out is None else Path(out), overwrite=overwrite).dataset


def hydrate(dataset: str | Path, dumps: Iterable[str | Path] | str | Path, *, context: int = 0) -> Dataset:
    """Complete a dataset, in place, with what matters to it from tweet archives: files, folders and globs.

    With ``context`` also what is up to so many answers away. Raises InputError, DatasetError, OutputError.
    """
    named = [dumps] if isinstance(dumps, str | Path) else list(dumps)
    sources = readers.find(named, options=Options(format="jsonl")).sources  # any file of a folder is one
    return hydration.hydrate(Path(dataset), sources, context).dataset


def open(path: str | Path) -> Dataset:  # noqa: A001 - tr.open is what a user types
    """The dataset in a folder. Raises DatasetError where there is none."""
    return open_dataset(path)


def _documents(source: Input, options: Options) -> Iterator[Document]:
    if isinstance(source, Document):
        yield source
        return
    if isinstance(source, bytes):
        items = readers.read_source(Source("memory", data=source), options)
    elif isinstance(source, str) and _is_content(source):
        items = readers.read_source(Source("memory", data=source.encode("utf-8", "replace")), options)
    else:
        items = readers.read([source], options=options)
    yield from (item for item in items if isinstance(item, Document))


def _is_content(text: str) -> bool:
    """Whether a string is a text and not the name of a file. Raises InputError for the empty string."""
    if not text:
        raise InputError("nothing to read: give a path, a page or a text")
    return "\n" in text or text.lstrip().startswith("<") or len(text) > 1024
