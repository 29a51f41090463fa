"""Datasets on disk: written by :class:`Writer`, read as :class:`Dataset`. The layout is described in docs/tables.md."""

from tweetrecon.store.dataset import Dataset, is_dataset, open_dataset
from tweetrecon.store.manifest import Progress, State
from tweetrecon.store.writer import Writer, check_output

__all__ = ["Dataset", "Progress", "State", "Writer", "check_output", "is_dataset", "open_dataset"]
