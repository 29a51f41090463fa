"""Thread numbers written by hand, ``1/n``, ``(2/5)``, ``3/``, ``4.``, ``5️⃣``, and words that open or continue a thread.

`parse` reads the place that an author gave a tweet in a thread. A number counts only where threads have it: at the head
(behind leading mentions, hashtags, emoji, "Thread"), at the tail (before trailing links, hashtags, mentions, emoji), on
a line of its own, or beside 🧵. There it may be in the digits of any script, full-width or not, and in any brackets.

What looks the same and is none: dates (``10. April``, ``on 7/31``), 24/7, 9/11, fractions (``3/4 of us``), marks (``a
solid 8/10``), serials (``… (2)`` behind a title), and the items of a list that stands in one tweet.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from tweetrecon.twitter.languages import calendar

NumberStyle = Literal["fraction", "slash", "item", "keycap", "circled", "ordinal"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """The place of a tweet in its thread, from 1. `total` is None if not told (``3/``, ``1/n``) and may be exceeded.

    `start` and `end` span the number in the text, brackets included. Styles: ``fraction`` (``2/5``, ``1/n``), ``slash``
    (``3/``), ``item`` (``4.``, ``4)``, ``(4)``, ``٤-``), ``keycap`` (``4️⃣``), ``circled`` (``④``), ``ordinal`` (其四).
    """

    number: int
    total: int | None
    start: int
    end: int
    style: NumberStyle


def parse(text: str) -> Number | None:
    """The thread number in a tweet's own text (of a retweet: in the hop's), or None.

    Never raises; linear in the length of the text.
    """
    head, tail = _head_end(text), _tail_start(text)
    return next(_fractions(text, head, tail), None) or _item(text, head)


def opens_thread(text: str) -> bool:
    """Whether a text announces a thread: 🧵, "Thread:", "(THREAD)", "… a thread 👇"."""
    tail = _tail_start(text)
    behind = _OPENS_BEHIND.finditer(text, max(0, tail - 24))
    return "🧵" in text or _OPENS.match(text) is not None or any(found.end() >= tail for found in behind)


def continues(text: str) -> bool:
    """Whether a text says that it goes on from an earlier one: "(cont'd)", "（続き）", "… and so"."""
    return _CONTINUES.match(text, _head_end(text)) is not None


# ------------------------------------------------------------------------------------------------ head and tail

_EMOJI = "\U0001f000-\U0001faff\u2190-\u21ff\u2600-\u2775\u2794-\u27bf\u2b00-\u2bff\ufe0f\u200d"
_THREAD = "(?i:thread|hilo|тред|ثريد|타래)"
_HEAD = re.compile(
    rf"""
    (?: \s{{0,4}} (?:
        \.?[@＠][A-Za-z0-9_]{{1,20}} [:,]? (?=\s)
      | [#＃]\w{{1,80}} (?=\s)
      | (?!🔟)[{_EMOJI}]
      | [\[(（<]? {_THREAD} [\])）>]? \s? [:：—–-]? (?=[\s\d(（\[🧵])
    )){{0,80}} \s{{0,4}}
    """,
    re.VERBOSE,
)
_TOKEN = re.compile(r"\S+")
_LINK = re.compile(r"https?://|(?<![\w.])(?:[\w-]{1,30}\.){1,2}(?:com|org|net|co|ly|gl|gd|me|be|it|io|to)/")
_TRAILER = re.compile(
    rf"""
      [.(（\[]? [@＠#＃$]\w{{1,80}} [.,!?:;…)）\]]{{0,4}}
    | (?![-|｜]{{1,2}}\Z) [^\w"“”«»「」『』]{{1,80}}
    | [(（\[<]? {_THREAD} [)）\]>:]{{0,2}}
    | (?i: /?cc | /?via | h/t ) :?
    """,
    re.VERBOSE,
)
_TAIL_WINDOW = 600


def _head_end(text: str) -> int:
    found = _HEAD.match(text)
    return found.end() if found else 0


def _tail_start(text: str) -> int:
    """Where the trailing links, hashtags, mentions and emoji begin."""
    for token in reversed(list(_TOKEN.finditer(text, max(0, len(text) - _TAIL_WINDOW)))):
        link = _LINK.search(token[0])
        if link and link.start():
            return token.start() + link.start()
        if not link and not _TRAILER.fullmatch(token[0]):
            return token.end()
    return 0


# ------------------------------------------------------------------------------------------------ 1/5, (2/n), 3/

_PLACE = r"(?P<number>(?!0)\d{1,3})(?:\s?[-–&+]\s?\d{1,3})?"
_TOTAL = r"(?P<total>\d{1,3}(?!\d)|[nNxX∞](?!\w)|…|\.{2,3}|\?(?=[\s)）\]】]|\Z))?"
_OPEN, _CLOSE = r"[(（\[［【{〔<]", r"[)）\]］】}〕>]"
_BARE = rf"(?P<place>{_PLACE}[/／⁄]{_TOTAL})"
_SLASH_OR_OF = r"(?:\s?[/／⁄]\s?|\s(?:of|de|di|von|из)\s)"
_IN_BRACKETS = rf"(?P<place>{_OPEN}\s?(?:(?:{_THREAD}|🧵)[:：]?\s?)?{_PLACE}{_SLASH_OR_OF}{_TOTAL}\s?{_CLOSE})"
_ELLIPSIS = r"(?:…|\.{2,3})?"

_BRACKETED = re.compile(_IN_BRACKETS)
_BRACKETED_BEHIND = re.compile(_IN_BRACKETS + _ELLIPSIS + r"\Z")
_OWN_LINE = re.compile(rf"^[ \t]{{0,3}}{_OPEN}?{_BARE}{_CLOSE}?[ \t]{{0,3}}\r?$", re.MULTILINE)
_BESIDE = re.compile(rf"(?:🧵|\b{_THREAD})[ :：—–-]{{0,3}}{_BARE}(?![\w/%])")
_BARE_AHEAD = re.compile(rf"{_BARE}(?(total)(?=[\s:.)\]…—–\-{_EMOJI}]|\Z)|(?![\d/?!%]))")
_BARE_BEHIND = re.compile(rf"(?<![A-Za-z0-9_/.,:$€£#+=@%\-–]){_BARE}{_ELLIPSIS}\Z")

# Not numbers of a thread, whatever stands around them.
_IDIOMS = {(24, 7), (9, 11), (50, 50)}
# "on 7/31", "a solid 8/10"; "1/4 of us", "2/3 majority", "10/10 would".
_BEFORE_DATE_OR_MARK = frozenset(
    """
    on by until till from thru through deadline due am vom bis le il op den
    rating rated rate score scored give gives giving gave solid only nearly almost
    """.split()
)
_BEHIND_FRACTION = frozenset(
    """
    of de des du del della von der van majority cup cups inch inches mile miles hour hours price off lb lbs tsp tbsp
    star stars ⭐ 🌟 ★ ☆ would people times days
    """.split()
)
_LAST_WORD = re.compile(r"(\w{1,12}):?\s{1,3}\Z")
_NEXT_WORD = re.compile(r"\s?(\w{1,12}|[⭐🌟★☆])")


def _fractions(text: str, head: int, tail: int) -> Iterator[Number]:
    """The fractions that can number a tweet, the surest place first."""
    near_tail = max(0, tail - 24)
    marked = (
        _BRACKETED_BEHIND.search(text, near_tail, tail),
        _BRACKETED.match(text, head),
        _OWN_LINE.search(text),
        _BESIDE.search(text),
    )
    bare = (_BARE_BEHIND.search(text, near_tail, tail), _BARE_AHEAD.match(text, head))
    numbers = [_read_fraction(found) for found in marked if found]
    numbers += [_read_fraction(found) for found in bare if found and not _is_in_prose(text, found)]
    return (number for number in numbers if number and not _is_list(text, number))


def _read_fraction(found: re.Match[str]) -> Number | None:
    number = int(found["number"])
    total = int(found["total"]) if found["total"] and found["total"].isdecimal() else None
    # A joke or an afterthought goes beyond the total: "3/2". What goes far beyond it is something else.
    if number < 1 or (total is not None and not (number <= total or number - 2 <= total <= 5)):
        return None
    if (number, total) in _IDIOMS and found["place"][-1].isdecimal():
        return None
    return Number(
        number=number,
        total=total,
        start=found.start("place"),
        end=found.end("place"),
        style="fraction" if found["total"] else "slash",
    )


def _is_in_prose(text: str, found: re.Match[str]) -> bool:
    """Whether a bare fraction is a date, a mark or a share of something, by the word beside it."""
    if not found["total"]:
        return False
    before = _LAST_WORD.search(text, max(0, found.start() - 16), found.start())
    behind = _NEXT_WORD.match(text, found.end())
    return bool(
        (before and before[1].lower() in _BEFORE_DATE_OR_MARK) or (behind and behind[1].lower() in _BEHIND_FRACTION)
    )


# ------------------------------------------------------------------------------------------------ 4. 4) (4) 4️⃣ ④ 其四

_ITEM = re.compile(
    r"""
      (?P<item>
          [(（【\[［]\d{1,2}[)）】\]］]
        | \d{1,2} (?: (?: [.．)）-] | \.[)-] )(?=\s) | [)）、．](?=[^\W\d_]) | \.(?=[^\W\d_a-zA-Z]) )
        | \d{1,2} \s?[-–](?=\s?[\u0600-\u06ff])
      )
    | (?P<keycap> (?: \d\ufe0f?\u20e3 ){1,2} | 🔟 )
    | (?P<circled> [①-⑳❶-❿] )
    | (?P<ordinal> 其[一二三四五六七八九十] (?=[\s\W]) )
    """,
    re.VERBOSE,
)
_DAY_OF = re.compile(r"\s?(?:\d{1,2}[.．]|(?P<month>[^\W\d_]{4,24}|(?i:mai|maj)\b))")
_SIBLING: dict[NumberStyle, re.Pattern[str]] = {
    "slash": re.compile(r"(?<![\w.,/:])\d{1,3}[/／](?!\d)"),
    "item": re.compile(r"(?<![\w.,/:])\d{1,2}\s?(?:[.．)）】\]］、](?=\s|[^\W\d_])|[-–—](?=\s))"),
    "keycap": re.compile(r"\d\ufe0f?\u20e3|🔟"),
    "circled": re.compile(r"[①-⑳❶-❿]"),
    "ordinal": re.compile(r"其[一二三四五六七八九十]"),
}


def _item(text: str, head: int) -> Number | None:
    """A number alone at the head, unless a date or a list begins there."""
    found = _ITEM.match(text, head)
    if not found or _begins_date(text, found):
        return None
    styles: tuple[NumberStyle, ...] = ("item", "keycap", "circled", "ordinal")
    style = next(style for style in styles if found[style])
    number = Number(number=_value(found[0]), total=None, start=found.start(), end=found.end(), style=style)
    return None if number.number < 1 or _is_list(text, number) else number


def _begins_date(text: str, found: re.Match[str]) -> bool:
    """Whether a day with a full stop stands there, "10. April" or "10. 4.", as many languages write it."""
    behind = _DAY_OF.match(text, found.end()) if found[0].endswith((".", "．")) else None
    if behind is None or not behind["month"]:
        return behind is not None
    word = calendar.word(behind["month"])
    return word is not None and bool(word.months)


def _is_list(text: str, number: Number) -> bool:
    """Whether a list begins at this number: it is the first, and the second follows in the same text."""
    if number.number > 1 or number.style not in _SIBLING:
        return False
    return any(_value(found[0]) == 2 for found in _SIBLING[number.style].finditer(text, number.end))


def _value(token: str) -> int:
    decimals = "".join(character for character in token if character.isdecimal())
    if decimals:
        return int(decimals)
    return 10 if token == "🔟" else int(unicodedata.numeric(token[-1]))


# ------------------------------------------------------------------------------------------------ words

_OPENS = re.compile(
    rf"""
    [^\w#@]{{0,8}} {_THREAD}
    (?: \s?[:：\])>）] | \s{{0,3}}[—–-]\s | [ \t]{{0,3}}(?:\n|\Z|🧵|👇) | \s(?:on|about|of|sobre|über)\s | \s[(\[]?\d )
    """,
    re.VERBOSE,
)
_OPENS_BEHIND = re.compile(
    rf"""
      [\[(（<]{_THREAD}[\])>）]
    | (?: \A | \n | [.!?:…—–-]\s{{1,3}} ) (?: (?i:an?|un|um|ein)\s )? {_THREAD} [:.…]? (?=\s|\Z)
    """,
    re.VERBOSE,
)
_CONTINUES = re.compile(
    r"""
      [(（\[] \s? (?i: cont(?:inued|['’]?d)? | 続き | つづき | 续 | 續 | تابع | تتمة ) [.…:]? \s? [)）\]…]
    | (?i: cont(?:inued|['’]?d)? [.:…] | (?: 続き | つづき | 续 | 續 | 接上条? | تابع | تتمة ) \s? [:：、…] )
    | (?: \.{2,4} | … ) \s? (?= [^\W\d_A-ZÀ-ÖØ-ÞА-ЯΑ-Ω] )
    """,
    re.VERBOSE,
)
