"""``import tweetrecon`` and ``tweetrecon --version`` stay light: what a command does not need is not loaded for it.

Weight is counted in modules, which is the same on every machine; seconds are not.
"""

import subprocess
import sys

import pytest

HEAVY = frozenset("babel duckdb lxml numpy orjson pandas polars pyarrow rapidfuzz regex resiliparse snscrape".split())
MOST_MODULES_FOR_VERSION = 150


def loaded(statements: str) -> set[str]:
    """Names of the modules loaded in a fresh interpreter after ``statements``."""
    code = f"{statements}\nimport sys\nprint(*sys.modules, file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return set(done.stderr.split())


@pytest.mark.parametrize("module", ["tweetrecon", "tweetrecon.cli", "tweetrecon.model", "tweetrecon.errors"])
def test_import_loads_nothing_heavy(module: str) -> None:
    assert loaded(f"import {module}") & HEAVY == set()


def test_version_is_light() -> None:
    modules = loaded("from tweetrecon.cli import main\ntry: main(['--version'])\nexcept SystemExit: pass")
    assert modules & HEAVY == set()
    assert len(modules) <= MOST_MODULES_FOR_VERSION
