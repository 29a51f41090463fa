"""Parquet and Arrow files damaged at random places: the process lives, and every row is right or accounted for."""

import io
import random

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tests.torture.damage import THOROUGH, check_the_law
from tweetrecon import readers
from tweetrecon.model import Document, Outcome
from tweetrecon.readers import DEFAULTS, Source

TIMES = 1000 if THOROUGH else 150
"""Of each kind of file."""
WORDS = "harbour flood council bridge night levee rain".split()


def table(rng: random.Random) -> pa.Table:
    html = ["<p>" + " ".join(rng.choices(WORDS, k=rng.randrange(5, 200))) for _ in range(120)]
    return pa.table(
        {
            "url": [f"https://news.example/{n}" for n in range(120)],
            "html": html,
            "date": pa.array([n * 10**6 for n in range(120)], pa.timestamp("us")),
            "tags": [["rain", None]] * 120,
        }
    )


def parquet(rng: random.Random) -> bytes:
    file = io.BytesIO()
    pq.write_table(
        table(rng),
        file,
        row_group_size=50,
        compression=rng.choice(("zstd", "snappy", "none", "gzip", "brotli", "lz4")),
        use_dictionary=rng.random() < 0.5,
        write_page_checksum=True,
        data_page_version=rng.choice(("1.0", "2.0")),
    )
    return file.getvalue()


def arrow(rng: random.Random) -> bytes:
    file, rows = io.BytesIO(), table(rng)
    make = rng.choice((pa.ipc.new_file, pa.ipc.new_stream))
    with make(file, rows.schema) as writer:
        writer.write_table(rows, 50)
    return file.getvalue()


def damaged(data: bytes, rng: random.Random) -> bytes:
    """One byte or several changed or cut out, every second time in the footer, where the file says what it holds."""
    changed = bytearray(data)
    for _ in range(rng.choice((1, 1, 2, 8, 64))):
        place = rng.randrange(len(changed))
        if rng.random() < 0.5:
            place = max(8, len(changed) - 1 - int(rng.expovariate(1 / 600)))
        match rng.randrange(4):
            case 0 | 1:
                changed[place] ^= 1 << rng.randrange(8)
            case 2:
                changed[place : place + 4] = rng.randbytes(4)
            case _:
                del changed[place : place + rng.randrange(1, 50)]
    return bytes(changed)


@pytest.mark.parametrize("make", [parquet, arrow])
def test_damaged_tables(make: object) -> None:
    rng = random.Random(f"tables {make}".split(" at ")[0])
    assert callable(make)
    read_whole = 0
    for number in range(TIMES):
        if number % 10 == 0:
            data = make(rng)
            whole = texts(data)
        broken = damaged(data, rng)
        if make is parquet:  # whose pages bear checksums
            assert texts(broken) <= whole
        else:
            texts(broken)
        read_whole += texts(data) == whole
    assert read_whole == TIMES


def texts(data: bytes) -> set[str]:
    """What is read of a file, whatever it holds."""
    items = list(readers.read_source(Source("a.parquet", data=data), DEFAULTS))
    check_the_law(items)
    return {item.text for item in items if isinstance(item, Document) and item.outcome is not Outcome.REJECTED}
