"""Which sightings are the same tweet: one ordered list of rules, tried from the surest to the weakest.

Sightings with an id come first: every id is a tweet of its own, and nothing ever joins two different ids except the
statement that one is an edit of the other. A sighting without an id then joins the tweet of its author that the first
fitting rule finds, else it starts a tweet of its own, which later sightings may join. Sightings are taken in an order
that depends on their content only (longest text first), so the order of documents changes nothing.

Two sightings can be the same tweet only if their times allow it: printed days may be off by one (time zones), and the
source of a retweet is not newer than the retweet. Nor are they when both show shortened links and none in common.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from typing import NamedTuple

from rapidfuzz.distance import LCSseq, Levenshtein

from tweetrecon.reconcile.fingerprints import Beginnings, Fingerprints
from tweetrecon.twitter.folding import Folded

NO_TIME = (-(1 << 62), 1 << 62)
"""The window of a sighting that tells no time, in microseconds since 1970."""

MIN_WEIGHT = 10
"""A part of a text proves something only from this many UTF-8 bytes of letters and digits."""

MIN_WEIGHT_ABROAD = 24
"""The same where the author is unknown or bears another name."""

MAX_DAMAGE = 0.08
"""Edit distance, relative to the longer text, that extraction and retyping cause; near-duplicates differ by more."""

MIN_EDITED = 20
"""Letters that a text needs to be recognized when it was reworded."""

VARIANTS = 8
"""How many of a tweet's texts are compared by the weaker rules; the longest come first."""

KEPT = 0.75
"""Share of the shorter text's letters that rewording leaves in order; texts of one topic share about 0.6."""


@dataclass(slots=True, eq=False)
class Item:
    """What identity needs to know of one sighting.

    ``row`` is its place in the sightings table, ``window`` the time, in microseconds, in which it was sent, ``day`` the
    day as stated. ``inner`` marks a source that only the text of another tweet names: that of row ``outer``, shown by
    the embed of row ``embed``.
    """

    row: int
    tweet_id: str | None
    username: str | None
    folded: Folded
    window: tuple[int, int] = NO_TIME
    inner: bool = False
    day: str | None = None
    outer: int = -1
    embed: int = -1
    order: str = ""


@dataclass(slots=True, eq=False)
class Group:
    """Sightings found to be one tweet, with the rule by which each joined."""

    tweet_id: str | None = None
    username: str | None = None
    window: tuple[int, int] = NO_TIME
    texts: dict[str, Folded] = field(default_factory=dict)
    links: set[str] = field(default_factory=set)
    members: list[tuple[Item, str]] = field(default_factory=list)

    @property
    def longest(self) -> str:
        """The longest folded text."""
        return max(self.texts, key=len, default="")

    def add(self, item: Item, rule: str) -> None:
        """Take in a sighting, and its time where that is narrower."""
        self.members.append((item, rule))
        self.texts.setdefault(item.folded.key, item.folded)
        self.links |= item.folded.links
        self.username = self.username or item.username
        if not item.inner:
            self.window = (max(self.window[0], item.window[0]), min(self.window[1], item.window[1]))

    @property
    def day(self) -> str | None:
        """The earliest day stated."""
        return min((item.day for item, _ in self.members if item.day), default=None)

    @property
    def named_only(self) -> bool:
        """Whether no document shows the tweet."""
        return self.tweet_id is None and all(item.inner for item, _ in self.members)

    @property
    def lead(self) -> Item:
        """The sighting that started it."""
        return self.members[0][0]


class Rule(NamedTuple):
    """A way in which a sighting proves to be a known tweet; ``fits`` judges its text against one of the tweet's."""

    name: str
    doc: str
    fits: Callable[[Item, Folded], bool]


def _same_text(item: Item, text: Folded) -> bool:
    return item.folded.key == text.key


def _cut_text(item: Item, text: Folded) -> bool:
    """A part, at the side where its ellipsis says that it is cut; a sentence without any mark must be long enough."""
    own, other = item.folded, text
    if weight(own.key) < MIN_WEIGHT or len(own.key) >= len(other.key):
        return False
    if other.key.startswith(own.key):
        return True
    return (not item.inner or weight(own.key) >= MIN_WEIGHT_ABROAD) and own.key in other.key


def _commented_text(item: Item, text: Folded) -> bool:
    """A retweeter's own words after the text that he repeats."""
    return item.inner and weight(text.key) >= MIN_WEIGHT and item.folded.key.startswith(text.key)


def _edited_text(item: Item, text: Folded) -> bool:
    """A retweeter shortens what he repeats: nearly all letters of the one are those of the other, in the same order."""
    shorter = min(len(item.folded.key), len(text.key))
    if not item.inner or shorter < MIN_EDITED:
        return False
    return LCSseq.similarity(item.folded.key, text.key, score_cutoff=int(shorter * KEPT)) >= shorter * KEPT


def _damaged_text(item: Item, text: Folded) -> bool:
    """Few letters differ and no digit; a cut text is compared with the part that it could be."""
    own, other = item.folded, text.key
    if own.cut_tail and not own.cut_head:
        other = other[: len(own.key)]
    elif own.cut_head and not own.cut_tail:
        other = other[-len(own.key) :]
    limit = int(max(len(own.key), len(other)) * MAX_DAMAGE)
    close = bool(limit) and Levenshtein.distance(own.key, other, score_cutoff=limit) <= limit
    return close and _digits(own.key) == _digits(other)


RULES = (
    Rule("same_text", "same author, same folded text, times agree", _same_text),
    Rule("cut_text", "same author, the text is the beginning, the end or a part of the other, times agree", _cut_text),
    Rule("commented_text", "a retweet's source with the retweeter's words after it", _commented_text),
    Rule("damaged_text", "same author, few letters differ and no digit, times agree", _damaged_text),
    Rule(
        "edited_text", "a retweet's source as the retweeter shortened or reworded it, not long after it", _edited_text
    ),
)
"""Tried in this order on a sighting without an id, after `same_id` and `edit_group`."""

ABROAD = "_by_any_author"
"""Ends the name of a rule that was applied without the author's name: none is given, or a retweet uses a former one."""

RULE_NAMES = ("same_id", "edit_group", "first", *(rule.name + how for how in ("", ABROAD) for rule in RULES))
"""Every value of `citations.identity_rule`."""


def weight(key: str) -> int:
    """How much a folded text can prove: its UTF-8 bytes, since one letter of Chinese says more than one of English."""
    return len(key.encode("utf-8", "surrogatepass"))


def _digits(key: str) -> str:
    return "".join(c for c in key if c.isdigit())


# ------------------------------------------------------------------------------------------------ grouping


def by_author(items: Iterable[Item], edits: Mapping[str, str]) -> list[Group]:
    """Group sightings with an id or an author to tweets, all those of the same authors at once.

    ``edits`` gives, for the id of an edited tweet, the id of its first version.
    """
    groups, loose = _by_id(items, edits)
    names = _canonical_names(groups)
    blocks: dict[str, tuple[list[Group], list[Item]]] = defaultdict(lambda: ([], []))
    for group in groups:
        if group.username:
            blocks[names.get(group.username, group.username)][0].append(group)
    for item in loose:
        if item.username:
            blocks[names.get(item.username, item.username)][1].append(item)
    for known, unknown in blocks.values():
        if unknown:
            groups += _settle(known, unknown)
    return groups


def _by_id(items: Iterable[Item], edits: Mapping[str, str]) -> tuple[list[Group], list[Item]]:
    by_id: dict[str, Group] = {}
    loose = []
    for item in sorted(items, key=precedence):
        if item.tweet_id is None:
            loose.append(item)
            continue
        first = edits.get(item.tweet_id, item.tweet_id)
        group = by_id.setdefault(first, Group(tweet_id=first))
        group.add(item, "same_id" if first == item.tweet_id else "edit_group")
    return list(by_id.values()), loose


def precedence(item: Item) -> tuple[object, ...]:
    """Shown before named, longest first, dated first, then by content: the same whatever the order of the documents."""
    undated = item.window == NO_TIME
    return item.inner, -len(item.folded.key), undated, item.folded.key, item.window, item.order


def _canonical_names(groups: Iterable[Group]) -> dict[str, str]:
    """Usernames that share an id belong to one account; the smallest of them stands for all."""
    canonical: dict[str, str] = {}

    def find(name: str) -> str:
        while canonical.get(name, name) != name:
            name = canonical[name]
        return name

    for group in groups:
        used = sorted({find(item.username) for item, _ in group.members if item.username and not item.inner})
        for other in used[1:]:
            canonical[other] = used[0]
    return {name: find(name) for name in canonical}


def _settle(known: Sequence[Group], loose: Sequence[Item], how: str = "") -> list[Group]:
    """Place sightings without id among the tweets that could be theirs; returns the tweets that they started."""
    index = Fingerprints(known)
    started = []
    for item in loose:
        found = _host(item, index)
        if found is None:
            group = Group()
            group.add(item, "first")
            index.add(group)
            started.append(group)
        else:
            host, rule = found
            fresh = item.folded.key not in host.texts
            host.add(item, rule.name + how)
            if fresh:
                index.add_text(host, item.folded.key)
    return started


def _host(item: Item, index: Fingerprints[Group]) -> tuple[Group, Rule] | None:
    if not item.folded.key:
        return None
    hosts = [g for g in index.with_key(item.folded.key) if _may_join(item, g)]
    if hosts:
        return _closest(item, hosts), RULES[0]
    hosts = [g for g in index.similar(item.folded.key) if _may_join(item, g)]
    for rule in RULES[1:]:
        fitting = [g for g in hosts if any(rule.fits(item, text) for text in list(g.texts.values())[:VARIANTS])]
        if fitting:
            return _closest(item, fitting), rule
    return None


def _may_join(item: Item, group: Group) -> bool:
    """Times and links agree, and a tweet does not retweet itself; who repeats a text by hand makes links of his own."""
    if item.inner and any(member.row in (item.outer, item.embed) for member, _ in group.members):
        return False
    if not item.inner and _other_links(item, group):
        return False
    return item.window[0] <= group.window[1] and group.window[0] <= item.window[1]


def _other_links(item: Item, group: Group) -> bool:
    """Both show links and none in common: every tweet gets tokens of its own from the shortener."""
    return bool(item.folded.links and group.links) and item.folded.links.isdisjoint(group.links)


def _closest(item: Item, hosts: Sequence[Group]) -> Group:
    """Of several fitting tweets the one with the same links, then the closest in time, length and order."""

    def distance(group: Group) -> tuple[object, ...]:
        away = (
            max(0, item.window[1] - group.window[1])
            if item.inner
            else abs(_middle(item.window) - _middle(group.window))
        )
        return (
            _other_links(item, group),
            group.tweet_id is None,
            away,
            len(group.longest),
            group.tweet_id or "",
            min(m.order for m, _ in group.members),
        )

    return min(hosts, key=distance)


def _middle(window: tuple[int, int]) -> int:
    return (window[0] + window[1]) // 2


# ------------------------------------------------------------------------------------------------ any author


def by_any_author(groups: Iterable[Group], nameless: Sequence[Item]) -> list[Group]:
    """Second pass: sources of retweets that no tweet of the named author fits, and sightings without an author."""
    ordered = sorted(groups, key=lambda group: precedence(group.lead))
    shown = [group for group in ordered if not group.named_only]
    left = _renamed(shown, [group for group in ordered if group.named_only])
    if nameless:
        shown += _settle(shown, sorted(nameless, key=precedence), ABROAD)
    return shown + left


def beginning(key: str) -> str | None:
    """What a text has in common with all that begin with it, None when it is too short to tell anything abroad."""
    if key.isascii():
        return key[:MIN_WEIGHT_ABROAD] if len(key) >= MIN_WEIGHT_ABROAD else None
    weights = accumulate(weight(letter) for letter in key)
    return next((key[:n] for n, sum_ in enumerate(weights, 1) if sum_ >= MIN_WEIGHT_ABROAD), None)


def _renamed(shown: Sequence[Group], named: Sequence[Group]) -> list[Group]:
    """Let sources of retweets join the tweets that begin with their text, whoever wrote those; returns those left."""
    if not named:
        return []
    index = Beginnings(shown)
    left = []
    for group in named:
        lead = group.lead
        key = lead.folded.key
        hosts = index.beginning_with(key) if weight(key) >= MIN_WEIGHT_ABROAD else []
        hosts = [g for g in hosts if all(_may_join(item, g) for item, _ in group.members)]
        if hosts:
            host = _closest(lead, [g for g in hosts if key in g.texts] or hosts)
            rule = "same_text" if key in host.texts else "cut_text"
            for item, _ in group.members:
                host.add(item, rule + ABROAD)
        else:
            left.append(group)
    return left
