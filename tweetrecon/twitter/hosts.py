"""Hosts: which of the web's hosts serve tweets under Twitter's own paths.

``/username/status/id`` means a tweet only where Twitter or a mirror of it answers; Mastodon servers have the same path,
and ``nottwitter.com`` or ``twitter.com.example.org`` are whatever their owners like.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Literal

Family = Literal["twitter", "x", "nitter", "mirror", "unroller"]
"""Twitter under its old and its new name, front ends of the Nitter kind, link-preview mirrors, thread unrollers."""

_DOMAINS: dict[str, Family] = {
    "twitter.com": "twitter",
    "x.com": "x",
    **dict.fromkeys(("fxtwitter.com", "vxtwitter.com", "fixupx.com", "fixvx.com", "twittpr.com"), "mirror"),
    **dict.fromkeys(("threadreaderapp.com", "threader.app", "rattibha.com"), "unroller"),
}

# Nitter's instances are called nitter.something; these are those of its wiki and of public redirect lists that are not.
_NITTERS = frozenset(
    "xcancel.com lightbrd.com twiiit.com unofficialbird.com twitter.censors.us twitter.owacon.moe twitter.076.ne.jp"
    " twitter.dr460nf1r3.org twitter.femboy.hu birdsite.xanny.family notabird.site tweet.lambda.dance bird.habedieeh.re"
    " read.whatever.social tw.artemislena.eu tw.openalgeria.org t.com.sb n.sneed.network n.populas.no n.opnxng.com"
    " n.biendeo.com nt.ggtyler.dev".split()
)

# Web archives that put the address of the page they keep at the end of their own path.
_ARCHIVES = (
    "archive.org archive-it.org archive.is archive.today archive.ph archive.fo archive.li archive.md archive.vn"
    " webarchive.org.uk webarchive.loc.gov webarchive.nationalarchives.gov.uk arquivo.pt".split()
)


@lru_cache(maxsize=1024)
def family(host: str) -> Family | None:
    """The family of a host (in any case, with or without a port), or None where no tweets live.

    Subdomains belong to their domain: ``mobile.twitter.com``, ``de.twitter.com``, ``d.fxtwitter.com``.
    """
    host = _untranslated(bare(host))
    labels = host.split(".")
    domain = ".".join(labels[-2:])
    if domain in _DOMAINS:
        return _DOMAINS[domain]
    return "nitter" if host in _NITTERS or domain in _NITTERS or "nitter" in labels[:-1] else None


def _untranslated(host: str) -> str:
    """The host that Google's translation proxy shows under its own: ``mobile-twitter-com.translate.goog``."""
    name, dot, proxy = host.partition(".")
    return name.replace("--", "\0").replace("-", ".").replace("\0", "-") if dot and proxy == "translate.goog" else host


@lru_cache(maxsize=1024)
def is_archive(host: str) -> bool:
    """Whether a host belongs to a web archive that keeps pages under their own address."""
    return f".{bare(host)}".endswith(tuple(f".{archive}" for archive in _ARCHIVES))


def resembles_twitter(host: str) -> bool:
    """Whether a host dresses as Twitter without being it: ``nottwitter.com``, ``x.com.example.org``."""
    return family(host) is None and ("twitter" in bare(host) or ".x.com." in f".{bare(host)}")


def bare(host: str) -> str:
    """A host in lower case, without its port and its final dot."""
    return host.partition(":")[0].rstrip(".").lower()
