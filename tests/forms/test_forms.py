"""Golden cases of every form: ``tests/forms/<form>/<case>.html`` (``.txt``, ``.md``) and what they give.

A case says where its layout comes from (``provenance``; people and words are invented) and, under ``expect``, the
sightings of the form in order, each by the fields that matter. None expected makes it a near miss: the form must keep
silent.
"""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tweetrecon.detect import Detection, detect, dispatch, survey
from tweetrecon.detect.gate import passes_gate
from tweetrecon.detect.survey import Survey
from tweetrecon.extraction import extract
from tweetrecon.forms import FORMS, TEXT_FORMS
from tweetrecon.model import Document, Embed, Reject, RejectCode, Sighting
from tweetrecon.resolve import resolve

FOLDER = Path(__file__).parent
MEDIA_TYPES = {".html": "text/html", ".txt": "text/plain", ".md": "text/markdown"}
CASES = sorted(path for suffix in MEDIA_TYPES for path in FOLDER.glob(f"*/*{suffix}"))
NAMES = [*(form.name for form in FORMS), *(form.name for form in TEXT_FORMS)]


def case_id(path: Path) -> str:
    return f"{path.parent.name}/{path.stem}"


def wanted(path: Path) -> list[dict[str, Any]]:
    expected: list[dict[str, Any]] = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))["expect"]
    return expected


def document(path: Path) -> Document:
    return Document(
        document_id="case",
        source_uri=path.name,
        media_type=MEDIA_TYPES[path.suffix],
        text=path.read_text(encoding="utf-8"),
    )


def sightings(path: Path) -> Iterator[Sighting]:
    """The tweets shown or linked that the form of the case's folder found."""
    detection = detect(document(path))
    assert not [r for r in detection.rejects if r.code is RejectCode.FORM_CRASHED]
    found = resolve(detection.document, detection.embeds).sightings
    return (s for s in found if s.chain_position == 0 and path.parent.name in (s.form, *s.also_forms))


@pytest.mark.parametrize("path", CASES, ids=case_id)
def test_case(path: Path) -> None:
    expected = wanted(path)
    found = list(sightings(path))
    got = [{name: stated(s, name) for name in want} for s, want in zip(found, expected, strict=False)]
    assert (len(found), got) == (len(expected), expected)


def stated(sighting: Sighting, name: str) -> object:
    """A field as a case writes it: a time as its UTC day, a set member as its value."""
    value = getattr(sighting, name)
    if name == "created_at":
        return value.date().isoformat() if value else None
    return str(value) if name == "role" else value


@pytest.mark.parametrize("path", [p for p in CASES if p.suffix == ".html" and wanted(p)], ids=case_id)
def test_gate_lets_the_case_pass(path: Path) -> None:
    assert passes_gate(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", [p for p in CASES if p.suffix != ".html" and wanted(p)], ids=case_id)
def test_a_plain_document_with_a_sign_is_read(path: Path) -> None:
    assert path.parent.name in {f for s in extract(document(path)).sightings for f in (s.form, *s.also_forms)}


@pytest.mark.parametrize("path", [p for p in CASES if p.suffix == ".html"], ids=case_id)
def test_no_form_is_passed_over(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A page gives the same when every form is tried wherever its anchors fit, whatever the source tells."""
    found = detect(document(path))
    monkeypatch.setattr(dispatch, "_signed", lambda survey: set(range(len(FORMS))))
    monkeypatch.setattr(Survey, "held", frozenset(survey.LITERALS))
    monkeypatch.setattr(Survey, "elements", lambda self, literal: {survey.ANYWHERE})
    monkeypatch.setattr(Survey, "scripts", lambda self, literals: None)
    assert unplaced(detect(document(path))) == unplaced(found)


def unplaced(detection: Detection) -> tuple[list[Embed], list[Reject]]:
    """What was found and what was refused; elements of two trees are never equal."""
    return [replace(embed, node=None) for embed in detection.embeds], list(detection.rejects)


@pytest.mark.parametrize("name", NAMES)
def test_form_has_cases_and_a_near_miss(name: str) -> None:
    cases = [path for path in CASES if path.parent.name == name]
    positive = sum(bool(wanted(path)) for path in cases)
    assert (positive >= 2, len(cases) > positive) == (True, True)
