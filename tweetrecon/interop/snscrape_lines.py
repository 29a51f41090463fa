"""Export as the JSON lines that snscrape 0.7 writes, made without it.

All its keys are there, also the deprecated ones; what articles do not tell is null. Tweets that are only named become
``TweetRef``. References that were concluded, and times not known to the minute, are left out: the shape has no place
to say so.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import orjson

from tweetrecon.interop.export import Load, Post, Row, Target, can_be_named, posts, second
from tweetrecon.interop.snscrape import TYPES

_USER_KEYS = (
    "rawDescription renderedDescription descriptionLinks verified created followersCount friendsCount statusesCount"
    " favouritesCount listedCount mediaCount location protected link profileImageUrl profileBannerUrl label blue"
    " blueType profileImageShape description descriptionUrls linkTcourl linkUrl"
).split()
_UNKNOWN_KEYS = (
    "source sourceUrl sourceLabel coordinates place card viewCount vibe bookmarkCount pinned editState"
    " conversationControlPolicy"
).split()


def write(load: Load) -> Iterator[str]:
    """One object a tweet with an id."""
    for post in posts(load):
        if can_be_named(post.tweet):
            yield orjson.dumps(_tweet(post), option=orjson.OPT_APPEND_NEWLINE).decode()


def _tweet(post: Post) -> Row:
    tweet = post.tweet
    if tweet["status"] != "seen":
        return _reference(tweet)
    inner = {f"{kind}Tweet": post.stated(kind) for kind in ("retweeted", "quoted")}
    shown = {name: other and _tweet(Post(other, {})) for name, other in inner.items()}
    parent = post.stated("replied_to")
    answer = {"inReplyToTweetId": parent and int(parent["tweet_id"]), "inReplyToUser": parent and _user(parent)}
    return _own(tweet) | shown | answer | _links(tweet)


def _reference(tweet: Row) -> Row:
    return {"_type": f"{TYPES}TweetRef", "id": int(tweet["tweet_id"])}


def _own(tweet: Row) -> Row:
    """What a tweet says of itself."""
    time, text = second(tweet), tweet["text"]
    return {
        "_type": f"{TYPES}Tweet",
        "url": tweet["url"],
        "date": time.isoformat() if time else None,
        "rawContent": text,
        "renderedContent": _rendered(tweet),
        "content": text,
        "id": int(tweet["tweet_id"]),
        "user": _user(tweet),
        "username": tweet["author_username"],
        "conversationId": tweet["conversation_id"] and int(tweet["conversation_id"]),
        "lang": tweet["lang"],
        "media": [m for m in map(_medium, tweet["media"]) if m] or None,
        "mentionedUsers": [_user({"author_username": name}) for name in tweet["mentions"]] or None,
        "hashtags": tweet["hashtags"] or None,
        "cashtags": tweet["cashtags"] or None,
        **{f"{name}Count": tweet[f"{name}_count"] for name in ("reply", "retweet", "like", "quote")},
        **dict.fromkeys(_UNKNOWN_KEYS),
    }


def _user(tweet: Row) -> Row | None:
    """The author of a tweet as far as it is known."""
    username, user_id = tweet.get("author_username"), tweet.get("author_id")
    if not username:
        return None
    known = {"username": username, "id": user_id and int(user_id), "displayname": tweet.get("author_name")}
    return {"_type": f"{TYPES}User", **known, **dict.fromkeys(_USER_KEYS), "url": f"https://twitter.com/{username}"}


def _rendered(tweet: Row) -> str | None:
    """The text with its links as they are shown."""
    text: str | None = tweet["text"]
    for link in tweet["urls"] if text else ():
        text = str(text).replace(link["url"], link["display_url"] or link["url"])
    return text


def _links(tweet: Row) -> Row:
    """The links of the text, also under the names of earlier versions."""
    links = [_link(link, tweet["text"] or "") for link in tweet["urls"]]
    long, short = [link["url"] for link in links], [link["tcourl"] for link in links]
    return {
        "links": links or None,
        "outlinks": long,
        "outlinksss": " ".join(long),
        "tcooutlinks": short,
        "tcooutlinksss": " ".join(short),
    }


def _link(link: Row, text: str) -> Row:
    start = text.find(link["url"])
    return {
        "_type": f"{TYPES}TextLink",
        "text": link["display_url"],
        "url": link["expanded_url"] or link["url"],
        "tcourl": link["url"],
        "indices": [start, start + len(link["url"])] if start >= 0 else None,
    }


def _medium(medium: Row) -> Row | None:
    """A picture or video; of videos articles mostly tell the still alone."""
    address: Any = medium["url"]
    match medium["type"]:
        case "photo":
            known = {"_type": f"{TYPES}Photo", "previewUrl": address, "fullUrl": address}
        case "video":
            known = {"_type": f"{TYPES}Video", "thumbnailUrl": address, "variants": [], "duration": None, "views": None}
        case "animated_gif":
            known = {"_type": f"{TYPES}Gif", "thumbnailUrl": address, "variants": []}
        case _:
            return None
    return {**known, "altText": medium["alt_text"]}


TARGET = Target("snscrape", "JSON lines as snscrape 0.7 writes them", write, whole=False)
