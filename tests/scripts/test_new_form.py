"""The skeleton of a new form is complete, registered once, and refuses to overwrite."""

import shutil
import sys
from pathlib import Path

import pytest

from scripts import new_form


@pytest.fixture
def checkout(tmp_path: Path, root: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    forms = tmp_path / "tweetrecon" / "forms"
    forms.mkdir(parents=True)
    shutil.copy(root / "tweetrecon" / "forms" / "__init__.py", forms)
    monkeypatch.setattr(new_form, "ROOT", tmp_path)
    monkeypatch.setattr(new_form, "FORMS", forms)
    monkeypatch.setattr(new_form, "CASES", tmp_path / "tests" / "forms")
    return tmp_path


def run(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> None:
    monkeypatch.setattr(sys, "argv", ["new_form.py", *arguments])
    new_form.main()


def test_makes_module_line_and_cases(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run(monkeypatch, "pigeon_post", "pigeon post", "--class", "pigeon-tweet", "--since", "2025")
    module = (checkout / "tweetrecon" / "forms" / "pigeon_post.py").read_text(encoding="utf-8")
    compile(module, "pigeon_post.py", "exec")
    assert 'Anchor(cls="pigeon-tweet")' in module
    register = (checkout / "tweetrecon" / "forms" / "__init__.py").read_text(encoding="utf-8")
    assert register.count("    pigeon_post,\n") == register.count("    pigeon_post.FORM,\n") == 1
    cases = sorted(path.name for path in (checkout / "tests" / "forms" / "pigeon_post").iterdir())
    assert len(cases) == 6
    assert any(name.startswith("near_miss") for name in cases)


@pytest.mark.parametrize("name", ["Pigeon", "pigeon-post", "_pigeon"])
def test_refuses_names_that_are_no_modules(checkout: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    with pytest.raises(SystemExit, match="lower-case"):
        run(monkeypatch, name)


def test_refuses_to_overwrite(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run(monkeypatch, "pigeon_post")
    with pytest.raises(SystemExit, match="exists"):
        run(monkeypatch, "pigeon_post")
