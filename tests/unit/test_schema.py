"""The output contract: a change of any column's name, type or meaning must be meant."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pyarrow as pa
import pytest

from tweetrecon import model, schema

GOLDEN = Path(__file__).parent.parent / "golden" / "schema.json"
SIGHTING = model.Sighting(
    sighting_id="s",
    document_id="d",
    created_at=datetime(2018, 11, 27, tzinfo=UTC),
    created_at_precision=model.Precision.DAY,
    hashtags=("سوريا",),
    urls=(model.Url(url="https://t.co/a", expanded_url="https://example.org/"),),
)


def described() -> dict[str, dict[str, str]]:
    return {
        name: {c.name: schema.type_name(c) for c in schema.columns(record)} for name, record in schema.TABLES.items()
    }


def test_schema_is_the_agreed_one() -> None:
    """After a change that is meant: python -m tests.unit.test_schema, and a line in CHANGELOG.md."""
    assert described() == json.loads(GOLDEN.read_text("utf-8"))


@pytest.mark.parametrize("name", schema.TABLES)
def test_every_column_says_what_it_means(name: str) -> None:
    for field in schema.arrow_schema(name):
        assert (field.metadata or {}).get(b"description"), f"{name}.{field.name}"


@pytest.mark.parametrize("name", schema.TABLES)
def test_ids_are_strings_and_times_are_utc(name: str) -> None:
    for field in schema.arrow_schema(name):
        if field.name.endswith("_id"):
            assert field.type == pa.string(), field.name
        if field.name.endswith("_at"):
            assert field.type == pa.timestamp("us", tz="UTC"), field.name


def test_records_survive_the_table() -> None:
    assert list(schema.from_table("sightings", schema.to_table("sightings", [SIGHTING]))) == [SIGHTING]


def test_absent_columns_take_defaults_and_unknown_ones_are_ignored() -> None:
    row = {"sighting_id": "s", "document_id": "d", "text": None, "no_such_column": 1}
    assert schema.from_dict(model.Sighting, row) == model.Sighting(sighting_id="s", document_id="d")


def test_a_row_without_required_columns_is_refused() -> None:
    with pytest.raises(TypeError):
        schema.from_dict(model.Reject, {"stage": "read"})


def test_internal_fields_are_no_columns() -> None:
    assert "text" not in schema.arrow_schema("documents").names


def test_every_reject_code_is_explained() -> None:
    assert set(model.REJECT_DOCS) == set(model.RejectCode)
    dictionary = schema.data_dictionary()
    assert all(f"| `{code}` |" in dictionary for code in model.RejectCode)


if __name__ == "__main__":
    GOLDEN.write_text(json.dumps(described(), indent=1, ensure_ascii=False) + "\n", "utf-8")
