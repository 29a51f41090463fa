"""A rendered widget, flattened: ``NAME ✔ @username / text / 3:05 PM - Apr 1, 2018 / 447 Retweets``."""

from __future__ import annotations

from collections.abc import Iterator

from tweetrecon.forms import widget_text
from tweetrecon.forms.form import TextForm, TextView
from tweetrecon.model import Embed


def read(view: TextView) -> Iterator[Embed]:
    """The tweet of each widget whose text stands in a document."""
    return widget_text.read(view)


FORM = TextForm(
    name=widget_text.NAME,
    doc="text of a widget as its reader saw it: name, username, text, clock, counts",
    read=read,
    since=2012,
    yields="username, name, date (minute, reader's zone), text, counts; id and parent where Markdown keeps links",
    seen="texts copied from browsers; Markdown of pages saved after their scripts ran",
    signs=("@", "＠", "twitter.com\n", "x.com\n"),
    page_signs=("Twitter Ads info", "are talking about this", " Retweets", " retweets"),
)
