"""Tweet archives: every format gives the same sightings, by content, and nothing is lost on the way."""

import bz2
import gzip
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import zstandard
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tweetrecon.interop import archives
from tweetrecon.model import Precision, RejectCode, Sighting, Stage, TimeSource

Record = dict[str, Any]

PARENT, REPLY, SOURCE = "1067433000000000002", "1067436123456789507", "1067432987654321099"
SENT = datetime(2018, 11, 27, 14, 42, 19, tzinfo=UTC)

V1: Record = {
    "id": int(REPLY),
    "id_str": REPLY,
    "created_at": "Tue Nov 27 14:42:19 +0000 2018",
    "full_text": "@mira_k Rivers &amp; roads https://t.co/aaaaaaaaaa #flood",
    "user": {"id_str": "77", "screen_name": "jonas_w", "name": "Jonas W."},
    "in_reply_to_status_id_str": PARENT,
    "in_reply_to_screen_name": "mira_k",
    "entities": {"urls": [{"url": "https://t.co/aaaaaaaaaa", "expanded_url": "https://example.org/a"}]},
    "extended_entities": {"media": [{"type": "photo", "media_url_https": "https://pbs.twimg.com/media/x.jpg"}]},
    "favorite_count": 5,
    "retweet_count": 2,
    "lang": "en",
}
SNSCRAPE: Record = {
    "_type": "snscrape.modules.twitter.Tweet",
    "url": f"https://twitter.com/jonas_w/status/{REPLY}",
    "date": "2018-11-27T14:42:19+00:00",
    "rawContent": "@mira_k Rivers & roads https://t.co/aaaaaaaaaa #flood",
    "id": int(REPLY),
    "user": {"_type": "snscrape.modules.twitter.User", "username": "jonas_w", "id": 77, "displayname": "Jonas W."},
    "inReplyToTweetId": int(PARENT),
    "inReplyToUser": {"username": "mira_k", "id": 78},
    "links": [{"url": "https://example.org/a", "tcourl": "https://t.co/aaaaaaaaaa", "text": "example.org/a"}],
    "media": [{"_type": "snscrape.modules.twitter.Photo", "fullUrl": "https://pbs.twimg.com/media/x.jpg"}],
    "likeCount": 5,
    "retweetCount": 2,
    "lang": "en",
}
TWSCRAPE: Record = {
    **SNSCRAPE,
    "id_str": REPLY,
    "inReplyToTweetIdStr": PARENT,
    "media": {"photos": [{"url": "https://pbs.twimg.com/media/x.jpg"}], "videos": [], "animated": []},
}
V2_TWEET: Record = {
    "id": REPLY,
    "text": V1["full_text"],
    "author_id": "77",
    "created_at": "2018-11-27T14:42:19.000Z",
    "referenced_tweets": [{"type": "replied_to", "id": PARENT}],
    "in_reply_to_user_id": "78",
    "entities": V1["entities"],
    "attachments": {"media_keys": ["3_1"]},
    "public_metrics": {"like_count": 5, "retweet_count": 2},
    "lang": "en",
}
USERS = [{"id": "77", "username": "jonas_w", "name": "Jonas W."}, {"id": "78", "username": "mira_k", "name": "Mira"}]
MEDIA = [{"media_key": "3_1", "type": "photo", "url": "https://pbs.twimg.com/media/x.jpg"}]
V2_PAGE: Record = {"data": [V2_TWEET], "includes": {"users": USERS, "media": MEDIA}}
V2_FLAT: Record = {
    **V2_TWEET,
    "author": USERS[0],
    "in_reply_to_user": USERS[1],
    "attachments": {"media": MEDIA},
}
LEGACY = {key: value for key, value in V1.items() if key not in ("id", "user")}
GRAPHQL_2026: Record = {
    "__typename": "Tweet",
    "rest_id": REPLY,
    "core": {"user_results": {"result": {"rest_id": "77", "core": {"screen_name": "jonas_w", "name": "Jonas W."}}}},
    "legacy": LEGACY,
}
GRAPHQL_2023: Record = {
    **GRAPHQL_2026,
    "core": {"user_results": {"result": {"rest_id": "77", "legacy": {"screen_name": "jonas_w", "name": "Jonas W."}}}},
}
SYNDICATION: Record = {"__typename": "Tweet", **V1, "text": V1["full_text"]}


def answer(*results: Record) -> Record:
    """An answer of TweetDetail."""
    entries = [
        {"entryId": f"tweet-{r.get('rest_id', PARENT)}", "content": {"itemContent": {"tweet_results": {"result": r}}}}
        for r in results
    ]
    return {"data": {"threaded_conversation_with_injections_v2": {"instructions": [{"entries": entries}]}}}


def dumped(folder: Path, *lines: Record | str, name: str = "dump") -> Path:
    """A file of JSON lines; its name tells nothing."""
    path = folder / name
    texts = (line if isinstance(line, str) else json.dumps(line) for line in lines)
    path.write_text("".join(f"{text}\n" for text in texts), encoding="utf-8", newline="")
    return path


def sightings(path: Path) -> list[Sighting]:
    found = archives.read_file(path)
    assert found.rejects == []
    return found.sightings


@pytest.mark.parametrize(
    "record",
    [V1, SNSCRAPE, TWSCRAPE, V2_PAGE, V2_FLAT, answer(GRAPHQL_2023), answer(GRAPHQL_2026), GRAPHQL_2026, SYNDICATION],
    ids=["v1", "snscrape", "twscrape", "v2_page", "v2_flat", "graphql_2023", "graphql_2026", "graphql_one", "syndic"],
)
def test_every_format_tells_the_same(record: Record, tmp_path: Path) -> None:
    path = dumped(tmp_path, record)
    assert archives.is_archive(path)
    shown = sightings(path)[0]
    assert (shown.tweet_id, shown.author_username, shown.author_name, shown.author_id) == (
        REPLY,
        "jonas_w",
        "Jonas W.",
        "77",
    )
    assert (shown.created_at, shown.created_at_precision) == (SENT, Precision.SECOND)
    assert shown.created_at_source == TimeSource.ARCHIVE
    assert shown.text == "@mira_k Rivers & roads https://t.co/aaaaaaaaaa #flood"
    assert (shown.replied_to_id, shown.replied_to_username) == (PARENT, "mira_k")
    assert (shown.like_count, shown.retweet_count, shown.lang) == (5, 2, "en")
    assert [u.expanded_url for u in shown.urls] == ["https://example.org/a"]
    assert [(m.type, m.url) for m in shown.media] == [("photo", "https://pbs.twimg.com/media/x.jpg")]


QUOTED_V1 = {**V1, "id": int(PARENT), "id_str": PARENT, "in_reply_to_status_id_str": None, "full_text": "Quoted."}
OUTER = {"in_reply_to_status_id_str": None, "in_reply_to_screen_name": None}


def relations(found: list[Sighting]) -> list[tuple[str | None, str | None, str | None]]:
    return [(s.tweet_id, s.quoted_id, s.retweeted_id) for s in found]


def test_quote_and_retweet_of_v1_are_inner_sightings(tmp_path: Path) -> None:
    quoting = {**V1, **OUTER, "quoted_status_id_str": PARENT, "quoted_status": QUOTED_V1}
    retweet = {**V1, **OUTER, "id_str": SOURCE, "id": int(SOURCE), "retweeted_status": quoting}
    found = sightings(dumped(tmp_path, {**retweet, "quoted_status": QUOTED_V1, "quoted_status_id_str": PARENT}))
    assert relations(found)[:2] == [(SOURCE, None, REPLY), (REPLY, None, None)]
    assert (REPLY, PARENT, None) in relations(found), "what is quoted inside a retweet"


def test_quote_known_by_its_id_alone(tmp_path: Path) -> None:
    permalink = {"expanded": f"https://twitter.com/mira_k/status/{PARENT}"}
    quoting = {**V1, **OUTER, "quoted_status_id_str": PARENT, "quoted_status_permalink": permalink}
    found = sightings(dumped(tmp_path, quoting))
    assert (found[0].quoted_id, found[0].quoted_username) == (PARENT, "mira_k")
    assert found[1].text is None


def test_related_tweets_of_snscrape_whole_named_and_gone(tmp_path: Path) -> None:
    kind = "snscrape.modules.twitter."
    named = {**SNSCRAPE, "quotedTweet": {"_type": f"{kind}TweetRef", "id": int(PARENT)}}
    gone = {**SNSCRAPE, "quotedTweet": {"_type": f"{kind}Tombstone", "id": int(PARENT), "text": "gone"}}
    whole = {**SNSCRAPE, "retweetedTweet": {**SNSCRAPE, "id": int(PARENT), "url": None}}
    found = sightings(dumped(tmp_path, named, gone, whole))
    assert [s.quoted_id or s.retweeted_id for s in found if s.chain_position == 0] == [PARENT] * 3
    assert [s.flags for s in found if s.chain_position == 1] == [(), ("unavailable",), ()]


def test_snscrape_before_0_5(tmp_path: Path) -> None:
    old = {k: v for k, v in SNSCRAPE.items() if k not in ("rawContent", "links", "_type")}
    old |= {"content": "An old line", "outlinks": ["https://example.org/a"], "tcooutlinks": ["https://t.co/aaaaaaaaaa"]}
    shown = sightings(dumped(tmp_path, old))[0]
    assert shown.text == "An old line"
    assert shown.urls[0].expanded_url == "https://example.org/a"


def test_flattened_v2_holds_the_tweet_answered(tmp_path: Path) -> None:
    parent = {"type": "replied_to", "id": PARENT, "text": "Asked?", "author": USERS[1], "author_id": "78"}
    shown, answered = sightings(dumped(tmp_path, {**V2_FLAT, "referenced_tweets": [parent]}))
    assert shown.replied_to_id == answered.tweet_id == PARENT
    assert (answered.text, answered.author_username) == ("Asked?", "mira_k")


def test_page_of_v2_names_what_is_unavailable(tmp_path: Path) -> None:
    error = {"resource_id": SOURCE, "resource_type": "tweet", "title": "Not Found Error"}
    found = sightings(dumped(tmp_path, {**V2_PAGE, "errors": [error]}))
    assert [(s.tweet_id, s.flags) for s in found if s.flags] == [(SOURCE, ("unavailable",))]


def test_graphql_wrappers_notes_and_tombstones(tmp_path: Path) -> None:
    note = {"note_tweet_results": {"result": {"text": "The whole of a long post"}}}
    wrapped = {"__typename": "TweetWithVisibilityResults", "tweet": {**GRAPHQL_2026, "note_tweet": note}}
    found = sightings(dumped(tmp_path, answer(wrapped, {"__typename": "TweetTombstone", "tombstone": {}})))
    assert [(s.tweet_id, s.text, s.flags) for s in found] == [
        (REPLY, "The whole of a long post", ()),
        (PARENT, None, ("unavailable",)),
    ]


def test_oembed(tmp_path: Path) -> None:
    markup = (
        f'<blockquote class="twitter-tweet"><p lang="en" dir="ltr">Rivers &amp; roads</p>&mdash; Jonas W. (@jonas_w) '
        f'<a href="https://twitter.com/jonas_w/status/{REPLY}">November 27, 2018</a></blockquote>'
    )
    record = {"url": f"https://twitter.com/jonas_w/status/{REPLY}", "html": markup, "author_name": "Jonas W."}
    shown = sightings(dumped(tmp_path, record))[0]
    assert (shown.tweet_id, shown.author_username, shown.text) == (REPLY, "jonas_w", "Rivers & roads")


def test_scripts_of_personal_archives(tmp_path: Path) -> None:
    tweet = {key: str(value) if isinstance(value, int) else value for key, value in V1.items() if key != "user"}
    (tmp_path / "tweets.js").write_text(f"window.YTD.tweets.part0 = {json.dumps([{'tweet': tweet}], indent=1)}")
    account = {"account": {"username": "jonas_w", "accountId": "77", "accountDisplayName": "Jonas W."}}
    assert sightings(tmp_path / "tweets.js")[0].author_username is None
    (tmp_path / "account.js").write_text(f"window.YTD.account.part0 = {json.dumps([account])}")
    shown = sightings(tmp_path / "tweets.js")[0]
    assert (shown.author_username, shown.author_id, shown.like_count) == ("jonas_w", "77", 5)


def test_grailbird_knows_early_tweets_to_the_day_only(tmp_path: Path) -> None:
    early = {
        "id_str": "9999999999",
        "text": "Early",
        "created_at": "2010-03-03 00:00:00 +0000",
        "user": V1["user"],
    }
    path = tmp_path / "2010_03.js"
    path.write_text(f"Grailbird.data.tweets_2010_03 = \n {json.dumps([early], indent=1)}")
    assert sightings(path)[0].created_at_precision in (Precision.DAY, Precision.HOUR)
    path.write_text(path.read_text().replace("00:00:00", "10:11:12"))
    assert sightings(path)[0].created_at_precision == Precision.SECOND


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, zstandard.compress], ids=["gz", "bz2", "zst"])
def test_compressed(pack: Any, tmp_path: Path) -> None:
    path = dumped(tmp_path, V1, SNSCRAPE)
    path.write_bytes(pack(path.read_bytes()))
    assert [s.tweet_id for s in sightings(path)] == [REPLY, REPLY]


ROUNDED = 1067436123456789500


def test_rounded_ids_are_refused_unless_a_string_repeats_them(tmp_path: Path) -> None:
    without_string = {k: v for k, v in V1.items() if k != "id_str"} | {"id": ROUNDED}
    found = archives.read_file(dumped(tmp_path, without_string, {**SNSCRAPE, "id": ROUNDED, "url": None}))
    assert [(r.code, r.source_key) for r in found.rejects] == [
        (RejectCode.ROUNDED_ID, "1"),
        (RejectCode.ROUNDED_ID, "2"),
    ]
    assert found.sightings == []


def test_other_ids_of_a_record_with_rounded_numbers_are_not_believed(tmp_path: Path) -> None:
    rounded = {**V1, "id": ROUNDED, "in_reply_to_status_id_str": None, "in_reply_to_status_id": 1067433000000000000}
    shown = sightings(dumped(tmp_path, rounded))[0]
    assert (shown.tweet_id, shown.replied_to_id) == (REPLY, None)
    exact = {**rounded, "id": int(REPLY)}
    assert sightings(dumped(tmp_path, exact))[0].replied_to_id == "1067433000000000000"


def test_compatibility_mode_is_cut(tmp_path: Path) -> None:
    cut = {k: v for k, v in V1.items() if k != "full_text"} | {"text": "Riv… https://t.co/b", "truncated": True}
    whole = {**cut, "extended_tweet": {"full_text": "Rivers and roads"}}
    assert [(s.text, s.text_truncated) for s in sightings(dumped(tmp_path, cut, whole))] == [
        ("Riv… https://t.co/b", True),
        ("Rivers and roads", False),
    ]


def test_bad_lines_are_rejects_with_their_numbers(tmp_path: Path) -> None:
    lines: list[Record | str] = [
        V1,
        "{broken",
        "[]",
        {"delete": {"status": {"id": 1}}},
        {"other": 1},
        "\ufeff" + json.dumps(V1),
        V1,
    ]
    path = dumped(tmp_path, *lines)
    path.write_bytes(path.read_bytes() + b'{"id_str": "10674')
    found = archives.read_file(path)
    assert [(r.source_key, r.code) for r in found.rejects] == [
        ("2", RejectCode.BAD_RECORD),
        ("3", RejectCode.BAD_RECORD),
        ("4", RejectCode.NOT_AN_ARTICLE),
        ("5", RejectCode.BAD_RECORD),
        ("8", RejectCode.TRUNCATED),
    ]
    assert len(found.sightings) == 3


def test_damaged_document_keeps_what_came_before(tmp_path: Path) -> None:
    path = tmp_path / "tweets.json"
    path.write_text(json.dumps([V1, SNSCRAPE], indent=1)[:-40])
    found = archives.read_file(path)
    assert len(found.sightings) == 1
    assert [r.code for r in found.rejects] == [RejectCode.TRUNCATED]


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    record=st.sampled_from([V1, TWSCRAPE, V2_PAGE, V2_FLAT, answer(GRAPHQL_2026), SYNDICATION]),
    places=st.lists(st.tuples(st.integers(0, 1500), st.binary(max_size=3)), max_size=6),
)
def test_every_mutated_line_is_a_row_or_a_reject(
    record: Record, places: list[tuple[int, bytes]], tmp_path: Path
) -> None:
    line = bytearray(json.dumps(record).encode())
    for place, new in places:
        line[place : place + len(new)] = new
    lines = [data for data in bytes(line).split(b"\n") if data.strip()]
    path = tmp_path / "mutated"
    path.write_bytes(json.dumps(V1).encode() + b"\n" + bytes(line) + b"\n")
    found = archives.read_file(path)
    told = {s.document_id for s in found.sightings} | {r.source_key for r in found.rejects if r.stage == Stage.READ}
    assert len(told | {r.document_id for r in found.rejects if r.stage != Stage.READ}) >= 1 + len(lines)


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from(["id", "url", "text"]), inner, max_size=2)
    ),
    max_leaves=4,
)


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    record=st.sampled_from([V1, TWSCRAPE, V2_TWEET, GRAPHQL_2026, SYNDICATION, LEGACY]),
    key=st.integers(0, 30),
    value=VALUES,
)
def test_values_of_any_type_do_not_raise(record: Record, key: int, value: Any, tmp_path: Path) -> None:
    changed = {**record, list(record)[key % len(record)]: value}
    found = archives.read_file(dumped(tmp_path, changed))
    assert found.sightings or found.rejects


@pytest.mark.corpus
def test_real_records_of_every_format(shared: Path) -> None:
    samples = shared / "corpus" / "threads" / "samples"
    found = {p.name: archives.read_file(p) for p in sorted(samples.iterdir()) if p.suffix != ".html"}
    assert {name: len(rows.rejects) for name, rows in found.items() if rows.rejects} == {}
    assert all(rows.sightings for rows in found.values())
    rounded = found["archive_grailbird_rounded_id.js"].sightings[0]
    assert rounded.tweet_id == "1123333485937201153"


def test_sightings_of_other_tools_are_no_archive(tmp_path: Path) -> None:
    path = dumped(tmp_path, {"tweet_id": REPLY, "text": "Rivers", "conversation_id": PARENT})
    assert not archives.is_archive(path)
    assert archives.read_any(path).sightings[0].form == "given"
    assert archives.read_any(dumped(tmp_path, V1)).sightings[0].form == "twitter_api_v1"


EDITS = ["1067436123456789401", REPLY]


@pytest.mark.parametrize(
    "record",
    [
        {**V1, "edit_control": {"edit_tweet_ids": EDITS}},
        {**V1, "edit_info": {"edit": {"initialTweetId": EDITS[0], "editControlInitial": {"editTweetIds": EDITS}}}},
        {**SNSCRAPE, "editState": {"editTweetIds": [int(tweet_id) for tweet_id in EDITS]}},
        {**V2_FLAT, "edit_history_tweet_ids": EDITS},
        answer({**GRAPHQL_2026, "edit_control": {"edit_tweet_ids": EDITS}}),
    ],
    ids=["v1", "personal", "snscrape", "v2", "graphql"],
)
def test_versions_of_an_edited_tweet(record: Record, tmp_path: Path) -> None:
    assert sightings(dumped(tmp_path, record))[0].edit_tweet_ids == tuple(EDITS)


def test_a_tweet_never_edited_has_no_versions(tmp_path: Path) -> None:
    assert sightings(dumped(tmp_path, {**V2_FLAT, "edit_history_tweet_ids": [REPLY]}))[0].edit_tweet_ids == ()


# ------------------------------------------------------------------------------------------------ twarc-csv, long posts


def test_rows_of_twarc_csv_tell_what_twarc_tells(tmp_path: Path) -> None:
    (tmp_path / "csv").write_text(
        "\ufeffid,conversation_id,referenced_tweets.replied_to.id,referenced_tweets.quoted.id,author_id,in_reply_to_user_id,"
        "in_reply_to_username,quoted_username,created_at,text,lang,public_metrics.like_count,public_metrics.retweet_count,"
        "entities.urls,attachments.media,author.username,author.name\n"
        f"{REPLY},{PARENT},{PARENT},{SOURCE},77,78,mira_k,ola_p,2018-11-27T14:42:19.000Z,"
        '"@mira_k Rivers & roads\\nhttps://t.co/aaaaaaaaaa #flood",en,5.0,2,'
        '"[{""url"": ""https://t.co/aaaaaaaaaa"", ""expanded_url"": ""https://example.org/a""}]",'
        '"[{""type"": ""photo"", ""url"": ""https://pbs.twimg.com/media/x.jpg""}]",jonas_w,"Jonas ""W."""\n'
        "1.06743E+18,,,,77,,,,2018-11-27T14:42:19.000Z,rounded,en,,,,,jonas_w,\n",
        encoding="utf-8",
    )
    assert archives.is_archive(tmp_path / "csv")
    found = archives.read_file(tmp_path / "csv")
    shown = found.sightings[0]
    assert (shown.tweet_id, shown.author_username, shown.author_name) == (REPLY, "jonas_w", 'Jonas "W."')
    assert shown.text == "@mira_k Rivers & roads\nhttps://t.co/aaaaaaaaaa #flood"
    assert (shown.replied_to_id, shown.replied_to_username) == (PARENT, "mira_k")
    assert (shown.quoted_id, shown.quoted_username, shown.conversation_id) == (SOURCE, "ola_p", PARENT)
    assert (shown.like_count, shown.retweet_count, shown.created_at) == (5, 2, SENT)
    assert [u.expanded_url for u in shown.urls] == ["https://example.org/a"]
    assert [m.url for m in shown.media] == ["https://pbs.twimg.com/media/x.jpg"]
    (reject,) = found.rejects
    assert (reject.source_key, reject.code) == ("2", RejectCode.ROUNDED_ID)


def test_a_cell_too_large_costs_its_row_alone(tmp_path: Path) -> None:
    rows = [f"{REPLY},ok,2018-11-27T14:42:19.000Z,77", f"{SOURCE},{'x' * (17 * 2**20)},2018,77", f"{PARENT},ok,2018,77"]
    (tmp_path / "csv").write_text("id,text,created_at,author_id\n" + "\n".join(rows), encoding="utf-8")
    found = archives.read_file(tmp_path / "csv")
    assert REPLY in {s.tweet_id for s in found.sightings}
    assert [r.code for r in found.rejects] == [RejectCode.BAD_RECORD]


def test_long_posts_of_personal_archives_are_whole(tmp_path: Path) -> None:
    whole = "The harbour office answers at last & says: " + "the water will stay until Sunday evening. " * 9 + "So."
    cut = whole.replace("&", "&amp;")[:276] + "… https://t.co/aaaaaaaaaa"
    tweets = [{"tweet": {"id_str": REPLY, "full_text": cut, "created_at": V1["created_at"], "entities": {}}}]
    note = {"noteTweet": {"noteTweetId": "1", "core": {"text": whole}, "createdAt": "2018-11-27T14:42:18.000Z"}}
    account = [{"account": {"username": "jonas_w", "accountId": "77", "accountDisplayName": "Jonas"}}]
    for name, content in (("tweets", tweets), ("note-tweet", [note]), ("account", account)):
        script = f"window.YTD.{name.replace('-', '_')}.part0 = {json.dumps(content)}"
        (tmp_path / f"{name}.js").write_text(script, encoding="utf-8")
    assert [(s.text, s.text_truncated) for s in sightings(tmp_path / "tweets.js")] == [(whole, False)]


def test_what_a_record_says_of_answers_is_kept(tmp_path: Path) -> None:
    alone = {**V1, "in_reply_to_status_id_str": None, "in_reply_to_screen_name": None}
    first = {**V2_FLAT, "conversation_id": REPLY, "referenced_tweets": []}
    told = sightings(dumped(tmp_path, alone, V1, first, V2_FLAT))
    assert [("not_a_reply" in s.flags) for s in told if s.tweet_id == REPLY] == [True, False, True, False]
