"""What several sightings of a flattened tweet say together of where it begins.

Each says how likely each place is by its own document. Those are as good as independent where extractions of a page, or
other pages, break the text in other ways and set other words before the tweet: probabilities are multiplied.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice, pairwise, takewhile
from math import exp, log
from typing import NamedTuple

from tweetrecon.model import Beginning
from tweetrecon.twitter.extent import FLOOR

COMMON = 32
"""Letters that two texts of an author's day share at their end if they are one tweet; all, where one is shorter."""


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
    """What one sighting says: the probability of each text, white space left out, that the tweet may have.

    ``after`` is how its document goes on.
    """

    chances: dict[str, float]
    after: str = ""
    order: str = ""

    @property
    def longest(self) -> str:
        """The text from the first place on; all others are ends of it."""
        return max(self.chances, key=len, default="")

    @property
    def likeliest(self) -> str:
        """The text that it would choose alone, the shorter of two alike."""
        return max(self.chances, key=lambda text: (self.chances[text], -len(text)), default="")


def voice(beginnings: Iterable[Beginning], after: str | None, order: str) -> Voice:
    """The voice of a sighting in doubt."""
    chances: dict[str, float] = {}
    for beginning in beginnings:
        text = bare(beginning.text)
        chances[text] = max(beginning.probability, chances.get(text, 0.0))
    return Voice(chances, bare((after or "")[: 2 * _GOES_ON])[:_GOES_ON], order)


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


def agreed(group: Sequence[Voice]) -> dict[str, float]:
    """The probability of each text, as all voices together see it; one not thought of is no likelier than ``FLOOR``."""
    scores: dict[str, float] = defaultdict(float)
    for one in group:
        for text, chance in one.chances.items():
            scores[text] += log(max(chance, FLOOR) / FLOOR)
    for text in set(_parted(group)):
        scores[text] += NEIGHBOURS
    top = max(scores.values())
    whole = sum(exp(score - top) for score in scores.values())
    return {text: exp(score - top) / whole for text, score in scores.items()}


def _parted(group: Sequence[Voice]) -> Iterator[str]:
    """The texts from where on neighbours in a group agree, if they are of different pages and differ before."""
    for one, other in pairwise(group):
        if one.after and other.after and one.after != other.after:
            letters = zip(reversed(one.longest), reversed(other.longest), strict=False)
            size = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], letters))
            shared = (text for text in one.chances if size - _CHANCE <= len(text) <= size)
            if size < min(len(one.longest), len(other.longest)):
                yield from islice(sorted(shared, key=len, reverse=True), 1)


def choices(group: Sequence[Voice]) -> Iterator[tuple[Voice, str, float]]:
    """For each voice the likeliest of the agreed texts with which its own passage can end, and its share of those."""
    chances = agreed(group)
    sizes = {len(text) for text in chances if text}
    for own in group:
        ends = (own.longest[-size:] for size in sizes if size <= len(own.longest))
        fitting = {text: chances[text] for text in ends if text in chances}
        best = max(fitting, key=lambda text: (fitting[text], own.chances.get(text, 0.0), -len(text)))
        yield own, best, fitting[best] / sum(fitting.values())
