"""``tweetrecon forms``: the ways in which a tweet can stand in a document."""

from __future__ import annotations

import json

import click
from rich.console import Console
from rich.table import Table

from tweetrecon.cli.command import verb
from tweetrecon.forms import FORMS, TEXT_FORMS
from tweetrecon.forms.form import Form, TextForm


@verb("forms", "tweetrecon forms", "tweetrecon forms --json")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a form.")
def command(as_json: bool) -> None:
    """List the ways in which a tweet can stand in a page, strongest first.

    The column `form` of the table `sightings` names the one that was read. Where two claim the same place, the one
    further up wins.
    """
    forms: list[Form | TextForm] = [*FORMS, *TEXT_FORMS]
    if as_json:
        for form in forms:
            click.echo(json.dumps(_facts(form), ensure_ascii=False))
        return
    table = Table("form", "in use", "what it is", box=None, pad_edge=False)
    for form in forms:
        table.add_row(form.name, f"{form.since}–{form.until or ''}", form.doc)
    Console(markup=False).print(table)


def _facts(form: Form | TextForm) -> dict[str, str | int | None]:
    return {"form": form.name, "since": form.since, "until": form.until, "doc": form.doc}
