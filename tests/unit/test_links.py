"""Links to accounts, told from all other links of a page."""

import pytest

from tweetrecon.twitter import links

T = "https://twitter.com"
ID = "1067433821456789504"


@pytest.mark.parametrize(
    "url",
    [
        f"{T}/quay_cat",
        f"{T}/quay_cat/",
        f"{T}/@quay_cat?ref_src=twsrc%5Etfw",
        "http://www.twitter.com/#!/quay_cat",
        "//mobile.twitter.com/quay_cat/with_replies",
        "https://x.com/quay_cat?lang=de",
        "https://nitter.net/quay_cat",
        "/web/20150108141741/https://twitter.com/quay_cat",
        f"{T}/intent/user?screen_name=quay_cat",
        f"{T}/intent/follow?region=follow_link&amp;screen_name=quay_cat",
        "http://platform.twitter.com/widgets/follow_button.html?screen_name=quay_cat",
    ],
)
def test_links_to_accounts(url: str) -> None:
    assert links.parse_profile(url) == "quay_cat"


@pytest.mark.parametrize(
    "url",
    [
        f"{T}/quay_cat/status/{ID}",
        f"https://platform.twitter.com/embed/Tweet.html?id={ID}",
        f"https://threadreaderapp.com/thread/{ID}.html",
        f"https://web.archive.org/web/20160820205919/{T}/quay_cat/status/{ID}",
        f"{T}/intent/tweet?text=Hello&url=https%3A%2F%2Fexample.org",
        f"{T}/intent/tweet/?url=https%3A%2F%2Fexample.org",
        "https://x.com/intent/post?text=Hello",
        f"{T}/share?text=Hello&url=https%3A%2F%2Fexample.org",
        f"{T}/share",
        f"{T}/home?status=Hello+https://example.org",
        f"{T}/?status=https://example.org",
        f"{T}/intent/tweet?url={T}/quay_cat/status/{ID}",
        "http://platform.twitter.com/widgets/tweet_button.html?url=http://example.org",
        f"{T}/intent/like?tweet_id={ID}",
        f"{T}/intent/tweet?in_reply_to={ID}",
        f"{T}/intent/retweet",
        f"{T}/hashtag/harbour?src=hash",
        f"{T}/search?q=%23harbour&src=hash",
        f"{T}/search/%23harbour",
        f"{T}/#!/search?q=harbour",
        f"{T}/#search?q=harbour",
        "http://search.twitter.com/search?q=harbour",
        "https://pic.twitter.com/a1B2c3D4e5",
        "https://pbs.twimg.com/media/a.jpg",
        "https://t.co/a1B2c3D4e5",
        T,
        f"{T}/quay_cat/harbour-list",
        f"{T}/i/lists/{ID}",
        f"{T}/{ID}",
        f"{T}/settings/account",
        f"{T}/{{{{ user.screen_name }}}}",
        "https://help.twitter.com/en",
        "//platform.twitter.com/widgets.js",
        "https://cdn.syndication.twimg.com",
        "https://example.org/quay_cat",
        "https://nottwitter.com/quay_cat",
        "https://www.facebook.com/sharer.php?u=https%3A%2F%2Fexample.org",
        "https://netflix.com/quay_cat",
        "#top",
        "/quay_cat",
        "",
    ],
)
def test_links_to_anything_else(url: str) -> None:
    assert links.parse_profile(url) is None


@pytest.mark.parametrize(
    ("url", "username"),
    [
        (f"{T}/QuayCat", "QuayCat"),
        (f"{T}/QuayCat,", "QuayCat"),
        (f"{T}/#!/QuayCat", "QuayCat"),
        (f"{T}/%40QuayCat/media", "QuayCat"),
        (f"{T}/intent/user?screen_name=QuayCat", "QuayCat"),
        (f"{T}/intent/follow?screen_name=%40QuayCat", "QuayCat"),
        (f"http://archive.is/{T}/QuayCat", "QuayCat"),
        ("https://vxtwitter.com/QuayCat", "QuayCat"),
        (f"{T}/intent/user?user_id=12", None),
        (f"{T}/intent/tweet?screen_name=QuayCat", None),
        (f"{T}/QuayCat/status/{ID}", None),
        (f"{T}/hashtag/QuayCat", None),
        (f"{T}/home", None),
        ("https://support.twitter.com/articles", None),
        ("https://example.org/QuayCat", None),
        ("https://threadreaderapp.com/QuayCat", None),
    ],
)
def test_parse_profile(url: str, username: str | None) -> None:
    assert links.parse_profile(url) == username
