"""The manifest: which parts a dataset consists of. A part exists only once the manifest names it."""

from __future__ import annotations

import json
import re
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import Any

from tweetrecon.errors import DatasetError
from tweetrecon.schema import SCHEMA_VERSION

NAME = "manifest.json"
FORMAT = "tweetrecon dataset"
SIDECARS = ("croissant.json", "ro-crate-metadata.json")
"""Descriptions for other tools that `tweetrecon export` puts beside the tables."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One finished file of a table; ``path`` is relative to the dataset."""

    table: str
    path: str
    rows: int
    bytes: int
    sha256: str


class State(StrEnum):
    """How far a dataset has come."""

    CAPTURING = "capturing"
    CAPTURED = "captured"
    RECONSTRUCTED = "reconstructed"


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a dataset has come: whole sources read, in order of their URIs, and records of the one after them."""

    state: State = State.CAPTURING
    sources: int = 0
    records: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What a dataset consists of and how it was made. It holds no times, so that equal runs give equal bytes."""

    configuration: dict[str, Any] = field(default_factory=dict)
    inputs: dict[str, Any] = field(default_factory=dict)
    parts: tuple[Part, ...] = ()
    progress: Progress = Progress()
    card_sha256: str = ""
    redacted: tuple[str, ...] = ()
    """Digests of what this dataset must not show: see :mod:`tweetrecon.suppression`."""
    hydrated: dict[str, str] = field(default_factory=dict)
    """Tweet archive → a digest of it and of what was looked for in it: see :mod:`tweetrecon.hydration`."""
    schema_version: int = SCHEMA_VERSION
    tool_version: str = field(default_factory=lambda: version("tweetrecon"))

    @property
    def is_current(self) -> bool:
        """Whether this version of the program wrote it."""
        return self.tool_version == version("tweetrecon")

    def to_json(self) -> str:
        """The text of ``manifest.json``, sealed with a digest of itself."""
        digest = sha256(json.dumps(self.configuration, sort_keys=True).encode()).hexdigest()
        content = {"format": FORMAT, "configuration_sha256": digest, "sha256": "", **asdict(self)}
        text = json.dumps(content, indent=2, sort_keys=True, ensure_ascii=False) + "\n"
        return text.replace(_UNSEALED, f'"sha256": "{_digest(text)}",\n  "tool', 1)

    def differences(self, configuration: dict[str, Any], inputs: dict[str, Any]) -> list[str]:
        """Names of what another run has differently: keys of the configuration, and ``inputs``."""
        keys = sorted(self.configuration.keys() | configuration.keys())
        differing = [k for k in keys if self.configuration.get(k) != configuration.get(k)]
        return differing + (["inputs"] if inputs != self.inputs else [])


_UNSEALED = '"sha256": "",\n  "tool'
_SEALED = re.compile(r'"sha256": "([0-9a-f]{64})",\n  "tool')


def _digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()


def is_sealed(text: str) -> bool:
    """Whether the text of a manifest is, to the byte, what was written."""
    seal = _SEALED.search(text)
    return seal is not None and _digest(text.replace(seal[0], _UNSEALED, 1)) == seal[1]


def read(dataset: Path) -> Manifest:
    """The manifest of a dataset. Raises DatasetError for a path that holds none, or one of a newer schema."""
    try:
        content = json.loads((dataset / NAME).read_bytes())
        if content["format"] != FORMAT:
            raise ValueError(content["format"])
        newer = content["schema_version"] > SCHEMA_VERSION
        parts = tuple(Part(**p) for p in content["parts"])
        done = content["progress"]
        progress = Progress(State(done["state"]), done["sources"], done["records"])
    except (FileNotFoundError, NotADirectoryError):
        what = "is not a dataset (it has no manifest.json)" if dataset.exists() else "does not exist"
        raise DatasetError(f"{dataset}: {what}; give the folder that `tweetrecon run … -o` wrote") from None
    except OSError as error:
        raise DatasetError(f"{dataset / NAME}: {error.strerror}; check its permissions") from error
    except (ValueError, KeyError, TypeError) as error:
        raise DatasetError(f"{dataset / NAME} is damaged; run the dataset again into a new folder") from error
    if newer:
        raise DatasetError(f"{dataset}: written by tweetrecon {content['tool_version']}; update tweetrecon to read it")
    return Manifest(
        configuration=content["configuration"],
        inputs=content["inputs"],
        parts=parts,
        progress=progress,
        card_sha256=content["card_sha256"],
        redacted=tuple(content.get("redacted", ())),
        hydrated=content.get("hydrated", {}),
        schema_version=content["schema_version"],
        tool_version=content["tool_version"],
    )
