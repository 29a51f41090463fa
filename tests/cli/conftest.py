"""The command line called in this process, in an empty folder beside a copy of the samples."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from tweetrecon import pipeline, readers
from tweetrecon.cli import main


class Ended(NamedTuple):
    """How a call ended and what it printed."""

    code: int
    out: str
    err: str


Call = Callable[..., Ended]


@pytest.fixture
def call(
    tmp_path: Path, root: Path, monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]
) -> Call:
    """Call ``tweetrecon`` with arguments; ``samples`` is a folder of the present one."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TWEETRECON_WORKERS", "0")  # to start processes costs more than these tests
    (tmp_path / "samples").symlink_to(root / "samples")

    def run(*args: str | Path) -> Ended:
        with pytest.raises(SystemExit) as end:
            main([str(arg) for arg in args])
        out, err = capsysbinary.readouterr()
        code = end.value.code
        return Ended(code if isinstance(code, int) else 0, out.decode(), err.decode())

    return run


@pytest.fixture(scope="session")
def made_once(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The dataset that the samples give."""
    out = tmp_path_factory.mktemp("samples") / "archive"
    pipeline.run(readers.find([root / "samples"]), out)
    return out


@pytest.fixture
def archive(call: Call, made_once: Path) -> Path:
    """A copy of it in the present folder."""
    shutil.copytree(made_once, "archive")
    return Path("archive")
