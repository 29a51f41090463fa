"""Exceptions are for the caller; everything about data is a value (see :class:`tweetrecon.model.Reject`).

::

    TweetreconError                 anything the caller can mend; str() is one clear line
    ├── InputError                  an input path or URI that cannot be read at all
    ├── OutputError                 the output cannot be written (disk full, read-only, locked)
    ├── ConfigurationError          options that do not fit together, or do not fit an existing dataset
    └── DatasetError                a directory that is not a dataset, or one of an unknown schema version
"""

from __future__ import annotations


class TweetreconError(Exception):
    """Base of all errors that tweetrecon raises on purpose. The message names the cause and one next step."""


class InputError(TweetreconError):
    """An input that does not exist or cannot be opened."""


class OutputError(TweetreconError):
    """An output directory that cannot be written: no space, no permission, or locked by another run."""


class ConfigurationError(TweetreconError):
    """Options that contradict each other or the configuration an existing dataset was made with."""


class DatasetError(TweetreconError):
    """A path that is not a tweetrecon dataset, or one whose schema this version cannot read."""
