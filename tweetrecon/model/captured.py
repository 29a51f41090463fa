"""Records of act 1, what an article shows, and what was refused at any step."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Annotated, Any

from tweetrecon.model.annotations import INTERNAL, Doc, Int16, Int32
from tweetrecon.model.parts import Beginning, Media, Url
from tweetrecon.model.sets import Outcome, Precision, RejectCode, Role, Stage, TimeSource


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
