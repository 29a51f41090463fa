"""Saved web pages: HTML and XHTML."""

from __future__ import annotations

from tweetrecon.readers import markup
from tweetrecon.readers.reader import Reader
from tweetrecon.readers.whole import reads_whole

READER = Reader(
    name="html",
    doc="web pages: HTML and XHTML, one a file",
    suffixes=(".html", ".htm", ".xhtml", ".shtml"),
    sniff=markup.sniff,
    read=reads_whole("text/html"),
)
