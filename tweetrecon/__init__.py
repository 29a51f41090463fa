"""Embedded-tweet capture and thread reconstruction, offline.

    >>> import tweetrecon as tr
    >>> for sighting in tr.capture("page.html"): ...     # what one article shows
    >>> ds = tr.run(["articles/"], out="archive/")       # the main job; a Dataset
    >>> ds = tr.reconstruct(rows)                        # tweets and threads from sightings
    >>> ds = tr.open("archive/"); ds.threads.to_pandas()

What the names need is imported when they are first used, so that ``import tweetrecon`` costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tweetrecon.api import capture, hydrate, open, reconstruct, run  # noqa: A004
    from tweetrecon.errors import ConfigurationError, DatasetError, InputError, OutputError, TweetreconError
    from tweetrecon.model import Document, Reference, Reject, Sighting, Thread, Tweet
    from tweetrecon.readers import Options
    from tweetrecon.store import Dataset

__version__ = "0.1.0"

__all__ = [
    "ConfigurationError",
    "Dataset",
    "DatasetError",
    "Document",
    "InputError",
    "Options",
    "OutputError",
    "Reference",
    "Reject",
    "Sighting",
    "Thread",
    "Tweet",
    "TweetreconError",
    "capture",
    "hydrate",
    "open",
    "reconstruct",
    "run",
]

_HOMES = {"Dataset": "store", "Options": "readers"} | dict.fromkeys(
    ("capture", "hydrate", "open", "reconstruct", "run"), "api"
)
_HOMES |= dict.fromkeys(("Document", "Reference", "Reject", "Sighting", "Thread", "Tweet"), "model")


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module 'tweetrecon' has no attribute {name!r}")
    value = getattr(import_module(f"tweetrecon.{_HOMES.get(name, 'errors')}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
