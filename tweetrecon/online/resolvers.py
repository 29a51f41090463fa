"""The resolvers, by name."""

from __future__ import annotations

from tweetrecon.online.resolver import Resolver
from tweetrecon.online.services import oembed, syndication
from tweetrecon.online.snscrape_live import snscrape
from tweetrecon.online.wayback import wayback

RESOLVERS: dict[str, Resolver] = {r.name: r for r in (syndication(), oembed(), wayback(), snscrape())}
