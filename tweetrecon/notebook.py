"""Cards for notebooks: tweets and threads as HTML and Markdown. What a page said is shown as text, never as markup.

The functions take records by their fields alone, so that :mod:`tweetrecon.model` can build on this module.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from html import escape
from typing import Any

MOST_TWEETS = 50
"""Tweets of a thread that a card shows; how many more there are is said."""

_FORMATS = {"year": "%Y", "month": "%B %Y", "day": "%-d %b %Y", "hour": "%-d %b %Y %H:00 UTC"}
_FINE = "%-d %b %Y %H:%M UTC"
_CARD = "border:1px solid #8888;border-radius:8px;padding:.5em .8em;margin:.4em 0;max-width:40em;"
_RELATIONS = {"replied_to": "reply", "retweeted": "retweet", "quoted": "quote"}
_MARKDOWN = str.maketrans({c: f"\\{c}" for c in "\\`*_{}[]<>()#+!|~"})
# An unbalanced control in a name would turn the text behind it round; shown, it does no harm.
_CONTROLS = {c: f"⟨U+{c:04X}⟩" for c in (*range(0x202A, 0x202F), *range(0x2066, 0x206A))}
_UNSEEN = {c: None for c in (*range(0x20), *range(0x7F, 0xA0)) if c != 0x0A} | _CONTROLS


def tweet_html(tweet: Any) -> str:
    """One tweet as a card."""
    return _card(tweet, 0)


def tweet_markdown(tweet: Any) -> str:
    """One tweet as a quotation with its byline."""
    return "\n".join(_quotation(tweet, ""))


def thread_html(thread: Any) -> str:
    """A thread as cards in its order, what is missing in between."""
    cards = [_card(t, t.depth) if t is not None else _gap_html(what) for t, what in _sequence(thread)]
    more = len(thread.tweets) - MOST_TWEETS
    return "".join(cards) + (f"<p>… and {more:,} more</p>" if more > 0 else "")


def thread_markdown(thread: Any) -> str:
    """A thread as quotations in its order, what is missing in between."""
    lines: list[str] = []
    for tweet, what in _sequence(thread):
        lines += _quotation(tweet, "  " * min(tweet.depth, 6)) if tweet is not None else [f"*{_plain(what)}*"]
        lines.append("")
    more = len(thread.tweets) - MOST_TWEETS
    return "\n".join([*lines, f"… and {more:,} more"] if more > 0 else lines).rstrip()


def dataset_html(counts: Sequence[tuple[str, int]], name: str) -> str:
    """A dataset as its tables and their numbers of rows."""
    rows = "".join(f"<tr><td>{escape(table)}</td><td style='text-align:right'>{n:,}</td></tr>" for table, n in counts)
    return f"<table><caption>{escape(name)}</caption>{rows}</table>"


def dataset_markdown(counts: Sequence[tuple[str, int]], name: str) -> str:
    """The same as Markdown."""
    rows = "\n".join(f"| {table} | {n:,} |" for table, n in counts)
    return f"| {_plain(name)} | rows |\n|---|---:|\n{rows}"


def _sequence(thread: Any) -> Iterator[tuple[Any, str]]:
    """(tweet, "") and (None, what is missing), in the order to show."""
    gaps = sorted(thread.gaps, key=lambda g: -1 if g.after_position is None else g.after_position)
    place = 0
    for tweet in thread.tweets[:MOST_TWEETS]:
        while place < len(gaps) and (gaps[place].after_position is None or gaps[place].after_position < tweet.position):
            yield None, _missing(gaps[place])
            place += 1
        yield tweet, ""
    for gap in gaps[place:]:
        yield None, _missing(gap)


def _missing(gap: Any) -> str:
    what = gap.number or (f"tweet {gap.tweet_id}" if gap.tweet_id else "a tweet")
    by = f" by @{gap.author_username}" if gap.author_username else ""
    return f"{what}{by} is missing: {gap.reason.replace('_', ' ')}"


def _when(tweet: Any) -> str:
    if not isinstance(tweet.created_at, datetime):
        return "no date"
    shown = tweet.created_at.strftime(_FORMATS.get(str(tweet.created_at_precision), _FINE))
    return f"{shown} ({tweet.created_at_precision} only)" if str(tweet.created_at_precision) in _FORMATS else shown


def _tags(tweet: Any) -> str:
    relation = _RELATIONS.get(str(getattr(tweet, "reference_type", "")), "")
    implied = "known only through another tweet" if str(tweet.status) == "implied" else ""
    return " · ".join(t for t in (relation, implied, tweet.lang or "") if t)


def _card(tweet: Any, depth: int) -> str:
    name = f"<bdi><b>{_safe(tweet.author_name)}</b></bdi> " if tweet.author_name else ""
    handle = f"<bdi dir='ltr'>@{_safe(tweet.author_username)}</bdi>" if tweet.author_username else "unknown author"
    words = f"<p dir='{escape(tweet.text_dir)}' style='white-space:pre-wrap'>{_safe(tweet.text)}</p>"
    link = f"<a rel='noopener noreferrer' href='{escape(tweet.url)}'>{escape(tweet.url)}</a>" if _is_web(tweet) else ""
    foot = " · ".join(part for part in (escape(_tags(tweet)), link) if part)
    indent = f"margin-left:{min(depth, 8) * 1.5:g}em;"
    return (
        f"<div style='{_CARD}{indent}'><div>{name}{handle} · {escape(_when(tweet))}</div>{words}"
        f"<small>{foot}</small></div>"
    )


def _gap_html(what: str) -> str:
    return f"<div style='{_CARD}border-style:dashed;'><i>{_safe(what)}</i></div>"


def _quotation(tweet: Any, indent: str) -> list[str]:
    lines = [f"{indent}> {_plain(line)}" for line in (tweet.text or "").split("\n")]
    name = f"{tweet.author_name} " if tweet.author_name else ""
    link = f" <{tweet.url}>" if _is_web(tweet) else ""
    byline = f"— {_plain(name)}(@{_plain(tweet.author_username or '?')}), {_when(tweet)}{link}"
    return [*lines, f"{indent}>", f"{indent}> {byline}"]


def _is_web(tweet: Any) -> bool:
    return bool(tweet.url) and tweet.url.startswith(("https://", "http://"))


def _safe(text: str | None) -> str:
    return escape((text or "").translate(_UNSEEN))


def _plain(text: str) -> str:
    return text.translate(_UNSEEN).translate(_MARKDOWN)
