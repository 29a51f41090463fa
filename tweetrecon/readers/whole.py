"""Formats in which one file is one document."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from tweetrecon.readers import article
from tweetrecon.readers.reader import Fault, Options, Read, Source, rejected
from tweetrecon.readers.stream import Stream


def reads_whole(
    media_type: str, complete: Callable[[bytes, Path], bytes] | None = None
) -> Callable[[Stream, Source, Options], Iterator[Read]]:
    """The ``read`` of a format whose files are single documents of ``media_type``.

    ``complete`` puts into a file what was saved beside it.
    """
    kind = article.Kind(media_type)

    def read(stream: Stream, source: Source, options: Options) -> Iterator[Read]:
        payload = stream.read(options.max_bytes + 1)
        damage = stream.damage
        if complete and source.path and not source.inside:
            payload = complete(payload, source.path)
        flaw = Fault(damage.code, damage.detail) if damage else None
        if damage and flaw and len(payload) <= options.max_bytes and not (damage.harmless and payload):
            yield from rejected(source, payload, flaw.code, flaw.detail, media_type=media_type)
        else:
            yield from article.read(source, payload, options, kind, flaw=flaw)

    return read
