"""Threads as cards for a terminal: each tweet with where it stands, and each gap as a card of its own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from rich.console import Console, ConsoleOptions, Group, JustifyMethod, RenderableType, RenderResult
from rich.padding import Padding
from rich.panel import Panel
from rich.text import Text

from tweetrecon.cli.command import counted
from tweetrecon.cli.wording import isolated, one_line, safe, span, when
from tweetrecon.model import REDACTED, Gap, ReferenceType, Thread, ThreadTweet, TweetStatus
from tweetrecon.twitter.direction import text_dir

Row = Mapping[str, Any]

WIDEST = 100
DEEPEST = 6
"""Cards are indented by depth up to here; deeper ones stand below each other."""
MOST_SOURCES = 3

_RELATIONS = {
    ReferenceType.REPLIED_TO: "reply",
    ReferenceType.RETWEETED: "retweet",
    ReferenceType.QUOTED: "quote",
}
_NOT_CAPTURED = "not captured: known only through the tweet below"


class Sources:
    """Rows of other tables that say where tweets come from: sightings, documents, times, and the rules of edges."""

    def __init__(
        self, sightings: Sequence[Row], documents: Sequence[Row], tweets: Sequence[Row], references: Sequence[Row]
    ) -> None:
        self._sightings = {row["sighting_id"]: row for row in sightings}
        self._documents = {row["document_id"]: row for row in documents}
        self._tweets = {row["tweet_key"]: row for row in tweets}
        self._methods = {(row["tweet_key"], row["type"]): row["method"] for row in references}

    def time(self, tweet: ThreadTweet) -> str:
        """When a tweet was sent, with how exactly that is known."""
        source = self._tweets.get(tweet.tweet_key, {}).get("created_at_source")
        return when(tweet.created_at, tweet.created_at_precision, source)

    def relation(self, tweet: ThreadTweet) -> str:
        """How a tweet hangs on the one above, and, where a rule concluded that, by which and how surely."""
        if tweet.reference_type is None:
            return ""
        word = _RELATIONS[tweet.reference_type]
        method = self._methods.get((tweet.tweet_key, tweet.reference_type), "a rule")
        return f"{word}, inferred by {method} ({tweet.confidence:.2f})" if tweet.inferred else word

    def instead(self, tweet: ThreadTweet) -> str:
        """Why a tweet has no text."""
        redacted = REDACTED in self._tweets.get(tweet.tweet_key, {}).get("flags", ())
        return "(redacted)" if redacted else "(no text captured)"

    def lines(self, tweet: ThreadTweet) -> Iterator[str]:
        """Where a tweet stands, one line a place."""
        for sighting_id in tweet.sighting_ids[:MOST_SOURCES]:
            yield self._line(self._sightings.get(sighting_id, {}))
        if len(tweet.sighting_ids) > MOST_SOURCES:
            yield f"and {len(tweet.sighting_ids) - MOST_SOURCES:,} more places"

    def _line(self, sighting: Row) -> str:
        document = self._documents.get(sighting.get("document_id", ""), {})
        name = ", ".join(str(document[k]) for k in ("source_uri", "source_key") if document.get(k))
        place = f"line {line}" if (line := sighting.get("source_line")) else span(sighting)
        facts = [name, place, sighting.get("form"), f"confidence {sighting.get('confidence') or 0:.2f}"]
        return " · ".join(one_line(str(fact)) for fact in facts if fact)


def print_thread(console: Console, thread: Thread, sources: Sources) -> None:
    """One thread: a heading, then its cards in order, gaps between them."""
    console.print(_heading(thread))
    holes = [gap for gap in thread.gaps if gap.number is not None]
    _print_gaps(console, [gap for gap in holes if gap.after_position is None], 0)
    for tweet in thread.tweets:
        depth = min(tweet.depth, DEEPEST)
        console.print(Padding(_card(tweet, sources), (0, 0, 0, 2 * depth)))
        _print_gaps(console, [gap for gap in holes if gap.after_position == tweet.position], depth)
    console.print()


def _heading(thread: Thread) -> Text:
    words = [str(thread.kind).replace("_", " "), counted(thread.tweets_count, "tweet")]
    if thread.gaps:
        words.append(counted(len(thread.gaps), "gap"))
    words.append(f"in {counted(thread.documents_count, 'document')}")
    return Text().append(" · ".join(words), style="bold").append(f"  {one_line(thread.thread_id)}", style="dim")


def _card(tweet: ThreadTweet, sources: Sources) -> Panel:
    implied = tweet.status is TweetStatus.IMPLIED
    parts: list[RenderableType] = (
        [_Body(tweet.text, tweet.text_dir)] if tweet.text else [Text(sources.instead(tweet), style="dim italic")]
    )
    if implied:
        parts.insert(0, Text(f"Tweet by {_handle(tweet.author_username)} {_NOT_CAPTURED}", style="yellow"))
    below = [tweet.url] if tweet.url else []
    below += [f"from {line}" for line in sources.lines(tweet)]
    parts += [Text(one_line(line), style="dim") for line in below]
    return Panel(
        Group(*parts),
        title=_title(tweet, sources),
        title_align="left",
        subtitle=_facts(tweet, sources),
        subtitle_align="right",
        border_style="yellow" if implied else "",
    )


def _title(tweet: ThreadTweet, sources: Sources) -> Text:
    name = one_line(tweet.author_name or "")
    title = Text().append(isolated(name, text_dir(name)) + " " if name else "", style="bold")
    return title.append(f"{_handle(tweet.author_username)} · {sources.time(tweet)}")


def _facts(tweet: ThreadTweet, sources: Sources) -> Text | None:
    facts = [sources.relation(tweet)]
    if tweet.number is not None:
        facts.append(f"{tweet.number}/{tweet.number_total or '?'}")
    if tweet.lang and tweet.lang != "und":
        facts.append(one_line(tweet.lang))
    told = " · ".join(fact for fact in facts if fact)
    return Text(told) if told else None


def _handle(username: str | None) -> str:
    return f"@{one_line(username)}" if username else "(author unknown)"


def _print_gaps(console: Console, gaps: Sequence[Gap], depth: int) -> None:
    for author, missing in groupby(gaps, key=lambda gap: gap.author_username):
        numbers = ", ".join(one_line(gap.number or "?") for gap in missing)
        message = Text(f"{numbers} by {_handle(author)} missing: in none of the documents", style="yellow")
        console.print(Padding(Panel(message, border_style="yellow"), (0, 0, 0, 2 * depth)))


class _Body:
    """A tweet's text, wrapped first and then isolated line by line, because each is a paragraph to a terminal."""

    def __init__(self, text: str, direction: str) -> None:
        self._text = safe(text)
        self._direction = direction

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        justify: JustifyMethod = "right" if self._direction == "rtl" else "left"
        for line in Text(self._text).wrap(console, options.max_width):
            line.rstrip()
            yield Text(isolated(line.plain, self._direction), justify=justify, no_wrap=True)
