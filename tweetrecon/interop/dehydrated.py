"""Export without contents: which article cites which tweet where, to be shared where texts may not be.

Who has the articles finds the places again; who has the ids can look the tweets up.
"""

from __future__ import annotations

from collections.abc import Iterator

import orjson

from tweetrecon.interop.export import Load, Target, can_be_named

_PLACE = ("sighting_id", "document_id", "position", "role", "form", "start", "end", "xpath", "confidence")


def write(load: Load) -> Iterator[str]:
    """One object a citation of a tweet with an id: id, address and digest of the article, and the place in it."""
    ids = {t["tweet_key"]: t["tweet_id"] for t in load("tweets").select(_TWEET).to_pylist() if can_be_named(t)}
    places = {row["sighting_id"]: row for row in load("sightings").select(_PLACE).to_pylist()}
    articles = {row["document_id"]: row for row in load("documents").select(_ARTICLE).to_pylist()}
    for citation in load("citations").select(["tweet_key", "sighting_id"]).to_pylist():
        if tweet_id := ids.get(citation["tweet_key"]):
            place = places[citation["sighting_id"]]
            article = articles.get(place["document_id"], {})
            row = {"tweet_id": tweet_id, "article_url": article.get("url"), "sha256": article.get("payload_sha256")}
            row |= {name: article.get(name) for name in ("source_uri", "source_key")}
            row |= {name: place[name] for name in _PLACE[2:]}
            yield orjson.dumps(row, option=orjson.OPT_APPEND_NEWLINE).decode()


_TWEET = ("tweet_key", "tweet_id", "flags")
_ARTICLE = ("document_id", "url", "payload_sha256", "source_uri", "source_key")

TARGET = Target("dehydrated", "JSON lines: ids with the places that cite them, no texts", write, whole=False)
