"""Shortcodes that were never expanded.

WordPress' ``[tweet URL]``, ``[tweet tweet="URL"]``, ``[blackbirdpie id="ID"]`` and ``[embed]URL[/embed]``; the tags of
forums, ``[TWEET]ID[/TWEET]`` and ``[MEDIA=twitter]ID[/MEDIA]``, ``[TWEET:ID]``; Joomla's ``{tweet}URL{/tweet}``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from tweetrecon.forms.form import TextForm, TextView
from tweetrecon.model import Embed
from tweetrecon.twitter import urls

_SHORTCODE = re.compile(
    r"""\[(?:tweet|twitter|embed|blackbirdpie|media=(?:twitter|tweet|x))\b(?P<inside>[^\[\]\n]{0,400})\]"""
    r"""(?:(?P<after>[^\[\s]{1,300})\[/\w{1,12}\])?"""
    r"""|\{(?:tweet|twitter)\b(?P<args>[^{}\n]{0,100})\}(?P<braced>[^{}\s]{1,300})\{/\w{1,12}\}""",
    re.IGNORECASE,
)
_ID = re.compile(r"""(?:^|[\s"'=:])(\d{8,20})(?=$|[\s"'])""")
"""Shorter numbers are widths and counts."""


def read(view: TextView) -> Iterator[Embed]:
    """The tweet of each shortcode."""
    for code in _SHORTCODE.finditer(view.text):
        inside, after = code["inside"] or "", code["after"] or code["braced"] or ""
        words = re.split(r"""[\s"'\[\]]|tweet=""", f"{inside} {after}")
        url = next((word for word in words if word and urls.parse_status(word)), None)
        tagged = code[0][:6].lower() != "[embed"
        number = (_ID.fullmatch(after) if after else _ID.search(inside)) if tagged else None
        if url or number:
            stated = None if url or number is None else number[1]
            yield Embed(form=FORM.name, raw_url=url, tweet_id=stated, start=code.start(), end=code.end())


FORM = TextForm(
    name="wordpress_shortcode",
    doc="shortcode of WordPress, a forum or Joomla, not expanded",
    read=read,
    since=2010,
    yields="id, username",
    seen="WordPress exports; dumps of vBulletin and XenForo forums",
    signs=(
        "[tweet",
        "[twitter",
        "[embed",
        "[blackbirdpie",
        "[TWEET",
        "[MEDIA=twitter",
        "[media=twitter",
        "{tweet",
        "{twitter",
    ),
)
