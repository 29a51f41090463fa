"""The text that Markdown, JSX or a hard-wrapped file shows, without marks: quotes, links, escapes, line breaks."""

from __future__ import annotations

import re
from itertools import pairwise

_QUOTE_PREFIX = re.compile(r"^(?:[ \t]{0,8}>){1,8}[ \t]?", re.MULTILINE)
_LINK = re.compile(
    r"!?\[((?:[^\[\]\\\n]|\\.|\n(?!\n)){0,400})\](?:\([^()\s]{0,2000}(?:\s\"[^\"\n]{0,200}\")?\)|\[[\w.-]{1,20}\])"
)
_PICTURE = re.compile(r"!\[[^\[\]\n]{0,400}\]\([^()\s]{0,2000}\)")
_DEFINITION = re.compile(
    r"^[ \t>]{0,8}\[([^\[\]\n]{1,60})\]:[ \t]{0,4}(?:\n[ \t]{1,8})?<?([^\s<>]{1,1000})", re.MULTILINE
)
_AUTOLINK = re.compile(r"<(https?://[^<>\s]{1,2000})>")
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+\-.!~|>@])")
_HARD_BREAK = re.compile(r"(?:\\|[ ]{2,8})$", re.MULTILINE)
_JSX_SPACE = re.compile(r"\{\" {1,4}\"\}")
COLUMNS = (60, 100)
"""Widths at which texts are hard-wrapped."""
LONGER, FULL = 0.9, 0.6
"""Shares of the lines that are no longer than a column, and that end where it is full."""

SHORT = 30
"""A line of no more characters ends a paragraph, or is none of one."""

FEWEST = 6
"""So many line breaks inside paragraphs tell whether a text is wrapped."""


def displayed(text: str, width: int | None = None) -> str:
    """What a reader of the rendered Markdown sees; text without marks is returned unchanged.

    ``width``: the column at which the file is wrapped; line breaks that the wrapping made are undone.
    """
    quoted = _is_quoted(text)
    if quoted:
        text = _QUOTE_PREFIX.sub("", text)
    if width:
        text = _unwrapped(text, width - 2 if quoted else width)
    if "<" in text:
        text = _AUTOLINK.sub(r"\1", text)
    if "[" in text:
        text = _PICTURE.sub("", text)
        text = _LINK.sub(lambda link: " ".join(link[1].split("\n")), text)
    if "\\" in text:
        text = _HARD_BREAK.sub("", text)
        text = _ESCAPE.sub(r"\1", text)
    if '{"' in text:
        text = _JSX_SPACE.sub(" ", text)
    return text.strip()


def definitions(text: str) -> dict[str, str]:
    """The addresses that a text defines for its links (``[3]: https://…``), by label in lower case."""
    return {found[1].lower(): found[2] for found in reversed(list(_DEFINITION.finditer(text)))}


def _is_quoted(text: str) -> bool:
    """Whether a passage stands in a quote: all its lines but the first, whose mark lies before it, are marked."""
    lines = text.split("\n")[1:]
    return bool(lines) and all(line.lstrip().startswith(">") for line in lines)


def wrap_width(text: str) -> int | None:
    """The column at which a text is hard-wrapped, or None: mostly, a line's first word would have fitted before it.

    Lists, captions and code have short lines, addresses long ones, so that a tenth may be longer and a third shorter.
    """
    lines = text.split("\n")
    known = [len(line) for line in lines if len(line) > SHORT]
    if sum(length > COLUMNS[1] for length in known) > (1 - LONGER) * len(known):
        return None
    neighbours = ((a.rstrip(), b.lstrip("> \t").split(maxsplit=1)) for a, b in pairwise(lines) if len(a) > SHORT)
    pairs = [(len(a), words[0]) for a, words in neighbours if len(a) > SHORT and words]
    lengths = sorted(length for length, _ in pairs if length <= COLUMNS[1])
    if len(lengths) < max(FEWEST, LONGER * len(pairs)):
        return None
    width = lengths[int(0.95 * len(lengths))]
    full = sum(length + 1 + len(word) > width for length, word in pairs)
    return width if width >= COLUMNS[0] and full >= FULL * len(pairs) else None


def _unwrapped(text: str, width: int) -> str:
    """A passage of a text that is wrapped at a column, with the breaks that the wrapping made undone."""
    lines = text.split("\n")
    joined = lines[:1]
    for before, line in pairwise(lines):
        word = line.split(maxsplit=1)[:1]
        if before.strip() and word and len(before) + 1 + len(word[0]) > width:
            joined[-1] += " " + line.strip()
        else:
            joined.append(line)
    return "\n".join(joined)
