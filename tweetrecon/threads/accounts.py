"""Accounts: which usernames belong to one, and the users table.

One tweet seen under two usernames proves a renaming: Twitter redirects by id, so old articles keep the old name. A
retweet whose text is another account's tweet word for word suggests one.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from tweetrecon.model import FormerUsername, User

ABROAD = "_by_any_author"


@dataclass(slots=True)
class Accounts:
    """``present``: every username in lower case → that by which its account is known here; ``former``: the evidence."""

    present: dict[str, str] = field(default_factory=dict)
    former: dict[str, list[FormerUsername]] = field(default_factory=lambda: defaultdict(list))


Pairs = dict[tuple[str, str], str]


def note_names(
    pairs: Pairs, usernames: Sequence[str | None], keys: Sequence[str], rules: Sequence[str],
    authors: Mapping[str, str | None],
) -> None:  # fmt: skip
    """Note in ``pairs`` the two usernames under which a tweet was seen, in lower case, and what tells so.

    ``usernames``, ``keys`` and ``rules`` of the sightings are parallel; ``authors`` gives the username chosen for each
    tweet.
    """
    for username, key, rule in zip(usernames, keys, rules, strict=True):
        author = authors[key]
        if username and author and username.casefold() != author.casefold():
            how = "same_text" if rule.endswith(ABROAD) else "same_id"
            evidence = f"{how}:{key}"
            pair = (username.casefold(), author.casefold())
            pairs[pair] = min(evidence, pairs.get(pair, evidence))


def accounts(pairs: Pairs, used: Mapping[str, int]) -> Accounts:
    """The accounts behind the usernames; ``used``: how many tweets chose each.

    The username that most tweets chose is the present one: pages are newer than the names in old retweets.
    """
    found = Accounts()
    for (one, other), evidence in sorted(pairs.items()):
        _rename(found, used, one, other, evidence)
    return found


def _rename(found: Accounts, used: Mapping[str, int], one: str, other: str, evidence: str) -> None:
    one, other = found.present.get(one, one), found.present.get(other, other)
    if one == other or (evidence.startswith("same_text") and used.get(one, 0)):
        return
    old, new = sorted((one, other), key=lambda name: (used.get(name, 0), name))
    for name, present in found.present.items():
        if present == old:
            found.present[name] = new
    found.present[old] = new
    found.former[new] += [FormerUsername(username=old, evidence=evidence), *found.former.pop(old, [])]


class Written(NamedTuple):
    """A tweet as its author's account counts it; ``documents``: those that show it."""

    key: str
    username: str
    name: str | None
    user_id: str | None
    time: datetime | None
    bounded: bool
    seen: bool
    documents: frozenset[str]


def users(tweets: Iterable[Written], found: Accounts) -> dict[str, User]:
    """One user for every account that wrote one of the tweets, by the username of the account in lower case."""
    by_account: dict[str, list[Written]] = defaultdict(list)
    for tweet in tweets:
        name = tweet.username.casefold()
        by_account[found.present.get(name, name)].append(tweet)
    return {name: _user(name, members, found) for name, members in sorted(by_account.items())}


def _user(name: str, members: Sequence[Written], found: Accounts) -> User:
    current = [t for t in members if t.username.casefold() == name] or members
    latest = max(current, key=lambda t: (t.seen, t.time.timestamp() if t.time else 0.0, t.key))
    times = [t.time for t in members if t.time and not t.bounded]
    ids = Counter(t.user_id for t in members if t.user_id)
    return User(
        username=latest.username,
        user_id=min(ids, key=lambda i: (-ids[i], i)) if ids else None,
        names=tuple(sorted({t.name for t in members if t.name})),
        former_usernames=tuple(sorted(found.former.get(name, ()), key=lambda f: f.username)),
        first_seen=min(times, default=None),
        last_seen=max(times, default=None),
        tweets_count=len(members),
        documents_count=len(frozenset().union(*(t.documents for t in members))),
    )
