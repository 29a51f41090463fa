"""A dataset that tweet archives complete, and looks at it from outside."""

from pathlib import Path

import pytest

from tweetrecon import pipeline, readers
from tweetrecon.store import open_dataset

ROOT, FIRST, SECOND, THIRD = (f"10674{n}000000000001" for n in (31, 32, 33, 34))
STRANGER, QUOTED, SOURCE, LATER = (f"10674{n}000000000001" for n in (36, 20, 21, 37))

ARTICLE = f"""<html><title>Flood</title><body>
<p>The warning came early.</p>
<blockquote class="twitter-tweet"><p lang="en">The second gauge is under water now. 2/3</p>&mdash; Mira K (@mira_k)
<a href="https://twitter.com/mira_k/status/{SECOND}">November 27, 2018</a></blockquote>
<p>Others repeated it.</p>
<blockquote class="twitter-tweet"><p lang="en">RT @river_watch: Gauge seven reports four metres and rising, keep away
from the banks tonight</p>&mdash; Ola P (@ola_p)
<a href="https://twitter.com/ola_p/status/{LATER}">November 27, 2018</a></blockquote>
</body></html>"""


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """A dataset of one article: the second of three tweets, and a retweet known by its text alone."""
    article = tmp_path / "article.html"
    article.write_text(ARTICLE, encoding="utf-8")
    pipeline.run(readers.find([article]), tmp_path / "out")
    return tmp_path / "out"


def archived(out: Path) -> set[str]:
    rows = open_dataset(out).sightings.select(["tweet_id", "role"]).to_pylist()
    return {row["tweet_id"] for row in rows if row["role"] == "archived"}


def contents(out: Path) -> dict[str, bytes]:
    return {p.relative_to(out).as_posix(): p.read_bytes() for p in sorted(out.rglob("*")) if p.is_file()}
