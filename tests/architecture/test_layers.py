"""The layers of docs/architecture.md hold: the contracts are in pyproject.toml."""

from pathlib import Path

import pytest
from importlinter.cli import lint_imports


def test_import_contracts_hold(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    broken = lint_imports(config_filename=str(root / "pyproject.toml"), no_cache=True, no_logo=True)
    assert not broken, capsys.readouterr().out
