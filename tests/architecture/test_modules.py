"""One noun a module, one step a function, and no way to the network in any of them."""

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
CLIENT = ROOT / "tweetrecon" / "online" / "client.py"  # the one that `hydrate --online` asks services with
MODULES = sorted((ROOT / "tweetrecon").rglob("*.py"))
SCRIPTS = sorted((ROOT / "scripts").glob("*.py"))
LONGEST_MODULE = 400
LONGEST_FUNCTION = 50
NETWORK = frozenset(
    "aiohttp asyncio ftplib http httpx imaplib poplib requests smtplib socket socketserver ssl telnetlib urllib.request"
    " urllib3 webbrowser websockets xmlrpc".split()
)
DECLARES_FORM = re.compile(r"^FORMS? *[:=]", re.MULTILINE)
IMPORT_NAMES = {"pyyaml": "yaml"}


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def imports(path: Path) -> Iterator[str]:
    """Dotted names of all modules that a file imports, anywhere in it."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_module_is_short(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST_MODULE


@pytest.mark.parametrize("path", MODULES + SCRIPTS, ids=name)
def test_functions_are_short(path: Path) -> None:
    functions = (n for n in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(n, ast.FunctionDef))
    lengths = {f.name: (f.end_lineno or f.lineno) - f.lineno + 1 for f in functions}
    assert {f: n for f, n in lengths.items() if n > LONGEST_FUNCTION} == {}


@pytest.mark.parametrize("path", [m for m in MODULES if m != CLIENT], ids=name)
def test_module_cannot_reach_the_network(path: Path) -> None:
    found = {i for i in imports(path) if i in NETWORK or i.split(".")[0] in NETWORK}
    assert found == set()


def test_nothing_but_hydrate_asks_services() -> None:
    allowed = {"tweetrecon/cli/hydrate.py", "tweetrecon/hydration/online.py"}
    asking = {
        name(m)
        for m in MODULES
        if any(i.startswith(("tweetrecon.online", "tweetrecon.hydration.online")) for i in imports(m))
    }
    assert {m for m in asking if not m.startswith("tweetrecon/online/")} == allowed


def test_no_form_leans_on_another() -> None:
    """Modules that declare a form import helpers only, so that a form can be changed or dropped alone."""
    folder = ROOT / "tweetrecon" / "forms"
    modules = (p for p in folder.glob("*.py") if p.stem != "__init__")
    forms = {f"tweetrecon.forms.{p.stem}": p for p in modules if DECLARES_FORM.search(p.read_text("utf-8"))}
    assert forms
    assert {f"{name(path)}: {i}" for path in forms.values() for i in imports(path) if i in forms} == set()


def test_every_import_is_a_declared_dependency() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    groups = [project["dependencies"], *project["optional-dependencies"].values()]
    declared = {requirement_name(requirement) for group in groups for requirement in group}
    known = declared | set(sys.stdlib_module_names) | {"tweetrecon"}
    foreign = {f"{name(path)}: {i}" for path in MODULES for i in imports(path) if i.split(".")[0] not in known}
    assert foreign == set()


def requirement_name(requirement: str) -> str:
    """``pyyaml>=6`` → ``yaml``: the name under which a required package is imported."""
    package = re.split(r"[^\w.-]", requirement, maxsplit=1)[0].lower()
    return IMPORT_NAMES.get(package, package.replace("-", "_"))
