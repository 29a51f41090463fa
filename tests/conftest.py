"""What all tests share: where the project and the labelled corpora are, and how hypothesis searches."""

import os
from pathlib import Path

import pytest
from hypothesis import settings

ROOT = Path(__file__).resolve().parent.parent

# A deadline would time the machine, not the code.  CI looks at the same examples every time, so that the change it
# refuses is the change that broke something; everybody else keeps searching.
settings.register_profile("search", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "search")


@pytest.fixture(scope="session")
def root() -> Path:
    """The root of the checkout."""
    return ROOT


@pytest.fixture(scope="session")
def shared() -> Path:
    """The labelled corpora and scorers beside the checkout (``../shared``); without them the test is skipped."""
    path = ROOT.parent / "shared"
    if not (path / "corpus").is_dir():
        pytest.skip("../shared is not beside the checkout")
    return path
