"""What is worked out once must be what would be worked out again, and no longer than what it came from stays as it was."""

from dataclasses import dataclass

import pytest

from helpers.intake.held import MOST_ANSWERS, held, read_once


@dataclass(frozen=True)
class Numbers:
    """Data without a hash, as a frame is."""

    all: list


@pytest.fixture
def counted():
    """A held function that counts its calls."""
    calls = []

    @held
    def total(numbers, factor=1, *more):
        calls.append(factor)
        return [factor * sum(numbers.all), *more]

    return total, calls


def test_the_same_question_is_answered_once(counted):
    total, calls = counted
    numbers = Numbers([1, 2])
    assert total(numbers) is total(numbers) and total(numbers, 3) == [9] and total(numbers, factor=3) == [9]
    assert calls == [1, 3, 3]


def test_other_data_is_another_question_though_it_looks_alike(counted):
    total, calls = counted
    assert total(Numbers([1])) == total(Numbers([1])) and calls == [1, 1]


def test_what_has_no_hash_is_worked_out_each_time(counted):
    total, calls = counted
    numbers = Numbers([1])
    assert total(numbers, 1, [2]) == total(numbers, 1, [2]) == [1, [2]] and calls == [1, 1]


@pytest.fixture
def reading(tmp_path):
    """A function that reads the one file of a folder, and the folder's file."""
    file = tmp_path / "events.csv"
    file.write_text("first")

    @read_once(tmp_path)
    def read(values):
        path = values["log_file"] or file
        return [path.read_text(), values["time_zone"]]

    return read, file


def test_the_shipped_log_is_read_again_only_for_what_changes_it(reading):
    read, file = reading
    first = read({"log_file": "", "time_zone": "UTC", "seed": 1})
    assert read({"log_file": "", "time_zone": "UTC", "seed": 2}) is first
    assert read({"log_file": "", "time_zone": "Asia/Shanghai", "seed": 1}) == ["first", "Asia/Shanghai"]
    assert read({"log_file": "", "time_zone": "UTC", "seed": 1}) is first
    file.write_text("second")
    assert read({"log_file": "", "time_zone": "UTC", "seed": 1}) == ["second", "UTC"]


def test_a_log_of_ones_own_is_always_read(reading):
    read, file = reading
    values = {"log_file": file, "time_zone": "UTC"}
    assert read(values) == read(values) and read(values) is not read(values)


def test_no_more_answers_are_held_than_a_long_sweep_has_room_for(counted):
    total, calls = counted
    numbers = Numbers([1])
    first = total(numbers, 0)
    for factor in range(1, MOST_ANSWERS):
        total(numbers, factor)
    assert total(numbers, 0) is first
    total(numbers, MOST_ANSWERS)
    assert total(numbers, 0) is not first and len(calls) == MOST_ANSWERS + 2
