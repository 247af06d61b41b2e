"""Remembered steps: worked out again where something that they read differs, and only there; never a stale number."""

from collections import Counter
from dataclasses import dataclass
from functools import cached_property

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.batch.sweep.memory import Memory, fingerprint, open_remembered, remembering
from helpers.intake.held import held


@dataclass(frozen=True)
class Log:
    """A thing that holds answers."""

    size: int


@held
def twice(log):
    return 2 * log.size


class Toy:
    """A small case whose steps count how often they are worked out."""

    worked_out: Counter = Counter()

    def __init__(self, values):
        self.values, self.log = values, values["log"] * 10

    @cached_property
    def rounded(self):
        self.worked_out["rounded"] += 1
        return self.values["fine"] // 10

    @cached_property
    def dear(self):
        self.worked_out["dear"] += 1
        return self.rounded + self.log

    @cached_property
    def either(self):
        return self.values["a"] if self.values["which"] else self.values["b"]

    @cached_property
    def keeper(self):
        return self.values

    @cached_property
    def function(self):
        at = self.values["a"]
        return lambda: at

    def chapter(self):
        self.worked_out["chapter"] += 1
        return {"dear": self.dear, "either": self.either}

    @property
    def total(self):
        return self.dear + self.either + self.chapter()["dear"] + self.keeper["b"] + self.function() + self.signed

    @cached_property
    def signed(self):
        return str(self.values["zero"]).count("-")


FIRST = {"log": 1, "fine": 11, "a": 1, "b": 2, "which": True, "zero": 0.0}


@pytest.fixture
def toys():
    """A function from values to the toy remembered, all with one memory."""
    Toy.worked_out = Counter()
    memory = Memory()
    kind = remembering(Toy, memory, {"log": lambda values: values["log"] * 10})
    return lambda **changed: open_remembered(kind, FIRST | changed, memory)


def test_what_reads_nothing_that_differs_is_worked_out_once(toys):
    assert [toys(b=b).dear for b in range(5)] == [11] * 5
    assert Toy.worked_out == {"rounded": 1, "dear": 1}


def test_a_step_whose_inputs_come_out_the_same_is_not_worked_out_again(toys):
    assert [toys(fine=fine).dear for fine in (11, 12, 13)] == [11] * 3
    assert Toy.worked_out == {"rounded": 3, "dear": 1}


def test_what_is_read_may_depend_on_what_was_read(toys):
    assert [toys(which=which, a=a, b=b).either for which in (True, False) for a in (1, 5) for b in (2, 6)] == [1, 1, 5, 5, 2, 6, 2, 6]


def test_methods_are_remembered_as_well(toys):
    assert toys().chapter() == toys(zero=3.0).chapter() and Toy.worked_out["chapter"] == 1


def test_what_keeps_the_parameters_or_can_not_be_fingerprinted_is_never_remembered(toys):
    assert [toys(b=b).keeper["b"] for b in (1, 2)] == [1, 2] and [toys(a=a).function() for a in (1, 2, 1)] == [1, 2, 1]


def test_minus_zero_is_not_zero(toys):
    assert [toys(zero=zero).signed for zero in (0.0, -0.0)] == [0, 1]


def test_a_fingerprint_is_of_what_a_thing_is_not_of_what_it_was_asked_before():
    one, other = Log(7), Log(7)
    assert twice(one) == 14 and fingerprint(one) == fingerprint(other) != fingerprint(Log(8))
    assert fingerprint([one, 0.0]) == fingerprint([other, 0.0]) != fingerprint([other, -0.0])


@given(st.lists(st.fixed_dictionaries({"log": st.integers(0, 2), "fine": st.integers(0, 40), "a": st.integers(0, 2), "b": st.integers(0, 2), "which": st.booleans(), "zero": st.sampled_from([0.0, -0.0])}), max_size=40))
def test_whatever_comes_before_the_result_is_the_same_as_without_memory(many):
    memory = Memory()
    kind = remembering(Toy, memory, {"log": lambda values: values["log"] * 10})
    assert [open_remembered(kind, values, memory).total for values in many] == [Toy(values).total for values in many]


def test_a_step_that_fails_is_asked_again(toys):
    with pytest.raises(TypeError):
        toys(fine=None).dear  # noqa: B018
    assert toys().dear == 11
