"""Plain text, one article a file."""

from __future__ import annotations

from tweetrecon.readers.reader import Reader
from tweetrecon.readers.whole import reads_whole

READER = Reader(
    name="text",
    doc="plain text, one article a file",
    suffixes=(".txt", ".text"),
    sniff=lambda head: False,
    read=reads_whole("text/plain"),
)
