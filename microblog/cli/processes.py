"""One function over many values, in a process for each processor."""

import os
import signal
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_all_start_methods, get_context
from typing import Any, TypeVar

A = TypeVar("A")
B = TypeVar("B")

_WORTH_IT = 20_000  # values; below that, sending them over costs more than it saves
_learned: list[Callable[[Any], Any]] = []  # in a process of the pool, what it is to do


def in_processes(function: Callable[[A], B], values: Sequence[A]) -> Iterable[B]:
    """What `function` makes of each value, in their order; here where they are few or processes cannot be forked.

    A forked process has everything the function refers to, so only values and results are sent.
    """
    processors = os.cpu_count() or 1
    if len(values) < _WORTH_IT or processors == 1 or "fork" not in get_all_start_methods():
        return map(function, values)
    with ProcessPoolExecutor(processors, get_context("fork"), initializer=_learn, initargs=(function,)) as pool:
        return list(pool.map(_do, values, chunksize=1 + len(values) // (4 * processors)))


def _learn(function: Callable[[Any], Any]) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # who interrupts the command interrupts the process that waits
    _learned.append(function)


def _do(value: Any) -> Any:
    return _learned[0](value)
