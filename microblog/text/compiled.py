"""Loops over numbers, compiled: where a step depends on the one before, arrays cannot take the place of a loop."""

from collections.abc import Callable
from typing import Any, TypeVar, cast

from numba import njit

F = TypeVar("F", bound=Callable[..., Any])


def compiled(function: F) -> F:
    """`function` as machine code: compiled when first called, kept beside its module for the next process.

    It gives up the interpreter's lock, so threads run it side by side.
    """
    try:
        return cast("F", njit(nogil=True, cache=True)(function))
    except RuntimeError:  # neither the module's folder nor the user's can be written: compiled anew in each process
        return cast("F", njit(nogil=True)(function))
