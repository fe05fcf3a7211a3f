"""One function over many values, in several processes."""

import os

import pytest

from microblog.cli.processes import in_processes

MANY = 30_000


def test_many_values_come_back_in_their_order() -> None:
    known = {"offset": 3}  # what the function refers to is there without being sent
    assert list(in_processes(lambda value: value + known["offset"], range(MANY))) == list(range(3, MANY + 3))


@pytest.mark.skipif(os.cpu_count() == 1, reason="one processor needs no second process")
def test_many_values_are_shared_out() -> None:
    assert len(set(in_processes(lambda _: os.getpid(), range(MANY))) - {os.getpid()}) >= 1


def test_few_values_stay_in_this_process() -> None:
    assert set(in_processes(lambda _: os.getpid(), range(10))) == {os.getpid()}


def test_what_a_value_breaks_is_raised_here() -> None:
    with pytest.raises(ZeroDivisionError):
        list(in_processes(lambda value: 1 // (value - 20_000), range(MANY)))
