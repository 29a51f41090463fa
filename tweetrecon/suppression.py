"""What people asked to be forgotten: which rows it concerns, and what is left of them.

A tweet that is suppressed leaves a tombstone: its id, its time, its place and what it refers to stay, so that threads
keep their shape and nobody wonders where a row went; its text, the name and the handle go, and so does all around it
that would tell them again: prose beside it, retweets of it, titles of pages. The list itself holds digests alone.
"""

from __future__ import annotations

import dataclasses
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import TYPE_CHECKING, Any, NamedTuple, Self, TypeVar

from tweetrecon.extraction import Capture
from tweetrecon.model import REDACTED, Document, Reject, Sighting
from tweetrecon.schema import ACT_1, from_table, to_table
from tweetrecon.twitter import urls
from tweetrecon.twitter.folding import fold

if TYPE_CHECKING:
    import pyarrow as pa

MASK = "[redacted]"
TELLING = 20
"""Folded letters from which a text tells which tweet it is; shorter ones are many people's."""

_HANDLE = re.compile(r"(?<![A-Za-z0-9_])([@＠])([A-Za-z0-9_]{1,15})(?![A-Za-z0-9_])")
_STATUS = re.compile(r"/([A-Za-z0-9_]{1,15})/status(?:es)?/(\d{1,20})")
_PROFILE = re.compile(r"((?:twitter|x)\.com/(?:#!/|@)?)([A-Za-z0-9_]{1,15})(?![A-Za-z0-9_])", re.IGNORECASE)


Tables = Mapping[str, "pa.Table"]
Record = TypeVar("Record", Document, Sighting, Reject)


class Told(NamedTuple):
    """What must not be told again: the beginnings of folded texts, and names."""

    texts: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()

    def stands_in(self, value: str | None) -> bool:
        """Whether a piece of text tells any of it."""
        if not value or not (self.texts or self.names):
            return False
        folded = fold(value).key
        return any(text in folded for text in self.texts) or any(name in value for name in self.names)


SILENCE = Told()


@dataclass(frozen=True, slots=True)
class Suppression:
    """A list of tweets, accounts and texts to be left out, as digests: ``id:…``, ``username:…``, ``text:…``."""

    digests: frozenset[str] = frozenset()

    @classmethod
    def of(cls, ids: Iterable[str] = (), usernames: Iterable[str] = (), texts: Iterable[str] = ()) -> Self:
        """The list of these tweets, accounts (with or without @, in any case) and texts."""
        names = (name.strip().lstrip("@＠").casefold() for name in usernames)
        keys = (fold(text).key for text in texts)
        return cls(
            frozenset(
                {_digest("id", tweet_id.strip()) for tweet_id in ids}
                | {_digest("username", name) for name in names}
                | {_digest("text", key) for key in keys if len(key) >= TELLING}
            )
        )

    def __or__(self, other: Suppression) -> Suppression:
        return Suppression(self.digests | other.digests)

    def __bool__(self) -> bool:
        return bool(self.digests)

    def hides_id(self, tweet_id: str | None) -> bool:
        """Whether this tweet is on the list."""
        return tweet_id is not None and _digest("id", tweet_id) in self.digests

    def hides_username(self, username: str | None) -> bool:
        """Whether this account is on the list."""
        return username is not None and _digest("username", username.lstrip("@＠").casefold()) in self.digests

    def hides(self, sighting: Sighting) -> bool:
        """Whether a sighting shows a tweet, or is by an account, that is on the list."""
        return (
            self.hides_id(sighting.tweet_id)
            or self.hides_username(sighting.author_username)
            or (sighting.text is not None and self._hides_text(sighting.text))
        )

    def _hides_text(self, text: str) -> bool:
        return _digest("text", fold(text).key) in self.digests

    # ---------------------------------------------------------------------------------------- tables

    def found_in(self, tables: Tables, named: Set[str] = frozenset()) -> list[Sighting]:
        """The sightings of act 1 that are on the list, or among those named."""
        rows = from_table("sightings", tables["sightings"])
        return [s for s in rows if REDACTED not in s.flags and (s.sighting_id in named or self.hides(s))]

    def applied_to(self, tables: Tables, named: Set[str] = frozenset()) -> dict[str, pa.Table]:
        """The tables of act 1 without what is on the list; see :meth:`applied`."""
        told = _told(self.found_in(tables, named), SILENCE)
        elsewhere = Told(frozenset(text for text in told.texts if len(text) >= TELLING))
        return _tables([self.applied(capture, named, elsewhere) for capture in _captures(tables)])

    def late(self, tables: Tables) -> frozenset[str]:
        """Ids of sightings, not redacted yet, of which only act 2 found out that they show a suppressed tweet."""
        rows = tables["tweets"].select(["tweet_key", "tweet_id", "author_username"]).to_pylist()
        keys = {
            row["tweet_key"]
            for row in rows
            if self.hides_id(row["tweet_id"]) or self.hides_username(row["author_username"])
        }
        known = {s.sighting_id for s in from_table("sightings", tables["sightings"]) if self.hides(s)}
        return sightings_of(keys, tables["threads"]) - known

    # ---------------------------------------------------------------------------------------- rows

    def learnt_from(self, sightings: Iterable[Sighting]) -> Suppression:
        """The list with the texts of those sightings that are on it, so that copies without an id are known, too."""
        hidden = [s for s in sightings if self.hides(s)] if self.digests else []
        return self | Suppression.of(texts=texts(hidden)) if hidden else self

    def applied(self, capture: Capture, named: Set[str] = frozenset(), told: Told = SILENCE) -> Capture:
        """A capture without what is on the list.

        ``named`` are ids of sightings that are known by other means to be of suppressed tweets, ``told`` is what other
        documents must not tell either.
        """
        if not self.digests:
            return capture
        hidden = [s for s in capture.sightings if s.sighting_id in named or self.hides(s)]
        told = _told(hidden, told)
        ids = {s.sighting_id for s in hidden}
        sightings = (self._left(s, s.sighting_id in ids, bool(hidden), told) for s in capture.sightings)
        return Capture(
            capture.document and self._document(capture.document, told),
            tuple(self._masked(s) for s in sightings),
            tuple(self._reject(r, bool(hidden), told) for r in capture.rejects),
        )

    def _left(self, sighting: Sighting, is_hidden: bool, is_near: bool, told: Told) -> Sighting:
        """What is left of a sighting: all, all but its text (where it repeats a suppressed one), or a tombstone."""
        if is_hidden:
            return _tombstone(sighting)
        if self._repeats(sighting, told):
            return _without_text(sighting)
        if is_near or told.stands_in(sighting.context_before) or told.stands_in(sighting.context_after):
            return replace(sighting, context_before=None, context_after=None)
        return sighting

    def _repeats(self, sighting: Sighting, told: Told) -> bool:
        if self.hides_id(sighting.retweeted_id) or self.hides_username(sighting.retweeted_username):
            return True
        return any(told.stands_in(text) for text in (sighting.text, sighting.raw_text))

    def _document(self, document: Document, told: Told) -> Document:
        title = None if told.stands_in(document.title) else document.title
        return self._masked(replace(document, title=title))

    def _reject(self, reject: Reject, is_near: bool, told: Told) -> Reject:
        evidence = None if is_near or told.stands_in(reject.evidence) else reject.evidence
        detail = MASK if told.stands_in(reject.detail) else reject.detail
        return self._masked(replace(reject, evidence=evidence, detail=detail))

    # ---------------------------------------------------------------------------------------- handles

    def _masked(self, record: Record) -> Record:
        """A record that names no suppressed account: not in its texts, addresses, or columns of usernames."""
        before = {f.name: getattr(record, f.name) for f in dataclasses.fields(record)}
        after = {name: self._value(name, value) for name, value in before.items()}
        return replace(record, **after) if after != before else record

    def _value(self, name: str, value: Any) -> Any:
        if type(value) is str:
            return None if name.endswith("username") and self.hides_username(value) else self._text(value)
        if isinstance(value, tuple):
            return tuple(self._value(name, v) for v in value if not (name == "mentions" and self.hides_username(v)))
        if dataclasses.is_dataclass(value) and not isinstance(value, type):
            inside = {f.name: self._value(f.name, getattr(value, f.name)) for f in dataclasses.fields(value)}
            return type(value)(**inside)
        return value

    def _text(self, text: str) -> str:
        if "@" in text or "＠" in text:
            text = _HANDLE.sub(lambda m: m[1] + MASK if self.hides_username(m[2]) else m[0], text)
        if "/" in text:
            text = _STATUS.sub(self._status, text)
            text = _PROFILE.sub(lambda m: m[1] + MASK if self.hides_username(m[2]) else m[0], text)
        return text

    def _status(self, found: re.Match[str]) -> str:
        is_hidden = self.hides_username(found[1]) or self.hides_id(found[2])
        return f"/i/status/{found[2]}" if is_hidden else found[0]


NOTHING = Suppression()


def _digest(kind: str, value: str) -> str:
    return f"{kind}:{sha256(f'tweetrecon {kind} {value}'.encode('utf-8', 'surrogatepass')).hexdigest()}"


# ------------------------------------------------------------------------------------------------ what is left


def _told(hidden: Sequence[Sighting], told: Told) -> Told:
    """What these sightings tell, added to what was told before."""
    folded = {fold(text).key for text in texts(hidden)}
    names = {name for s in hidden for name in (s.author_name, s.raw_name) if name and len(name) > 3}
    return Told(
        told.texts | {text[:TELLING] for text in folded if len(text) >= TELLING // 2},
        told.names | names,
    )


def sightings_of(keys: Set[str], threads: pa.Table) -> frozenset[str]:
    """Ids of all sightings of tweets, which are named by their keys."""
    tweets = (tweet for row in threads.select(["tweets"]).to_pylist() for tweet in row["tweets"])
    return frozenset(i for tweet in tweets if tweet["tweet_key"] in keys for i in tweet["sighting_ids"])


def texts(sightings: Iterable[Sighting]) -> Iterator[str]:
    """The texts that sightings show, resolved and verbatim."""
    return (text for s in sightings for text in (s.text, s.raw_text) if text)


_TOMBSTONE = (
    "sighting_id document_id position chain_position form also_forms role start end xpath"
    " source_line tweet_id created_at created_at_precision created_at_source replied_to_id quoted_id retweeted_id"
    " conversation_id edit_tweet_ids"
).split()
"""What a tombstone keeps: place, id, time, and what the tweet refers to."""

_AUTHOR = (
    "url raw_name raw_username raw_date raw_url author_username author_name author_id replied_to_username"
    " quoted_username like_count retweet_count reply_count quote_count"
).split()
"""What is kept, besides, of who repeats a suppressed text."""


def _tombstone(sighting: Sighting) -> Sighting:
    kept = {name: getattr(sighting, name) for name in _TOMBSTONE}
    url = urls.canonical_url(sighting.tweet_id) if sighting.tweet_id else None
    return Sighting(**kept, url=url, flags=(REDACTED,))


def _without_text(sighting: Sighting) -> Sighting:
    return replace(_tombstone(sighting), **{name: getattr(sighting, name) for name in _AUTHOR})


# ------------------------------------------------------------------------------------------------ tables


def _captures(tables: Tables) -> list[Capture]:
    """The captures that tables of act 1 hold: one a document, and one for the rejects without."""
    sightings: defaultdict[str, list[Sighting]] = defaultdict(list)
    rejects: defaultdict[str | None, list[Reject]] = defaultdict(list)
    for sighting in from_table("sightings", tables["sightings"]):
        sightings[sighting.document_id].append(sighting)
    for reject in from_table("rejects", tables["rejects"]):
        rejects[reject.document_id].append(reject)
    documents = {document.document_id: document for document in from_table("documents", tables["documents"])}
    ids: dict[str | None, None] = dict.fromkeys((*documents, *sightings, *rejects))
    return [Capture(documents.get(i or ""), tuple(sightings.get(i or "", ())), tuple(rejects.get(i, ()))) for i in ids]


def _tables(captured: Sequence[Capture]) -> dict[str, pa.Table]:
    """The tables of act 1 of captures."""
    rows: dict[str, list[Any]] = {
        "documents": [c.document for c in captured if c.document is not None],
        "sightings": [s for c in captured for s in c.sightings],
        "rejects": [r for c in captured for r in c.rejects],
    }
    return {name: to_table(name, rows[name]) for name in ACT_1}
