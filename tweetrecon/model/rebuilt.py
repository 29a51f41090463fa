"""Records of act 2: tweets, references, threads, who cites them, accounts."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from tweetrecon import notebook
from tweetrecon.model.annotations import Doc, Int32
from tweetrecon.model.parts import FormerUsername, Gap, Media, TextVariant, Url
from tweetrecon.model.sets import Precision, ReferenceType, Role, ThreadKind, TimeSource, TweetStatus


def hashed_key(*parts: str | None) -> str:
    """The key of a tweet known without an id: ``x:`` and a stable hash of what is known of it."""
    text = "\n".join(part or "" for part in parts)
    return "x:" + hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=10).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Tweet:
    """One tweet, all its sightings reconciled."""

    tweet_key: Annotated[str, Doc("the id; without one, `x:` and a stable hash of username, day and folded text")]
    tweet_id: Annotated[str | None, Doc("id of the tweet")] = None
    url: Annotated[str | None, Doc("canonical address")] = None
    author_username: Annotated[str | None, Doc("username without @")] = None
    author_name: Annotated[str | None, Doc("display name")] = None
    author_id: Annotated[str | None, Doc("id of the account")] = None
    created_at: Annotated[datetime | None, Doc("when the tweet was sent, UTC")] = None
    created_at_precision: Annotated[Precision | None, Doc("how exactly created_at is known")] = None
    created_at_source: Annotated[TimeSource | None, Doc("where created_at comes from")] = None
    text: Annotated[str | None, Doc("the best text seen")] = None
    text_truncated: Annotated[bool, Doc("whether the best text is cut")] = False
    text_dir: Annotated[str, Doc("`ltr` or `rtl`, by Twitter's rule")] = "ltr"
    lang: Annotated[str | None, Doc("BCP 47 language of the tweet; `und` unknown")] = None
    hashtags: Annotated[tuple[str, ...], Doc("hashtags without #")] = ()
    cashtags: Annotated[tuple[str, ...], Doc("cashtags without $")] = ()
    mentions: Annotated[tuple[str, ...], Doc("usernames mentioned, without @")] = ()
    urls: Annotated[tuple[Url, ...], Doc("links in the text")] = ()
    media: Annotated[tuple[Media, ...], Doc("pictures and videos")] = ()
    conversation_id: Annotated[str | None, Doc("id of the conversation's first tweet, when stated")] = None
    status: Annotated[TweetStatus, Doc("`seen`, or `implied`: only named by another tweet")] = TweetStatus.SEEN
    sightings_count: Annotated[Int32, Doc("sightings of the tweet")] = 0
    documents_count: Annotated[Int32, Doc("documents that cite it")] = 0
    first_cited_at: Annotated[datetime | None, Doc("earliest date of a document that cites it")] = None
    last_cited_at: Annotated[datetime | None, Doc("latest date of a document that cites it")] = None
    text_variants: Annotated[tuple[TextVariant, ...], Doc("all texts seen, most frequent first")] = ()
    like_count: Annotated[int | None, Doc("likes, from archives or pages that state them")] = None
    retweet_count: Annotated[int | None, Doc("retweets, likewise")] = None
    reply_count: Annotated[int | None, Doc("replies, likewise")] = None
    quote_count: Annotated[int | None, Doc("quotes, likewise")] = None
    sources: Annotated[tuple[str, ...], Doc("forms that showed it")] = ()
    flags: Annotated[tuple[str, ...], Doc("conflicts and weaknesses of its sightings")] = ()

    def _repr_html_(self) -> str:
        return notebook.tweet_html(self)

    def _repr_markdown_(self) -> str:
        return notebook.tweet_markdown(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """An edge from a tweet to the tweet it answers, retweets or quotes."""

    tweet_key: Annotated[str, Doc("the tweet that refers")]
    type: Annotated[ReferenceType, Doc("`replied_to`, `retweeted` or `quoted`")]
    target_key: Annotated[str, Doc("the tweet referred to")]
    inferred: Annotated[bool, Doc("whether a rule concluded it; false where a source states it by id")] = False
    method: Annotated[str, Doc("rule that made it")] = ""
    confidence: Annotated[float, Doc("0–1")] = 1.0
    evidence: Annotated[tuple[str, ...], Doc("sighting ids and rival candidates it rests on")] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """Who cites what: one row per tweet and place."""

    tweet_key: Annotated[str, Doc("the tweet cited")]
    thread_id: Annotated[str, Doc("its thread")]
    document_id: Annotated[str, Doc("the document that cites it")]
    sighting_id: Annotated[str, Doc("the sighting")]
    role: Annotated[Role, Doc("how it stands there")]
    position: Annotated[Int32, Doc("order in the document")]
    identity_rule: Annotated[str, Doc("rule that told which tweet it is: `same_id`, `same_text`, …")] = "same_id"
    document_url: Annotated[str | None, Doc("address of the document")] = None
    document_title: Annotated[str | None, Doc("title of the document")] = None
    document_published_at: Annotated[datetime | None, Doc("date of the document")] = None
    site_name: Annotated[str | None, Doc("site of the document")] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ThreadTweet:
    """A tweet in its place in a thread."""

    position: Annotated[Int32, Doc("0-based order in the thread")]
    depth: Annotated[Int32, Doc("distance from the root")]
    tweet_key: Annotated[str, Doc("key of the tweet")]
    tweet_id: Annotated[str | None, Doc("id of the tweet")] = None
    parent_key: Annotated[str | None, Doc("tweet it hangs on; null for the root")] = None
    reference_type: Annotated[ReferenceType | None, Doc("kind of the edge to the parent")] = None
    inferred: Annotated[bool, Doc("whether a rule concluded that edge")] = False
    confidence: Annotated[float, Doc("confidence of that edge")] = 1.0
    status: Annotated[TweetStatus, Doc("`seen` or `implied`")] = TweetStatus.SEEN
    author_username: Annotated[str | None, Doc("username without @")] = None
    author_name: Annotated[str | None, Doc("display name")] = None
    created_at: Annotated[datetime | None, Doc("when it was sent, UTC")] = None
    created_at_precision: Annotated[Precision | None, Doc("how exactly created_at is known")] = None
    text: Annotated[str | None, Doc("the best text seen")] = None
    text_dir: Annotated[str, Doc("`ltr` or `rtl`")] = "ltr"
    lang: Annotated[str | None, Doc("BCP 47 language")] = None
    url: Annotated[str | None, Doc("canonical address")] = None
    number: Annotated[Int32 | None, Doc("number the author gave it (3 of 3/5)")] = None
    number_total: Annotated[Int32 | None, Doc("total the author gave (5 of 3/5)")] = None
    sighting_ids: Annotated[tuple[str, ...], Doc("its sightings")] = ()
    document_ids: Annotated[tuple[str, ...], Doc("documents that cite it")] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Thread:
    """Tweets joined by replies and retweets, in order, with what is known to be missing."""

    thread_id: Annotated[str, Doc("key of the root tweet")]
    kind: Annotated[ThreadKind, Doc("`single`, `self_thread`, `conversation` or `retweet_chain`")]
    tweets_count: Annotated[Int32, Doc("tweets in it")] = 0
    authors_count: Annotated[Int32, Doc("authors in it")] = 0
    documents_count: Annotated[Int32, Doc("documents that cite any of them")] = 0
    author_usernames: Annotated[tuple[str, ...], Doc("authors in order of appearance")] = ()
    started_at: Annotated[datetime | None, Doc("time of its earliest tweet")] = None
    ended_at: Annotated[datetime | None, Doc("time of its latest tweet")] = None
    complete: Annotated[bool, Doc("whether no gap is known")] = True
    gaps: Annotated[tuple[Gap, ...], Doc("what is known to be missing")] = ()
    document_ids: Annotated[tuple[str, ...], Doc("documents that cite any member")] = ()
    tweets: Annotated[tuple[ThreadTweet, ...], Doc("its tweets in thread order")] = ()

    def _repr_html_(self) -> str:
        return notebook.thread_html(self)

    def _repr_markdown_(self) -> str:
        return notebook.thread_markdown(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class User:
    """An account as the sightings show it."""

    username: Annotated[str, Doc("username, latest case seen")]
    user_id: Annotated[str | None, Doc("id of the account, when known")] = None
    names: Annotated[tuple[str, ...], Doc("display names seen")] = ()
    former_usernames: Annotated[tuple[FormerUsername, ...], Doc("earlier usernames, with evidence")] = ()
    first_seen: Annotated[datetime | None, Doc("time of its earliest tweet")] = None
    last_seen: Annotated[datetime | None, Doc("time of its latest tweet")] = None
    tweets_count: Annotated[Int32, Doc("tweets by it")] = 0
    documents_count: Annotated[Int32, Doc("documents that cite it")] = 0
