# SPDX-License-Identifier: Apache-2.0
"""The books of the plain-Python engine: its cases, what is counted of them, and the log of one replication."""

from dataclasses import dataclass, field

from fingerpost.rules.forecast import plan as table
from fingerpost.rules.forecast import sums as column
from fingerpost.rules.forecast.plan import Plan
from fingerpost.rules.forecast.sums import BIN_DAYS, BINS, Sums, empty

Event = tuple[int, int, int, int, str, int]  # day, case, place, step, what, amount


@dataclass(slots=True)
class Case:
    """One child's way through the pathway."""

    number: int
    key: int
    clock: int
    district: int
    band: int
    excepted: bool
    watched: int
    visit: int = 0
    to_meet: int = 0
    steps: list[int] = field(default_factory=lambda: [0, 0, 0])
    joined: list[int] = field(default_factory=lambda: [0, 0, 0])


class Books:
    """The sums of one replication as they grow."""

    def __init__(self, plan: Plan, *, log: bool) -> None:
        self.plan, self.steps = plan, plan.steps.tolist()
        self.month_ends, self.month_of = plan.month_ends.tolist(), plan.month_of.tolist()
        self.out: Sums = empty(plan, 1)
        self.events: list[Event] | None = [] if log else None

    def log(self, *event: *Event) -> None:
        """One line: day, case, place, step, what, amount."""
        if self.events is not None:
            self.events.append(event)

    def _ends_between(self, first: int, last: int) -> list[tuple[int, int]]:
        """(month, its last day) for the months that end within these days, both included."""
        return [(at, end) for at, end in enumerate(self.month_ends) if first <= end <= last]

    def waited(self, case: Case, place: int, day: int) -> None:
        """The case leaves a queue: count the month ends it waited on."""
        row = self.steps[case.steps[place]]
        for month, end in self._ends_between(case.joined[place], day - 1):
            cell = self.out.waiting[0, row[table.POOL], month, case.district]
            cell[column.WAITING] += 1
            cell[column.WAITING_LATE] += row[table.DUE] > 0 and end > case.clock + row[table.DUE]
            age = end - case.joined[place]
            cell[column.WAITED] += age
            self.out.waiting_ages[0, row[table.POOL], month, min(age // BIN_DAYS, BINS - 1)] += 1

    def settle(self, case: Case, day: int) -> None:
        """The case is no longer open for its milestone: count the month ends it was open on."""
        if case.watched == table.NONE:
            return
        target = self.plan.names.targets[case.watched]
        for month, end in self._ends_between(case.clock, day - 1):
            cell = self.out.open[0, case.watched, month, case.district]
            cell[column.OPEN] += 1
            cell[column.OPEN_LATE] += end > case.clock + target
            age = min((end - case.clock) // BIN_DAYS, BINS - 1)
            self.out.open_ages[0, case.watched, month, age] += 1
        case.watched = table.NONE

    def mark(self, case: Case, step: int, day: int) -> None:
        """The case reaches a milestone."""
        row = self.steps[step]
        milestone, days = row[table.MILESTONE], day - case.clock
        if milestone == case.watched:
            self.settle(case, day)
        within = row[table.TARGET] == 0 or days <= row[table.TARGET]
        cell = self.out.marks[0, milestone, self.month_of[day], case.district]
        cell[column.ALL] += 1
        cell[column.IN_TIME] += within
        cell[column.PLAIN] += not case.excepted
        cell[column.PLAIN_IN_TIME] += within and not case.excepted
        cell[column.DAYS] += days
        age = min(days // BIN_DAYS, BINS - 1)
        self.out.mark_ages[0, milestone, self.month_of[day], age] += 1
        self.log(day, case.number, 0, step, "mark", days)
