"""Every record of tweetrecon, declared once.

Each field is ``Annotated[type, Doc("one line")]``; :mod:`tweetrecon.schema` derives the Arrow schemas, the Parquet
field metadata and the data dictionary from these declarations. Fields marked ``INTERNAL`` never become columns.

Records are frozen and keyword-only. Times are timezone-aware UTC. Tweet and user ids are strings, because 64-bit
integers do not survive a column with nulls in pandas.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Annotated, Any, NamedTuple

from tweetrecon import notebook


class Doc(NamedTuple):
    """One line that says what a field means."""

    text: str


class Width(NamedTuple):
    """The Arrow width of a number, where it is not the default (int64, float32)."""

    arrow: str


class Internal(NamedTuple):
    """Marks a field that is working state, not a column."""


INTERNAL = Internal()
Int16 = Annotated[int, Width("int16")]
Int32 = Annotated[int, Width("int32")]


# ------------------------------------------------------------------------------------------------ closed sets


class Precision(StrEnum):
    """How exactly a time is known; the true time lies in the unit that begins at the value given."""

    MILLISECOND = "millisecond"
    SECOND = "second"
    MINUTE = "minute"
    HOUR = "hour"
    DAY = "day"
    MONTH = "month"
    YEAR = "year"


class TimeSource(StrEnum):
    """Where a time comes from."""

    SNOWFLAKE = "snowflake"
    PRE_SNOWFLAKE_TABLE = "pre_snowflake_table"
    ATTRIBUTE = "attribute"
    BYLINE = "byline"
    RELATIVE = "relative"
    PAGE_JSON = "page_json"
    ARCHIVE = "archive"
    RETWEET_BOUND = "retweet_bound"
    WARC_DATE = "warc_date"
    RECORD = "record"
    META = "meta"
    JSON_LD = "json_ld"
    TIME_ELEMENT = "time_element"


class Role(StrEnum):
    """How a tweet stands in its document."""

    EMBEDDED = "embedded"
    LINKED = "linked"
    INNER = "inner"
    ARCHIVED = "archived"


class Outcome(StrEnum):
    """What became of a document. Every document ends in exactly one."""

    TWEETS = "tweets"
    NONE = "none"
    REJECTED = "rejected"


class TweetStatus(StrEnum):
    """Whether any document shows the tweet, or other tweets only name it."""

    SEEN = "seen"
    IMPLIED = "implied"


class ReferenceType(StrEnum):
    """Edges between tweets, in the words of the Twitter API v2."""

    REPLIED_TO = "replied_to"
    RETWEETED = "retweeted"
    QUOTED = "quoted"


class ThreadKind(StrEnum):
    """What joins the tweets of a thread."""

    SINGLE = "single"
    SELF_THREAD = "self_thread"
    CONVERSATION = "conversation"
    RETWEET_CHAIN = "retweet_chain"


class Stage(StrEnum):
    """The step of the line at which something was refused or weakened."""

    READ = "read"
    DETECT = "detect"
    RESOLVE = "resolve"
    RECONCILE = "reconcile"
    THREAD = "thread"


class RejectCode(StrEnum):
    """Why something was refused or weakened. Each member's line in :data:`REJECT_DOCS` explains it."""

    EMPTY = "empty"
    BINARY = "binary"
    UNDECODABLE = "undecodable"
    UNREADABLE = "unreadable"
    BAD_RECORD = "bad_record"
    NOT_RESOLVED = "not_resolved"
    NO_CONTENT_FIELD = "no_content_field"
    NOT_AN_ARTICLE = "not_an_article"
    TRUNCATED = "truncated"
    TOO_LARGE = "too_large"
    PARSE_FAILED = "parse_failed"
    PARSE_INCOMPLETE = "parse_incomplete"
    FORM_CRASHED = "form_crashed"
    DOCUMENT_CRASHED = "document_crashed"
    TIMED_OUT = "timed_out"
    WORKER_DIED = "worker_died"
    OVERLAPS_STRONGER_FORM = "overlaps_stronger_form"
    SAME_TWEET_AGAIN = "same_tweet_again"
    LOOKALIKE_HOST = "lookalike_host"
    IMPLAUSIBLE_ID = "implausible_id"
    ROUNDED_ID = "rounded_id"
    NO_EVIDENCE = "no_evidence"
    PAGE_CHROME = "page_chrome"
    DATE_CONFLICT = "date_conflict"
    USERNAME_CONFLICT = "username_conflict"
    USERNAME_INVALID = "username_invalid"
    DATE_UNREADABLE = "date_unreadable"
    BAD_SIGHTING = "bad_sighting"
    CYCLE_BROKEN = "cycle_broken"
    NEWER_PARENT = "newer_parent"


REJECT_DOCS: dict[RejectCode, str] = {
    RejectCode.EMPTY: "The input holds no bytes, or white space only.",
    RejectCode.BINARY: "The input is no text: NUL bytes or another file type's signature.",
    RejectCode.UNDECODABLE: "No character set fits the bytes.",
    RejectCode.UNREADABLE: "The file or record could not be read to its end (permission, I/O, compression error).",
    RejectCode.BAD_RECORD: "A line or record is not valid in its format.",
    RejectCode.NOT_RESOLVED: "A service that was asked did not give the tweet; the detail tells what it said and when.",
    RejectCode.NO_CONTENT_FIELD: "A record has neither an `html` nor a `text` field.",
    RejectCode.NOT_AN_ARTICLE: "Parts of an archive that are none: requests, pictures, redirects; counted only.",
    RejectCode.TRUNCATED: "The input ends in the middle of a record; what came before was kept.",
    RejectCode.TOO_LARGE: "The decoded input is larger than the limit.",
    RejectCode.PARSE_FAILED: "No parser could make a tree of the markup.",
    RejectCode.PARSE_INCOMPLETE: "The parser hit a limit and a second parser read the page.",
    RejectCode.FORM_CRASHED: "A form raised an exception: a defect of tweetrecon, please report it.",
    RejectCode.DOCUMENT_CRASHED: "A step raised an exception on the document: a defect, please report it.",
    RejectCode.TIMED_OUT: "The document took longer than one may; its page may be built to do so.",
    RejectCode.WORKER_DIED: "The document crashed the process that read it, or needed more memory than one may.",
    RejectCode.OVERLAPS_STRONGER_FORM: "The place was claimed by a form of higher priority.",
    RejectCode.SAME_TWEET_AGAIN: "A weaker trace of a tweet that the page shows elsewhere; kept as its evidence.",
    RejectCode.LOOKALIKE_HOST: "The link resembles a status URL but its host is not Twitter's.",
    RejectCode.IMPLAUSIBLE_ID: "No clock could have made the status id.",
    RejectCode.ROUNDED_ID: "A program rounded the id of a tweet in an archive; which tweet it was is lost.",
    RejectCode.NO_EVIDENCE: "The markup of an embed without text, id or author.",
    RejectCode.PAGE_CHROME: "Share buttons, follow links, timelines and other furniture of the page.",
    RejectCode.DATE_CONFLICT: "The printed date disagrees with the time in the id; the id's was kept.",
    RejectCode.USERNAME_CONFLICT: "Byline and status URL name different accounts; the byline's was kept.",
    RejectCode.USERNAME_INVALID: "The username cannot be one of Twitter's; kept verbatim in raw_username only.",
    RejectCode.DATE_UNREADABLE: "A date was printed that no layout explains; kept verbatim in raw_date only.",
    RejectCode.BAD_SIGHTING: "A given sighting lacks required columns or has values of the wrong type.",
    RejectCode.CYCLE_BROKEN: "References formed a circle; the weakest was dropped.",
    RejectCode.NEWER_PARENT: "A tweet was said to answer or repeat one sent after it; the reference was dropped.",
}


REDACTED = "redacted"
"""The flag of sightings and tweets of which only a tombstone is left: see `tweetrecon redact`."""

NOT_A_REPLY = "not_a_reply"
"""The flag of a tweet whose archive says that it answers none."""


# ------------------------------------------------------------------------------------------------ parts of records


@dataclass(frozen=True, slots=True, kw_only=True)
class Url:
    """A link inside a tweet's text."""

    url: Annotated[str, Doc("link as it stands in the text (usually t.co)")]
    expanded_url: Annotated[str | None, Doc("where it leads, when the page tells")] = None
    display_url: Annotated[str | None, Doc("the shortened form shown to readers")] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Media:
    """A picture, video or animation attached to a tweet."""

    type: Annotated[str, Doc("`photo`, `video`, `animated_gif` or `unknown`")]
    url: Annotated[str | None, Doc("its address, when the page tells")] = None
    alt_text: Annotated[str | None, Doc("description given by the author")] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Beginning:
    """A place where the tweet of a flattened text may begin."""

    start: Annotated[int, Doc("the place in the document's text, characters")]
    text: Annotated[str, Doc("the tweet's text, if it begins there")]
    probability: Annotated[float, Doc("0–1, by its document alone")]
    support: Annotated[float, Doc("what it counts in the tweet's sightings together: log-odds, 0 or more")]


@dataclass(frozen=True, slots=True, kw_only=True)
class TextVariant:
    """One of several texts seen for the same tweet."""

    text: Annotated[str, Doc("the text")]
    sightings_count: Annotated[Int32, Doc("sightings that show exactly this text")]


@dataclass(frozen=True, slots=True, kw_only=True)
class FormerUsername:
    """A username that an account bore before its present one."""

    username: Annotated[str, Doc("the former username")]
    evidence: Annotated[str, Doc("what tells so, e.g. `same_id:1067433…`")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """A tweet that a thread is known to lack."""

    after_position: Annotated[
        Int32 | None, Doc("position of the tweet after which it is missing; null before the first")
    ]
    reason: Annotated[str, Doc("`parent_not_captured`, `source_not_captured`, `number_missing` or `tail_missing`")]
    tweet_id: Annotated[str | None, Doc("its id, when known")] = None
    author_username: Annotated[str | None, Doc("its author, when known")] = None
    number: Annotated[str | None, Doc('its place in the author\'s numbering, e.g. "3/5"')] = None


# ------------------------------------------------------------------------------------------------ act 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One article as read."""

    document_id: Annotated[str, Doc("stable id: hash of source_uri, source_key and payload digest")]
    source_uri: Annotated[
        str, Doc("the input as given: path relative to the input root, or URI, of the file it came from")
    ]
    source_key: Annotated[str | None, Doc("place inside the source: record id, row number, archive member name")] = None
    source_offset: Annotated[int | None, Doc("byte offset of the record in the source")] = None
    url: Annotated[str | None, Doc("address of the article")] = None
    title: Annotated[str | None, Doc("title of the article")] = None
    site_name: Annotated[str | None, Doc("name of the publishing site")] = None
    language: Annotated[str | None, Doc("BCP 47 language of the article, as declared")] = None
    published_at: Annotated[datetime | None, Doc("the article's own date")] = None
    published_at_source: Annotated[TimeSource | None, Doc("where published_at comes from")] = None
    captured_at: Annotated[datetime | None, Doc("when the article was captured")] = None
    captured_at_source: Annotated[TimeSource | None, Doc("where captured_at comes from")] = None
    media_type: Annotated[
        str, Doc("what was read: `text/html`, `text/plain`, `text/markdown`; `application/json`: of a tweet archive")
    ] = "text/plain"
    charset: Annotated[str | None, Doc("character set the bytes were decoded with")] = None
    payload_sha256: Annotated[str, Doc("SHA-256 of the payload as read, hexadecimal")] = ""
    size_bytes: Annotated[int, Doc("size of the payload in bytes")] = 0
    outcome: Annotated[Outcome, Doc("`tweets`, `none` or `rejected`")] = Outcome.NONE
    sightings_count: Annotated[Int32, Doc("sightings found in the document")] = 0
    mentions_count: Annotated[
        Int32 | None, Doc("phrases of the prose that speak of a tweet or of Twitter; no sightings; null for markup")
    ] = None
    text: Annotated[str, INTERNAL] = field(default="", repr=False)
    """The decoded content: markup for HTML, the text itself otherwise."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Embed:
    """One place in a document where tweet content stands, verbatim. Not a table: act 1 resolves it to sightings."""

    form: str
    role: Role = Role.EMBEDDED
    start: int | None = None
    end: int | None = None
    text_start: int | None = None
    text_end: int | None = None
    xpath: str | None = None
    source_line: int | None = None
    raw_text: str | None = None
    raw_name: str | None = None
    raw_username: str | None = None
    raw_date: str | None = None
    """The date as printed for readers."""
    raw_url: str | None = None
    timestamp: str | None = None
    """A machine-readable time given beside the printed one (`data-datetime`, `<time datetime>`, JSON)."""
    timestamp_source: TimeSource = TimeSource.ATTRIBUTE
    archive_url: str | None = None
    """The tweet's copy in a web archive, where the page names one beside the permalink (`data-versionurl`)."""
    tweet_id: str | None = None
    """An id stated outside any URL (`data-tweet-id`, JSON `id_str`)."""
    author_id: str | None = None
    lang: str | None = None
    urls: tuple[Url, ...] = ()
    media: tuple[Media, ...] = ()
    conversation_id: str | None = None
    edit_tweet_ids: tuple[str, ...] = ()
    replied_to_id: str | None = None
    replied_to_username: str | None = None
    quoted: Embed | None = None
    parent: Embed | None = None
    """The tweet shown above this one as the one it answers."""
    retweeted: Embed | None = None
    like_count: int | None = None
    retweet_count: int | None = None
    reply_count: int | None = None
    quote_count: int | None = None
    beginnings: tuple[Beginning, ...] = ()
    """Where its text may begin, in order of the document; empty where that is not in doubt."""
    text_truncated: bool = False
    confidence: float = 1.0
    flags: tuple[str, ...] = ()
    context_before: str | None = None
    context_after: str | None = None
    also_forms: tuple[str, ...] = ()
    """Weaker forms that show the same tweet on the same page."""
    node: Any = field(default=None, compare=False, repr=False)
    """The element that the embed claims, in markup."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighting:
    """One resolved statement about one tweet at one place of one document."""

    sighting_id: Annotated[str, Doc("stable id: hash of document, position and chain position")]
    document_id: Annotated[str, Doc("document it stands in")]
    position: Annotated[Int32, Doc("0-based order of the embed in the document")] = 0
    chain_position: Annotated[
        Int16, Doc("0: the tweet shown; 1, 2, …: the sources inside its text (`RT @a: RT @b: …`), outermost first")
    ] = 0
    form: Annotated[str, Doc("form that matched")] = "given"
    also_forms: Annotated[tuple[str, ...], Doc("weaker forms that show the same tweet on the same page")] = ()
    role: Annotated[
        Role,
        Doc(
            "`embedded` (shown as a post), `linked` (only a link to it), `inner` (named inside another tweet),"
            " `archived` (a record of a tweet archive, which cites nothing)"
        ),
    ] = Role.EMBEDDED
    start: Annotated[int | None, Doc("start of the whole embed in the document's text, characters")] = None
    end: Annotated[int | None, Doc("end of the whole embed in the document's text, characters")] = None
    text_start: Annotated[int | None, Doc("start of the tweet's own text in the same text")] = None
    text_end: Annotated[int | None, Doc("end of the tweet's own text in the same text")] = None
    xpath: Annotated[str | None, Doc("where it stands in markup")] = None
    source_line: Annotated[Int32 | None, Doc("line of the markup where it begins, 1-based")] = None
    raw_text: Annotated[str | None, Doc("text, verbatim")] = None
    raw_name: Annotated[str | None, Doc("display name, verbatim")] = None
    raw_username: Annotated[str | None, Doc("username, verbatim")] = None
    raw_date: Annotated[str | None, Doc("date, verbatim")] = None
    raw_url: Annotated[str | None, Doc("status link, verbatim")] = None
    tweet_id: Annotated[str | None, Doc("id of the tweet")] = None
    url: Annotated[str | None, Doc("canonical address: `https://twitter.com/<username or i>/status/<id>`")] = None
    archive_url: Annotated[str | None, Doc("the tweet's copy in a web archive, when the page links one")] = None
    author_username: Annotated[str | None, Doc("username without @, in the case shown")] = None
    author_name: Annotated[str | None, Doc("display name")] = None
    author_id: Annotated[str | None, Doc("id of the account")] = None
    created_at: Annotated[datetime | None, Doc("when the tweet was sent, UTC")] = None
    created_at_precision: Annotated[
        Precision | None, Doc("`millisecond`, `second`, `minute`, `hour`, `day`, `month` or `year`")
    ] = None
    created_at_source: Annotated[TimeSource | None, Doc("where created_at comes from")] = None
    text: Annotated[
        str | None, Doc("text: entities unescaped, `<br>` as newline, without byline; t.co links as shown")
    ] = None
    text_truncated: Annotated[bool, Doc("whether the text is cut at either end")] = False
    text_dir: Annotated[str, Doc("`ltr` or `rtl`, by Twitter's rule")] = "ltr"
    lang: Annotated[str | None, Doc("BCP 47 language of the tweet, as declared; `und` unknown")] = None
    hashtags: Annotated[tuple[str, ...], Doc("hashtags without #")] = ()
    cashtags: Annotated[tuple[str, ...], Doc("cashtags without $")] = ()
    mentions: Annotated[tuple[str, ...], Doc("usernames mentioned, without @")] = ()
    urls: Annotated[tuple[Url, ...], Doc("links in the text")] = ()
    media: Annotated[tuple[Media, ...], Doc("pictures and videos")] = ()
    replied_to_id: Annotated[str | None, Doc("id of the tweet it answers, as this sighting states it")] = None
    replied_to_username: Annotated[str | None, Doc("author of the tweet it answers, as this sighting states it")] = None
    quoted_id: Annotated[str | None, Doc("id of the tweet it quotes")] = None
    quoted_username: Annotated[str | None, Doc("author of the tweet it quotes")] = None
    retweeted_id: Annotated[str | None, Doc("id of the tweet it retweets")] = None
    retweeted_username: Annotated[str | None, Doc("author of the tweet it retweets")] = None
    edit_tweet_ids: Annotated[tuple[str, ...], Doc("ids of all versions of an edited tweet, when stated")] = ()
    conversation_id: Annotated[str | None, Doc("id of the conversation's first tweet, when stated")] = None
    like_count: Annotated[int | None, Doc("likes, when stated")] = None
    retweet_count: Annotated[int | None, Doc("retweets, when stated")] = None
    reply_count: Annotated[int | None, Doc("replies, when stated")] = None
    quote_count: Annotated[int | None, Doc("quotes, when stated")] = None
    beginnings: Annotated[
        tuple[Beginning, ...], Doc("where flattened text may begin; sightings of one tweet decide together")
    ] = ()
    context_before: Annotated[str | None, Doc("up to 300 characters of prose before it")] = None
    context_after: Annotated[str | None, Doc("up to 300 characters of prose after it")] = None
    confidence: Annotated[float, Doc("0–1, calibrated: share of such sightings that are right")] = 1.0
    flags: Annotated[
        tuple[str, ...], Doc("`date_conflict`, `username_conflict`, `bidi_control`, `username_invalid`, …")
    ] = ()


# ------------------------------------------------------------------------------------------------ act 2


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Reject:
    """Anything refused or weakened, with its reason and the evidence."""

    stage: Annotated[Stage, Doc("step of the line: `read`, `detect`, `resolve`, `reconcile` or `thread`")]
    code: Annotated[RejectCode, Doc("reason, from a closed set")]
    source_uri: Annotated[str | None, Doc("input it concerns")] = None
    source_key: Annotated[str | None, Doc("record in that input")] = None
    document_id: Annotated[str | None, Doc("document it concerns")] = None
    form: Annotated[str | None, Doc("form that lost or failed")] = None
    offset: Annotated[int | None, Doc("byte, character or line offset, as the detail says")] = None
    detail: Annotated[str, Doc("what happened, for a person")] = ""
    evidence: Annotated[str | None, Doc("up to 80 characters of what was refused")] = None
    kept: Annotated[bool, Doc("whether a weakened row was kept")] = False
