"""The README tells the truth: its commands run and print what it shows, its Python runs."""

import importlib.util
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import tweetrecon as tr

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text("utf-8")
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.DOTALL | re.MULTILINE)


def blocks(language: str) -> list[str]:
    return [body for name, body in BLOCK.findall(README) if name == language]


def commands(block: str) -> Iterator[tuple[list[str], list[str]]]:
    """(words of a command, lines it should print) of each command of a console block."""
    for part in block.split("$ ")[1:]:
        first, *shown = part.splitlines()
        yield shlex.split(first, comments=True), [line for line in shown if line.strip()]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder as in a checkout, with the README's inputs."""
    (tmp_path / "samples").symlink_to(ROOT / "samples")
    (tmp_path / "articles").symlink_to(ROOT / "samples")
    (tmp_path / "article.html").symlink_to(ROOT / "samples" / "gec-feneri.html")
    (tmp_path / "gone.txt").write_text("1455779943668518913\n")
    (tmp_path / "tweets.jsonl").write_text("")
    return tmp_path


@pytest.mark.parametrize("block", [b for b in blocks("console") if "$ tweetrecon" in b])
def test_commands_print_what_is_shown(block: str, folder: Path) -> None:
    for words, shown in commands(block):
        assert words[0] == "tweetrecon"
        env = os.environ | {"COLUMNS": "100", "NO_COLOR": "1"}
        call = [sys.executable, "-m", *words]
        done = subprocess.run(call, cwd=folder, env=env, capture_output=True, text=True, check=False, encoding="utf-8")
        assert done.returncode == 0, done.stderr
        printed = done.stdout + done.stderr
        assert [line for line in shown if line.rstrip("─") not in printed] == []


def test_make_targets_exist() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    targets = re.findall(r"^\$ make (\w+)", README, re.MULTILINE)
    assert targets[:2] == ["demo", "test"]
    assert [t for t in targets if not re.search(rf"^{t}:", makefile, re.MULTILINE)] == []


@pytest.mark.parametrize("block", blocks("python"))
def test_python_runs(block: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if importlib.util.find_spec("pandas") is None:
        block = "\n".join(line for line in block.splitlines() if "pandas" not in line)
    monkeypatch.chdir(folder)
    exec(compile(block, "README.md", "exec"), {"rows": list(tr.capture("samples/harbour-flood.html"))})
    assert tr.open(folder / "archive").threads.num_rows > 0
