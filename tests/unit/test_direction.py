"""Direction of texts by Twitter's rule, against Twitter's own ``dir`` attributes; bidi controls."""

import gzip
import html
import json
import re
from pathlib import Path

import pytest

from tweetrecon.twitter import direction


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "ltr"),
        ("Ferry back at noon", "ltr"),
        ("استؤنفت حركة العبّارات", "rtl"),
        ("המעבורת חוזרת", "rtl"),
        ("𞤀𞤣𞤤𞤢𞤥", "rtl"),
        ("Ferry عبّارة is back at the north pier", "ltr"),
        ("عبّارة @quay_cat_of_north https://t.co/a1B2c3D4e5 pic.twitter.com/a1B2c3D4e5", "rtl"),
        ("RT @harbour_desk: عبّارة", "rtl"),
        ("عبّارة #ferry_of_the_north_pier_again", "ltr"),  # hashtags count
        ("سلام" + "a" * 9, "rtl"),  # 4 of 13 are 30.8 %
        ("سلام" + "a" * 10, "ltr"),  # 4 of 14 are 28.6 %
        ("سلام" + "🐈" * 4, "rtl"),
        ("سلام" + "🐈" * 5, "ltr"),  # an emoji counts two, as in JavaScript
        ("\u200f\u200f\u200fFerry", "ltr"),
        ("https://t.co/a1B2c3D4e5", "ltr"),
    ],
)
def test_text_dir(text: str, expected: str) -> None:
    assert direction.text_dir(text) == expected


@pytest.mark.parametrize(
    ("text", "characters", "balanced"),
    [
        ("plain", "", True),
        ("marks \u200e\u200f only", "", True),
        ("\u202eabc\u202c", "\u202e\u202c", True),
        ("\u2067a\u202bb\u202c\u2069", "\u2067\u202b\u202c\u2069", True),
        ("\u202eabc", "\u202e", False),
        ("abc\u202c", "\u202c", False),
        ("abc\u2069", "\u2069", False),
        ("\u2068a\u202eb\u2069", "\u2068\u202e\u2069", False),
        ("\u2066a\u202c\u2069", "\u2066\u202c\u2069", False),
        ("\u202ea\nb\u202c", "\u202e\u202c", False),
        ("\u202ba\u202c\n\u202bb\u202c", "\u202b\u202c\u202b\u202c", True),
    ],
)
def test_bidi_controls(text: str, characters: str, balanced: bool) -> None:
    controls = direction.bidi_controls(text)
    assert (controls.characters, controls.balanced) == (characters, balanced)
    assert bool(controls) is bool(characters)


@pytest.mark.corpus
def test_agrees_with_twitters_own_direction(shared: Path) -> None:
    """The ``<p lang=… dir=…>`` of real embed codes: Twitter computed it when the code was made."""
    paragraph = re.compile(r'<p lang="\w+" dir="(ltr|rtl)">(.{0,3000}?)</p>', re.DOTALL)
    seen: dict[str, int] = {"ltr": 0, "rtl": 0}
    with gzip.open(shared / "corpus" / "posts" / "posts.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            for expected, markup in paragraph.findall(json.loads(line)["html"]):
                text = html.unescape(re.sub(r"<[^>]+>", "", markup))
                assert direction.text_dir(text) == expected, text
                seen[expected] += 1
    assert min(seen.values()) >= 5
