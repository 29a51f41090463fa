"""Tweets → references, threads, citations and users.

`thread` is a pure function of what `reconcile` returns: stated references first, then the likeliest parent of every
tweet that states none, then the trees under them, in order, with their gaps. It looks at tweets in partitions: by key,
by author, by thread.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from tweetrecon.threads.parents import conclude
from tweetrecon.threads.scene import Known, scene
from tweetrecon.threads.tables import Piece, pieces
from tweetrecon.threads.trees import trees

if TYPE_CHECKING:
    import pyarrow as pa


def thread(known: Known, documents: pa.Table | None = None) -> Iterator[Piece]:
    """The tables `tweets` (now with those only named), `references`, `threads`, `citations`, `users`, `rejects`.

    They come in pieces, each with the name of its table, those of one table in its order.
    """
    at = scene(known)
    conclude(at)
    return pieces(at, trees(at), documents)
