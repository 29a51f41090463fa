"""Which sightings must be looked at together: those of one author, and those of authors who share a tweet's id."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from tweetrecon.reconcile.numbers import Codes, replaced


def homes(ids: Codes, users: Codes) -> Codes:
    """For each sighting a number that all those have which could be the same tweet by the same account.

    ``ids`` and ``users`` are parallel, 0 where there is none; a sighting with neither has no home, 0.
    """
    order = np.lexsort((users, ids))
    pairs = order[(ids[order] > 0) & (users[order] > 0)]
    id_, user = ids[pairs], users[pairs]
    renamed = np.flatnonzero((id_[1:] == id_[:-1]) & (user[1:] != user[:-1]))
    named, first = np.unique(id_, return_index=True)
    found = users.copy()
    if len(named):
        place = np.minimum(np.searchsorted(named, ids), len(named) - 1)
        has_author = named[place] == ids
        found[has_author] = user[first[place[has_author]]]
    anonymous = (found == 0) & (ids > 0)
    found[anonymous] = ids[anonymous]
    return _joined(found, zip(user[renamed].tolist(), user[renamed + 1].tolist(), strict=True))


def _joined(found: Codes, pairs: Iterable[tuple[int, int]]) -> Codes:
    """The homes after those of each pair have become one."""
    joined: dict[int, int] = {}

    def root(home: int) -> int:
        while joined.get(home, home) != home:
            home = joined[home]
        return home

    for one, other in pairs:
        low, high = sorted((root(one), root(other)))
        joined[high] = low
    return replaced(found, {home: root(home) for home in joined})
