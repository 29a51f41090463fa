"""Write the pages of docs/ that are generated from the program itself.

python scripts/generate_docs.py
"""

from collections.abc import Callable
from pathlib import Path

import click

from tweetrecon import cli
from tweetrecon.forms import FORMS, TEXT_FORMS
from tweetrecon.forms.form import Form, TextForm
from tweetrecon.readers import READERS
from tweetrecon.schema import data_dictionary

DOCS = Path(__file__).resolve().parent.parent / "docs"

FORMS_HEAD = """# Forms

Generated from `tweetrecon/forms/` by `make docs`. A form is one way in which a tweet stands in a document; the column
`form` of the tables says which one was read. Where two claim the same place, the one further up wins.
"""


def forms_page() -> str:
    """``docs/forms.md``: every form, in order of priority."""
    return FORMS_HEAD + forms_section("In markup", FORMS) + forms_section("In plain text", TEXT_FORMS)


def forms_section(title: str, forms: tuple[Form, ...] | tuple[TextForm, ...]) -> str:
    rows = "".join(f"| `{f.name}` | {f.doc} | {years(f)} | {f.yields} | {f.seen} |\n" for f in forms)
    return f"\n## {title}\n\n| form | what it is | in use | gives | seen on |\n|---|---|---|---|---|\n{rows}"


def years(form: Form | TextForm) -> str:
    return f"{form.since}–{form.until or ''}"


CLI_HEAD = """# Command line

Generated from the help pages by `make docs`. `tweetrecon VERB --help` shows the same.
"""


def cli_page() -> str:
    """``docs/cli.md``: the help page of the program and of each verb, 100 columns wide."""
    program = context_of(cli.group, "tweetrecon")
    parts = [CLI_HEAD, help_section(program)]
    for verb in cli.VERBS:
        command = cli.group.get_command(program, verb)
        parts += [help_section(context_of(command, verb, program))] if command else []
    return "".join(parts)


def context_of(command: click.Command, name: str, parent: click.Context | None = None) -> click.Context:
    return command.make_context(name, [], parent, resilient_parsing=True, terminal_width=100)


def help_section(context: click.Context) -> str:
    return f"\n## {context.command_path}\n\n```text\n{context.get_help()}\n```\n"


def inputs_page() -> str:
    """``docs/inputs.md``: its table of formats; the rest of the page is written by hand."""
    before, mark, rest = (DOCS / "inputs.md").read_text(encoding="utf-8").partition("<!-- formats -->\n")
    rows = "".join(f"| `{r.name}` | {r.doc} | {' '.join(f'`{s}`' for s in r.suffixes)} |\n" for r in READERS)
    end = "<!-- /formats -->"
    return f"{before}{mark}| format | what it is | names |\n|---|---|---|\n{rows}{end}{rest.partition(end)[2]}"


PAGES: dict[str, Callable[[], str]] = {
    "tables.md": data_dictionary,
    "forms.md": forms_page,
    "cli.md": cli_page,
    "inputs.md": inputs_page,
}
"""File name in docs/ → what its text is."""


def main() -> None:
    for name, text in PAGES.items():
        (DOCS / name).write_text(text(), encoding="utf-8")
        print(f"docs/{name}")


if __name__ == "__main__":
    main()
