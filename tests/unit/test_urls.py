"""Status URLs: the table of forms, relative addresses, look-alikes, URLs inside texts, and the labelled real pages."""

import gzip
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from tweetrecon.twitter import urls
from tweetrecon.twitter.urls import StatusUrl

ID = "1067433821456789504"
STATUS = f"https://twitter.com/quay_cat/status/{ID}"
CASES = [
    json.loads(line)
    for line in (Path(__file__).parents[1] / "conformance" / "urls.jsonl").read_text(encoding="utf-8").splitlines()
]


def expected(fields: dict[str, Any] | None) -> StatusUrl | None:
    if fields is None:
        return None
    time = fields.get("archived_at")
    return StatusUrl(**{**fields, "archived_at": datetime.fromisoformat(time) if time else None})


@pytest.mark.parametrize("case", CASES, ids=[case["case"] for case in CASES])
def test_conformance(case: dict[str, Any]) -> None:
    assert urls.parse_status(case["url"]) == expected(case["status"])


# ------------------------------------------------------------------------------------------------ relative addresses


@pytest.mark.parametrize(
    ("base", "family"),
    [
        ("https://twitter.com/quay_cat", "twitter"),
        ("https://nitter.net/quay_cat/with_replies", "nitter"),
        ("https://web.archive.org/web/20160820205919/https://twitter.com/quay_cat", "twitter"),
    ],
)
def test_path_on_a_page_of_twitters(base: str, family: str) -> None:
    status = urls.parse_status(f"/quay_cat/status/{ID}", base=base)
    assert status is not None
    assert (status.tweet_id, status.username, status.family) == (ID, "quay_cat", family)


def test_button_on_a_page_of_twitters() -> None:
    status = urls.parse_status(f"/intent/like?tweet_id={ID}", base="https://twitter.com/quay_cat")
    assert status is not None
    assert status.kind == "intent"


@pytest.mark.parametrize("base", [None, "https://mastodon.example/@quay_cat", "", "status"])
def test_path_on_another_page(base: str | None) -> None:
    assert urls.parse_status(f"/quay_cat/status/{ID}", base=base) is None


def test_absolute_address_does_not_need_the_page() -> None:
    assert urls.parse_status(STATUS, base="https://example.org/") == urls.parse_status(STATUS)
    assert urls.parse_status(STATUS.removeprefix("https:"), base="https://nitter.net/") == urls.parse_status(STATUS)


def test_a_longer_string_is_no_address() -> None:
    assert urls.parse_status(f"{STATUS}?{'a' * (urls.LONGEST_URL - len(STATUS) - 1)}") is not None
    assert urls.parse_status(f"{STATUS}?{'a' * (urls.LONGEST_URL - len(STATUS))}") is None


# ------------------------------------------------------------------------------------------------ canonical, look-alike


def test_canonical_url() -> None:
    assert urls.canonical_url(ID, "quay_cat") == STATUS
    assert urls.canonical_url(ID) == f"https://twitter.com/i/status/{ID}"


@pytest.mark.parametrize(
    ("host", "lookalike"),
    [
        ("nottwitter.com", True),
        ("twitter.com.example.org", True),
        ("x.com.example.org", True),
        ("twitter.com", False),
        ("netflix.com", False),
        ("mastodon.example", False),
    ],
)
def test_lookalike_hosts(host: str, lookalike: bool) -> None:
    assert urls.is_lookalike(f"https://{host}/quay_cat/status/{ID}") is lookalike
    assert not urls.is_lookalike(f"https://{host}/quay_cat")


# ------------------------------------------------------------------------------------------------ in a text


def found(text: str) -> list[tuple[str, str]]:
    return [(text[f.start : f.end], f.status.tweet_id) for f in urls.find_status_urls(text)]


NOT_IN_TEXTS = {"escaped for HTML: slashes", "upper case path"}
READ = [case for case in CASES if case["status"] and case["case"] not in NOT_IN_TEXTS]
REFUSED = [case for case in CASES if not case["status"]]


@pytest.mark.parametrize("case", READ, ids=[case["case"] for case in READ])
def test_every_form_is_found_in_a_text(case: dict[str, Any]) -> None:
    text = f'Read ("{case["url"].strip()}") now.'
    assert [f.status.tweet_id for f in urls.find_status_urls(text)] == [case["status"]["tweet_id"]]


@pytest.mark.parametrize("case", REFUSED, ids=[case["case"] for case in REFUSED])
def test_what_is_no_status_is_not_found_in_a_text(case: dict[str, Any]) -> None:
    assert found(f"Read {case['url']} now.") == []


@pytest.mark.parametrize(
    ("text", "url"),
    [
        (f"Look: {STATUS}.", STATUS),
        (f"Look at ({STATUS}?s=20), friends", f"{STATUS}?s=20"),
        (f"[a tweet]({STATUS}) of mine", STATUS),
        (f"<a href='{STATUS}/photo/1'>", f"{STATUS}/photo/1"),
        (f"见{STATUS}的推文", STATUS),
        (f"word{STATUS}", STATUS),
        (f"twitter.com/quay_cat/status/{ID}", f"twitter.com/quay_cat/status/{ID}"),
        (f"{STATUS}\nnext line", STATUS),
        (f'"{STATUS}\\nnext"', STATUS),
        (f"{STATUS}&quot;,&quot;id&quot;", STATUS),
        (f"url&quot;:&quot;{STATUS}?s=20&quot;", f"{STATUS}?s=20"),
        (f'{{"url":"{STATUS}","id":1}}'.replace("/", "\\/"), STATUS.replace("/", "\\/")),
        (f'{{"url":"{STATUS}"}}'.replace("/", "\\u002F"), STATUS.replace("/", "\\u002F")),
        (f"\\u0022{STATUS}\\u0022".replace("/", "\\u002F"), STATUS.replace("/", "\\u002F")),
        (f"go to https%3A%2F%2Fx.com%2Fquay_cat%2Fstatus%2F{ID}", f"https%3A%2F%2Fx.com%2Fquay_cat%2Fstatus%2F{ID}"),
    ],
)
def test_span_in_a_text(text: str, url: str) -> None:
    assert found(text) == [(url, ID)]


def test_two_urls_glued_together() -> None:
    other = STATUS.replace("4", "5")
    assert found(STATUS + other) == [(STATUS, ID), (other, ID.replace("4", "5"))]
    assert [url for url, _ in found(f"{STATUS} {other}")] == [STATUS, other]


def test_an_archived_url_is_found_whole() -> None:
    text = f"see https://web.archive.org/web/20160820205919/{STATUS} there"
    (one,) = urls.find_status_urls(text)
    assert one.status.archived_at == datetime(2016, 8, 20, 20, 59, 19, tzinfo=UTC)
    assert text[one.start : one.end] == text.split()[1]


# ------------------------------------------------------------------------------------------------ real addresses


@pytest.mark.corpus
def test_real_addresses_of_the_forms_corpus(shared: Path) -> None:
    lines = (shared / "corpus" / "forms" / "examples.jsonl").read_text(encoding="utf-8").splitlines()
    examples = [e for e in map(json.loads, lines) if e["form"].startswith("url/")]
    assert examples
    for example in examples:
        status = urls.parse_status(example["text"])
        read = (status.tweet_id, status.username) if status else (None, None)
        assert read == (example["expect"]["id"], example["expect"]["handle"]), example["text"]


@pytest.mark.corpus
def test_every_labelled_tweet_with_a_url_is_found(shared: Path) -> None:
    """In each tenth page: the status URLs that a plain search for ``status/ID`` finds, ours finds too."""
    lines = (shared / "corpus" / "html_labels.jsonl").read_text(encoding="utf-8").splitlines()[::10]
    wanted = 0
    for page in map(json.loads, lines):
        source = gzip.decompress((shared / "corpus" / page["file"]).read_bytes()).decode("utf-8", "replace")
        ids = {t["id"] for t in [*page["embedded"], *page["linked"]] if t.get("id")}
        ids = {i for i in ids if any(f"status{s}/{i}" in source for s in ("", "es", "\\"))}
        assert ids <= {f.status.tweet_id for f in urls.find_status_urls(source)}, page["file"]
        wanted += len(ids)
    assert wanted > 20
