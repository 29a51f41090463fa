"""Lines that only look like a tweet's: other services, authors, credits, lists, mails, code, in 27 languages."""

import json
from collections.abc import Iterator
from pathlib import Path

from tweetrecon.extraction import extract
from tweetrecon.model import Document, Role

CASES = Path(__file__).parents[1] / "conformance" / "not_tweets.jsonl"
AROUND = (
    "{}",
    "The council met on Tuesday.\n\n{}\n\nThe mayor disagreed.",
    "It was late.\n{}\nHe left.",
)


def look_alikes() -> Iterator[tuple[str, str]]:
    """(language, text) of each case, alone and among prose."""
    for line in CASES.read_text(encoding="utf-8").splitlines():
        case = json.loads(line)
        for prose in AROUND:
            yield case["lang"], prose.replace("{}", case["text"])


def shows_tweet(language: str, text: str) -> bool:
    document = Document(document_id="x", source_uri="x", text=text, language=language)
    return any(s.role is Role.EMBEDDED for s in extract(document).sightings)


def test_nothing_that_only_looks_like_a_tweet_is_taken_for_one() -> None:
    cases = list(look_alikes())
    assert len(cases) > 1500
    assert [text for language, text in cases if shows_tweet(language, text)] == []
