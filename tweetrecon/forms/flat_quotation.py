"""A tweet quoted in prose: ``“@username: …”``, or ``Name (@username) tweeted: “…”`` in the words of many languages."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tweetrecon.forms.form import TextForm, TextView
from tweetrecon.model import Embed
from tweetrecon.twitter import usernames

_MARKS = {"“": "”“", '"': '"', "«": "»", "„": "“”", "「": "」", "『": "』", "”": "”"}
_QUOTED_AUTHOR = re.compile(r"([“\"«„「])[@＠]([A-Za-z0-9_]{1,15}): ?(?=[^\s“”\"«»„「」])")
_AUTHOR = re.compile(r"\([@＠]([A-Za-z0-9_]{1,15})\)")
_VERBS = (
    r"\btweet(?:ed|s|ing)?\b",
    r"\b(?:wrote|writes|said|says|posted|posts|added|replied) (?:on|via|in a) t(?:witter|weet)\b",
    r"\btwittert(?:e|en)?\b|\b(?:schrieb|schreibt) (?:auf|bei|via) twitter\b",
    r"\btweet(?:é|ait|e)\b|(?:écrit|écrivait|posté) sur twitter\b",
    r"\btuite[óo]\b|\b(?:escribió|publicó|dijo) en (?:su )?(?:cuenta de )?twitter\b",
    r"\btuitou\b|\b(?:escreveu|publicou) no twitter\b",
    r"\btwittato\b|\bscri(?:tto|ve) su twitter\b",
    r"\btwitter['’]?dan? (?:yaz|paylaş)|\btweet (?:attı|atıp)",
    r"\bтвитнул|\b(?:написал|пишет)а? в (?:своем )?твиттере?\b",
    r"\bna twitterze\b|\bnapsala? na twitteru\b|\btwitteren (?:írta|közölte)",
    r"\b(?:schreef|zei) op twitter\b|\bskrev på twitter\b",
    r"غرّ?د(?:ت)?\b|(?:كتب|قال)ت? (?:على|في|عبر) (?:حسابه(?:ا)? (?:على|في) )?[“\"]?تويتر",
    r"ツイート|つぶや|트위터에|트윗|在推特|推文|發推|发推",
)
_SAID = re.compile("|".join(_VERBS), re.IGNORECASE)
_NAME = re.compile(r"((?:[^\W\d_a-z][^\s(),:;“”\"«»@]{0,24}[ \xa0]){1,5})$")
_BETWEEN = 80
"""Characters between the username and the quotation."""
_LONGEST = 420


def read(view: TextView) -> Iterator[Embed]:
    """One embed for each quotation with the username of its author; the article may have shortened it."""
    last = 0
    for embed in sorted([*_with_author_inside(view.text), *_with_author_before(view.text)], key=lambda e: e.start or 0):
        if (embed.start or 0) >= last:
            last = embed.end or last
            yield embed


def _with_author_inside(text: str) -> Iterator[Embed]:
    for opening in _QUOTED_AUTHOR.finditer(text):
        close = _closing(text, opening.end(), opening[1])
        if close is not None and usernames.clean(opening[2]):
            yield _embed(text, opening.start(), (opening.end(), close), None, opening[2])


def _with_author_before(text: str) -> Iterator[Embed]:
    for author in _AUTHOR.finditer(text):
        opening = _opening(text, author.end(), min(len(text), author.end() + _BETWEEN))
        if opening is None or not usernames.clean(author[1]) or not _SAID.search(text, author.end(), opening):
            continue
        close = _closing(text, opening + 1, text[opening])
        if close is not None:
            name = _NAME.search(text, max(0, author.start() - 80), author.start())
            start = name.start() if name else author.start()
            yield _embed(text, start, (opening + 1, close), name[1].strip() if name else None, author[1])


def _opening(text: str, start: int, end: int) -> int | None:
    """The first quotation mark before the sentence or line is over."""
    for position in range(start, end):
        mark = text[position]
        if mark in _MARKS:
            return position
        if mark == "\n" or (mark in ".!?" and text[position + 1 : position + 2].isspace()):
            return None
    return None


def _closing(text: str, start: int, opening: str) -> int | None:
    """The end of a quotation of at least two words, within one line."""
    for position in range(start, min(len(text), start + _LONGEST)):
        mark = text[position]
        if mark in _MARKS[opening]:
            return position if position - start > 8 else None
        if mark == "\n":
            return None
    return None


def _embed(text: str, start: int, span: tuple[int, int], name: str | None, username: str) -> Embed:
    return Embed(
        form=FORM.name,
        start=start,
        end=span[1] + 1,
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
    signs=("(@", "(＠", "“@", '"@', "«@", "„@", "「@"),
)
