"""Export of threads as plain text, for people and for programs that read prose."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from tweetrecon.interop.export import Load, Row, Target
from tweetrecon.interop.thread_walk import threads, walk, when

_INDENT = "    "


def write(load: Load) -> Iterator[str]:
    """Each thread under a line of ``=``, each tweet under a line with its author and time; gaps are named."""
    yield from ("".join(_thread(thread)) + "\n" for thread in threads(load))


def _thread(thread: Row) -> Iterator[str]:
    authors = ", ".join(f"@{name}" for name in thread["author_usernames"]) or "unknown"
    yield f"{'=' * 72}\n{thread['kind'].replace('_', ' ')} by {authors}\n\n"
    yield from (_tweet(row) if kind == "tweet" else _gap(row) for kind, row in walk(thread))


def _tweet(tweet: Row) -> str:
    handle = f"@{tweet['author_username']}" if tweet["author_username"] else "unknown author"
    facts = [handle, when(tweet), tweet["url"], "place concluded" if tweet["inferred"] else None]
    head = " | ".join(fact for fact in facts if fact)
    text = "(not captured)" if tweet["text"] is None else "\n".join(tweet["text"].splitlines())
    return f"{head}\n{textwrap.indent(text, _INDENT)}\n\n"


def _gap(gap: Row) -> str:
    named = (gap["number"], f"by @{gap['author_username']}" if gap["author_username"] else None)
    return f"(missing: {' '.join(['tweet', *filter(None, named)])})\n\n"


TARGET = Target("text", "threads as plain text", write)
