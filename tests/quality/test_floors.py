"""No change may make the program worse on the labelled corpora than floors.json says."""

from pathlib import Path

import pytest

from scripts import evaluate


@pytest.fixture(scope="session")
def scratch(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("quality")
    evaluate.join_text_labels(path)
    return path


@pytest.mark.quality
@pytest.mark.parametrize("scorer", evaluate.SCORERS, ids=lambda s: s.name)
def test_scorer_meets_its_floors(scorer: evaluate.Scorer, scratch: Path) -> None:
    report = evaluate.report_of(scorer, scratch)
    measured = evaluate.figures(scorer, report, (*scorer.shown, *scorer.pinned))
    assert evaluate.worse(scorer, measured, evaluate.read_floors()[scorer.name]) == []


def test_every_floor_is_of_a_known_metric() -> None:
    known = {s.name: {*s.shares, *s.errors} for s in evaluate.SCORERS}
    floors = evaluate.read_floors()
    assert floors.keys() == known.keys()
    assert {n: {p.rpartition("/")[2] for p in f} - known[n] for n, f in floors.items()} == {n: set() for n in known}


def test_pinning_raises_floors_and_refuses_to_lower_them(tmp_path: Path) -> None:
    path = tmp_path / "floors.json"
    path.write_text('{"forms": {"overall/id": 0.9, "overall/invented": 1}}')
    refused = evaluate.pin({"forms": {"overall/id": 0.8999, "overall/invented": 1}}, path)
    assert refused == ["forms overall/id: 0.8999, pinned 0.9"]
    assert evaluate.pin({"forms": {"overall/id": 0.95, "overall/invented": 2}}, path) == [
        "forms overall/invented: 2.0000, pinned 1"
    ]
    assert evaluate.pin({"forms": {"overall/id": 0.95678, "overall/invented": 0}}, path) == []
    assert evaluate.read_floors(path) == {"forms": {"overall/id": 0.956, "overall/invented": 0.0}}


def test_a_metric_that_is_no_longer_measured_breaks_its_floor() -> None:
    forms = evaluate.SCORERS[0]
    assert evaluate.worse(forms, {}, {"overall/id": 0.0}) == ["forms overall/id: not measured, pinned 0.0"]
