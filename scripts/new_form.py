"""Begin a new form: its module, its line in FORMS, and a folder with two cases and a near miss to fill in.

python scripts/new_form.py NAME ["WHAT IT IS"] [--class CLASS | --tag TAG | --attribute NAME] [--since YEAR]

NAME is the module's name, in words joined by underscores. The cases fail until the form reads them.
"""

import argparse
import json
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FORMS = ROOT / "tweetrecon" / "forms"
CASES = ROOT / "tests" / "forms"

MODULE = '''"""{title}: ``{example}``."""

from __future__ import annotations

from collections.abc import Iterator

from lxml.html import HtmlElement

from tweetrecon.forms import signs
from tweetrecon.forms.form import Anchor, Form
from tweetrecon.forms.links import address, status_links
from tweetrecon.model import Embed
from tweetrecon.page import Page


def read(node: HtmlElement, page: Page) -> Iterator[Embed]:
    """The tweet of one such element."""
    link = next(status_links(node), None)
    if link is not None:
        yield Embed(form=FORM.name, raw_url=address(link))


FORM = Form(
    name="{name}",
    doc="{what}",
    anchors=({anchor},),
    read=read,
    since={since},
    yields="id, username",
    seen="",
    signs=signs.STATUS,
)
'''

CASE = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>An article</title></head><body>
{body}
</body></html>
"""


def main() -> None:
    arguments = parse()
    module = FORMS / f"{arguments.name}.py"
    if not re.fullmatch(r"[a-z][a-z0-9]*(?:_[a-z0-9]+)*", arguments.name):
        raise SystemExit(f"{arguments.name}: a module's name has lower-case words joined by underscores")
    if module.exists():
        raise SystemExit(f"{module.relative_to(ROOT)} exists already")
    anchor, example = anchored(arguments)
    what = arguments.what or arguments.name.replace("_", " ")
    module.write_text(
        MODULE.format(
            title=what[0].upper() + what[1:],
            example=example,
            name=arguments.name,
            what=what,
            anchor=anchor,
            since=arguments.since,
        ),
        encoding="utf-8",
    )
    register(arguments.name)
    write_cases(arguments.name, example)
    print(f"{module.relative_to(ROOT)}: read some twenty real cases, then write read()")
    print(f"{(CASES / arguments.name).relative_to(ROOT)}: fill in the cases, with invented people and words")
    print("tweetrecon/forms/__init__.py: move the form's line to where its priority belongs")
    print("then: make docs && make test")


def parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("name", metavar="NAME")
    parser.add_argument("what", metavar="WHAT", nargs="?", help="what the form is, in a few words")
    anchor = parser.add_mutually_exclusive_group()
    anchor.add_argument("--class", dest="cls", help="a class that its element bears")
    anchor.add_argument("--tag", help="the name of its element")
    anchor.add_argument("--attribute", help="an attribute that its element bears")
    parser.add_argument("--since", type=int, default=2024, help="the first year of its use")
    return parser.parse_args()


def anchored(arguments: argparse.Namespace) -> tuple[str, str]:
    """The anchor's source, and the opening tag of an element that it fits."""
    if arguments.tag:
        return f'Anchor(tag="{arguments.tag}")', f"<{arguments.tag}>"
    if arguments.attribute:
        return f'Anchor(attr="{arguments.attribute}")', f'<div {arguments.attribute}="1">'
    cls = arguments.cls or arguments.name.replace("_", "-")
    return f'Anchor(cls="{cls}")', f'<div class="{cls}">'


def register(name: str) -> None:
    """Put the form into FORMS, before the mere links that every other form outranks."""
    path = FORMS / "__init__.py"
    source = path.read_text(encoding="utf-8")
    block = re.search(r"from tweetrecon\.forms import \(\n(?P<names>.*?)\)\n", source, re.DOTALL)
    assert block is not None
    names = sorted({*block["names"].splitlines(), f"    {name},"})
    source = source.replace(block["names"], "\n".join(names) + "\n")
    path.write_text(source.replace("    bare_url.FORM,\n", f"    {name}.FORM,\n    bare_url.FORM,\n"), encoding="utf-8")


def write_cases(name: str, opening: str) -> None:
    """Two cases and a near miss, each a page and what is expected of it."""
    folder = CASES / name
    folder.mkdir(parents=True)
    closing = f"</{opening[1:].split(maxsplit=1)[0].rstrip('>')}>"
    for case, number in (("first", "1404500000000000000"), ("second", "1404500400000000000")):
        link = f'<a href="https://twitter.com/ada_quill/status/{number}">June 14, 2021</a>'
        expected = [{"tweet_id": number, "author_username": "ada_quill"}]
        write_case(folder / case, f"{opening}{link}{closing}", "invented, in the layout of …", expected)
    profile = '<a href="https://twitter.com/ada_quill">Ada Quill</a> <!-- status/1 -->'
    write_case(folder / "near_miss_profile", f"{opening}{profile}{closing}", "near miss: …", [])


def write_case(path: Path, body: str, provenance: str, expected: list[dict[str, str]]) -> None:
    path.with_suffix(".html").write_text(CASE.format(body=body), encoding="utf-8")
    text = json.dumps({"provenance": provenance, "expect": expected}, indent=1, ensure_ascii=False)
    path.with_suffix(".json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
