"""Links to Twitter: what each is for, and whose profile it leads to."""

import pytest

from tweetrecon.twitter import links

T = "https://twitter.com"
ID = "1067433821456789504"


@pytest.mark.parametrize(
    ("url", "kind"),
    [
        (f"{T}/quay_cat/status/{ID}", "status"),
        (f"https://platform.twitter.com/embed/Tweet.html?id={ID}", "status"),
        (f"https://threadreaderapp.com/thread/{ID}.html", "status"),
        (f"https://web.archive.org/web/20160820205919/{T}/quay_cat/status/{ID}", "status"),
        (f"{T}/quay_cat", "profile"),
        (f"{T}/quay_cat/", "profile"),
        (f"{T}/@quay_cat?ref_src=twsrc%5Etfw", "profile"),
        ("http://www.twitter.com/#!/quay_cat", "profile"),
        ("//mobile.twitter.com/quay_cat/with_replies", "profile"),
        ("https://x.com/quay_cat?lang=de", "profile"),
        ("https://nitter.net/quay_cat", "profile"),
        ("/web/20150108141741/https://twitter.com/quay_cat", "profile"),
        (f"{T}/intent/user?screen_name=quay_cat", "profile"),
        (f"{T}/intent/follow?region=follow_link&amp;screen_name=quay_cat", "follow"),
        ("http://platform.twitter.com/widgets/follow_button.html?screen_name=quay_cat", "follow"),
        (f"{T}/intent/tweet?text=Hello&url=https%3A%2F%2Fexample.org", "share"),
        (f"{T}/intent/tweet/?url=https%3A%2F%2Fexample.org", "share"),
        ("https://x.com/intent/post?text=Hello", "share"),
        (f"{T}/share?text=Hello&url=https%3A%2F%2Fexample.org", "share"),
        (f"{T}/share", "share"),
        (f"{T}/home?status=Hello+https://example.org", "share"),
        (f"{T}/?status=https://example.org", "share"),
        (f"{T}/intent/tweet?url={T}/quay_cat/status/{ID}", "share"),
        ("http://platform.twitter.com/widgets/tweet_button.html?url=http://example.org", "share"),
        (f"{T}/intent/like?tweet_id={ID}", "action"),
        (f"{T}/intent/tweet?in_reply_to={ID}", "action"),
        (f"{T}/intent/retweet", "action"),
        (f"{T}/hashtag/harbour?src=hash", "hashtag"),
        (f"{T}/search?q=%23harbour&src=hash", "search"),
        (f"{T}/search/%23harbour", "search"),
        (f"{T}/#!/search?q=harbour", "search"),
        (f"{T}/#search?q=harbour", "search"),
        ("http://search.twitter.com/search?q=harbour", "search"),
        ("https://pic.twitter.com/a1B2c3D4e5", "media"),
        ("https://pbs.twimg.com/media/a.jpg", "media"),
        ("https://t.co/a1B2c3D4e5", "shortener"),
        (T, "other"),
        (f"{T}/quay_cat/harbour-list", "other"),
        (f"{T}/i/lists/{ID}", "other"),
        (f"{T}/{ID}", "other"),
        (f"{T}/settings/account", "other"),
        (f"{T}/{{{{ user.screen_name }}}}", "other"),
        ("https://help.twitter.com/en", "other"),
        ("//platform.twitter.com/widgets.js", "other"),
        ("https://cdn.syndication.twimg.com", "other"),
        ("https://example.org/quay_cat", "foreign"),
        ("https://nottwitter.com/quay_cat", "foreign"),
        ("https://www.facebook.com/sharer.php?u=https%3A%2F%2Fexample.org", "foreign"),
        ("https://netflix.com/quay_cat", "foreign"),
        ("#top", "foreign"),
        ("/quay_cat", "foreign"),
        ("", "foreign"),
    ],
)
def test_classify(url: str, kind: str) -> None:
    assert links.classify(url) == kind


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
