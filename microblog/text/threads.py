"""Compiled loops over parts of the work, one thread a processor."""

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

T = TypeVar("T", bound=np.generic)

_WORTH_IT = 10_000  # below that, starting a thread costs more than it saves


def in_parts(work: Callable[[slice], NDArray[T]], count: int) -> NDArray[T]:
    """What `work` finds for 0 … count, part by part, put together in order."""
    parts = min(os.cpu_count() or 1, 1 + count // _WORTH_IT)
    bounds = [count * part // parts for part in range(parts + 1)]
    with ThreadPoolExecutor(parts) as pool:
        return np.concatenate(list(pool.map(work, (slice(start, stop) for start, stop in pairwise(bounds)))))
