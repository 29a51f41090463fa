"""A tweet quoted in prose: ``“@username: …”``, ``Name (@username) tweeted: “…”``, ``“…,” tweeted Name (@username)``."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tweetrecon.forms.form import TextForm, TextView
from tweetrecon.model import Embed
from tweetrecon.twitter import elapsed, talk, usernames

_MARKS = {"“": "”“", '"': '"', "«": "»", "„": "“”", "「": "」", "『": "』", "”": "”"}
_QUOTED_AUTHOR = re.compile(r"([“\"«„「])[@＠]([A-Za-z0-9_]{1,15}): ?(?=[^\s“”\"«»„「」])")
_AUTHOR = re.compile(r"[@＠]([A-Za-z0-9_]{1,15})(?![\w@＠.\-]\w)")
_BEFORE_AUTHOR = re.compile(r"[\w@＠/.\-]")
_LEADS_ON = tuple(":：,،、")
_MARK_OR_END = re.compile(rf"[{''.join(_MARKS)}\n]|[.!?](?=\s)")
_ANY_MARK = re.compile(f"[{''.join(_MARKS)}{''.join(_MARKS.values())}]")
_CLOSERS = {mark: re.compile(f"[{closers}\\n]") for mark, closers in _MARKS.items()}
_SENTENCE_END = re.compile(r"[.!?。！？؟…]\s|\n")
_NAME = re.compile(r"((?:[^\W\d_a-z][^\s(),:;“”\"«»@]{0,24}[ \xa0]){1,5})$")
_AT_RULES = frozenset("media import charset supports keyframes page param return returns throws author see".split())
"""What stands behind "@" in style sheets and comments of programs."""

_STOPS = tuple(",.!?…，。！？،")
_SHORTEST = 8
"""A quotation of fewer characters is a word that somebody distances himself from."""

_CLOSING = {mark: "".join(o for o, closers in _MARKS.items() if mark in closers) for mark in '”"»“」』'}
"""What may have opened a quotation, by the mark that closes it."""

_MOST_WORDS = 3
"""Words between a quotation and the bare ``@username`` of its author: "wrote", "tweeted by"."""

_PARTICLES = 6
"""Characters between the author and a quotation whose verb stands behind it."""

_BETWEEN = 80
"""Characters between the username and the quotation."""
_LONGEST = 420


def read(view: TextView) -> Iterator[Embed]:
    """One embed for each quotation with the username of its author; the article may have shortened it."""
    last = 0
    authors = list(_authors(view.text))
    found = [
        *_with_author_inside(view.text),
        *_with_author_before(view.text, authors),
        *_with_author_after(view.text, authors),
    ]
    for embed in sorted(found, key=lambda e: e.start or 0):
        if (embed.start or 0) >= last:
            last = embed.end or last
            yield embed


def _authors(text: str) -> Iterator[re.Match[str]]:
    """The usernames beside which a quotation stands."""
    for author in _AUTHOR.finditer(text):
        start, end = author.span()
        joined = _BEFORE_AUTHOR.match(text, start - 1, start) if start else None
        if not joined and _ANY_MARK.search(text, max(0, start - _BETWEEN), end + _BETWEEN):
            yield author


def _with_author_inside(text: str) -> Iterator[Embed]:
    for opening in _QUOTED_AUTHOR.finditer(text):
        close = _closing(text, opening.end(), opening[1])
        if close is None or not usernames.clean(opening[2]) or opening[2] in _AT_RULES:
            continue
        if not elapsed.marks_feed(text, close + 1):
            yield _embed(opening.start(), close + 1, text, (opening.end(), close), None, opening[2])


def _with_author_before(text: str, authors: list[re.Match[str]]) -> Iterator[Embed]:
    """``Name (@username) tweeted: “…”``, ``In a tweet, Name (@username) said: “…”``."""
    for author in authors:
        opening = _opening(text, author.end(), min(len(text), author.end() + _BETWEEN))
        close = _closing(text, opening + 1, text[opening]) if opening is not None else None
        if opening is None or close is None or not usernames.clean(author[1]):
            continue
        if _leads_on(text, author, opening) or _follows(text, text[author.end() : opening], close):
            start, name = _name(text, author)
            yield _embed(start, close + 1, text, (opening + 1, close), name, author[1])


def _leads_on(text: str, author: re.Match[str], opening: int) -> bool:
    """Whether the words before a quotation say that the author tweeted it, and lead on to it."""
    words = text[author.end() : opening].rstrip()
    if talk.speaks(words):
        return words.endswith(_LEADS_ON) or talk.speaks(words.split()[-1])
    before = _sentence_before(text, author.start()).rstrip(" (（")
    return words.endswith((":", "：")) and talk.speaks(before) and not talk.speaks(before.split()[-1])


def _follows(text: str, words: str, close: int) -> bool:
    """Whether the verb stands behind the quotation, as in Japanese: ``Name（@username）は「…」とツイートした``."""
    return len(words) <= _PARTICLES and text[close] in "」』" and talk.speaks(text[close + 1 : close + 12])


def _sentence_before(text: str, end: int) -> str:
    """What stands before a place in its sentence."""
    words = text[max(0, end - _BETWEEN) : end]
    ends = [found.end() for found in _SENTENCE_END.finditer(words)]
    return words[ends[-1] :] if ends else words


def _with_author_after(text: str, authors: list[re.Match[str]]) -> Iterator[Embed]:
    """``“…,” tweeted Name (@username)``, ``“…,” Name (@username) wrote on Twitter``."""
    for author in authors:
        close = _closing_before(text, max(0, author.start() - _BETWEEN), author.start())
        if close is None or not usernames.clean(author[1]):
            continue
        between = text[close + 1 : author.start()]
        rest = _SENTENCE_END.split(text[author.end() : author.end() + _BETWEEN], maxsplit=1)[0]
        bare = text[author.start() - 1 : author.start()] not in ("(", "（")
        is_said = _goes_on(text, close) and "@" not in between and not (bare and len(between.split()) > _MOST_WORDS)
        is_said = is_said and talk.speaks(f"{between} {rest}")
        opening = _opening_before(text, close) if is_said else None
        if opening is not None and close - opening > _SHORTEST and not _opens(rest):
            name = _name(text, author)[1]
            yield _embed(opening, author.end(), text, (opening + 1, close), name, author[1])


def _goes_on(text: str, close: int) -> bool:
    """Whether the sentence of a quotation ends with it, and its speaker is named after it: ``“…,” said``."""
    return text[close - 1] in _STOPS or text[close + 1 : close + 2] in _STOPS or text[close] in "」』"


def _opens(words: str) -> bool:
    """Whether another quotation follows, which the author's words lead on to."""
    return any(mark in words for mark in _MARKS)


def _closing_before(text: str, start: int, end: int) -> int | None:
    """The last closing quotation mark of a sentence that goes on with its speaker."""
    last = max(text.rfind(mark, start, end) for mark in _CLOSING)
    for position in range(end - 1, start - 1, -1) if last != -1 else ():
        mark = text[position]
        if mark in _CLOSING and (mark == "»" or text[position - 1 : position].strip()):
            return position
        if mark == "\n" or (mark in ".!?:" and text[position + 1 : position + 2].isspace()):
            return None
    return None


def _opening_before(text: str, close: int) -> int | None:
    """The mark that opens the quotation that ends at ``close``, on the same line."""
    openers = _CLOSING[text[close]]
    for position in range(close - 1, max(-1, close - _LONGEST), -1):
        if text[position] in openers and not text[position - 1 : position].strip(" \t(\n\xa0"):
            return position
        if text[position] == "\n":
            return None
    return None


def _name(text: str, author: re.Match[str]) -> tuple[int, str | None]:
    """Where the naming of the author begins, and the name before ``(@username)``."""
    bracket = author.start() - (text[author.start() - 1 : author.start()] in ("(", "（"))
    name = _NAME.search(text, max(0, bracket - 80), bracket) if bracket < author.start() else None
    return (name.start(), name[1].strip()) if name else (bracket, None)


def _opening(text: str, start: int, end: int) -> int | None:
    """The first quotation mark before the sentence or line is over."""
    found = _MARK_OR_END.search(text, start, end)
    return found.start() if found and found[0] in _MARKS else None


def _closing(text: str, start: int, opening: str) -> int | None:
    """The end of a quotation of at least two words, within one line."""
    found = _CLOSERS[opening].search(text, start, start + _LONGEST)
    return found.start() if found and found[0] != "\n" and found.start() - start > _SHORTEST else None


def _embed(start: int, end: int, text: str, span: tuple[int, int], name: str | None, username: str) -> Embed:
    return Embed(
        form=FORM.name,
        start=start,
        end=end,
        text_start=span[0],
        text_end=span[1],
        raw_text=text[span[0] : span[1]],
        raw_name=name,
        raw_username=username,
        confidence=0.5,
    )


FORM = TextForm(
    name="flat_quotation",
    doc="a quotation in prose that says who tweeted it, with the username",
    read=read,
    page_signs=(),
    since=2008,
    yields="username, name, text; no date",
    seen="news articles before and beside embeds",
    signs=("@", "＠"),
)
