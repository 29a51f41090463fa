"""Records that stand inside others."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from tweetrecon.model.annotations import Doc, Int32


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
