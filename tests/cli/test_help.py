"""Every verb has a help page that ends in examples, and the examples work."""

import os
import shlex
import subprocess
import sys
from pathlib import Path

import click
import pytest

from tests.cli.conftest import Call
from tweetrecon.cli import VERBS, group


def command(verb: str) -> click.Command:
    found = group.get_command(click.Context(group), verb)
    assert found is not None
    return found


def examples(verb: str) -> list[str]:
    lines = (command(verb).epilog or "").splitlines()
    return [line.strip() for line in lines[lines.index("Examples:") + 1 :]]


ALL = [(verb, example) for verb in VERBS for example in examples(verb)]
SIMPLE = [example for _, example in ALL if not set("|&") & set(example)]
PIPED = [example for _, example in ALL if set("|&") & set(example)]


def test_the_front_page_names_every_verb(call: Call) -> None:
    for args in ((), ("--help",), ("-h",)):
        ended = call(*args)
        assert ended.code == 0
        assert all(f"  {verb} " in ended.out for verb in VERBS)
    assert call("--version").out.startswith("tweetrecon 0.")


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_has_a_page_with_examples(verb: str, call: Call) -> None:
    assert len(examples(verb)) >= 2
    assert command(verb).get_short_help_str(200) == VERBS[verb]
    assert all(option.help for option in command(verb).params if isinstance(option, click.Option))
    page = call(verb, "--help")
    assert page.code == 0
    assert all(example.split("|")[0].strip() in " ".join(page.out.split()) for example in examples(verb))


@pytest.mark.parametrize("example", SIMPLE)
def test_examples_work(example: str, call: Call, archive: Path) -> None:
    ended = call(*shlex.split(example)[1:])
    assert ended.code == 0, ended.err
    assert archive.is_dir()


@pytest.mark.parametrize("example", PIPED)
def test_piped_examples_work(example: str, archive: Path, root: Path) -> None:
    program = Path("bin", "tweetrecon").absolute()
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nPYTHONPATH={root} exec {sys.executable} -m tweetrecon "$@"\n')
    program.chmod(0o755)
    path = f"{program.parent}{os.pathsep}{os.environ['PATH']}"
    environment = {**os.environ, "PATH": path}
    done = subprocess.run(["sh", "-c", example], env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert archive.is_dir()
    assert "Traceback" not in done.stderr
    assert ("| head" in example) == bool(done.stdout)
