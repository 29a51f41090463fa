"""A RO-Crate description of a dataset (version 1.1), as research repositories take it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from importlib.metadata import version
from typing import Any

from tweetrecon.interop.croissant import DESCRIPTION, LICENSE
from tweetrecon.interop.export import Load, Part, Sidecar

NAME = "ro-crate-metadata.json"
_PROGRAM = "#tweetrecon"


def describe(load: Load, parts: Sequence[Part], name: str) -> str:
    """The text of ``ro-crate-metadata.json``, which is to stand in the folder of the dataset.

    ``datePublished`` is the latest date that a document has, because a dataset notes no time of its own.
    """
    files = [_file(part) for part in parts] + [{"@id": "manifest.json"}, {"@id": "README.md"}]
    for extra, kind in zip(files[-2:], ("application/json", "text/markdown"), strict=True):
        extra |= {"@type": "File", "name": extra["@id"], "encodingFormat": kind}
    root = {
        "@id": "./",
        "@type": "Dataset",
        "name": name,
        "description": DESCRIPTION,
        "license": LICENSE,
        "datePublished": _latest(load),
        "hasPart": [{"@id": file["@id"]} for file in files],
    }
    made = {"@id": "#made", "@type": "CreateAction", "instrument": {"@id": _PROGRAM}, "result": {"@id": "./"}}
    program = {"@id": _PROGRAM, "@type": "SoftwareApplication", "name": "tweetrecon", "version": version("tweetrecon")}
    graph = [_descriptor(), root, *files, made, program]
    content = {"@context": "https://w3id.org/ro/crate/1.1/context", "@graph": graph}
    return json.dumps(content, indent=2, ensure_ascii=False) + "\n"


def _descriptor() -> dict[str, Any]:
    about = {"conformsTo": {"@id": "https://w3id.org/ro/crate/1.1"}, "about": {"@id": "./"}}
    return {"@id": NAME, "@type": "CreativeWork", **about}


def _file(part: Part) -> dict[str, Any]:
    return {
        "@id": part.path,
        "@type": "File",
        "name": f"{part.table}: {part.rows:,} rows",
        "encodingFormat": "application/vnd.apache.parquet",
        "contentSize": str(part.bytes),
        "sha256": part.sha256,
    }


def _latest(load: Load) -> str:
    documents = load("documents").select(["published_at", "captured_at"]).to_pylist()
    dates: list[datetime] = [time for row in documents for time in row.values() if time]
    return f"{max(dates):%Y-%m-%d}" if dates else "1970-01-01"


SIDECAR = Sidecar("ro-crate", f"{NAME}, as research repositories take it", NAME, describe)
