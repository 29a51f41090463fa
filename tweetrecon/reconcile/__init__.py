"""Sightings → tweets: which sightings are one tweet, and what is known of it.

`reconcile` is a pure function of the set of sightings: their order, and how they are spread over documents and
datasets, change nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from tweetrecon.model import hashed_key
from tweetrecon.reconcile import bounds, chains, identity
from tweetrecon.reconcile.identity import Group
from tweetrecon.reconcile.items import COLUMNS, items
from tweetrecon.reconcile.tweets import tweets
from tweetrecon.schema import to_table

if TYPE_CHECKING:
    import pyarrow as pa


ORDER = ("document_id", "position", "chain_position", "sighting_id")
"""The order in which sightings are looked at, whatever that in which they come."""


class Stated(NamedTuple):
    """A tweet that names another one, and the sighting that shows so. ``rule`` told which tweet the other is."""

    tweet_key: str
    type: str
    target_key: str
    method: str
    sighting_id: str
    rule: str


class Reconciled(NamedTuple):
    """What act 2 knows after its first half.

    ``sightings`` has one row more for each retweet source that stood in a text alone; ``tweet_keys`` and ``rules`` are
    parallel to it: the tweet that each sighting shows, and the identity rule that told so.
    """

    tweets: pa.Table
    sightings: pa.Table
    tweet_keys: list[str]
    rules: list[str]
    stated: list[Stated]


def reconcile(sightings: pa.Table, documents: pa.Table | None = None) -> Reconciled:
    """Group sightings to tweets and choose their fields; ``documents`` tell when tweets were cited."""
    sightings = _unwound(bounds.settled(sightings)).sort_by([(column, "ascending") for column in ORDER])
    rows = sightings.select(COLUMNS).to_pylist()
    links = list(chains.links(rows))
    groups = identity.identify(items(rows, links), _edits(rows))
    keys = _keys(groups)
    order = sorted(range(len(groups)), key=keys.__getitem__)
    groups = [groups[i] for i in order]
    keys = [keys[i] for i in order]
    tweet_keys, rules = [""] * len(rows), [""] * len(rows)
    for group, key in zip(groups, keys, strict=True):
        for item, rule in group.members:
            tweet_keys[item.row], rules[item.row] = key, rule
    stated = [
        Stated(
            tweet_keys[k.outer],
            str(k.type),
            tweet_keys[k.inner],
            k.method,
            rows[k.embed]["sighting_id"],
            rules[k.inner],
        )
        for k in links
    ]
    return Reconciled(tweets(sightings, groups, keys, documents), sightings, tweet_keys, rules, stated)


def _unwound(sightings: pa.Table) -> pa.Table:
    import pyarrow as pa

    found = list(chains.unwound(sightings.select(COLUMNS).to_pylist()))
    return pa.concat_tables([sightings, to_table("sightings", found)]) if found else sightings


def _edits(rows: Sequence[dict[str, Any]]) -> dict[str, str]:
    """Any version of an edited tweet → its first."""
    histories = (sorted(row["edit_tweet_ids"], key=_id_order) for row in rows if row["edit_tweet_ids"])
    return {version: history[0] for history in histories for version in history}


def _id_order(tweet_id: str) -> tuple[int, str]:
    return len(tweet_id), tweet_id


# ------------------------------------------------------------------------------------------------ keys


def _keys(groups: Sequence[Group]) -> list[str]:
    """The id, else a hash of username, day and folded text; of several alike all but the first are numbered."""
    taken: Counter[str] = Counter()
    keys = []
    for group in groups:
        key = group.tweet_id or hashed_key(group.username, group.day, group.longest)
        taken[key] += 1
        keys.append(key if taken[key] == 1 else f"{key}.{taken[key]}")
    return keys
