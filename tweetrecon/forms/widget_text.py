"""The text of a rendered widget: ``NAME ✔ @username / text / 3:05 PM - Apr 1, 2018 / 447 Retweets``.

Scripts, browsers' "save as text" and some extractors print the widget as its reader saw it. The name stands above
the text, the clock shows the reader's zone, "Replying to @x" links to the parent in Markdown.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from tweetrecon.forms.form import TextView
from tweetrecon.model import Embed
from tweetrecon.twitter import dates, urls, usernames
from tweetrecon.twitter.markdown import displayed

_LONGEST_NAME = 60

NAME = "flat_rendered"
"""The form that finds such text in documents; in saved widgets it is read by the form of those."""

LOOKBACK = 1500
"""Characters above the clock in which the header stands."""

_CLOCK = re.compile(
    r"^[ \t>]{0,12}\[?(?=(?:[^\W\d]{0,12} ?)\d{1,2}[:.]\d{2}(?![.:/-]?\d))([^\n\]]{0,24}? ?[-–—·•] ?[^\n\]]{4,30})",
    re.MULTILINE,
)
_LINE = re.compile(r"[^\n]{1,2000}")
_FURNITURE = re.compile(r"[ \t>*\[\]]{0,40}")
_HEADER = re.compile(
    r"(?P<name>[^\n@＠]{0,60}?)\s?(?P<mark>✔\ufe0f?|☑|Verified account)?\s?\(?[@＠](?P<username>[A-Za-z0-9_]{1,15})\)?"
)
_REPLY = re.compile(
    r"(?i)(?:replying to|in reply to|antwort an|en réponse à|en respuesta a|em resposta a|in risposta a|返信先[:：]|"
    r"в ответ|odpowiedź do|som svar på|als antwoord op|yanıt olarak|ردًا على)"
)
_COUNTS = re.compile(
    r"(?i)(?P<count>\d{1,3}(?:[,.]\d{3}){1,3}|\d{1,9})(?:\s\d[\d,.]{0,12})?\s?"
    r"(?P<what>retweets?|likes?|favou?rites?|people are talking about this)?"
)
_LINK_REST = re.compile(r"\]\([^()]{0,400}\)?$")
_FOOT = re.compile(
    r"(?i)(?:twitter ads info(?: and privacy)?|see .{1,40}'s other tweets|view conversation on (?:twitter|x)|reply"
    r"|share|copy link(?: to (?:tweet|post))?|read \d{1,6}k? repl(?:y|ies)"
    r"|read the full conversation on (?:twitter|x))$"
)
_FOLLOW = frozenset(
    {"follow", "embedded video", "view image on twitter", "watch on twitter", "watch on x", "twitter.com", "x.com", "·"}
)
_VERIFIED = frozenset({"✔", "☑", "✔️", "verified account"})
_ONEBOX = re.compile(r"(?P<name>[^\n@()]{1,60}) \((?P<username>[A-Za-z0-9_]{1,15})\)")
_TWEET_SIGN = re.compile(r"t\.co/|pic\.(?:twitter|x)\.com/|(?<!\w)[#@＠]\w")
_TARGET = re.compile(r"\]\((https?://[^()\s]{8,400})")


class _Line(NamedTuple):
    start: int
    end: int
    shown: str


class _Header(NamedTuple):
    """The lines of the name and of the username (the same, or one after the other), and what they say.

    ``sure``: the widget's button or badge stands beside them, or nothing above.
    """

    first: int
    place: int
    name: str | None
    username: str
    sure: bool


def read(view: TextView) -> Iterator[Embed]:
    """One embed for each clock line below which no other, and above which a name and ``@username`` stand."""
    floor = 0
    for clock in _CLOCK.finditer(view.text):
        date = dates.match(view.text, clock.start(1), clock.end(1), lang=view.lang, reference=view.reference)
        if date is None or date.start < floor:
            continue
        above = _lines(view.text, max(floor, clock.start() - LOOKBACK), clock.start())
        header = _header(above)
        embed = _embed(view, above, header, (date.start, date.end)) if header is not None else None
        if embed is not None:
            floor = embed.end or date.end
            yield embed


def _lines(text: str, start: int, end: int) -> list[_Line]:
    """The lines that show anything, with their places."""
    lines = []
    for line in _LINE.finditer(text, start, end):
        ink = _FURNITURE.match(text, line.start(), line.end())
        begin = ink.end() if ink else line.start()
        shown = _LINK_REST.sub("", displayed(line[0].lstrip("> \t"))).strip("[] \t")
        if shown:
            lines.append(_Line(begin, line.end(), shown))
    return lines


def _header(lines: list[_Line]) -> _Header | None:
    """The nearest line above that is ``Name ✔ @username``, or ``@username`` below a name."""
    for index in range(len(lines) - 1, -1, -1):
        shown = lines[index].shown.removeprefix("Follow").strip()
        found = _HEADER.fullmatch(shown) if "@" in shown or "＠" in shown else _onebox(lines, index)
        if found is None or _REPLY.match(shown) or usernames.clean(found["username"]) is None:
            continue
        own = found["name"].strip()
        first = index if own else _name_above(lines, index)
        name = own or (lines[first].shown.rstrip("✔☑ ") if first is not None else "")
        if first is not None and 0 < len(name) <= _LONGEST_NAME:
            glued = bool(own) and shown[found.end("name")] in "@＠"
            badge = found.re is _ONEBOX or bool(found["mark"]) or glued or not own
            return _Header(first, index, name, found["username"], badge or _follows(lines, first, index))
    return None


def _onebox(lines: list[_Line], index: int) -> re.Match[str] | None:
    """Discourse's header: ``Name (username)`` below "twitter.com"."""
    below_host = index > 0 and lines[index - 1].shown.lower() in ("twitter.com", "x.com")
    return _ONEBOX.fullmatch(lines[index].shown) if below_host else None


def _name_above(lines: list[_Line], index: int) -> int | None:
    """The line of the name above that of the username; a badge may stand between."""
    place = index - 1
    while place >= 0 and lines[place].shown.lower() in _VERIFIED:
        place -= 1
    return place if place >= 0 and lines[place].shown.lower() not in _FOLLOW else None


def _follows(lines: list[_Line], first: int, index: int) -> bool:
    """Whether the widget's "Follow" button stands beside the header, or nothing above it."""
    return first == 0 or any(line.shown.lower() in _FOLLOW for line in lines[max(0, first - 1) : index + 3])


def _embed(view: TextView, lines: list[_Line], header: _Header, date: tuple[int, int]) -> Embed | None:
    """The embed; None where neither the header nor what stands below it tells a widget."""
    body = lines[header.place + 1 :]
    reply = next((line for line in body[:3] if _REPLY.match(line.shown)), None)
    counts = [line for line in body if _is_furniture(line.shown)]
    words = [line for line in body if line is not reply and line not in counts]
    start, end = (words[0].start, words[-1].end) if words else (None, None)
    below = _below(view.text, date[1])
    if not header.sure and not (reply or counts or below.end > date[1] or any(map(_bears_sign, words))):
        return None
    likes = next((int(re.sub(r"\D", "", line.shown)) for line in counts if line.shown[0].isdigit()), None)
    return Embed(
        form=NAME,
        start=lines[header.first].start,
        end=below.end,
        text_start=start,
        text_end=end,
        raw_text="\n".join(line.shown for line in words) or None,
        raw_name=header.name,
        raw_username=header.username,
        raw_date=view.text[date[0] : date[1]],
        raw_url=_status(view, date[1]),
        replied_to_id=_target(view.text, reply),
        replied_to_username=_named(reply),
        retweet_count=below.retweets,
        like_count=likes if below.likes is None else below.likes,
        confidence=0.9 if words else 0.5,
    )


def _is_furniture(shown: str) -> bool:
    """Whether a line of the widget is a count or a label."""
    return bool(_COUNTS.fullmatch(shown)) or shown.lower() in _FOLLOW


def _bears_sign(line: _Line) -> bool:
    return _TWEET_SIGN.search(line.shown) is not None


def _status(view: TextView, date_end: int) -> str | None:
    """The status URL that the date links to, in Markdown or in the page."""
    target = _TARGET.match(view.text, date_end)
    return target[1] if target and urls.parse_status(target[1]) else None


def _target(text: str, reply: _Line | None) -> str | None:
    """The id in the link of "Replying to @x"."""
    target = _TARGET.search(text, reply.start, reply.end) if reply else None
    status = urls.parse_status(target[1]) if target else None
    return status.tweet_id if status else None


def _named(reply: _Line | None) -> str | None:
    at = reply.shown.find("@") if reply else -1
    return (
        reply.shown[at + 1 :].split()[0].rstrip(",") if reply and at != -1 and reply.shown[at + 1 :].split() else None
    )


class _Below(NamedTuple):
    end: int
    retweets: int | None
    likes: int | None


def _below(text: str, start: int) -> _Below:
    """Counts and labels under the date; ``end`` is that of the last."""
    line_end = text.find("\n", start, start + 300)
    end, found = start, dict[str, int]()
    for line in _LINE.finditer(text, line_end, start + 300) if line_end != -1 else ():
        shown = displayed(line[0].lstrip("> \t"))
        counts = list(_COUNTS.finditer(shown))
        if not shown:
            continue
        if _COUNTS.sub("", shown).strip() and not _FOOT.match(shown):
            break
        for count in counts:
            kind = "likes" if not count["what"] or count["what"][0].lower() in "lf" else count["what"].lower()
            found.setdefault(kind, int(re.sub(r"\D", "", count["count"])))
        end = line.end()
    retweets = next((n for kind, n in found.items() if kind.startswith("retweet")), None)
    return _Below(end, retweets, found.get("likes"))
