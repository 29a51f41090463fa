"""Why a dataset says what it says of a tweet: its sightings, what each field was taken from, and its edges."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from tweetrecon.cli.wording import one_line, span, when
from tweetrecon.errors import DatasetError
from tweetrecon.model import TimeSource
from tweetrecon.store import Dataset
from tweetrecon.twitter.urls import parse_status

if TYPE_CHECKING:
    import duckdb

Row = Mapping[str, Any]

LONGEST = 90

IDENTITY = {
    "same_id": "it has the same id",
    "edit_group": "its id is one that the tweet's edit history names",
    "same_text": "same author, same text but for signs and links, times agree",
    "cut_text": "same author, its text is a part of the tweet's, times agree",
    "commented_text": "the source of a retweet, with the retweeter's words behind it",
    "damaged_text": "same author, few letters differ and no digit, times agree",
    "edited_text": "the source of a retweet, shortened or reworded by the retweeter",
    "first": "nothing that came before fits: the tweet begins with it",
}
"""How a sighting was found to be of its tweet, by the identity rule."""
BY_ANY_AUTHOR = "_by_any_author"

METHODS = {
    "replied_to_id": "the source states its id",
    "retweeted_id": "the source states its id",
    "quoted_id": "the source states its id",
    "parent_shown": "the embed shows it above the tweet",
    "quote_shown": "the embed shows it inside the tweet",
    "status_link": "the tweet's text links to it",
    "native_retweet": "the text is a retweet, “RT @…: …”, of it",
    "manual_retweet": "the text repeats it, “@…: …”, with words around it",
    "nested_retweet": "it stands in the text as the source of what is retweeted",
    "numbering": "the author's numbering goes on from it",
    "self_continuation": "the same author, shortly before, in the same place",
    "leading_mention": "the text begins with its author's handle",
    "mention": "the text names its author",
}
"""What an edge rests on, by its method."""

FIELDS = {
    "text": "text",
    "author_username": "username",
    "author_name": "name",
    "author_id": "account id",
    "created_at": "time",
    "lang": "language",
    "conversation_id": "conversation",
}
"""Columns whose source is told, and their names."""

_DERIVED = {
    TimeSource.SNOWFLAKE: "the id of the tweet",
    TimeSource.PRE_SNOWFLAKE_TABLE: "the id of the tweet, between those of known times",
    TimeSource.RETWEET_BOUND: "its earliest retweet, as the latest that it can have been sent",
}

_SIGHTINGS = """
select s.*, d.source_uri, d.source_key, c.identity_rule
from (select unnest(t.sighting_ids) as sighting_id from (select unnest(tweets) as t from threads) where t.tweet_key = ?)
join sightings s using (sighting_id)
left join documents d using (document_id)
left join (select sighting_id, any_value(identity_rule) as identity_rule from citations group by all) c
    using (sighting_id)
order by d.source_uri nulls last, s.position, s.chain_position, s.sighting_id
"""
_EDGES = 'select * from "references" where {} = ? order by type, tweet_key, target_key'


class Why(NamedTuple):
    """All rows that tell of one tweet; ``named`` are those of the tweets at the other ends of its edges, and rivals."""

    tweet: Row
    sightings: list[Row]
    references: list[Row]
    referring: list[Row]
    named: dict[str, Row]


def why(dataset: Dataset, what: str) -> Why:
    """What tells of the tweet with this id, address or key. Raises DatasetError where there is none."""
    status = parse_status(what)
    key = status.tweet_id if status else what
    with dataset.connect() as connection:
        found = _rows(connection, "select * from tweets where tweet_key = $1 or tweet_id = $1", key)
        if not found:
            raise DatasetError(f"no tweet {what!r} in {dataset.path}; `tweetrecon show {dataset.path}` lists them")
        key = found[0]["tweet_key"]
        references = _rows(connection, _EDGES.format("tweet_key"), key)
        referring = _rows(connection, _EDGES.format("target_key"), key)
        keys = {edge[end] for edge in (*references, *referring) for end in ("tweet_key", "target_key")}
        keys |= {rival for edge in references for rival, _ in _rivals(edge)}
        named = _rows(connection, "select * from tweets where tweet_key in (select unnest(?::varchar[]))", sorted(keys))
        sightings = _rows(connection, _SIGHTINGS, key)
    return Why(found[0], sightings, references, referring, {row["tweet_key"]: row for row in named})


def _rows(connection: duckdb.DuckDBPyConnection, query: str, value: object) -> list[Row]:
    return [dict(row) for row in connection.sql(query, params=[value]).to_arrow_table().to_pylist()]


def lines(found: Why) -> Iterator[str]:
    """The same in words."""
    tweet = found.tweet
    time = when(tweet["created_at"], tweet["created_at_precision"], tweet["created_at_source"])
    yield f"{tweet['tweet_key']}  {_handle(tweet)} · {time} · {tweet['status']}"
    if tweet["flags"]:
        yield f"  flags: {', '.join(map(one_line, tweet['flags']))}"
    yield f"\nSightings: {len(found.sightings)}"
    for number, sighting in enumerate(found.sightings, 1):
        yield from _sighting(number, sighting)
    yield "\nWhat each field was taken from:"
    for column, name in FIELDS.items():
        yield from _field(name, column, found)
    yield f"\nRefers to: {len(found.references)}"
    for edge in found.references:
        yield from _edge(edge, found)
    yield f"\nReferred to by: {len(found.referring)}"
    for edge in found.referring:
        yield f"  {edge['type']} by {_named(edge['tweet_key'], found)} ({edge['method']}, {edge['confidence']:.2f})"
    yield ""


def _sighting(number: int, sighting: Row) -> Iterator[str]:
    source = ", ".join(str(sighting[k]) for k in ("source_uri", "source_key") if sighting[k]) or sighting["document_id"]
    place = f"line {line}" if (line := sighting["source_line"]) else span(sighting)
    facts = (source, place, sighting["form"], sighting["role"], f"confidence {sighting['confidence']:.2f}")
    yield f"  {number}. {' · '.join(one_line(str(fact)) for fact in facts if fact)}"
    if rule := sighting["identity_rule"]:
        yield f"     {rule}: {_identity(rule)}"


def _identity(rule: str) -> str:
    base = IDENTITY.get(rule.removesuffix(BY_ANY_AUTHOR), "")
    return f"{base}, whatever the author's name" if rule.endswith(BY_ANY_AUTHOR) else base


def _field(name: str, column: str, found: Why) -> Iterator[str]:
    """The value, the numbers of the sightings that state it, and what the others state instead."""
    value = found.tweet[column]
    if value is None:
        return
    stating = [n for n, s in enumerate(found.sightings, 1) if s[column] == value]
    others: dict[Any, list[int]] = {}
    for number, sighting in enumerate(found.sightings, 1):
        if sighting[column] is not None and sighting[column] != value:
            others.setdefault(sighting[column], []).append(number)
    yield f"  {name:<13}{_shown(column, value, found.tweet)}  ← {_source(column, stating, found.tweet)}"
    for other, numbers in others.items():
        row = found.sightings[numbers[0] - 1]
        yield f"{'':<15}not {_shown(column, other, row)}  ← {_numbered(numbers)}"


def _source(column: str, stating: Sequence[int], tweet: Row) -> str:
    if column == "created_at" and tweet["created_at_source"] in _DERIVED:
        return _DERIVED[tweet["created_at_source"]]
    if not stating:
        return "a tweet that names it"
    stated = f" ({tweet['created_at_source']})" if column == "created_at" else ""
    return _numbered(stating) + stated


def _numbered(numbers: Sequence[int]) -> str:
    return f"sighting{'s' if len(numbers) > 1 else ''} {', '.join(map(str, numbers))}"


def _shown(column: str, value: Any, row: Row) -> str:
    if column == "created_at":
        return when(value, row["created_at_precision"], row["created_at_source"])
    return _short(f"“{value}”" if column == "text" else str(value))


def _edge(edge: Row, found: Why) -> Iterator[str]:
    how = "concluded" if edge["inferred"] else "stated"
    yield f"  {edge['type']} {_named(edge['target_key'], found)}"
    yield f"     {how} by {edge['method']}: {METHODS.get(edge['method'], '')}; confidence {edge['confidence']:.2f}"
    numbers = {sighting["sighting_id"]: n for n, sighting in enumerate(found.sightings, 1)}
    rivals = _rivals(edge)
    for proof in edge["evidence"]:
        if proof in numbers:
            yield f"     evidence: sighting {numbers[proof]}"
        elif proof.startswith("identity "):
            yield f"     which tweet that is: {proof.removeprefix('identity ')}: {_identity(proof.split(' ', 1)[1])}"
        elif not proof.startswith("rival "):
            yield f"     evidence: {_short(proof)}"
    for rival, share in rivals:
        yield f"     rival: {share or ''} {_named(rival, found) if rival != 'none' else 'none of the tweets known'}"


def _rivals(edge: Row) -> list[tuple[str, str]]:
    """Key (or ``none``) and share of each rival that the evidence names."""
    words = (proof.split(" ") for proof in edge["evidence"] if proof.startswith("rival "))
    return [(found[1], found[2] if len(found) > 2 else "") for found in words]


def _named(key: str, found: Why) -> str:
    tweet = found.named.get(key)
    return f"{key} {_handle(tweet)} {_short('“' + (tweet['text'] or '') + '”')}" if tweet else key


def _handle(tweet: Row) -> str:
    return f"@{one_line(tweet['author_username'])}" if tweet["author_username"] else "(author unknown)"


def _short(value: str) -> str:
    line = one_line(value)
    return line if len(line) <= LONGEST else f"{line[:LONGEST]}…"
