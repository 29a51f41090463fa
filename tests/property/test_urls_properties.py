"""What holds of every string read as a URL or searched for URLs: no error, true spans, round trips, linear work."""

import re
from urllib.parse import quote

from hypothesis import given
from hypothesis import strategies as st

from tweetrecon.twitter import links, urls, usernames

IDS = st.from_regex(r"[1-9][0-9]{0,18}", fullmatch=True)
NAMES = st.from_regex(r"[A-Za-z0-9_]{1,15}", fullmatch=True).filter(
    lambda n: n.lower() not in usernames.PATH_PLACEHOLDERS
)
SCHEMES = ["https://", "http://", "//", "https:/", "https%3A%2F%2F", "https:\\/\\/", "tag:"]
HOSTS = ["twitter.com", "x.com", "mobile.twitter.com", "nitter.net", "vxtwitter.com", "example.org", "platform.x.com"]
PATHS = [
    "/",
    "\\/",
    "%2F",
    "#!/",
    "status/",
    "statuses/",
    "i/web/",
    "intent/tweet?in_reply_to=",
    "embed/Tweet.html?id=",
]
TAILS = [
    "?url=",
    "&id=",
    "…",
    "...",
    "?s=20",
    "&amp;",
    "\\u002F",
    "\\",
    "%",
    '"',
    " ",
    "\n",
    "https://web.archive.org/web/",
]
NUMBERS = ["20", "1067433821456789504", "20160820205919/", "0", "a"]
PIECES = st.sampled_from(SCHEMES + HOSTS + PATHS + TAILS + NUMBERS)
TEXTS = st.one_of(st.text(max_size=120), st.lists(PIECES | st.text(max_size=4), max_size=25).map("".join))


@given(TEXTS, st.none() | TEXTS)
def test_any_string_can_be_read(text: str, base: str | None) -> None:
    status = urls.parse_status(text, base=base)
    if status is not None:
        assert re.fullmatch(r"[1-9][0-9]{0,19}", status.tweet_id)
        assert status.username is None or usernames.is_valid(status.username)
        assert (status.archived_at is None) or status.archive_prefix
    profile = links.parse_profile(text)
    assert profile is None or usernames.is_valid(profile)
    assert not (urls.is_lookalike(text) and profile)


@given(TEXTS)
def test_found_urls_stand_in_the_text_in_order(text: str) -> None:
    end = 0
    for found in urls.find_status_urls(text):
        assert end <= found.start < found.end <= len(text)
        assert urls.parse_status(text[found.start : found.end]) == found.status
        end = found.end


@given(IDS, NAMES)
def test_the_canonical_url_is_read_back(tweet_id: str, username: str) -> None:
    status = urls.parse_status(urls.canonical_url(tweet_id, username))
    assert status is not None
    assert (status.tweet_id, status.username, status.kind) == (tweet_id, username, "permalink")
    anonymous = urls.parse_status(urls.canonical_url(tweet_id))
    assert anonymous is not None
    assert (anonymous.tweet_id, anonymous.username) == (tweet_id, None)


@given(IDS, NAMES, st.text(max_size=40), st.text(max_size=40))
def test_the_canonical_url_is_found_between_any_words(tweet_id: str, username: str, before: str, after: str) -> None:
    url = urls.canonical_url(tweet_id, username)
    found = list(urls.find_status_urls(f"{before} {url} {after}"))
    assert (url, tweet_id) in [
        (urls.canonical_url(f.status.tweet_id, f.status.username), f.status.tweet_id) for f in found
    ]


@given(IDS, NAMES)
def test_escapes_change_nothing(tweet_id: str, username: str) -> None:
    url = urls.canonical_url(tweet_id, username)
    plain = urls.parse_status(url)
    for escaped in (url.replace("/", "\\/"), url.replace("/", "\\u002F"), quote(url, safe=""), f" {url}&amp;b=1"):
        assert urls.parse_status(escaped) == plain


@given(st.lists(PIECES, min_size=1, max_size=4).map("".join))
def test_repetition_is_no_trap(piece: str) -> None:
    """Strings of one piece repeated are what makes patterns explode; the suite's time would show it."""
    text = piece * (4000 // len(piece))
    urls.parse_status(text)
    urls.parse_status(f"https://twitter.com/{text}")
    list(urls.find_status_urls(text))
    links.parse_profile(text)
