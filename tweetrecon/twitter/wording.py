"""What a stretch of text is made of: its language or script, and the signs that tweets bear more often than prose."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import lru_cache
from typing import NamedTuple

LINK = re.compile(r"https?://\S{1,2000}|pic\.(?:twitter|x)\.com/\w{1,40}")
PICTURE = re.compile(r"pic\.(?:twitter|x)\.com/\w{1,40}")
SHORT_LINK = re.compile(r"https?://t\.co/\w{1,40}")
_TAG = re.compile(r"(?<!\w)[#＃]\w")
_MENTION = re.compile(r"(?<!\w)[@＠]\w")
_TAGS = re.compile(r"[#＃@＠]\w{1,140}")
_EMOJI = re.compile("[\u2600-\u27bf\U0001f300-\U0001faff\u2b50\u25b6\u25bc]")
_WORD = re.compile(r"[^\W\d_]+")
_FOREIGN = re.compile(r"[^\x00-\u024f\W\d_]")
_BULLET = re.compile(r"[-*•·–✔✅▪►◦○]|\d{1,2}(?:[.)](?!\d)|、)|[a-z]\)")
_TWITTER = re.compile(r"(?i)tweet|twit|ツイート|つぶや|트위|트윗|推特|推文|تغريد|تويتر|твит|gazouill")

_FUNCTION_WORDS = {
    "en": "the of and to in is you that it for on are with as be this have from or at by not but what all were we when"
    " your can there an which how if will do out so up has more was my just i me about like they our",
    "fr": "le la les des et est un une pour que qui dans sur pas avec au ce il je sont plus vous nous du par aux ou"
    " mais cette son ses",
    "de": "der die das und ist nicht ein eine zu den mit für auf von im ich es sich auch dem wir aber sind wie oder",
    "pt": "o a os as de que e do da em um uma para com não por mais dos como mas no na ao eu se foi isso você",
    "es": "el la los las de que y en un una para con no por más del como pero su al lo es se este",
    "tr": "bir ve bu için ile de da çok ne ama gibi daha olarak olan var ben en o mi",
    "it": "il la di che e un una per con non sono del della le i più come ma si alla nel",
    "hu": "a az és hogy nem is egy van ez meg de csak már vagy",
    "id": "yang dan di ini itu dengan untuk dari tidak ada dalam ke akan saya juga",
    "nl": "de het een en van is dat op te in niet voor met zijn ik er",
    "pl": "i w na z do nie się to jest że o jak ale po",
    "sv": "och att det i en på är som för av med till den inte om",
    "cs": "a v se na je že s z do o i to jako za k",
    "ca": "el la de que i a en un per amb no és els les",
}
_LANGUAGES_OF: dict[str, tuple[str, ...]] = {}
for _language, _words in _FUNCTION_WORDS.items():
    for _word in _words.split():
        _LANGUAGES_OF[_word] = (*_LANGUAGES_OF.get(_word, ()), _language)

_SCRIPTS = (
    (0x0530, "greek_or_cyrillic"),
    (0x0600, "hebrew"),
    (0x0900, "arabic"),
    (0x0E00, "indic"),
    (0x0E80, "thai"),
    (0x1100, "other"),
    (0x1200, "ko"),
    (0x3040, "other"),
    (0x3100, "ja"),
    (0x3400, "other"),
    (0xA000, "zh"),
    (0xAC00, "other"),
    (0xD7B0, "ko"),
)
"""Where the blocks of a script, or of languages that share one, end."""
_ENDS = [end for end, _ in _SCRIPTS]
SAMPLE = 60
"""Letters that tell the script of a text."""


class Wording(NamedTuple):
    """What a line or sentence holds. ``words`` counts those that are no link, tag or mention."""

    language: str
    words: int
    tag: bool
    mention: bool
    short_link: bool
    picture: bool
    emoji: bool
    bullet: bool
    speaks_of_twitter: bool
    length: int

    @property
    def tweetlike(self) -> bool:
        """Whether it bears a sign that prose seldom has."""
        return self.tag or self.mention or self.short_link or self.picture or self.emoji


@lru_cache(maxsize=4096)
def wording(text: str) -> Wording:
    """The wording of a stretch of text; of long ones only the first 300 characters count for the language."""
    bare = LINK.sub(" ", text) if "/" in text else text
    ascii_only = text.isascii()
    tag, mention = bool(_TAG.search(text)), bool(_MENTION.search(text))
    if tag or mention:
        bare = _TAGS.sub(" ", bare)
    return Wording(
        language=language_of(bare[:300]),
        words=len(_WORD.findall(bare)),
        tag=tag,
        mention=mention,
        short_link="t.co/" in text,
        picture="pic.tw" in text,
        emoji=not ascii_only and bool(_EMOJI.search(text)),
        bullet=bool(_BULLET.match(text)),
        speaks_of_twitter=bool(_TWITTER.search(bare)),
        length=len(text),
    )


def language_of(text: str) -> str:
    """A language by script or frequent function words; ``latin`` where these do not tell, "" without letters."""
    foreign = [] if text.isascii() else _FOREIGN.findall(text)
    if foreign:
        script = _script(foreign[:SAMPLE])
        if script in ("ja", "zh", "ko") or 2 * len(foreign) > len(text) - text.count(" "):
            return script
    counts: dict[str, int] = {}
    letters = False
    for word in _WORD.findall(text.lower()):
        letters = True
        for language in _LANGUAGES_OF.get(word, ()):
            counts[language] = counts.get(language, 0) + 1
    if not counts:
        return "latin" if letters else ""
    best = max(counts, key=lambda language: counts[language])
    return best if counts[best] > 1 else "latin"


def _script(letters: list[str]) -> str:
    names = [_script_of(letter) for letter in letters]
    if names.count("ja") >= 2 and "ko" not in names:
        return "ja"
    return max(dict.fromkeys(names), key=names.count)


@lru_cache(maxsize=4096)
def _script_of(letter: str) -> str:
    place = bisect_right(_ENDS, ord(letter))
    return _SCRIPTS[place][1] if place < len(_SCRIPTS) else "other"
