# SPDX-License-Identifier: Apache-2.0
"""Where the longest-waiting tenth begins, as `kept.tenth_from` says it, without holding Python up meanwhile."""

from typing import Any

import numpy as np

from fingerpost.rules.forecast.kernel.compiling import whole


@whole
def tenths(ages: Any, found: Any, share: float, bin_days: int) -> None:
    """Days for every kind and month; whatever it hangs on is handed in, so that the cache needs no other name."""
    for kind in range(ages.shape[0]):
        for month in range(ages.shape[1]):
            total = 0.0
            for count in ages[kind, month]:
                total += count
            found[kind, month] = np.nan
            wanted, below = share * total, 0.0
            for at in range(ages.shape[2]):
                inside = ages[kind, month, at]
                if inside > 0 and below + inside >= wanted:
                    found[kind, month] = bin_days * (at + (wanted - below) / inside)
                    break
                below += inside
