r"""Export with the columns of twarc-csv, the CSV that tools around API v2 read.

Names and order are those of twarc-csv's ``DEFAULT_TWEET_COLUMNS`` (0.7.2: 84); what articles do not tell is empty. As
there, line ends in texts are written ``\n``, hashtags and mentions keep their signs, and lists are JSON.
"""

from __future__ import annotations

from collections.abc import Iterator

from tweetrecon.interop.csv_rows import csv_lines
from tweetrecon.interop.export import Load, Post, Row, Target, can_be_named, posts, second

_ENTITIES = "cashtags hashtags mentions urls"
_WITHHELD = "scope copyright country_codes"


def _under(prefix: str, names: str) -> list[str]:
    return [f"{prefix}.{name}" for name in names.split()]


COLUMNS: tuple[str, ...] = (
    *"id conversation_id".split(),
    *_under("referenced_tweets", "replied_to.id retweeted.id quoted.id"),
    *"author_id in_reply_to_user_id in_reply_to_username retweeted_user_id retweeted_username".split(),
    *"quoted_user_id quoted_username created_at text lang source".split(),
    *_under("public_metrics", "impression_count reply_count retweet_count quote_count like_count bookmark_count"),
    *"reply_settings edit_history_tweet_ids".split(),
    *_under("edit_controls", "edits_remaining editable_until is_edit_eligible"),
    "possibly_sensitive",
    *_under("withheld", _WITHHELD),
    *_under("entities", f"annotations {_ENTITIES}"),
    "context_annotations",
    *_under("attachments", "media media_keys poll.duration_minutes poll.end_datetime poll.id poll.options"),
    *_under("attachments", "poll.voting_status poll_ids"),
    *_under("author", "id created_at username name description"),
    *_under("author.entities.description", _ENTITIES),
    "author.entities.url.urls",
    *_under("author", "url location pinned_tweet_id profile_image_url protected"),
    *_under("author.public_metrics", "followers_count following_count listed_count tweet_count"),
    *_under("author", "verified verified_type"),
    *_under("author.withheld", _WITHHELD),
    *_under("geo", "coordinates.coordinates coordinates.type country country_code full_name geo.bbox geo.type"),
    *_under("geo", "id name place_id place_type"),
    "matching_rules",
    *_under("__twarc", "retrieved_at url version"),
)


def write(load: Load) -> Iterator[str]:
    """The tweets that were seen and have an id; references only where a source states them."""
    kept = (post for post in posts(load) if can_be_named(post.tweet) and post.tweet["status"] == "seen")
    return csv_lines(COLUMNS, map(_known, kept))


def _known(post: Post) -> Row:
    tweet, time = post.tweet, second(post.tweet)
    row = {
        "id": tweet["tweet_id"],
        "conversation_id": tweet["conversation_id"],
        "author_id": tweet["author_id"],
        "created_at": time.strftime("%Y-%m-%dT%H:%M:%S.000Z") if time else None,
        "text": (tweet["text"] or "").replace("\r", "").replace("\n", r"\n"),
        "lang": tweet["lang"],
        "entities.hashtags": [f"#{tag}" for tag in tweet["hashtags"]] or None,
        "entities.cashtags": [f"${tag}" for tag in tweet["cashtags"]] or None,
        "entities.mentions": [f"@{name}" for name in tweet["mentions"]] or None,
        "entities.urls": [u["expanded_url"] or u["url"] for u in tweet["urls"]] or None,
        "attachments.media": tweet["media"] or None,
        "author.id": tweet["author_id"],
        "author.username": tweet["author_username"],
        "author.name": tweet["author_name"],
    }
    counts = {f"public_metrics.{n}_count": tweet[f"{n}_count"] for n in ("reply", "retweet", "quote", "like")}
    return row | counts | _relations(post)


def _relations(post: Post) -> Row:
    row: Row = {}
    for kind, prefix in (("replied_to", "in_reply_to"), ("retweeted", "retweeted"), ("quoted", "quoted")):
        if other := post.stated(kind):
            row[f"referenced_tweets.{kind}.id"] = other["tweet_id"]
            row[f"{prefix}_user_id"], row[f"{prefix}_username"] = other["author_id"], other["author_username"]
    return row


TARGET = Target("twarc-csv", "CSV with the columns of twarc-csv", write, whole=False)
