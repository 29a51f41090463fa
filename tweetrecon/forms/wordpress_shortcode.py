"""WordPress' shortcodes that were never expanded: ``[tweet URL]``, ``[tweet tweet="URL"]``, ``[embed]URL[/embed]``."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tweetrecon.forms.form import TextForm, TextView
from tweetrecon.model import Embed
from tweetrecon.twitter import urls

_SHORTCODE = re.compile(
    r"""\[(?:tweet|twitter|embed)\b(?P<inside>[^\[\]\n]{0,400})\](?P<after>[^\[\s]{0,300}\[/embed\])?"""
)
_ID = re.compile(r"""(?:^|[\s"'=])(\d{2,20})(?=$|[\s"'])""")


def read(view: TextView) -> Iterator[Embed]:
    """The tweet of each shortcode."""
    for code in _SHORTCODE.finditer(view.text):
        inside = f"{code['inside']} {code['after'] or ''}"
        url = next(
            (word for word in re.split(r"""[\s"'\[\]]|tweet=""", inside) if word and urls.parse_status(word)), None
        )
        number = _ID.search(code["inside"])
        if url or (number and not code["after"]):
            stated = None if url or number is None else number[1]
            yield Embed(form=FORM.name, raw_url=url, tweet_id=stated, start=code.start(), end=code.end())


FORM = TextForm(
    name="wordpress_shortcode",
    doc="WordPress shortcode, not expanded",
    read=read,
    since=2010,
    yields="id, username",
    seen="WordPress exports",
    signs=("[tweet", "[twitter", "[embed]"),
)
