"""Markdown, one article a file."""

from __future__ import annotations

from tweetrecon.readers.reader import Reader
from tweetrecon.readers.whole import reads_whole

READER = Reader(
    name="markdown",
    doc="Markdown, one article a file",
    suffixes=(".md", ".markdown", ".mdown", ".mdx"),
    sniff=lambda head: False,
    read=reads_whole("text/markdown"),
)
