"""Resolution: every value checked against the others, conflicts flagged, nothing invented."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from tweetrecon.model import Document, Embed, Precision, RejectCode, Role, TimeSource
from tweetrecon.resolve import Resolution, resolve

DOCUMENT = Document(document_id="d", source_uri="a.html", language="en")
EMBED = Embed(
    form="twitter_blockquote",
    raw_text="Ferries run from pier 7. #highwater @nordkai_port",
    raw_name="Nordkai Port",
    raw_username="nordkai_port",
    raw_date="November 3, 2021",
    raw_url="https://twitter.com/nordkai_port/status/1455779943668518913?ref_src=twsrc%5Etfw",
)


def of(embed: Embed, document: Document = DOCUMENT) -> Resolution:
    return resolve(document, [embed])


def test_id_gives_the_exact_time_and_the_canonical_address() -> None:
    (sighting,) = of(EMBED).sightings
    assert sighting.tweet_id == "1455779943668518913"
    assert sighting.url == "https://twitter.com/nordkai_port/status/1455779943668518913"
    assert sighting.created_at == datetime(2021, 11, 3, 6, 12, 40, 311000, tzinfo=UTC)
    assert (sighting.created_at_precision, sighting.created_at_source) == (Precision.MILLISECOND, TimeSource.SNOWFLAKE)
    assert (sighting.hashtags, sighting.mentions, sighting.flags) == (("highwater",), ("nordkai_port",), ())


def test_printed_date_counts_where_there_is_no_id() -> None:
    (sighting,) = of(replace(EMBED, raw_url=None)).sightings
    assert sighting.created_at == datetime(2021, 11, 3, tzinfo=UTC)
    assert (sighting.created_at_precision, sighting.created_at_source) == (Precision.DAY, TimeSource.BYLINE)
    assert (sighting.tweet_id, sighting.url) == (None, None)


def test_machine_readable_time_counts_before_the_printed_day() -> None:
    (sighting,) = of(replace(EMBED, raw_url=None, timestamp="2021-11-03T06:12:40+00:00")).sightings
    assert (sighting.created_at_precision, sighting.created_at_source) == (Precision.SECOND, TimeSource.ATTRIBUTE)


@pytest.mark.parametrize(
    ("raw_date", "conflict"),
    [
        ("November 3, 2021", False),
        ("November 4, 2021", True),
        ("11:12 PM - Nov 2, 2021", False),
        ("November 2021", False),
    ],
)
def test_printed_date_is_checked_against_the_id(raw_date: str, conflict: bool) -> None:
    found = of(replace(EMBED, raw_date=raw_date))
    assert ("date_conflict" in found.sightings[0].flags) is conflict
    assert [r.code for r in found.rejects if r.kept] == [RejectCode.DATE_CONFLICT] * conflict


def test_unreadable_date_is_kept_verbatim_and_never_guessed() -> None:
    found = of(replace(EMBED, raw_url=None, raw_date="the day of the flood"))
    (sighting,) = found.sightings
    assert (sighting.created_at, sighting.raw_date) == (None, "the day of the flood")
    assert [r.code for r in found.rejects] == [RejectCode.DATE_UNREADABLE]


def test_year_less_date_needs_the_article_s_date() -> None:
    embed = replace(EMBED, raw_url=None, raw_date="Nov 3")
    assert of(embed).sightings[0].created_at is None
    dated = replace(DOCUMENT, published_at=datetime(2021, 11, 5, tzinfo=UTC))
    (sighting,) = of(embed, dated).sightings
    assert (sighting.created_at, sighting.created_at_source) == (datetime(2021, 11, 3, tzinfo=UTC), TimeSource.RELATIVE)


def test_byline_and_link_of_different_accounts_conflict() -> None:
    found = of(replace(EMBED, raw_username="someone_else"))
    assert found.sightings[0].author_username == "someone_else"
    assert found.sightings[0].flags == ("username_conflict",)


def test_placeholder_in_the_address_is_no_username() -> None:
    link = Embed(form="placeholder", raw_url="https://twitter.com/i/web/status/1455779943668518913")
    assert of(link).sightings[0].author_username is None


def test_impossible_id_costs_a_link_the_row_and_a_tweet_only_the_id() -> None:
    url = "https://twitter.com/nordkai_port/status/99999999999999"
    found = of(Embed(form="status_link", role=Role.LINKED, raw_url=url))
    assert [(r.code, r.kept) for r in found.rejects] == [(RejectCode.IMPLAUSIBLE_ID, False)]
    shown = of(replace(EMBED, raw_url=url))
    assert shown.sightings[0].tweet_id is None
    assert [(r.code, r.kept) for r in shown.rejects] == [(RejectCode.IMPLAUSIBLE_ID, True)]


def test_empty_embed_is_refused_with_a_reason() -> None:
    found = of(Embed(form="twitter_blockquote"))
    assert not found.sightings
    assert [r.code for r in found.rejects] == [RejectCode.NO_EVIDENCE]


def test_sources_of_a_chain_are_sightings_of_their_own() -> None:
    text = "so true RT @outer_one: RT @inner_two: the gauge is wrong…"
    shown, first, second = of(replace(EMBED, raw_text=text)).sightings
    assert [s.chain_position for s in (shown, first, second)] == [0, 1, 2]
    assert [s.role for s in (first, second)] == [Role.INNER, Role.INNER]
    assert (first.author_username, first.text) == ("outer_one", "RT @inner_two: the gauge is wrong…")
    assert (second.author_username, second.text, second.text_truncated) == ("inner_two", "the gauge is wrong…", True)
    assert shown.retweeted_username == "outer_one"
    assert first.created_at is None
    assert second.created_at is None


def test_spans_of_sources_are_spans_of_the_document() -> None:
    text = "RT @outer_one: the gauge is wrong"
    embed = replace(EMBED, raw_text=text, start=10, text_start=10, text_end=10 + len(text), end=90)
    _, source = of(embed).sightings
    assert (source.text_start, source.text_end) == (10 + len("RT @outer_one: "), 10 + len(text))


def test_quoted_tweet_is_an_inner_sighting_with_its_relation() -> None:
    quoted = Embed(
        form="twitter_blockquote", raw_username="marrow_fish", tweet_id="1455801958316118020", raw_text="No."
    )
    shown, inner = of(replace(EMBED, quoted=quoted)).sightings
    assert (shown.quoted_id, shown.quoted_username) == ("1455801958316118020", "marrow_fish")
    assert (inner.role, inner.chain_position, inner.tweet_id) == (Role.INNER, 1, "1455801958316118020")
    assert shown.retweeted_username is None


def test_deceptive_names_are_flagged_and_kept() -> None:
    (sighting,) = of(replace(EMBED, raw_name="Nordkai \u202etroP")).sightings
    assert sighting.author_name == "Nordkai \u202etroP"
    assert "bidi_control" in sighting.flags


def test_positions_count_what_was_kept() -> None:
    found = resolve(DOCUMENT, [EMBED, Embed(form="twitter_blockquote"), replace(EMBED, raw_text="again")])
    assert [s.position for s in found.sightings] == [0, 1]
    assert len({s.sighting_id for s in found.sightings}) == 2
