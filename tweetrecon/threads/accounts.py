"""Accounts: which usernames belong to one, and the users table.

One tweet seen under two usernames proves a renaming: Twitter redirects by id, so old articles keep the old name. A
retweet whose text is another account's tweet word for word suggests one.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from tweetrecon.model import FormerUsername, User
from tweetrecon.threads.posts import Place

ABROAD = "_by_any_author"


@dataclass(slots=True)
class Accounts:
    """``present``: every username in lower case → that by which its account is known here; ``former``: the evidence."""

    present: dict[str, str] = field(default_factory=dict)
    former: dict[str, list[FormerUsername]] = field(default_factory=lambda: defaultdict(list))


def accounts(
    usernames: Sequence[str | None], keys: Sequence[str], rules: Sequence[str], authors: Mapping[str, str | None]
) -> Accounts:
    """The accounts behind the usernames.

    ``usernames``, ``keys`` and ``rules`` of the sightings are parallel; ``authors`` gives the username chosen for each
    tweet. The username that most tweets chose is the present one: pages are newer than the names in old retweets.
    """
    pairs: dict[tuple[str, str], str] = {}
    for username, key, rule in zip(usernames, keys, rules, strict=True):
        author = authors[key]
        if username and author and username.casefold() != author.casefold():
            how = "same_text" if rule.endswith(ABROAD) else "same_id"
            evidence = f"{how}:{key}"
            pair = (username.casefold(), author.casefold())
            pairs[pair] = min(evidence, pairs.get(pair, evidence))
    used = Counter(author.casefold() for author in authors.values() if author)
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


def users(tweets: Iterable[Mapping[str, Any]], where: Mapping[str, Iterable[Place]], found: Accounts) -> list[User]:
    """One user for every account that wrote a tweet; ``where``: the places that show each tweet."""
    by_account: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for tweet in tweets:
        if tweet["author_username"]:
            name = tweet["author_username"].casefold()
            by_account[found.present.get(name, name)].append(tweet)
    return [_user(name, members, where, found) for name, members in sorted(by_account.items())]


def _user(
    name: str, members: Sequence[Mapping[str, Any]], where: Mapping[str, Iterable[Place]], found: Accounts
) -> User:
    current = [t for t in members if t["author_username"].casefold() == name] or members
    latest = max(current, key=lambda t: (t["status"] == "seen", _time(t), t["tweet_key"]))
    times = [t["created_at"] for t in members if t["created_at"] and t["created_at_source"] != "retweet_bound"]
    ids = Counter(t["author_id"] for t in members if t["author_id"])
    cited = {place.document_id for t in members for place in where.get(t["tweet_key"], ())}
    return User(
        username=latest["author_username"],
        user_id=min(ids, key=lambda i: (-ids[i], i)) if ids else None,
        names=tuple(sorted({t["author_name"] for t in members if t["author_name"]})),
        former_usernames=tuple(sorted(found.former.get(name, ()), key=lambda f: f.username)),
        first_seen=min(times, default=None),
        last_seen=max(times, default=None),
        tweets_count=len(members),
        documents_count=len(cited),
    )


def _time(tweet: Mapping[str, Any]) -> float:
    time: datetime | None = tweet["created_at"]
    return time.timestamp() if time else 0.0
