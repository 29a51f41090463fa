"""Pin what pyproject.toml allows in ``requirements/runtime.txt`` and ``requirements/dev.txt``, with hashes.

``runtime.txt`` is what the program and its installation need; ``dev.txt`` adds what tests, checks and scripts need, at
the same versions of everything shared.  The hashes are those of the public package index, for all platforms, whatever
mirror or local wheels this machine is set up with.  The files name no index: who installs decides where from, the
hashes decide what.

    python scripts/pin_requirements.py             keep pins that still fit, add and drop what pyproject.toml asks for
    python scripts/pin_requirements.py --upgrade   take the newest releases
"""

import argparse
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
REQUIREMENTS = ROOT / "requirements"
PIP_COMPILE = ["--generate-hashes", "--allow-unsafe", "--strip-extras", "--no-header", "--no-annotate", "--quiet"]
HEADS = {
    "runtime": "What tweetrecon needs to run and to be installed from a checkout.",
    "dev": "What tests, checks and scripts need, the runtime included.",
}


def wanted() -> dict[str, list[str]]:
    """Name of a requirements file -> the requirements that pyproject.toml states for it."""
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    project = declared["project"]
    extras: dict[str, list[str]] = project["optional-dependencies"]
    runtime = declared["build-system"]["requires"] + project["dependencies"]
    own = f"{project['name']}["
    return {"runtime": runtime, "dev": runtime + [r for r in extras["test"] + extras["dev"] if not r.startswith(own)]}


def public_index_only() -> dict[str, str]:
    """The environment without this machine's own sources of packages, whose files need not be the index's."""
    local = {"PIP_FIND_LINKS", "PIP_EXTRA_INDEX_URL", "PIP_CONSTRAINT"}
    return {k: v for k, v in os.environ.items() if k not in local} | {"PIP_CONFIG_FILE": os.devnull}


def compile_pins(name: str, requirements: list[str], *, upgrade: bool) -> None:
    """Write ``requirements/<name>.txt``."""
    out = REQUIREMENTS / f"{name}.txt"
    shared = ["--constraint", str(REQUIREMENTS / "runtime.txt")] if name != "runtime" else []
    command = [sys.executable, "-m", "piptools", "compile", *PIP_COMPILE, *shared]
    command += ["--upgrade"] * upgrade + ["--output-file", str(out), "-"]
    subprocess.run(command, input="\n".join(requirements), text=True, check=True, env=public_index_only(), cwd=ROOT)
    pins = re.sub(r"(?m)^(?:[#-].*)?\n", "", out.read_text(encoding="utf-8"))
    out.write_text(f"# {HEADS[name]} Written by scripts/pin_requirements.py.\n{pins}", encoding="utf-8")


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--upgrade", action="store_true", help="take the newest releases")
    upgrade: bool = arguments.parse_args().upgrade
    REQUIREMENTS.mkdir(exist_ok=True)
    for name, requirements in wanted().items():
        compile_pins(name, requirements, upgrade=upgrade)
        print(f"requirements/{name}.txt")


if __name__ == "__main__":
    main()
