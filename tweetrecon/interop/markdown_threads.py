"""Export of threads as Markdown, to be read or quoted."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tweetrecon.interop.export import Load, Row, Target
from tweetrecon.model import Precision

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~$])")
_OPENING = re.compile(r"^([ \t]{0,3})([-+=]|[0-9]{1,9}(?=[.)]))")
_TIMES = {
    Precision.YEAR: "%Y",
    Precision.MONTH: "%B %Y",
    Precision.DAY: "%-d %B %Y",
    Precision.HOUR: "%-d %B %Y, about %H h UTC",
    Precision.MINUTE: "%-d %B %Y, %H:%M UTC",
}


def write(load: Load) -> Iterator[str]:
    """Each thread with its tweets in order, those missing named in between."""
    for batch in load("threads").to_batches(max_chunksize=1000):
        for thread in batch.to_pylist():
            yield "".join(_thread(thread))


def _thread(thread: Row) -> Iterator[str]:
    authors = ", ".join(f"@{escaped(name)}" for name in thread["author_usernames"]) or "unknown"
    yield f"## {thread['kind'].replace('_', ' ').capitalize()} by {authors}\n\n"
    gaps = thread["gaps"]
    yield from (_gap(gap) for gap in gaps if gap["after_position"] is None)
    for tweet in thread["tweets"]:
        yield _tweet(tweet)
        yield from (_gap(gap) for gap in gaps if gap["after_position"] == tweet["position"])


def _tweet(tweet: Row) -> str:
    name = f"**{escaped(tweet['author_name'])}** " if tweet["author_name"] else ""
    handle = f"@{escaped(tweet['author_username'])}" if tweet["author_username"] else "unknown author"
    link = f" · <{tweet['url']}>" if tweet["url"] else ""
    inferred = " · place concluded" if tweet["inferred"] else ""
    if tweet["text"] is None:
        return f"{name}{handle}{link}: not captured\n\n"
    quoted = "".join(f"> {escaped(line)}  \n" for line in tweet["text"].splitlines())
    return f"{name}{handle} · {when(tweet)}{link}{inferred}\n\n{quoted}\n"


def when(tweet: Row) -> str:
    """The time of a tweet, as exactly as it is known, in words."""
    time = tweet["created_at"]
    layout = _TIMES.get(tweet["created_at_precision"], "%-d %B %Y, %H:%M:%S UTC")
    return time.strftime(layout) if time else "date unknown"


def _gap(gap: Row) -> str:
    named = (gap["number"], f"by @{escaped(gap['author_username'])}" if gap["author_username"] else None)
    return f"*Missing: {' '.join(['tweet', *filter(None, named)])}*\n\n"


def escaped(text: str) -> str:
    """Text that Markdown shows as it is: on one line, no markup, no lists."""
    line = _SPECIAL.sub(r"\\\1", " ".join(text.splitlines()))
    return _OPENING.sub(lambda m: f"{m[1]}\\{m[2]}" if not m[2].isdigit() else f"{m[1]}{m[2]}\\", line)


TARGET = Target("markdown", "threads as Markdown", write)
