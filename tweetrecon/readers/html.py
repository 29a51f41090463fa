"""Saved web pages: HTML and XHTML."""

from __future__ import annotations

from tweetrecon.readers import markup
from tweetrecon.readers.frames import put_back_files
from tweetrecon.readers.reader import Reader
from tweetrecon.readers.whole import reads_whole

READER = Reader(
    name="html",
    doc='web pages: HTML and XHTML, one a file; also saved "complete", with frames in a folder beside them',
    suffixes=(".html", ".htm", ".xhtml", ".shtml"),
    sniff=markup.sniff,
    read=reads_whole("text/html", put_back_files),
)
