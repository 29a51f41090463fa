"""Act 1 for one document: detect, then resolve. A pure function, so that any runner may call it anywhere."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import NamedTuple

from tweetrecon.detect import Detection, Trace, detect, passes_gate, prose
from tweetrecon.model import Document, Embed, Outcome, Reject, RejectCode, Sighting, Stage
from tweetrecon.resolve import Resolution, resolve
from tweetrecon.twitter import talk

UNFINISHED = (RejectCode.PARSE_FAILED, RejectCode.DOCUMENT_CRASHED, RejectCode.TIMED_OUT, RejectCode.WORKER_DIED)
"""Why a document that was read can be rejected all the same."""


@dataclass(frozen=True, slots=True)
class Capture:
    """What act 1 makes of one record: its document, which no longer holds its text, or the reject of reading it."""

    document: Document | None
    sightings: tuple[Sighting, ...] = ()
    rejects: tuple[Reject, ...] = ()


class Explanation(NamedTuple):
    """What each step made of one document."""

    trace: Trace
    detection: Detection
    resolution: Resolution


def is_promising(document: Document) -> bool:
    """Whether a document holds any sign of a tweet; of the others, :func:`extract` makes nothing."""
    if document.outcome is Outcome.REJECTED:
        return False
    return passes_gate(document.text) if document.media_type == "text/html" else prose.bears_sign(document.text)


def extract(record: Document | Reject) -> Capture:
    """Act 1 for one record. Whatever it holds, nothing is raised but MemoryError."""
    if isinstance(record, Document) and (_is_read(record) if _is_page(record) else is_promising(record)):
        return _extracted(record)  # which asks pages for signs itself
    return passed_over(record)


def _is_page(document: Document) -> bool:
    return document.media_type == "text/html"


def _is_read(document: Document) -> bool:
    """Whether its text is at hand; readers leave it out where they saw no sign."""
    return bool(document.text) and document.outcome is not Outcome.REJECTED


def passed_over(record: Document | Reject) -> Capture:
    """The capture of a reject, or of a document without any sign of a tweet."""
    if isinstance(record, Reject):
        return Capture(None, rejects=(record,))
    if _is_page(record) and not record.text:
        return Capture(record)
    return Capture(replace(record, text="", mentions_count=_mentions(record)))


def _mentions(document: Document, embeds: Iterable[Embed] = ()) -> int | None:
    """Phrases of the prose that speak of tweets; counted where the text is all there is, as page furniture is none."""
    if _is_page(document) or document.outcome is Outcome.REJECTED:
        return None
    spans = sorted((e.start, e.end) for e in embeds if e.start is not None and e.end is not None)
    return talk.count(document.text, skip=spans)


def _extracted(document: Document) -> Capture:
    try:
        detection = detect(document)
        resolution = resolve(detection.document, detection.embeds)
    except MemoryError:
        raise
    except Exception as error:  # noqa: BLE001 - one defect must not cost a run
        return refused(document, RejectCode.DOCUMENT_CRASHED, f"{type(error).__name__}: {error}"[:200])
    done = replace(
        detection.document,
        outcome=_outcome(detection, resolution),
        sightings_count=len(resolution.sightings),
        mentions_count=_mentions(document, detection.embeds),
        text="",
    )
    return Capture(done, resolution.sightings, detection.rejects + resolution.rejects)


def _outcome(detection: Detection, resolution: Resolution) -> Outcome:
    if any(reject.code in UNFINISHED for reject in detection.rejects):
        return Outcome.REJECTED
    return Outcome.TWEETS if resolution.sightings else Outcome.NONE


def refused(document: Document, code: RejectCode, detail: str) -> Capture:
    """The capture of a document that could not be dealt with."""
    reject = Reject(
        stage=Stage.DETECT,
        code=code,
        source_uri=document.source_uri,
        source_key=document.source_key,
        document_id=document.document_id,
        offset=document.source_offset,
        detail=detail,
    )
    return Capture(replace(document, outcome=Outcome.REJECTED, text=""), rejects=(reject,))


def explain(document: Document) -> Explanation:
    """Act 1 for one document, with what came of each step."""
    trace = Trace()
    detection = detect(document, trace)
    return Explanation(trace, detection, resolve(detection.document, detection.embeds))
