"""Hydrate: what articles cite is completed from dumps; nothing else is taken, and nothing is lost on the way."""

import bz2
import gzip
import io
import json
import random
import shutil
import tarfile
import zipfile
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import zstandard

import tweetrecon as tr
from tests.end_to_end.conftest import FIRST, LATER, QUOTED, ROOT, SECOND, SOURCE, STRANGER, THIRD, archived, contents
from tweetrecon import pipeline, readers
from tweetrecon.hydration import Hydrated, hydrate
from tweetrecon.hydration.report import Verdicts, report
from tweetrecon.interop.search import Tally
from tweetrecon.model import Precision, RejectCode, TimeSource
from tweetrecon.readers.reader import Source
from tweetrecon.store import open_dataset
from tweetrecon.store.verify import verify

Record = dict[str, Any]


def tweet(tweet_id: str, username: str, text: str, answers: str | None = None, **more: Any) -> Record:
    """A record of API v1.1."""
    sent = datetime.fromtimestamp(((int(tweet_id) >> 22) + 1288834974657) // 1000, UTC)
    return {
        "created_at": f"{sent:%a %b %d %H:%M:%S} +0000 {sent:%Y}",
        "id": int(tweet_id),
        "id_str": tweet_id,
        "full_text": text,
        "user": {"id_str": "7", "screen_name": username, "name": username.title()},
        "in_reply_to_status_id_str": answers,
        "in_reply_to_screen_name": None,
        "entities": {"urls": []},
        **more,
    }


STATED = tweet(SOURCE, "river_watch", "Gauge seven reports four metres and rising, keep away from the banks tonight")
DUMP = [
    tweet(ROOT, "harbour", "Water is coming up the Elbe."),
    tweet(FIRST, "mira_k", "@harbour It is, look: 1/3", ROOT),
    tweet(SECOND, "mira_k", "The second gauge is under water now. 2/3", FIRST, quoted_status_id_str=QUOTED),
    tweet(THIRD, "mira_k", "The third one follows. 3/3", SECOND),
    tweet(STRANGER, "stranger", "@mira_k Stay safe", SECOND),
    tweet(QUOTED, "bureau", "Gauges of the estuary, a list"),
    STATED,
]
NOISE = [tweet(str(1067440000000000001 + 10_000_019 * n), f"user_{n}", f"Breakfast no. {n}") for n in range(40)]
TAKEN = {ROOT, FIRST, SECOND, THIRD, QUOTED, SOURCE}


def lines(records: Iterable[Record | str]) -> bytes:
    texts = (record if isinstance(record, str) else json.dumps(record) for record in records)
    return "".join(f"{text}\n" for text in texts).encode()


def shuffled(seed: int = 1) -> list[Record]:
    records = [*DUMP, *NOISE]
    random.Random(seed).shuffle(records)
    return records


def dump(folder: Path, data: bytes, name: str = "dump.jsonl") -> Source:
    (folder / name).write_bytes(data)
    return Source(name, folder / name)


def test_what_matters_is_taken_and_nothing_else(out: Path, tmp_path: Path) -> None:
    hydrate(out, [dump(tmp_path, lines(shuffled()))])
    assert archived(out) == TAKEN
    assert verify(out) == []


def test_python_takes_files_and_folders(out: Path, tmp_path: Path) -> None:
    (tmp_path / "dumps").mkdir()
    dump(tmp_path / "dumps", lines(shuffled()))
    assert tr.hydrate(out, tmp_path / "dumps").thread(SECOND).tweets_count == 4
    with pytest.raises(tr.InputError, match="missing"):
        tr.hydrate(out, "missing.jsonl")


def test_threads_are_rebuilt_with_what_archives_state(out: Path, tmp_path: Path) -> None:
    hydrate(out, [dump(tmp_path, lines(shuffled()))])
    dataset = open_dataset(out)
    thread = dataset.thread(SECOND)
    assert [t.tweet_id for t in thread.tweets] == [ROOT, FIRST, SECOND, THIRD]
    assert not any(t.inferred for t in thread.tweets)
    assert thread.complete
    assert (thread.documents_count, len(thread.document_ids)) == (1, 1)
    second = next(t for t in dataset.tweets.to_pylist() if t["tweet_id"] == SECOND)
    assert second["documents_count"] == 1
    assert {row["tweet_key"] for row in dataset.citations.to_pylist()} == {SECOND, LATER, SOURCE}


def test_a_tweet_without_an_id_is_told_by_author_day_and_text(out: Path, tmp_path: Path) -> None:
    decoys = [
        tweet(str(int(SOURCE) - 5_000_000), "river_watch", "Gauge seven reports nothing today"),
        tweet(str(int(SOURCE) - 9_000_000), "someone", STATED["full_text"]),
        tweet("967420000000000001", "river_watch", STATED["full_text"]),
    ]
    hydrate(out, [dump(tmp_path, lines([*decoys, *DUMP]))])
    assert archived(out) == TAKEN
    edge = next(e for e in open_dataset(out).references.to_pylist() if e["tweet_key"] == LATER)
    assert edge["target_key"] == SOURCE


def test_context_takes_neighbours_too(out: Path, tmp_path: Path) -> None:
    deeper = tweet("1067438000000000001", "another", "@stranger Indeed", STRANGER)
    source = dump(tmp_path, lines([*shuffled(), deeper]))
    hydrate(out, [source], context=1)
    assert archived(out) == TAKEN | {STRANGER}
    hydrate(out, [source], context=2)
    assert archived(out) == TAKEN | {STRANGER, deeper["id_str"]}


@pytest.mark.parametrize("order", [1, -1])
def test_ancestors_are_found_whatever_the_order(order: int, tmp_path: Path) -> None:
    chain = [
        tweet(str(int(ROOT) + n * 10**9), f"user_{n}", f"Link {n}", str(int(ROOT) + (n - 1) * 10**9) if n else None)
        for n in range(8)
    ]
    filler = lines(NOISE) * 80
    last = chain[-1]["id_str"]
    page = f'<blockquote class="twitter-tweet"><p>Link 7</p><a href="https://twitter.com/user_7/status/{last}">x</a></blockquote>'
    (tmp_path / "page.html").write_text(page)
    pipeline.run(readers.find([tmp_path / "page.html"]), tmp_path / "out")
    done = hydrate(tmp_path / "out", [dump(tmp_path, filler.join(lines([r]) for r in chain[::order]))])
    assert archived(tmp_path / "out") == {record["id_str"] for record in chain}
    assert len(done.steps) <= len(chain) + 1


def test_a_source_known_inside_a_retweet_alone_is_taken_once(out: Path, tmp_path: Path) -> None:
    quoted = next(r for r in DUMP if r["id_str"] == QUOTED)
    retweets = [
        tweet(str(1067450000000000001 + n * 10**7), f"fan_{n}", "RT @bureau: Gauges", None, retweeted_status=quoted)
        for n in range(50)
    ]
    hydrate(out, [dump(tmp_path, lines([*retweets, *DUMP[:5]]))])
    rows = [s for s in open_dataset(out).sightings.to_pylist() if s["tweet_id"] == QUOTED and s["text"]]
    assert len(rows) == 1
    assert archived(out) == TAKEN - {SOURCE}
    assert verify(out) == []


# ------------------------------------------------------------------------------------------------ the same again


def test_a_second_time_nothing_is_read_and_nothing_changes(out: Path, tmp_path: Path) -> None:
    source = dump(tmp_path, lines(shuffled()))
    hydrate(out, [source])
    before = contents(out)
    assert hydrate(out, [source]).steps == ()
    assert contents(out) == before


def test_dumps_one_after_the_other_give_what_they_give_together(out: Path, tmp_path: Path) -> None:
    records = shuffled()
    parts = [dump(tmp_path, lines(records[n::3]), f"part-{n}.jsonl") for n in range(3)]
    shutil.copytree(out, tmp_path / "together")
    hydrate(tmp_path / "together", parts)
    for part in parts:
        hydrate(out, [part])
    hydrate(out, parts)
    assert contents(out) == contents(tmp_path / "together")
    assert archived(out) == TAKEN


class StopError(Exception):
    pass


def test_a_killed_run_goes_on_with_what_is_left(out: Path, tmp_path: Path) -> None:
    parts = [dump(tmp_path, lines(DUMP[::-1][n::3]), f"{n:02}.jsonl") for n in range(3)]
    shutil.copytree(out, tmp_path / "whole")
    hydrate(tmp_path / "whole", parts)

    def stop(step: object) -> None:
        raise StopError

    for _ in range(20):
        try:
            hydrate(out, parts, watch=stop)
            break
        except StopError:
            assert verify(out) == []
            ids = open_dataset(out).sightings["sighting_id"].to_pylist()
            assert len(ids) == len(set(ids))
    else:
        pytest.fail("it never comes to an end")
    assert contents(out) == contents(tmp_path / "whole")


# ------------------------------------------------------------------------------------------------ packing


def tarred(data: bytes) -> bytes:
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w") as archive:
        for minute, half in enumerate(
            (data[: data.index(b"\n", len(data) // 2) + 1], data[data.index(b"\n", len(data) // 2) + 1 :])
        ):
            packed = bz2.compress(half)
            info = tarfile.TarInfo(f"2018/11/27/{minute:02}.json.bz2")
            info.size = len(packed)
            archive.addfile(info, io.BytesIO(packed))
    return file.getvalue()


def zipped(data: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("tweets.jsonl.gz", gzip.compress(data))
        archive.writestr("picture.jpg", b"\xff\xd8")
    return file.getvalue()


PACKINGS: dict[str, Callable[[bytes], bytes]] = {
    "gz": gzip.compress,
    "zst": zstandard.compress,
    "bz2": bz2.compress,
    "tar": tarred,
    "tar.gz": lambda data: gzip.compress(tarred(data)),
    "zip": zipped,
    "json": lambda data: b"[" + b",".join(data.splitlines()) + b"]",
}


@pytest.mark.parametrize("packing", PACKINGS)
def test_dumps_may_be_packed(packing: str, out: Path, tmp_path: Path) -> None:
    done = hydrate(out, [dump(tmp_path, PACKINGS[packing](lines(shuffled())), "dump")])
    assert archived(out) == TAKEN
    assert done.rejected == 0
    assert verify(out) == []


def test_a_personal_archive_as_it_is_downloaded(out: Path, tmp_path: Path) -> None:
    own = [
        {key: value for key, value in r.items() if key != "user"} for r in DUMP if r["user"]["screen_name"] == "mira_k"
    ]
    account = [{"account": {"username": "mira_k", "accountDisplayName": "Mira K", "accountId": "7"}}]
    with zipfile.ZipFile(tmp_path / "twitter.zip", "w") as archive:
        archive.writestr("data/tweets.js", "window.YTD.tweets.part0 = " + json.dumps([{"tweet": r} for r in own]))
        archive.writestr("data/like.js", "window.YTD.like.part0 = []")
        archive.writestr("data/account.js", "window.YTD.account.part0 = " + json.dumps(account))
    hydrate(out, [Source("twitter.zip", tmp_path / "twitter.zip")])
    assert archived(out) == {FIRST, SECOND, THIRD}
    document = next(d for d in open_dataset(out).documents.to_pylist() if d["source_uri"] == "twitter.zip")
    assert document["source_key"].startswith("data/tweets.js#")


# ------------------------------------------------------------------------------------------------ bad input


def test_damaged_lines_are_refused_with_their_numbers(out: Path, tmp_path: Path) -> None:
    nan = json.dumps(DUMP[0])[:-1] + ', "score": NaN}'
    surrogate = json.dumps(DUMP[1] | {"source": "?"}).replace("?", "\\ud800")
    records: list[Record | str] = ["<html>", nan, "", surrogate, "{]", '"text"', *DUMP[2:]]
    data = b"\xef\xbb\xbf" + lines(NOISE[:1]) + lines(records) + b'{"id_str": "10674'
    hydrate(out, [dump(tmp_path, data)])
    assert archived(out) == TAKEN
    rejects = [r for r in open_dataset(out).rejects.to_pylist() if r["source_uri"] == "dump.jsonl"]
    numbers = {int(r["source_key"]): r["code"] for r in rejects}
    assert numbers == {2: RejectCode.BAD_RECORD, 6: "bad_record", 7: "bad_record", 13: RejectCode.TRUNCATED}
    assert all(data[r["offset"] :].startswith(r["evidence"].encode()) for r in rejects)


def test_of_ten_thousand_mutated_lines_each_is_taken_passed_over_or_refused(out: Path, tmp_path: Path) -> None:
    rng = random.Random(7)
    good = lines([*DUMP, *NOISE[:20]]).splitlines()
    mutated = []
    for _ in range(10_000):
        line = bytearray(rng.choice(good))
        for _ in range(rng.randrange(3)):
            line[rng.randrange(len(line))] = rng.choice(b'0a"{}[]\\,:\xff ')
        mutated.append(bytes(line[: rng.choice((len(line), len(line), rng.randrange(1, len(line))))]))
    done = hydrate(out, [dump(tmp_path, b"\n".join(mutated) + b"\n")])
    assert {step.tally.seen for step in done.steps} == {10_000}
    assert all(step.tally.seen == _told_of(step.tally) for step in done.steps)
    rejects = open_dataset(out).rejects.to_pylist()
    refused = {int(r["source_key"]) for r in rejects if r["source_uri"] == "dump.jsonl" and r["stage"] == "read"}
    broken = {
        n
        for n, line in enumerate(mutated, 1)
        if not (line.startswith(b"{") and line.rstrip().endswith(b"}")) and line.strip()
    }
    lost = {n for n in broken - refused if _reads_as_object(mutated[n - 1]) is False}
    assert lost == set()
    assert verify(out) == []


def _told_of(tally: Tally) -> int:
    return tally.passed_over + tally.refused + tally.unrelated + tally.taken


@pytest.mark.parametrize(
    ("pack", "passed_over", "unrelated"), [(lines, 5, 1), (lambda r: PACKINGS["json"](lines(r)), 0, 6)]
)
def test_a_report_says_what_became_of_each_record(
    pack: Callable[[list[Record | str]], bytes], passed_over: int, unrelated: int, out: Path, tmp_path: Path
) -> None:
    names_one = tweet(NOISE[0]["id_str"], "user_0", f"Number {ROOT} is no answer", lucky_number=ROOT)
    done = hydrate(out, [dump(tmp_path, pack(["7", names_one, *NOISE[1:6], *DUMP]))])
    strangers = 1  # an answer to a wanted tweet: parsed, not taken
    assert all(step.tally.seen == _told_of(step.tally) for step in done.steps)
    assert done.steps[-1].tally == Tally(14, passed_over, 1, unrelated + strangers, len(TAKEN))


def _reads_as_object(line: bytes) -> bool:
    try:
        return isinstance(json.loads(line.decode("utf-8-sig")), dict)
    except ValueError:
        return False


def test_a_dump_that_is_none_is_told_and_the_others_are_read(out: Path, tmp_path: Path) -> None:
    wrong = dump(tmp_path, b"%PDF-1.7\nnot\na dump\n", "a.pdf")
    done = hydrate(out, [wrong, dump(tmp_path, lines(shuffled()))])
    assert archived(out) == TAKEN
    assert done.rejected == 3
    assert {r["source_uri"] for r in open_dataset(out).rejects.to_pylist() if r["stage"] == "read"} == {"a.pdf"}


# ------------------------------------------------------------------------------------------------ report


def hydrated_with(records: list[Record], out: Path, tmp_path: Path) -> Hydrated:
    return hydrate(out, [dump(tmp_path, lines(records))])


def test_the_report_counts_gaps_closed_and_conclusions_confirmed(out: Path, tmp_path: Path) -> None:
    before = report(open_dataset(out))
    assert (before.tweets_archived, before.gaps_closed, before.confirmed, before.refuted) == (0, 0, 0, 0)
    done = hydrated_with(shuffled(), out, tmp_path)
    after = report(done.dataset)
    assert (after.gaps_before, after.untold + after.confirmed + after.refuted) == (before.gaps_before, before.untold)
    assert (after.tweets_cited, after.tweets_archived, after.tweets_identified) == (3, 2, 1)
    assert after.gaps_closed >= 1
    assert after.gaps_after < after.gaps_before


def test_conclusions_are_refuted_by_other_parents_and_by_none(tmp_path: Path) -> None:
    texts = {
        FIRST: "The dam holds so far. 1/3",
        SECOND: "But the lower road is gone. 2/3",
        THIRD: "And the bridge. 3/3",
    }
    page = "".join(
        f'<blockquote class="twitter-tweet"><p>{text}</p>&mdash; Mira K (@mira_k)'
        f'<a href="https://twitter.com/mira_k/status/{i}">November 27, 2018</a></blockquote>'
        for i, text in texts.items()
    )
    (tmp_path / "page.html").write_text(f"<html><body>{page}</body></html>")
    out = tmp_path / "out"
    pipeline.run(readers.find([tmp_path / "page.html"]), out)
    concluded = [e for e in open_dataset(out).references.to_pylist() if e["inferred"]]
    assert {(e["tweet_key"], e["target_key"]) for e in concluded} == {(SECOND, FIRST), (THIRD, SECOND)}
    told = [
        tweet(FIRST, "mira_k", texts[FIRST]),
        tweet(SECOND, "mira_k", texts[SECOND], FIRST),
        tweet(THIRD, "mira_k", texts[THIRD]),
    ]
    found = report(hydrated_with(told, out, tmp_path).dataset)
    assert (found.confirmed, found.refuted, found.untold) == (1, 1, 0)
    assert found.rules == {"numbering": Verdicts(1, 1, 0)}
    assert open_dataset(out).thread(THIRD).tweets_count == 1


def test_times_and_counts_come_from_archives(out: Path, tmp_path: Path) -> None:
    told = tweet(SECOND, "mira_k", "The second gauge is under water now. 2/3", FIRST, favorite_count=12)
    hydrated_with([told], out, tmp_path)
    row = next(t for t in open_dataset(out).tweets.to_pylist() if t["tweet_id"] == SECOND)
    assert row["like_count"] == 12
    assert row["created_at_precision"] == Precision.MILLISECOND
    assert {s["created_at_source"] for s in open_dataset(out).sightings.to_pylist() if s["role"] == "archived"} == {
        TimeSource.ARCHIVE
    }
