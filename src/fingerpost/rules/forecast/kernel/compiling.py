# SPDX-License-Identifier: Apache-2.0
"""How the engine is compiled: every part becomes one machine routine with the parts it calls, and no Python inside.

No reference counts (`_nrt`): nothing is allocated in here, and counting arrays up and down took a third of the time.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from numba import njit, types
from numba.core import cgutils
from numba.extending import intrinsic

from fingerpost.rules.forecast import chance

Whole = Any  # a whole number, of whatever width the machine has chosen
Part = TypeVar("Part", bound=Callable[..., Any])
Made = TypeVar("Made", bound=Callable[..., Any])
OPTIONS: dict[str, Any] = {"nogil": True, "boundscheck": False, "_nrt": False}
WHOLE: dict[str, Any] = {"cache": True, "no_cfunc_wrapper": True}
# Nothing calls a part from outside: without its two doors for that, everything compiles in a third of the time.
INSIDE: dict[str, Any] = {"forceinline": True, "no_cpython_wrapper": True, "no_cfunc_wrapper": True}
ROOM = Path(__file__).parents[1]
SOURCES = sorted(
    [*Path(__file__).parent.glob("*.py"), *(ROOM / f"{name}.py" for name in ("chance", "plan", "sums"))]
)


def part(function: Part) -> Part:
    """A part of the engine, melted into whatever calls it."""
    made: Part = njit(**OPTIONS, **INSIDE)(function)
    return made


def whole(function: Made) -> Made:
    """The engine itself, kept on disk from one process to the next."""
    made: Made = njit(**OPTIONS, **WHOLE)(function)
    return made


def stamp() -> int:
    """A number that changes with any line that is compiled.

    Numba looks at the file of the cached routine alone; the routine holds this number, so that nothing compiled can
    outlive a change to one of its parts.
    """
    return chance.salt(*(path.read_text("utf-8") for path in SOURCES)) >> 1


def _lowest(_context: Any, _word: Any) -> Any:
    """The place of the lowest bit that is set: one instruction."""

    def generate(_c: Any, builder: Any, _s: Any, arguments: Any) -> Any:
        return builder.cttz(arguments[0], cgutils.true_bit)

    return types.uint64(types.uint64), generate


lowest: Any = intrinsic(_lowest)
