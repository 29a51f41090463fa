"""The dataset card: README.md in a dataset, which also tells Hugging Face `datasets` where the tables are."""

from __future__ import annotations

from tweetrecon.schema import TABLES, columns, type_name
from tweetrecon.store.manifest import Manifest

NAME = "README.md"

_HEAD = """---
pretty_name: Tweets embedded in articles
tags:
- tweets
- web-archive
configs:
{configs}---

# Tweets embedded in articles

Written by tweetrecon {version}: tweets found embedded or flattened in archived articles, and their threads.
`manifest.json` names the files that belong to the dataset, with their digests. Ids are strings, times are UTC.

```python
import tweetrecon as tr
threads = tr.open("this folder").threads

from datasets import load_dataset
threads = load_dataset("this folder", "threads")
```

The texts belong to their authors. Respect that people delete what they wrote.

| table | rows | a row is |
|---|---|---|
{tables}"""

_TABLE = """
## {name}

| column | type | meaning |
|---|---|---|
{rows}"""


def text(manifest: Manifest) -> str:
    """The text of the card."""
    rows = {name: sum(p.rows for p in manifest.parts if p.table == name) for name in TABLES}
    configs = "".join(f"- config_name: {name}\n  data_files: {name}/*.parquet\n" for name in TABLES)
    tables = "".join(f"| `{n}` | {rows[n]} | {(TABLES[n].__doc__ or '').splitlines()[0]} |\n" for n in TABLES)
    head = _HEAD.format(configs=configs, version=manifest.tool_version, tables=tables)
    return head + "".join(_TABLE.format(name=name, rows=_columns(name)) for name in TABLES)


def _columns(name: str) -> str:
    return "".join(
        f"| `{c.name}` | {type_name(c)} | {c.doc.replace('|', chr(92) + '|')} |\n" for c in columns(TABLES[name])
    )
