"""What a resolver is: a service, and how to ask it for a tweet."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from tweetrecon.online.answer import Answer, Get


class Cited(NamedTuple):
    """A tweet to ask for. Some services look it up by its address, which names the author."""

    tweet_id: str
    username: str | None = None


class Resolver(NamedTuple):
    """A service. ``resolve`` asks it for one tweet with what fetches addresses of its ``hosts``, and never raises.

    One without hosts brings its own means to ask.
    """

    name: str
    doc: str
    hosts: frozenset[str]
    resolve: Callable[[Cited, Get], Answer]
