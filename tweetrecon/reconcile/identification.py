"""All sightings → tweets: author by author, then what the names of authors did not bring together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from tweetrecon.reconcile.embeds import Embeds
from tweetrecon.reconcile.fingerprints import fingerprints
from tweetrecon.reconcile.homes import homes
from tweetrecon.reconcile.identity import Group, Item, beginning, by_any_author, by_author
from tweetrecon.reconcile.numbering import Numbering, Tweets, own_key
from tweetrecon.reconcile.numbers import Codes
from tweetrecon.spill import Room, Spill, code


def identified(embeds: Embeds, room: Room) -> Tweets:
    """The tweet of each sighting."""
    authors, nameless = _by_home(embeds, room)
    groups: Spill[Group] = Spill(room, len(authors))
    named: list[Codes] = []
    shown: list[Codes] = []
    for partition in range(len(authors)):
        found = by_author(authors.take(partition), embeds.edits)
        named.append(_beginnings(group for group in found if group.named_only))
        shown.append(_beginnings(group for group in found if not group.named_only))
        for group in found:
            groups.put(partition, group, len(group.members))
    common = np.intersect1d(np.concatenate(named), np.concatenate(shown))
    return _numbered(groups, nameless, frozenset(common.tolist()), embeds.rows)


def _by_home(embeds: Embeds, room: Room) -> tuple[Spill[Item], list[Item]]:
    """The items in partitions of authors, and those that belong to none."""
    home = homes(embeds.ids(), embeds.users)
    partitions = room.partitions(embeds.rows)
    place = (home % np.uint64(partitions)).tolist()
    authors: Spill[Item] = Spill(room, partitions)
    nameless = []
    for partition in range(len(embeds.items)):
        for item in embeds.items.take(partition):
            if item.tweet_id or item.username:
                authors.put(place[item.row], item)
            else:
                nameless.append(item)
    return authors, nameless


def _beginnings(groups: Iterable[Group]) -> Codes:
    found = {code(beginning(text)) for group in groups for text in group.texts}
    return np.array(sorted(found - {0}), dtype=np.uint64)


def _numbered(groups: Spill[Group], nameless: Sequence[Item], common: frozenset[int], rows: int) -> Tweets:
    """Numbers for all groups, after those with a text in common with others, or with a nameless one, have met."""
    marks = {mark for item in nameless for mark in fingerprints(item.folded.key)}
    numbering = Numbering(rows)
    abroad: list[Group] = []
    for partition in range(len(groups)):
        found = list(groups.take(partition))
        going = {group for group in found if _goes_abroad(group, common, marks)}
        if going:
            found, leaving = _divided(found, going)
            abroad += leaving
        numbering.add(found)
    numbering.add(by_any_author(abroad, nameless))
    return numbering.tweets()


def _goes_abroad(group: Group, common: frozenset[int], marks: set[int]) -> bool:
    return any(code(beginning(text)) in common for text in group.texts) or (
        bool(marks) and any(not marks.isdisjoint(fingerprints(text)) for text in group.texts)
    )


def _divided(groups: Sequence[Group], going: set[Group]) -> tuple[list[Group], list[Group]]:
    """Those that stay and those that go; of groups with the same key all go when one does, to be numbered together."""
    keys = {own_key(group) for group in going if group.tweet_id is None}
    leaves = [group in going or (group.tweet_id is None and own_key(group) in keys) for group in groups]
    stay = [group for group, goes in zip(groups, leaves, strict=True) if not goes]
    return stay, [group for group, goes in zip(groups, leaves, strict=True) if goes]
