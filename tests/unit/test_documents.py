"""In which direction documents show tweets."""

import numpy as np
import pytest

from tweetrecon.threads.documents import Places, directions
from tweetrecon.threads.nodes import Nodes, Times

DAY = 86400.0


def direction(days: list[float], authors: list[int] | None = None) -> int:
    """That of one document that shows tweets of these days, in this order; by one author unless told."""
    count = len(days)
    nodes, numbers = Nodes(count), np.arange(count)
    nodes.author[:] = authors or 1
    nodes.set_times(0, Times(np.array(days) * DAY, np.full(count, DAY), np.zeros(count, dtype=bool)))
    found: list[int] = directions(Places(np.zeros(count, dtype=np.int64), numbers, numbers), nodes).tolist()
    return found[0]


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        pytest.param([1, 1, 1], 1, id="one day tells nothing"),
        pytest.param([1, 1, 2, 2], 1, id="oldest first, days that follow each other"),
        pytest.param([2, 2, 1, 1], -1, id="newest first, days that follow each other"),
        pytest.param([9, 5, 1], -1, id="newest first, days far apart"),
        pytest.param([1, 5, 1], 0, id="no order"),
        pytest.param([6, 5, 4, 3, 4, 2, 1], -1, id="one day shifted"),
        pytest.param([5, np.nan, 1], -1, id="one without a day"),
    ],
)
def test_days_tell_the_direction_of_a_document(days: list[float], expected: int) -> None:
    assert direction(days) == expected


def test_days_that_follow_each_other_prove_nothing_where_many_speak() -> None:
    assert direction([2, 1, 1], [1, 2, 3]) == 1
    assert direction([9, 1, 1], [1, 2, 3]) == -1
