"""What verify prints, and how it ends."""

import json
from pathlib import Path

from tests.cli.conftest import Call


def test_a_sound_dataset_ends_with_0(call: Call, archive: Path) -> None:
    assert call("verify", archive) == (0, "", "archive: all is as it was written\n")


def test_a_faulty_one_ends_with_6_and_names_the_file(call: Call, archive: Path) -> None:
    (archive / "README.md").write_text("other words")
    ended = call("verify", archive, "--quiet")
    assert (ended.code, ended.out, ended.err) == (6, "README.md: is not as it was written\n", "")
    told = json.loads(call("verify", archive, "--json").out)
    assert told == {"path": "README.md", "problem": "is not as it was written"}
    (archive / "manifest.json").write_bytes(b"\xff")
    assert call("verify", archive).out == "manifest.json: is damaged\n"
    assert call("verify", "nowhere").code == 2
