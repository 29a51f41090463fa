"""A Croissant description of a dataset (MLCommons, version 1.0), which tools for machine learning load it by.

Columns that hold records in lists (links, media, gaps, the tweets of threads) have no place in Croissant's flat fields;
they are in the files all the same.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any, get_args, get_origin

from tweetrecon.interop.export import Load, Part, Sidecar
from tweetrecon.schema import TABLES, Column, columns

DESCRIPTION = (
    "Tweets found embedded in articles, reconciled and joined to threads by tweetrecon."
    " Their texts are their authors'; see README.md in the dataset."
)
LICENSE = "The texts are their authors'; structure and annotations as the publisher of this dataset says."
_CONTEXT = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "citeAs": "cr:citeAs",
    "column": "cr:column",
    "conformsTo": "dct:conformsTo",
    "cr": "http://mlcommons.org/croissant/",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "dct": "http://purl.org/dc/terms/",
    "examples": {"@id": "cr:examples", "@type": "@json"},
    "extract": "cr:extract",
    "field": "cr:field",
    "fileObject": "cr:fileObject",
    "fileProperty": "cr:fileProperty",
    "fileSet": "cr:fileSet",
    "format": "cr:format",
    "includes": "cr:includes",
    "isLiveDataset": "cr:isLiveDataset",
    "jsonPath": "cr:jsonPath",
    "key": "cr:key",
    "md5": "cr:md5",
    "parentField": "cr:parentField",
    "path": "cr:path",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "recordSet": "cr:recordSet",
    "references": "cr:references",
    "regex": "cr:regex",
    "repeated": "cr:repeated",
    "replace": "cr:replace",
    "sc": "https://schema.org/",
    "separator": "cr:separator",
    "source": "cr:source",
    "subField": "cr:subField",
    "transform": "cr:transform",
}


def describe(load: Load, parts: Sequence[Part], name: str) -> str:
    """The text of ``croissant.json``, which is to stand in the folder of the dataset."""
    held = [part for part in parts if part.rows]
    content = {
        "@context": _CONTEXT,
        "@type": "sc:Dataset",
        "conformsTo": "http://mlcommons.org/croissant/1.0",
        "name": name,
        "description": DESCRIPTION,
        "license": LICENSE,
        "url": "https://schema.org/Dataset",
        "version": "1.0.0",
        "distribution": [_file(part) for part in held],
        "recordSet": list(_record_sets(held)),
    }
    return json.dumps(content, indent=2, ensure_ascii=False) + "\n"


def _file(part: Part) -> dict[str, Any]:
    return {
        "@type": "cr:FileObject",
        "@id": part.path,
        "name": part.path,
        "contentUrl": part.path,
        "contentSize": f"{part.bytes} B",
        "encodingFormat": "application/x-parquet",
        "sha256": part.sha256,
    }


def _record_sets(parts: Iterable[Part]) -> Iterable[dict[str, Any]]:
    """One for each file; of a table in several files they are numbered."""
    seen: dict[str, int] = {}
    for part in parts:
        number = seen[part.table] = seen.get(part.table, -1) + 1
        name = f"{part.table}-{number}" if number else part.table
        flat = [c for c in columns(TABLES[part.table]) if _data_type(c)]
        yield {
            "@type": "cr:RecordSet",
            "@id": name,
            "name": name,
            "field": [_field(name, column, part) for column in flat],
        }


def _field(record_set: str, column: Column, part: Part) -> dict[str, Any]:
    field = {
        "@type": "cr:Field",
        "@id": f"{record_set}/{column.name}",
        "name": column.name,
        "description": column.doc,
        "dataType": _data_type(column),
        "source": {"fileObject": {"@id": part.path}, "extract": {"column": column.name}},
    }
    return field | ({"repeated": True} if get_origin(column.type) is tuple else {})


def _data_type(column: Column) -> str | None:
    """The type in the words of schema.org; None for records."""
    kind = get_args(column.type)[0] if get_origin(column.type) is tuple else column.type
    if isinstance(kind, type) and issubclass(kind, (str, StrEnum)):
        return "sc:Text"
    return {bool: "sc:Boolean", int: "sc:Integer", float: "sc:Float", datetime: "sc:DateTime"}.get(kind)


NAME = "croissant.json"
SIDECAR = Sidecar("croissant", f"{NAME}, by which machine-learning tools load the dataset", NAME, describe)
