"""Literals that tell from a page's source, before it is parsed, whether a form can stand in it."""

STATUS = ("status/", "statuses/", "status\\/", "statuses\\/", "status%2F", "statuses%2F", "status\\u002F")
"""A status URL: plain, escaped for JSON, or encoded for a query."""

TWEET_ID = ("weet-id", "weetid", "weet_id", "weetId", "weetID")
"""An attribute or key that names the id of a tweet."""

BASE64 = ("PGJsb2NrcXVvdGU", "borlabs")
"""``<blockquote`` in base64, and the consent wall whose content is base64."""

PERCENT = ("%3Cblockquote", "%3cblockquote")
"""``<blockquote`` encoded as for a URL."""

TYPES = tuple(
    f"ype{between}{kind}" for between in ('":"', '": "', '\\":\\"') for kind in ("tweet", "Tweet", "twitter", "Twitter")
)
"""A record whose type says that it is a tweet's, plain or escaped in a string."""

RECORD = ("full_text", "screen_name")
"""Keys of tweets' own records. The second stands in follow buttons, too, so that it tells only of scripts."""
