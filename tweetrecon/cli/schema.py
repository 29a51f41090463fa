"""``tweetrecon schema``: the data dictionary."""

from __future__ import annotations

import json

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from tweetrecon.cli.command import verb
from tweetrecon.schema import TABLES, columns, type_name


@verb("schema", "tweetrecon schema", "tweetrecon schema tweets", "tweetrecon schema sightings --json")
@click.argument("table", required=False, type=click.Choice(list(TABLES)), metavar="[TABLE]")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a column.")
def command(table: str | None, as_json: bool) -> None:
    """Describe the tables of a dataset and their columns.

    A ? after a type marks columns that may be null. docs/tables.md says the same, and so does the metadata of each
    Parquet file.
    """
    names = [table] if table else list(TABLES)
    if as_json:
        for name in names:
            _print_json(name)
        return
    console = Console(markup=False, highlight=False)
    for name in names:
        console.print(Text().append(f"{name}: ", style="bold").append((TABLES[name].__doc__ or "").split("\n")[0]))
        console.print(_rows(name), "")


def _rows(name: str) -> Table:
    rows = Table("column", "type", "meaning", box=None, pad_edge=False)
    for column in columns(TABLES[name]):
        rows.add_row(Text(column.name), Text(type_name(column)), Text(column.doc))
    return rows


def _print_json(name: str) -> None:
    for column in columns(TABLES[name]):
        row = {"table": name, "column": column.name, "type": type_name(column), "meaning": column.doc}
        click.echo(json.dumps(row, ensure_ascii=False))
