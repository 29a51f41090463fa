"""Tweets as real objects of snscrape: out, in, and every field back as it was."""

import dataclasses
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from enum import Enum
from typing import Any

import pytest

from tests.unit.test_interop_export import dataset  # noqa: F401 - a fixture
from tweetrecon import reconstruct
from tweetrecon.interop import snscrape_lines, snscrape_objects
from tweetrecon.interop.snscrape_module import load
from tweetrecon.store import Dataset

pytest.importorskip("snscrape.base", reason="the extra [snscrape] is not installed")

WHEN = datetime(2018, 11, 27, 14, 42, 19, tzinfo=UTC)
TWEET_ID = 1067436123456789507


def full() -> Any:
    """A tweet with every field set."""
    m = load()
    link = m.TextLink(
        text="example.org/a", url="https://example.org/a", tcourl="https://t.co/aaaaaaaaaa", indices=(6, 29)
    )
    user = m.User(
        username="jonas_w", id=77, displayname="Jonas W.", rawDescription="r", renderedDescription="R",
        descriptionLinks=[link], verified=True, created=WHEN, followersCount=1, friendsCount=2, statusesCount=3,
        favouritesCount=4, listedCount=5, mediaCount=6, location="quay", protected=False, link=link,
        profileImageUrl="https://pbs.twimg.com/i.jpg", profileBannerUrl="https://pbs.twimg.com/b",
        label=m.UserLabel(description="d"), blue=True, blueType="Business",
    )  # fmt: skip
    variants = [m.VideoVariant(url="https://video.twimg.com/v.mp4", contentType="video/mp4", bitrate=832000)]
    media = [
        m.Photo(previewUrl="https://pbs.twimg.com/p?small", fullUrl="https://pbs.twimg.com/p", altText="a road"),
        m.Video(thumbnailUrl="https://pbs.twimg.com/t", variants=variants, duration=9.5, views=10, altText="water"),
        m.Gif(thumbnailUrl="https://pbs.twimg.com/g", variants=variants),
    ]
    inner = m.Tweet(
        url="https://twitter.com/ola_p/status/1067400000000000003", date=WHEN, rawContent="Quoted",
        renderedContent="Quoted",
        id=1067400000000000003, user=m.User(username="ola_p", id=79), replyCount=0,
        retweetCount=0, likeCount=0, quoteCount=0,
        conversationId=1067400000000000003, lang="en",
    )  # fmt: skip
    return m.Tweet(
        url=f"https://twitter.com/jonas_w/status/{TWEET_ID}", date=WHEN,
        rawContent="Roads https://t.co/aaaaaaaaaa #flood $RVR @mira_k",
        renderedContent="Roads example.org/a #flood $RVR @mira_k", id=TWEET_ID, user=user, replyCount=1, retweetCount=2,
        likeCount=5, quoteCount=4, conversationId=1067433000000000002, lang="en", source="<a>web</a>",
        sourceUrl="https://mobile.twitter.com", sourceLabel="web", links=[link], media=media, retweetedTweet=None,
        quotedTweet=inner, inReplyToTweetId=1067433000000000002, inReplyToUser=m.User(username="mira_k", id=78),
        mentionedUsers=[m.User(username="mira_k", id=78, displayname="Mira")],
        coordinates=m.Coordinates(longitude=9.9, latitude=53.5),
        place=m.Place(
            id="1", fullName="Hamburg, Germany", name="Hamburg", type="city", country="Germany", countryCode="DE"
        ),
        hashtags=["flood"], cashtags=["RVR"], card=m.SummaryCard(title="t", url="https://example.org/a"), viewCount=11,
        vibe=m.Vibe(text="v", imageUrl="https://pbs.twimg.com/v", imageDescription="d"), bookmarkCount=12, pinned=True,
        editState=m.EditState(editTweetIds=[TWEET_ID], editableUntilDate=WHEN, editsRemaining=5),
        conversationControlPolicy=next(iter(m.ConversationControlPolicy)),
    )  # fmt: skip


def values(one: Any) -> Iterator[tuple[str, Any]]:
    """Every field at any depth, as a path and a plain value."""
    if dataclasses.is_dataclass(one) and not isinstance(one, type):
        for f in dataclasses.fields(one):
            yield from ((f"{type(one).__name__}.{f.name}/{path}", v) for path, v in values(getattr(one, f.name)))
    elif isinstance(one, list):
        for number, item in enumerate(one):
            yield from ((f"{number}/{path}", v) for path, v in values(item))
    else:
        yield "", one


def test_every_field_of_an_object_comes_back_from_its_line() -> None:
    tweet = full()
    unset = [f.name for f in dataclasses.fields(tweet) if getattr(tweet, f.name) is None]
    assert unset == ["retweetedTweet"]
    again = snscrape_objects.revived(json.loads(tweet.json()))
    assert type(again) is load().Tweet
    assert list(values(again)) == list(values(tweet))
    assert any(isinstance(v, Enum) for _, v in values(again))


def test_what_a_sighting_holds_comes_in_from_objects() -> None:
    given = snscrape_objects.sightings(
        [full(), load().TweetRef(id=1067420000000000001), load().Tombstone(id=30, text=None, textLinks=None)]
    )
    assert given.rejects == []
    shown = given.sightings[0]
    assert (shown.tweet_id, shown.author_username, shown.author_id) == (str(TWEET_ID), "jonas_w", "77")
    assert (shown.replied_to_id, shown.replied_to_username) == ("1067433000000000002", "mira_k")
    assert (shown.quoted_id, shown.conversation_id, shown.lang) == ("1067400000000000003", "1067433000000000002", "en")
    assert (shown.like_count, shown.retweet_count, shown.reply_count, shown.quote_count) == (5, 2, 1, 4)
    assert (shown.hashtags, shown.cashtags, shown.mentions) == (("flood",), ("RVR",), ("mira_k",))
    assert [m.type for m in shown.media] == ["photo", "video", "animated_gif"]
    assert [u.expanded_url for u in shown.urls] == ["https://example.org/a"]
    assert (shown.created_at, shown.text) == (WHEN, full().rawContent)
    tweets = {t["tweet_id"]: t["flags"] for t in reconstruct(given.sightings).tweets.to_pylist()}
    assert "unavailable" in tweets["30"]


def test_a_dataset_becomes_objects_that_write_the_same_lines(dataset: Dataset) -> None:  # noqa: F811
    lines = [json.loads(line) for line in snscrape_lines.write(dataset.table)]
    objects = list(snscrape_objects.tweets(dataset.table))
    assert [type(one).__name__ for one in objects] == [line["_type"].rpartition(".")[2] for line in lines]
    for one, line in zip(objects, lines, strict=True):
        written = json.loads(one.json())
        written.pop("_snscrape", None)  # the version, which lines written without snscrape do not claim
        assert written == line


def test_objects_of_a_dataset_come_back_as_its_tweets(dataset: Dataset) -> None:  # noqa: F811
    seen = [t for t in dataset.tweets.to_pylist() if t["tweet_id"] and t["status"] == "seen" and t["text"]]
    back = reconstruct(snscrape_objects.sightings(snscrape_objects.tweets(dataset.table)).sightings)
    again = {t["tweet_id"]: t for t in back.tweets.to_pylist()}
    same = (
        "author_username",
        "author_name",
        "text",
        "lang",
        "hashtags",
        "cashtags",
        "mentions",
        "urls",
        "like_count",
        "url",
    )
    assert seen
    for tweet in seen:
        assert {name: again[tweet["tweet_id"]][name] for name in same} == {name: tweet[name] for name in same}
