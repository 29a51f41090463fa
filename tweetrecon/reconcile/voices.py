"""What several sightings of a flattened tweet say together of where it begins.

Each says how likely each place is by its own document. Extractions of a page break the text in other ways, other pages
set other words before the tweet: so their log-odds are added, as if they were independent.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice, pairwise, takewhile
from math import exp
from typing import NamedTuple

from tweetrecon.model import Beginning
from tweetrecon.twitter.extent import support

COMMON = 32
"""Letters that two texts of an author's day share at their end if they are one tweet; all, where one is shorter."""


TELLING = 16
"""Letters of an end that are no chance; a shorter one may be all that an extractor left of a tweet."""

NEIGHBOURS = 1.0
"""Log-odds of the place up to which two pages agree: with chance neighbours they part where the tweet begins.

Of 2,279 pairs of pages that go on differently after one tweet, 958 part exactly there and 1,222 before, most of those
translations and reprints that share the paragraph above.
"""

_CHANCE = 3
"""Letters before the tweet, such as a full stop, that may be alike by chance."""

_GOES_ON = 30
"""Letters after the byline that tell another page from another copy of the page."""


class Voice(NamedTuple):
    """What one sighting says: how far it supports each text, white space left out, that the tweet may have.

    ``probability`` is that of its likeliest text, ``after`` how its document goes on.
    """

    supports: dict[str, float]
    probability: float = 1.0
    after: str = ""
    order: str = ""

    @property
    def longest(self) -> str:
        """The text from the first place on; all others are ends of it."""
        return max(self.supports, key=len, default="")

    @property
    def likeliest(self) -> str:
        """The text that it would choose alone, the shorter of two alike."""
        return max(self.supports, key=lambda text: (self.supports[text], -len(text)), default="")

    def hears_of(self, text: str) -> bool:
        """Whether others can persuade it of a text: of a very short one only if it holds that for likely itself."""
        return len(text) >= TELLING or 4 * self.supports.get(text, -1.0) >= self.supports[self.likeliest]


def voice(beginnings: Sequence[Beginning], after: str | None, order: str) -> Voice:
    """The voice of a sighting in doubt."""
    supports: dict[str, float] = {}
    for beginning in beginnings:
        text = bare(beginning.text)
        supports[text] = max(beginning.support, supports.get(text, 0.0))
    probability = max((beginning.probability for beginning in beginnings), default=0.0)
    return Voice(supports, probability, bare((after or "")[: 2 * _GOES_ON])[:_GOES_ON], order)


def whole(text: str) -> Voice:
    """The voice of a sighting without doubt."""
    return Voice({bare(text): support(1.0, "")})


def bare(text: str) -> str:
    """A text without white space, which extractors change most."""
    return "".join(text.split())


def alike(voices: Iterable[Voice]) -> Iterator[list[Voice]]:
    """The voices of one author and day, grouped by tweet: those whose texts end alike."""
    backwards = sorted(voices, key=lambda v: (v.longest[::-1], v.order))
    group = backwards[:1]
    for one, other in pairwise(backwards):
        if not _end_alike(one, other):
            yield group
            group = []
        group.append(other)
    yield from [group] if group else []


def _end_alike(one: Voice, other: Voice) -> bool:
    least = min(COMMON, len(one.likeliest), len(other.likeliest))
    return least > 0 and one.longest[-least:] == other.longest[-least:]


def _agreed(group: Sequence[Voice]) -> dict[str, float]:
    """The log-odds of each text, as all voices together see it; one that a voice does not think of has no support."""
    scores: dict[str, float] = defaultdict(float)
    for one in group:
        for text, own in one.supports.items():
            scores[text] += own
    for text in set(_parted(group)):
        scores[text] += NEIGHBOURS
    return scores


def _parted(group: Sequence[Voice]) -> Iterator[str]:
    """The texts from where on neighbours in a group agree, if they are of different pages and differ before."""
    for one, other in pairwise(group):
        if one.after and other.after and one.after != other.after:
            letters = zip(reversed(one.longest), reversed(other.longest), strict=False)
            size = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], letters))
            shared = (text for text in one.supports if size - _CHANCE <= len(text) <= size)
            if size < min(len(one.longest), len(other.longest)):
                yield from islice(sorted(shared, key=len, reverse=True), 1)


def decided(voices: Iterable[Voice]) -> Iterator[tuple[list[Voice], Voice, str | None, float]]:
    """For each voice of one author and day its group, its text and the probability; None where the text is missing."""
    groups = [(group, list(choices(group))) for group in alike(voices)]
    told = Counter(lead for _, chosen in groups for own, text, _ in chosen for lead in _lead(own, text))
    for group, chosen in groups:
        bereft = {own.longest[-TELLING:] for own in group if told[own.longest[-TELLING:]] > len(group)}
        for own, text, chance in chosen:
            yield group, own, None if own.longest[-TELLING:] in bereft else text, chance


def _lead(own: Voice, text: str) -> Iterator[str]:
    """The end of what stands before a text.

    Where another sighting of the author's day has a byline directly behind that, its extractor dropped the tweet: of
    labelled bylines without text 23 of 45 are told so, and no other is. More must say so than say that this is a tweet
    of its own, because a byline between two tweets may be lost, too.
    """
    before = own.longest.removesuffix(text)
    if len(text) >= TELLING <= len(before):
        yield before[-TELLING:]


def choices(group: Sequence[Voice]) -> Iterator[tuple[Voice, str, float]]:
    """For each voice the text that all agree on, of those with which its own passage can end, and its probability."""
    if len(group) == 1:
        yield group[0], group[0].likeliest, group[0].probability
        return
    scores = _agreed(group)
    sizes = {len(text) for text in scores if text}
    for own in group:
        longest = own.longest
        ends = (longest[-size:] for size in sizes if size <= len(longest))
        fitting = {text: scores[text] for text in ends if text in scores and own.hears_of(text)}
        best = max(fitting, key=lambda text: (fitting[text], own.supports.get(text, 0.0), -len(text)))
        yield own, best, 1 / sum(exp(score - fitting[best]) for score in fitting.values())
