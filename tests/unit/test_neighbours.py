"""Status URLs beside bylines in texts."""

import pytest

from tweetrecon.extraction import extract
from tweetrecon.model import Document, Role, Sighting

URL = "https://twitter.com/ada_quill/status/1002637001554841600"
TWEET = "Keep the bridge, all of you!\n\n— Ada Quill (@Ada_Quill) {day}"


def shown(text: str) -> list[Sighting]:
    return [s for s in extract(Document(document_id="x", source_uri="x", text=text)).sightings if not s.chain_position]


@pytest.mark.parametrize("text", [f"It was late.\n\n{URL}\n\n{TWEET}\n\nEnd.", f"It was late.\n\n{TWEET}\n{URL}\n"])
def test_a_url_beside_a_byline_of_its_author_and_day_gives_the_id(text: str) -> None:
    (tweet,) = shown(text.format(day="June 1, 2018"))
    assert (tweet.tweet_id, tweet.role, tweet.also_forms) == (URL[-19:], Role.EMBEDDED, ("bare_url_text",))
    assert tweet.text == "Keep the bridge, all of you!"


@pytest.mark.parametrize(
    "text",
    [
        f"{TWEET}\n\nSee {URL}",
        f"{TWEET}\n\n{URL.replace('ada_quill', 'bo_b')}",
        f"{TWEET.replace('{day}', 'June 2, 2018')}\n\n{URL}",
    ],
)
def test_others_stay_apart(text: str) -> None:
    assert [s.tweet_id for s in shown(text.format(day="June 1, 2018"))] == [None, URL[-19:]]
