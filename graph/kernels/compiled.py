"""Compilation: how kernels become machine code, once for a machine, and what they may be called with."""

from collections.abc import Callable
from functools import cached_property, update_wrapper
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

type Pointers = NDArray[np.int64]
type Places = NDArray[np.int32]


def kernel[F: Callable[..., Any]](function: F) -> F:
    """Compile a function of arrays: kept on disk between runs, without the interpreter's lock.

    Another dtype means another compilation of seconds, inside a request: see `expect_links`.
    """
    return cast("F", _Kernel(function))


class _Kernel:
    """A function that is compiled when it is first called, here or by another kernel; numba loads slowly."""

    def __init__(self, function: Callable[..., Any]) -> None:
        self._function = function
        update_wrapper(self, function)

    @cached_property
    def _compiled(self) -> Any:
        from numba import njit  # noqa: PLC0415 - a twentieth of the start

        return njit(cache=True, nogil=True)(self._function)

    @property
    def _numba_type_(self) -> Any:
        """What numba takes this for where another kernel names it."""
        from numba import typeof  # noqa: PLC0415 - see above

        return typeof(self._compiled)

    def __call__(self, *arguments: Any) -> Any:
        return self._compiled(*arguments)


def expect_links(indptr: Pointers, indices: Places) -> None:
    """Refuse links of other types than those the kernels are compiled for.

    >>> expect_links(np.zeros(1, np.int32), np.zeros(0, np.int32))
    Traceback (most recent call last):
    TypeError: indptr: expected int64 in C order, got int32
    """
    for name, array, wanted in (("indptr", indptr, np.int64), ("indices", indices, np.int32)):
        if array.dtype != wanted or not array.flags.c_contiguous:
            raise TypeError(f"{name}: expected {np.dtype(wanted)} in C order, got {array.dtype}")


def locked[A: np.ndarray[Any, Any]](array: A) -> A:
    """Make an array read-only: kernels are compiled for arrays that nobody writes to."""
    view = array.view()
    view.setflags(write=False)
    return view
