"""Retweets written into the text: ``RT @user: …`` and all that was done by hand before there was a button for it.

`parse` takes a text apart into a `Chain`: the poster's own comment, the hops from the outermost source inwards, what
stands behind the quotation, and the credits. The forms, all seen in public archives of 2008-2024:

=====================================  ======================================================================
``RT @a: text``                        the native retweet, exactly so; also ``RT @a text``, ``RT: @a``, ``RT“@a: …”``
``MT @a``, ``PRT @a``, ``QT @a``       modified, partial, quoting
``“@a: text”``                         the quotation of the early clients, in the quotation marks of any language
``♺ @a: text``, ``retweeting @a: …``   clients and people of 2008-2010
``nice! RT @a: RT @b: text``           a comment before, sources nested to any depth
``RT @a: RT @b: text <- so true``      a comment behind an arrow, or behind the closing quotation mark
``via @a``, ``HT``, ``/by``, ``cc``    credits: who is thanked or called in; never a source of the text
=====================================  ======================================================================

A username in a text is the name of that day: 5 % of the sources of native retweets have another name by now.
Every pattern is anchored on its marker and bounded, so the time is linear in the length of the text.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

HopStyle = Literal["RT", "MT", "QT", "PRT", "quote"]
CreditStyle = Literal["via", "HT", "by", "cc", "OH"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Hop:
    """One source of a retweeted text; ``source[start:end] == text``.

    `text` is what this person wrote before the next hop begins, often nothing. `full_text` begins at `start` too and is
    the person's whole tweet, the hops inside it included. `truncated`: it ends in a mark that says it was longer.
    """

    style: HopStyle
    username: str
    text: str
    full_text: str
    start: int
    end: int
    truncated: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Credit:
    """Someone thanked or called in: ``(via @user)``, ``h/t @user``, ``cc @user``; `start` and `end` span the phrase."""

    style: CreditStyle
    username: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Chain:
    """A text taken apart. Without `hops` it is no retweet, and `comment` is all of it.

    `hops` has the outermost source first. `after` stands behind the quoted words: it is the poster's, or that of a hop
    around the quotation, whose `full_text` then holds it too. `native`: the text begins with exactly ``RT @user: ``, as
    the button made it; the poster of such a retweet has no say. `credits` are those of the whole text.
    """

    comment: str
    hops: tuple[Hop, ...]
    after: str
    credits: tuple[Credit, ...]
    native: bool


def parse(text: str) -> Chain:
    """The chain of `text`, a tweet without its byline. Never raises; linear in the length of the text."""
    marks = _hop_marks(text)
    native = bool(marks) and _NATIVE.match(text) is not None
    end, after = _quotation_end(text, marks, native)
    phrases = tuple(_credits(text))
    return Chain(
        comment=text[: marks[0].start if marks else None].strip(_EDGE),
        hops=tuple(_hops(text, marks, end, native)),
        after=text[after : _end_without_credit(text, after, phrases)].strip(_EDGE),
        credits=phrases,
        native=native,
    )


def hops(text: str) -> tuple[Hop, ...]:
    """The hops of :func:`parse`; most texts have none, which is told without taking them apart."""
    return parse(text).hops if _hop_marks(text) else ()


# ------------------------------------------------------------------------------------------------ markers of a hop

# Twitter sets a bidi mark between its word and the username when text is copied from its pages: "RT <U+200F>@user".
_GAP = r"[\s\u200b-\u200f\u202a-\u202e\u2066-\u2069]{0,4}"
_OPENERS = "\"“”„‟«»‹›「『〝＂'‘‚❝"
_MARKER = re.compile(
    rf"""
    (?: (?<![A-Za-z0-9_@＠#＃/]) (?P<word> P?RT | [MQ]T | [Rr]t | (?i:re-?tweet(?:ing|ed)?) )
        {_GAP} (?P<early_colon>[:：])? {_GAP} (?: (?P<quoted>[{_OPENERS}]) \s? )?
      | (?P<sign>[♺♻🔁]) \ufe0f? {_GAP}
      | (?P<quote> [“„«‹「『〝‘❝] | (?<![A-Za-z0-9])[{_OPENERS}] ) \s?
    )
    [@＠] (?P<user>[A-Za-z0-9_]{{1,20}}) (?! [A-Za-z0-9_@＠…] | \.\.\. | \.\w | ['’]s\b )
    (?P<colon> \s{{0,2}} [:：] )?
    """,
    re.VERBOSE,
)
_BEFORE_NAME = re.compile(
    rf"[TtGgDd♺♻🔁{_OPENERS}][\s:：{_OPENERS}\ufe0f\u200b-\u200f\u202a-\u202e\u2066-\u2069]{{0,12}}[@＠]"
)
"""What every marker has: the end of a word, a sign or a quotation mark, then little else before the username."""

_NATIVE = re.compile(r"RT @[A-Za-z0-9_]{1,20}: ")
_SPACE = re.compile(r"\s{0,8}")
_EDGE = " \t\r\n\u00a0\u3000\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_NO_WORDS = re.compile(rf"[{_EDGE}\s!-/:-@\[-`{{-~“”„«»‘’「」『』【】（）、。！？]*\Z")

# Chains of more than six hops are rare in public archives; the bound keeps hostile texts linear.
_MAX_HOPS = 32

# Behind these words "RT @user" is a verb or a noun: "please RT @user", "thanks for the RT @user", "gracias por el RT".
_PROSE = frozenset(
    """
    a and or if to not never always dont don't just please pls plz i i'll you we we'll they who will would can could
    should must gonna let's how did for 4 the this that my your his her our their of by with on at in from
    e el la los las le les lo un una de del di do da por pour para pelo pela per den der die das für fürs und oder
    bitte um o ou og en het een voor
    """.split()
)
_LAST_WORD = re.compile(r"(?<![\w@'’])([\w'’]{1,12})[ \t]{1,3}\Z")
_NOTHING_QUOTED = re.compile(r"[.,!?;)]|(?:\s{1,3}[@＠]\w{1,20}){0,20}[\s.!?)]{0,4}\Z")


@dataclass(frozen=True, slots=True)
class _Mark:
    """A marker from `start` to `body`; what it quotes ends at `end`, and `close` is past the closing quotation mark."""

    style: HopStyle
    username: str
    start: int
    body: int
    end: int
    close: int | None


def _hop_marks(text: str) -> list[_Mark]:
    """The markers of the chain, outermost first; each lies within what the one before it quotes."""
    if _BEFORE_NAME.search(text) is None:
        return []
    quotes = _Quotes(text)
    marks: list[_Mark] = []
    end = len(text)
    for found in _MARKER.finditer(text):
        if found.start() >= end or len(marks) == _MAX_HOPS:
            break
        if not _is_sure(text, found, follows=bool(marks) and _past_space(text, marks[-1].body) == found.start()):
            continue
        close = quotes.close_of(max(found.start("quoted"), found.start("quote")), end)
        end = end if close is None else close
        behind = None if close is None else close + 1
        marks.append(_Mark(_style(found), found["user"], found.start(), found.end(), end, behind))
    while marks and _NO_WORDS.match(text[marks[-1].body : marks[-1].end]):
        marks.pop()
    return marks


def _style(found: re.Match[str]) -> HopStyle:
    match found["word"]:
        case None:
            return "quote" if found["quote"] else "RT"
        case "MT" | "QT" | "PRT" as style:
            return style
        case _:
            return "RT"


def _is_sure(text: str, found: re.Match[str], follows: bool) -> bool:
    """Whether a marker quotes someone. `follows`: it stands directly behind the marker before it."""
    word = found["word"] or ""
    loud = word in ("RT", "MT", "QT", "PRT") or found["sign"] is not None
    if found["colon"] or found["early_colon"] or found["quoted"]:
        return loud or not word or not _is_prose(text, found)
    if found["quote"] or _NOTHING_QUOTED.match(text, found.end()):
        return False
    if follows or _is_prose(text, found):
        return follows
    first = word.lower() == "rt" and _past_space(text, 0) == found.start()
    return loud or first or _MARKER.match(text, _past_space(text, found.end())) is not None


def _is_prose(text: str, found: re.Match[str]) -> bool:
    last = _LAST_WORD.search(text, max(0, found.start() - 16), found.start())
    return last is not None and last[1].lower() in _PROSE


def _past_space(text: str, start: int) -> int:
    found = _SPACE.match(text, start)
    return found.end() if found else start


# ------------------------------------------------------------------------------------------------ quotation marks

# What may close what: English, German, French, Swedish, Danish, Japanese.
_CLOSERS = {
    "“": "”", "„": "“”", "‟": "”", "”": "”", '"': '"', "＂": "＂", "❝": "❞", "«": "»", "»": "«", "‹": "›",
    "「": "」", "『": "』", "〝": "〟", "‘": "’", "‚": "‘’", "'": "'",
}  # fmt: skip
_OPENED_BY = {mark: [o for o, closers in _CLOSERS.items() if mark in closers] for mark in "“”\"＂❞«»›」』〟‘’'"}
_EITHER_WAY = "\"＂'”»"
_QUOTE = re.compile(r"[\"“”„‟«»‹›「」『』〝〟＂‘‚❝❞]|(?<!\w)['’]|['’](?!\w)")


class _Quotes:
    """The pairs of quotation marks of a text, each kind matched by itself, in one pass and only when asked for."""

    def __init__(self, text: str) -> None:
        self._text = text

    def close_of(self, opener: int, end: int) -> int | None:
        """The mark before `end` that closes the one at `opener`: its partner or, in “@a: text", the last loose one."""
        if opener < 0:
            return None
        partners, loose = self._pairs
        partner = partners.get(opener)
        if partner is not None:
            return partner if partner < end else None
        place = bisect_left(loose, end) - 1
        return loose[place] if place >= 0 and loose[place] > opener else None

    @cached_property
    def _pairs(self) -> tuple[dict[int, int], list[int]]:
        """Closing mark by opening mark, and the closing marks that nothing opened."""
        partners: dict[int, int] = {}
        loose: list[int] = []
        open_at: dict[str, list[int]] = {opener: [] for opener in _CLOSERS}
        for found in _QUOTE.finditer(self._text):
            at, mark = found.start(), found[0]
            opened = [open_at[opener] for opener in _OPENED_BY.get(mark, ()) if open_at[opener]]
            opening = _looks_opening(self._text, at) or (not opened and self._text.startswith(("@", "＠"), at + 1))
            if opened and not opening:
                partners[max(opened, key=lambda places: places[-1]).pop()] = at
            elif mark in _CLOSERS and (opening or mark not in _EITHER_WAY):
                open_at[mark].append(at)
            elif mark in '"”»':
                loose.append(at)
        return partners, loose


def _looks_opening(text: str, at: int) -> bool:
    before, behind = text[at - 1 : at] if at else "", text[at + 1 : at + 2]
    return text[at] != "”" and (not before.strip() or before in "([（「“«") and bool(behind.strip())


# ------------------------------------------------------------------------------------------------ hops

# A comment behind the quoted text: "<-", "<<--", "&lt;-", "←". A heart ("<3") and a comparison ("a < b") are none.
_ARROW = re.compile(r"(?:(?:<|&lt;){1,6}[-=~]{1,6}|(?:<|&lt;){2,6}|[←⬅]\ufe0f?)(?=\s?\w)|(?<=[\"”»]) (?:<|&lt;)(?= \w)")
_TRUNCATED = re.compile(r"(?:…|\s\.\.\.)(?:\s{0,2}https?://\S{1,40})?\Z")


def _quotation_end(text: str, marks: list[_Mark], native: bool) -> tuple[int, int]:
    """Where the quoted words end and where those behind them begin: at a closing quotation mark or at an arrow."""
    for mark in marks:
        if mark.close is not None:
            return len(text), mark.close
    arrow = _ARROW.search(text, marks[-1].body) if marks and not (native and len(marks) == 1) else None
    end = arrow.start() if arrow else len(text)
    return end, end


def _hops(text: str, marks: list[_Mark], end: int, native: bool) -> Iterator[Hop]:
    inner = [mark.start for mark in marks[1:]] + [end]
    for place, mark in enumerate(marks):
        whole = mark.end if native and place == 0 else min(mark.end, end)
        full = text[mark.body : whole].lstrip(_EDGE)
        start = whole - len(full)
        own = text[start : min(whole, inner[place])].rstrip(_EDGE)
        full = full.rstrip(_EDGE)
        yield Hop(
            style=mark.style,
            username=mark.username,
            text=own,
            full_text=full,
            start=start,
            end=start + len(own),
            truncated=_TRUNCATED.search(full, max(0, len(full) - 60)) is not None,
        )


# ------------------------------------------------------------------------------------------------ credits

_SOMEONE = r"[@＠][A-Za-z0-9_]{1,20}(?![A-Za-z0-9_])"
_CREDIT = re.compile(
    rf"""
    (?: [(（\[【] \s? )?
    (?: (?: (?<![\w@＠#＃]) (?P<via> (?i: /?\s? v[ií]a ) )
          | (?<![\w@＠#＃]) (?P<ht> HT | [Hh]/[Tt] | (?i: hat[ -]?tip ) )
          | (?P<by> (?: / \s? | (?<=[(（\[【]) ) (?i:by) )
          | (?<![\w@＠#＃]) (?P<cc> (?i: /?cc ) )
          | (?<![\w@＠#＃]) (?P<oh> OH (?= \s?[:：] | \sfrom\b | \s{_SOMEONE}[:：] ) )
        )
        (?: \s?[:：] )? (?: \s(?:to|from) )? \s{{0,3}}
        (?P<users> {_SOMEONE} (?: [\s,&/+、]{{1,3}} (?: (?:and|y|und|et|e)\s )? {_SOMEONE} ){{0,19}} )
      | (?P<behind> {_SOMEONE} ) \s? (?: さんから | aracılığıyla )
    )
    (?: \s? [)）\]】] )?
    """,
    re.VERBOSE,
)
_CREDIT_STYLES: dict[str, CreditStyle] = {"via": "via", "ht": "HT", "by": "by", "cc": "cc", "oh": "OH"}


def _credits(text: str) -> Iterator[Credit]:
    for found in _CREDIT.finditer(text):
        style: CreditStyle = next((style for group, style in _CREDIT_STYLES.items() if found[group]), "via")
        for username in re.findall(r"[@＠]([A-Za-z0-9_]+)", found["users"] or found["behind"]):
            yield Credit(style=style, username=username, start=found.start(), end=found.end())


def _end_without_credit(text: str, start: int, phrases: tuple[Credit, ...]) -> int:
    """The end of the text less a credit that closes it, as in "“@a: text” /via @b"."""
    end = len(text)
    for phrase in reversed(phrases):
        if phrase.start < start or text[phrase.end : end].strip():
            break
        end = phrase.start
    return end
