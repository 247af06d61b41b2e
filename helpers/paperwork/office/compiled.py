"""Compilation that is paid for once: numba's machine code is kept beside the source, or wherever this user may write."""

import numba


def compiled(function):
    """The function, compiled at its first call; kept for later processes wherever numba finds a folder that it may write to."""
    try:
        return numba.njit(cache=True, nogil=True)(function)
    except RuntimeError:  # no such folder: each process compiles for itself
        return numba.njit(nogil=True)(function)
