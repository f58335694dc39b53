# SPDX-License-Identifier: Apache-2.0
"""The log of one replication: who did what on which day; for audit, for drawing the flow, for the twin."""

from fingerpost.rules.forecast.kernel.arrays import Log
from fingerpost.rules.forecast.kernel.compiling import Whole, part

JOINED, STARTED, MARKED, RESTARTED, LEFT = range(5)
WHAT = ("join", "start", "mark", "clock", "end")


@part
def note(log: Log, day: Whole, token: Whole, step: Whole, what: Whole, amount: Whole) -> None:
    at = log.count[0]
    if at < log.lines.shape[0]:
        log.lines[at] = (day, token >> 2, token & 3, step, what, amount)
        log.count[0] = at + 1
