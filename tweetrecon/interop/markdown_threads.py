"""Export of threads as Markdown, to be read or quoted."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tweetrecon.interop.export import Load, Row, Target
from tweetrecon.interop.thread_walk import threads, walk, when

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~$])")
_OPENING = re.compile(r"^([ \t]{0,3})([-+=]|[0-9]{1,9}(?=[.)]))")


def write(load: Load) -> Iterator[str]:
    """Each thread with its tweets in order, those missing named in between."""
    yield from ("".join(_thread(thread)) for thread in threads(load))


def _thread(thread: Row) -> Iterator[str]:
    authors = ", ".join(f"@{escaped(name)}" for name in thread["author_usernames"]) or "unknown"
    yield f"## {thread['kind'].replace('_', ' ').capitalize()} by {authors}\n\n"
    yield from (_tweet(row) if kind == "tweet" else _gap(row) for kind, row in walk(thread))


def _tweet(tweet: Row) -> str:
    name = f"**{escaped(tweet['author_name'])}** " if tweet["author_name"] else ""
    handle = f"@{escaped(tweet['author_username'])}" if tweet["author_username"] else "unknown author"
    link = f" · <{tweet['url']}>" if tweet["url"] else ""
    inferred = " · place concluded" if tweet["inferred"] else ""
    if tweet["text"] is None:
        return f"{name}{handle}{link}: not captured\n\n"
    quoted = "".join(f"> {escaped(line)}  \n" for line in tweet["text"].splitlines())
    return f"{name}{handle} · {when(tweet)}{link}{inferred}\n\n{quoted}\n"


def _gap(gap: Row) -> str:
    named = (gap["number"], f"by @{escaped(gap['author_username'])}" if gap["author_username"] else None)
    return f"*Missing: {' '.join(['tweet', *filter(None, named)])}*\n\n"


def escaped(text: str) -> str:
    """Text that Markdown shows as it is: on one line, no markup, no lists."""
    line = _SPECIAL.sub(r"\\\1", " ".join(text.splitlines()))
    return _OPENING.sub(lambda m: f"{m[1]}\\{m[2]}" if not m[2].isdigit() else f"{m[1]}{m[2]}\\", line)


TARGET = Target("markdown", "threads as Markdown", write)
