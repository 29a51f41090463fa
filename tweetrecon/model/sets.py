"""Closed sets of values, and flags."""

from __future__ import annotations

from enum import StrEnum


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
