# SPDX-License-Identifier: Apache-2.0
"""Reading many records without the rounds of the garbage collector: they hold no circles, so it finds nothing there."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def without_rounds() -> Iterator[None]:
    """A tenth to a quarter of the time. For the whole process: where it does one thing at a time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
