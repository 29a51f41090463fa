"""The repository speaks of the project alone: no download addresses, no paths of one machine, no notes left behind."""

import re
import subprocess
from pathlib import Path

import pytest

FORBIDDEN = {
    "address of a package index": re.compile(
        r"//[\w.-]*(?:py[p]i|pythonhos[t]ed|npm[j]s|deb[i]an)\.\w+", re.IGNORECASE
    ),
    "path of one machine": re.compile(r"(?<![\w.~-])/(?:home|root|Users|work|opt|mnt)/\w"),
    "note left behind": re.compile(r"\b(?:TO[D]O|FIX[M]E|X{3})\b"),
    "word about how it was made": re.compile(r"\b(?:sub-?age[n]ts?|C[E]O|(?:this|previous|last|next) se[s]sion)\b"),
}
PIN = re.compile(r"[a-z0-9._-]+==[^\s;]+(?: ; [^\\]+)? \\|    --hash=sha256:[0-9a-f]{64}(?: \\)?|# .*")


def tracked(root: Path) -> list[Path]:
    """The files that the repository holds; the test is skipped in an unpacked release, which has none."""
    if not (root / ".git").exists():
        pytest.skip("not a checkout: there is no repository to look at")
    names = subprocess.run(["git", "ls-files", "-z"], cwd=root, capture_output=True, text=True, check=True).stdout
    return [p for n in names.split("\0") if n and (p := root / n).is_file()]


@pytest.mark.parametrize("what", FORBIDDEN)
def test_no_tracked_file_holds(what: str, root: Path) -> None:
    found = [
        f"{path.relative_to(root)}:{number}: {line.strip()[:100]}"
        for path in tracked(root)
        for number, line in enumerate(path.read_bytes().decode("utf-8", "replace").splitlines(), 1)
        if FORBIDDEN[what].search(line)
    ]
    assert found == []


@pytest.mark.parametrize("name", ["runtime", "dev"])
def test_requirements_are_pins_with_hashes_and_nothing_else(name: str, root: Path) -> None:
    lines = (root / "requirements" / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if not PIN.fullmatch(line)] == []


def test_shared_requirements_have_one_version(root: Path) -> None:
    runtime, dev = (
        set(re.findall(r"(?m)^\S+==\S+", (root / "requirements" / f"{n}.txt").read_text(encoding="utf-8")))
        for n in ("runtime", "dev")
    )
    assert runtime <= dev
