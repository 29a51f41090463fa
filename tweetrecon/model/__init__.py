"""Every record of tweetrecon, declared once.

Each field is ``Annotated[type, Doc("one line")]``; :mod:`tweetrecon.schema` derives the Arrow schemas, the Parquet
field metadata and the data dictionary from these declarations. Fields marked ``INTERNAL`` never become columns.

Records are frozen and keyword-only. Times are timezone-aware UTC. Tweet and user ids are strings, because 64-bit
integers do not survive a column with nulls in pandas.
"""

from tweetrecon.model.annotations import INTERNAL, Doc, Int16, Int32, Internal, Width
from tweetrecon.model.captured import Document, Embed, Reject, Sighting
from tweetrecon.model.parts import Beginning, FormerUsername, Gap, Media, TextVariant, Url
from tweetrecon.model.rebuilt import Citation, Reference, Thread, ThreadTweet, Tweet, User, hashed_key
from tweetrecon.model.sets import (
    NOT_A_REPLY,
    REDACTED,
    REJECT_DOCS,
    Outcome,
    Precision,
    ReferenceType,
    RejectCode,
    Role,
    Stage,
    ThreadKind,
    TimeSource,
    TweetStatus,
)

__all__ = [
    "INTERNAL",
    "NOT_A_REPLY",
    "REDACTED",
    "REJECT_DOCS",
    "Beginning",
    "Citation",
    "Doc",
    "Document",
    "Embed",
    "FormerUsername",
    "Gap",
    "Int16",
    "Int32",
    "Internal",
    "Media",
    "Outcome",
    "Precision",
    "Reference",
    "ReferenceType",
    "Reject",
    "RejectCode",
    "Role",
    "Sighting",
    "Stage",
    "TextVariant",
    "Thread",
    "ThreadKind",
    "ThreadTweet",
    "TimeSource",
    "Tweet",
    "TweetStatus",
    "Url",
    "User",
    "Width",
    "hashed_key",
]
