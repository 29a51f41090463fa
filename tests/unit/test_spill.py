"""Partitions in memory and in files."""

from pathlib import Path

import pytest

from tweetrecon.spill import Room, Spill, code


@pytest.mark.parametrize("held", [1, 4, 100])
def test_partitions_give_back_what_was_put_in_its_order(tmp_path: Path, held: int) -> None:
    spill: Spill[int] = Spill(Room(tmp_path, held=held), 3)
    for number in range(20):
        spill.put(number % 3, number)
    assert list(spill.read(1)) == list(range(1, 20, 3))
    assert list(spill.take(1)) == list(range(1, 20, 3))
    assert list(spill.read(1)) == []
    assert sorted(spill.all()) == [number for number in range(20) if number % 3 != 1]


def test_what_is_put_after_taking_is_there() -> None:
    spill: Spill[str] = Spill(Room(held=1), 1)
    spill.put(0, "a", size=5)
    assert list(spill.take(0)) == ["a"]
    spill.put(0, "b", size=5)
    assert list(spill.all()) == ["b"]


def test_files_go_with_the_room(tmp_path: Path) -> None:
    room = Room(tmp_path, held=0)
    spill: Spill[int] = Spill(room, 1)
    spill.put(0, 1)
    assert list(tmp_path.iterdir())
    del spill, room
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(("rows", "partitions"), [(0, 1), (10, 1), (11, 2)])
def test_partitions_are_as_many_as_rows_need(rows: int, partitions: int) -> None:
    assert Room(share=10).partitions(rows) == partitions


def test_codes_tell_texts_apart() -> None:
    assert code(None) == code("") == 0
    assert len({code("a"), code("b"), 0}) == 3
    assert code("\ud800")
