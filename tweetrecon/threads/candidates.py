"""Which tweets could be the one that a tweet answers or goes on from, and what speaks for each.

A parent is sought among the author's own earlier tweets and among those of everybody whom the text names. What speaks
for a pair is written as named features; `weights` says what each is worth.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator
from math import inf
from typing import NamedTuple

from tweetrecon.threads.documents import Order
from tweetrecon.threads.posts import Post, surely_newer

NEAREST = 6
"""How many tweets of an author are weighed: the latest ones before the child, and the nearest in its documents."""

NAMED = 8
"""How many of the usernames in a text are followed."""

Features = dict[str, float]


class Answer(NamedTuple):
    """A tweet that addresses somebody before all others: its author and time.

    Among its author's tweets by time, it has this ``end`` and the one `NEAREST` before it has ``end_before``.
    """

    author: str
    start: float
    width: float
    end: float
    end_before: float


class Candidate(NamedTuple):
    """A possible parent and what speaks for it."""

    key: str
    features: Features


class Corpus:
    """All posts of some authors, by time and by document, and who answers them."""

    def __init__(self, posts: Iterable[Post], answers: Iterable[tuple[str, Answer]], order: Order) -> None:
        """``answers`` with the usernames of those whom they answer."""
        self._order = order
        self._by_author: dict[str, list[Post]] = defaultdict(list)
        self._by_place: dict[tuple[int, str], list[Post]] = defaultdict(list)
        for post in sorted(posts, key=_by_time):
            self._by_author[post.username].append(post)
            for document in {place.document for place in post.places}:
                self._by_place[document, post.username].append(post)
        self._times = {name: [post.end for post in posts] for name, posts in self._by_author.items()}
        self._answers: dict[tuple[str, str], list[Answer]] = defaultdict(list)
        for username, answer in answers:
            self._answers[answer.author, username].append(answer)
        for found in self._answers.values():
            found.sort(key=lambda answer: answer.end)

    def candidates(self, child: Post, username: str, *, named_present: bool) -> list[Candidate]:
        """The tweets by one author that could be the parent.

        ``named_present``: tweets are known of somebody else whom the child addresses.
        """
        eligible = [p for p in self._near(child, username) if p.node != child.node and not surely_newer(p, child)]
        ranked = sorted(_numbered(child, eligible), key=lambda p: self._distance(child, p))
        last = len(ranked) - 1
        found = [(p, self._features(child, p, rank, last)) for rank, p in enumerate(ranked[:NEAREST])]
        if named_present and username == child.username:
            for _, features in found:
                features["self_though_named_present"] = 1
        return [Candidate(post.key, features) for post, features in found]

    def _near(self, child: Post, username: str) -> list[Post]:
        posts = self._by_author.get(username, [])
        if len(posts) <= NEAREST:
            return posts
        end = bisect_right(self._times[username], inf if child.time is None else child.time + child.width)
        near = dict.fromkeys(posts[max(0, end - 4 * NEAREST) : end])
        for document in dict.fromkeys(place.document for place in child.places):
            shown = self._by_place.get((document, username), [])
            near |= dict.fromkeys(sorted(shown, key=lambda p: self._distance(child, p))[: 4 * NEAREST])
        return list(near)

    def _distance(self, child: Post, post: Post) -> tuple[object, ...]:
        """Nearest before the child first: by exact times, else by day, then by place in a shared document."""
        steps = self._order.steps(post, child)
        place = inf if steps is None else steps[0] if steps[0] > 0 else 1000 - steps[0]
        if child.exact and post.exact and child.time is not None and post.time is not None:
            return 0, child.time - post.time, place, post.key
        days = 0.0 if child.time is None or post.time is None else max(0, (child.time - post.time) // 86400)
        return 0, days * 86400, place, post.key

    def _features(self, child: Post, post: Post, rank: int, last: int) -> Features:
        features: Features = {}
        relation = _relation(child, post)
        features[relation] = 1
        kind = "self" if relation == "self" else "other"
        regime = "timed" if child.exact and post.exact else "dated" if child.time and post.time else "undated"
        features[f"{kind}_rank_{min(rank, 3)}_{regime}"] = 1
        features[f"{kind}_{_gap(child, post)}"] = 1
        features[f"{kind}_{self._place(child, post)}_{regime}"] = 1
        if kind == "other":
            depth = "root" if not post.leading else "deep"
            features[f"other_{depth}_{_coarse(child, post)}"] = 1
            features[f"other_{depth}_rank_{min(rank, 2)}"] = 1
            features["other_only" if last == 0 else "other_last" if rank == last else "other_among"] = 1
        else:
            features[f"self_{_coarse(child, post)}_shared_{min(2, len(child.words & post.words))}"] = 1
        if kind == "other" and self._answered_since(child, post):
            features["other_answered_since"] = 1
        for name in _company(child, post):
            features[f"{kind}_{name}"] = 1
        for name in _numbers(child, post):
            features[name] = 1
        for name in _wording(child, post):
            features[f"{kind}_{name}"] = 1
        features[f"{kind}_likeness"] = _likeness(child, post)
        features[f"{kind}_shared_{min(3, len(child.words & post.words))}"] = 1
        return features

    def _answered_since(self, child: Post, post: Post) -> bool:
        """Whether the child's author has answered this one's author soon after it, and before the child."""
        if child.time is None or post.time is None or child.bounded:
            return False
        answers = self._answers.get((child.username, post.username), [])
        for answer in answers[bisect_right(answers, post.time, key=lambda answer: answer.end) :]:
            if answer.end_before > post.time:
                return False
            if child.time > answer.start + answer.width and answer.start > post.time + post.width:
                return True
        return False

    def _place(self, child: Post, post: Post) -> str:
        found = self._order.steps(post, child)
        if found is None:
            return "apart"
        steps, sign = found
        if not sign:
            return "beside_unordered" if abs(steps) == 1 else "near_unordered"
        if steps < 0:
            return "next" if steps == -1 else "after"
        return "previous" if steps == 1 else "before"


def _by_time(post: Post) -> tuple[float, str]:
    return post.end, post.key


def _relation(child: Post, post: Post) -> str:
    if post.username == child.username:
        return "self"
    if post.username in child.leading:
        return "first_named" if child.leading[0] == post.username else "later_named"
    return "named_inside"


_GAPS = ((15, "15s"), (60, "1min"), (300, "5min"), (1200, "20min"), (3600, "1h"), (4 * 3600, "4h"), (12 * 3600, "12h"),
         (24 * 3600, "1d"), (72 * 3600, "3d"), (14 * 86400, "14d"))  # fmt: skip


def _gap(child: Post, post: Post) -> str:
    if child.time is None or post.time is None:
        return "undated"
    gap = child.time - post.time
    if child.exact and post.exact:
        return "gap_" + next((name for limit, name in _GAPS if gap <= limit), "more")
    days = gap // 86400
    return "days_" + ("0" if days <= 0 else "1" if days <= 1 else "3" if days <= 3 else "14" if days <= 14 else "more")


def _coarse(child: Post, post: Post) -> str:
    if child.time is None or post.time is None:
        return "undated"
    gap = child.time - post.time
    if child.exact and post.exact:
        return "minutes" if gap <= 600 else "hours" if gap <= 12 * 3600 else "days"
    return "same_day" if gap < 86400 else "other_day"


def _company(child: Post, post: Post) -> Iterator[str]:
    """Who else is addressed: an answer goes to those whom its parent addressed, and to its author."""
    mine, theirs = set(child.leading) - {child.username}, set(post.leading)
    if post.username == child.username:
        if mine:
            heard = theirs | post.inside
            yield (
                "same_company"
                if mine == theirs - {child.username}
                else "known_company"
                if mine <= heard
                else "other_company"
            )
        elif theirs - {child.username}:
            yield "left_company"
        return
    if child.username in theirs or child.username in post.inside:
        yield "addressed_me"
    if mine <= theirs | {post.username}:
        yield "no_stranger"
    if theirs - {child.username} <= mine:
        yield "nobody_left"
    if theirs - {child.username}:
        yield "group"


def _numbers(child: Post, post: Post) -> Iterator[str]:
    """The author's own numbering: 3/5 follows 2/5."""
    if post.username != child.username:
        return
    if child.number is not None and post.number is not None:
        yield _step(child.number - post.number, child.total, post.total)
    elif child.number is not None:
        yield "number_starts" if child.number == 1 else "number_after_none" if child.number == 2 else "number_skips"
    elif post.number is not None:
        yield "number_ended" if post.number == post.total else "number_dropped"


def _step(step: int, total: int | None, other: int | None) -> str:
    if step == 1 and (total is None or other is None or total == other):
        return "number_next"
    return "number_gap" if step > 1 and total is not None and total == other else "number_other"


def _numbered(child: Post, posts: list[Post]) -> list[Post]:
    """In a numbered series only the number before; when it is missing, the last one before the hole."""
    if child.number is None or child.number <= 1:
        return posts
    before = [p for p in posts if "number_next" in _numbers(child, p)]
    if before:
        return before
    earlier = [p for p in posts if "number_gap" in _numbers(child, p)]
    last = max((p.number or 0 for p in earlier), default=0)
    return [p for p in earlier if p.number == last] or posts


def _wording(child: Post, post: Post) -> Iterator[str]:
    for name in child.beginning:
        yield f"begins_{name}"
    for name in post.ending:
        yield f"after_{name}"
    if child.goes_on:
        yield "goes_on"
    if post.opens:
        yield "opens"
    if child.opens:
        yield "child_opens"
    if post.retweets:
        yield "of_retweet" if post.native else "of_manual_retweet"
    if post.implied:
        yield "of_implied"
    if child.hashtags & post.hashtags:
        yield "same_hashtag"
    if child.username in child.leading and post.username == child.username:
        yield "names_self"


def _likeness(child: Post, post: Post) -> float:
    """Share of common words, of the shorter text."""
    if not child.words or not post.words:
        return 0.0
    return len(child.words & post.words) / min(len(child.words), len(post.words))


def features_of_none(child: Post) -> Features:
    """What speaks for none of the tweets known; the author named first has not been looked for."""
    features: Features = {"none": 1}
    if child.leading:
        features["none_named" if child.leading[0] != child.username else "none_names_self"] = 1
    if child.number is not None:
        features["none_number_1" if child.number == 1 else "none_number_later"] = 1
    if child.goes_on:
        features["none_goes_on"] = 1
    if child.opens:
        features["none_opens"] = 1
    features["none_" + ("undated" if child.time is None else "timed" if child.exact else "dated")] = 1
    for name in child.beginning:
        features[f"none_begins_{name}"] = 1
    return features
