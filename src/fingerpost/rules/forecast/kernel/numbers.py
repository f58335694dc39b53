# SPDX-License-Identifier: Apache-2.0
"""Random numbers inside the engine: `chance` once more, on machine words."""

from typing import Any

import numpy as np

from fingerpost.rules.forecast import chance
from fingerpost.rules.forecast.kernel.arrays import ENTRIES, KEY, OCTETS, VISIT, WORDS, Tables, Work
from fingerpost.rules.forecast.kernel.compiling import Whole, part

ODD, AGAIN, CASE = np.uint64(chance.ODD), np.uint64(chance.VISIT), np.uint64(chance.salt("case"))
U11, U16, U20, U27, U30, U31, U32 = (np.uint64(bits) for bits in (11, 16, 20, 27, 30, 31, 32))
FIELD, ONE = np.uint64(chance.SHARES - 1), np.uint64(1)
_FIRST, _SECOND = np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB)


@part
def mix(number: Any) -> Any:
    number = (number ^ (number >> U30)) * _FIRST
    number = (number ^ (number >> U27)) * _SECOND
    return number ^ (number >> U31)


@part
def block(key: Any, step: Any, visit: Any) -> Any:
    return mix(key + step + np.uint64(visit) * AGAIN)


@part
def field(drawn: Any) -> Any:
    """The lowest of the four 16-bit numbers of a block."""
    return np.int64(drawn & FIELD)


@part
def drawn_for(t: Tables, w: Work, case: Whole, step: Whole) -> Any:
    """The block of a step at this visit of the case."""
    return block(w.words[case * WORDS + KEY], t.salts[step], w.octets[case * OCTETS + VISIT])


@part
def span(t: Tables, table: Any, number: Whole) -> Whole:
    """Minutes or days: the entry of a table that a 16-bit number points at."""
    return np.int64(t.spans[np.int64(table) * ENTRIES + (number >> 6)])
