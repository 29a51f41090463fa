"""Tweets get their keys, and with them their numbers: groups of sightings come in any order and are numbered by key."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tweetrecon.model import hashed_key
from tweetrecon.reconcile.identity import RULE_NAMES, Group, precedence
from tweetrecon.reconcile.numbers import Bytes, Ints

NAMED_ONLY = 1
CONFLICTS = {2: "text_conflict", 4: "date_conflict", 8: "username_conflict"}
"""What sightings of one tweet state differently, beyond cuts and lost links."""

_RULE_NUMBER = {name: number for number, name in enumerate(RULE_NAMES)}


class Tweets(NamedTuple):
    """Which tweet each sighting shows.

    ``keys`` are sorted and ``marks`` parallel to them; ``of_row`` has the place in them, ``rule_of_row`` that in
    `RULE_NAMES`. ``versions``: the ids under which edited tweets were seen, and their keys.
    """

    keys: pa.Array[pa.StringScalar]
    marks: Bytes
    of_row: Ints
    rule_of_row: Bytes
    versions: dict[str, str]


class Numbering:
    """Takes in groups of sightings, all that could have the same key at once."""

    def __init__(self, rows: int) -> None:
        self._of_row = np.zeros(rows, dtype=np.int64)
        self._rule_of_row = np.zeros(rows, dtype=np.int8)
        self._keys: list[pa.Array[pa.StringScalar]] = [pa.array([], pa.string())]
        self._marks: list[Bytes] = [np.zeros(0, dtype=np.int8)]
        self._versions: dict[str, str] = {}
        self._groups = 0

    def add(self, groups: Iterable[Group]) -> None:
        """Note what the groups are."""
        ordered = sorted(groups, key=lambda group: precedence(group.lead))
        self._keys.append(pa.array(_keys(ordered), pa.string()))
        self._marks.append(np.array([_marks(group) for group in ordered], dtype=np.int8))
        for group in ordered:
            for item, rule in group.members:
                self._of_row[item.row] = self._groups
                self._rule_of_row[item.row] = _RULE_NUMBER[rule]
                if group.tweet_id and item.tweet_id and item.tweet_id != group.tweet_id:
                    self._versions[item.tweet_id] = group.tweet_id
            self._groups += 1

    def tweets(self) -> Tweets:
        """The tweets of all sightings."""
        keys = pa.concat_arrays(self._keys)
        order = pc.sort_indices(keys)
        number = np.empty(len(keys), dtype=np.int64)
        number[order.to_numpy()] = np.arange(len(keys))
        marks = np.concatenate(self._marks)[order.to_numpy()]
        return Tweets(keys.take(order), marks, number[self._of_row], self._rule_of_row, self._versions)


def own_key(group: Group) -> str:
    """The id, else a hash of username, day and folded text."""
    return group.tweet_id or hashed_key(group.username, group.day, group.longest)


def _keys(groups: Iterable[Group]) -> list[str]:
    """Their own keys; of several alike all but the first are numbered."""
    taken: Counter[str] = Counter()
    keys = []
    for group in groups:
        key = own_key(group)
        taken[key] += 1
        keys.append(key if taken[key] == 1 else f"{key}.{taken[key]}")
    return keys


def _marks(group: Group) -> int:
    if len(group.members) == 1:
        return int(group.named_only)
    longest = group.longest
    whole = (key for key, text in group.texts.items() if not (text.cut_head or text.cut_tail))
    days = {item.day for item, _ in group.members if item.day and not item.tweet_id}
    names = {item.username for item, _ in group.members if item.username}
    found = (group.named_only, any(key not in longest for key in whole), len(days) > 1, len(names) > 1)
    return sum(1 << n for n, mark in enumerate(found) if mark)
