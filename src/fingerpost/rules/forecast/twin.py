# SPDX-License-Identifier: Apache-2.0
"""The plain-Python engine: the same rules as the kernel, written to be read, day by day and case by case.

It is what runs where Numba cannot, and what the kernel is checked against.
"""

import heapq
from collections import defaultdict
from collections.abc import Callable

from fingerpost.rules.forecast import chance
from fingerpost.rules.forecast import plan as table
from fingerpost.rules.forecast import sums as column
from fingerpost.rules.forecast.plan import Plan
from fingerpost.rules.forecast.sums import Sums
from fingerpost.rules.forecast.twin_books import Books, Case

Block = Callable[[int, int, int], int]
CASE = chance.salt("case")


class Twin:
    """One replication."""

    def __init__(self, plan: Plan, key: int, *, block: Block = chance.block, log: bool = False) -> None:
        self.plan, self.key, self.block = plan, key, block
        self.books = Books(plan, log=log)
        self.cases: list[Case] = []
        self.ending: dict[int, list[tuple[int, int]]] = defaultdict(list)
        self.queues: list[list[tuple[int, int, int, int, int]]] = [[] for _ in plan.capacity]
        self.balances = [0 for _ in plan.capacity]
        self.standing = [0] * (len(plan.names.steps) + 1)
        self.steps = plan.steps.tolist()
        self.salts = plan.salts.tolist()
        self.spans = plan.spans.tolist()
        self.month_ends = plan.month_ends.tolist()
        self.month_of = plan.month_of.tolist()
        self.pool_of = {int(q): pool for pool, row in enumerate(plan.queue_of) for q in row}

    def run(self) -> Sums:
        """All days from first to last."""
        self._open_cases()
        for day in range(self.plan.days):
            for number, place in sorted(self.ending.pop(day, [])):
                case = self.cases[number]
                step = case.steps[place]
                self.standing[step] -= 1
                self._go(case, place, self.steps[step][table.NEXT], day)
            self._requests(day)
            for queue in range(len(self.queues)):
                self._serve(queue, day)
            if self.month_ends[self.month_of[day]] == day:
                self.books.out.standing[0, self.month_of[day]] = self.standing
        self._close()
        return self.books.out

    # ---- cases come

    def _open_cases(self) -> None:
        for number, (clock, district, flags, watched, tokens) in enumerate(self.plan.live.tolist()):
            key = chance.case_key(self.key, int(self.plan.live_uid[number]))
            band, excepted = flags & ~table.EXCEPTED, flags >= table.EXCEPTED
            case = Case(number, key, clock, district, band, excepted, watched, to_meet=tokens)
            self.cases.append(case)
        for number, place, step, joined, started in self.plan.tokens.tolist():
            case = self.cases[number]
            self.standing[-1] += place == 0 and self.steps[step][table.COUNT]
            if self.steps[step][table.OP] == table.WORK and not started:
                self._join(case, place, step, joined)
            else:
                self._rest(case, place, step, self._left(case, step, -joined))

    def _left(self, case: Case, step: int, elapsed: int) -> int:
        """The day a delay ends that has run for some days: drawn from what is longer than that."""
        row = self.steps[step]
        numbers = self.block(case.key, self.salts[step], 0)
        drawn = chance.field(numbers, 1 if row[table.OP] == table.WORK else 0)
        longer = [days for days in self.spans[row[table.DAYS]] if days > elapsed]
        return longer[drawn * len(longer) >> 16] - elapsed if longer else 1

    def _requests(self, day: int) -> None:
        plan = self.plan
        ordinal = plan.first_ordinal + day
        for stream, stream_salt in enumerate(plan.stream_salt.tolist()):
            come = self._poisson(stream, day, chance.unit(self.block(self.key, stream_salt, ordinal)))
            for nth in range(come):
                key = chance.case_key(self.key, chance.arrival_uid(stream_salt, ordinal, nth))
                numbers = self.block(key, CASE, 0)
                district = _first_above(plan.district_ends.tolist(), chance.field(numbers, 0))
                band = _first_above(plan.band_ends.tolist(), chance.field(numbers, 1))
                excepted = chance.field(numbers, 2) < int(plan.excepted[stream])
                watched = int(plan.stream_milestone[stream])
                case = Case(len(self.cases), key, day, district, band, excepted, watched)
                self.cases.append(case)
                self.books.out.arrived[0, stream, self.month_of[day], district] += 1
                self._go(case, 0, int(plan.stream_step[stream]), day)

    def _poisson(self, stream: int, day: int, number: float) -> int:
        rate, chance_of = float(self.plan.rates[stream, day]), float(self.plan.none_come[stream, day])
        come, total = 0, chance_of
        while number >= total and come < 4096:
            come += 1
            chance_of *= rate / come
            total += chance_of
        return come

    # ---- cases go on

    def _go(self, case: Case, place: int, step: int, day: int) -> None:
        """Follow the steps that take no time until the case rests, meets or leaves."""
        row = self.steps[step]
        op = row[table.OP]
        if op == table.WORK:
            self.books.log(day, case.number, place, step, "join", 0)
            self._join(case, place, step, day)
        elif op == table.DELAY:
            numbers = self.block(case.key, self.salts[step], case.visit)
            self._rest(case, place, step, day + self.spans[row[table.DAYS]][chance.field(numbers, 0) >> 6])
        elif op == table.BRANCH:
            drawn = chance.field(self.block(case.key, self.salts[step], case.visit), 0)
            yes = drawn < row[table.SHARE]
            self._go(case, place, row[table.NEXT if yes else table.OTHER], day)
        elif op == table.FORK:
            case.to_meet = row[table.COUNT]
            self.standing[-1] += 1
            for branch, to in enumerate(
                (row[table.NEXT], row[table.OTHER], row[table.THIRD])[: case.to_meet]
            ):
                self._go(case, branch, to, day)
        elif op == table.JOIN:
            case.to_meet -= 1
            if case.to_meet <= 0:
                self.standing[-1] -= 1
                self._go(case, 0, row[table.NEXT], day)
        elif op == table.MARK:
            self.books.mark(case, step, day)
            self._go(case, place, row[table.NEXT], day)
        elif op == table.CLOCK:
            self.books.settle(case, day)
            case.clock, case.visit, case.watched = day, (case.visit + 1) & 255, row[table.MILESTONE]
            self.books.log(day, case.number, 0, step, "clock", 0)
            self._go(case, place, row[table.NEXT], day)
        else:
            self.books.settle(case, day)
            self.books.out.ended[0, row[table.OTHER], self.month_of[day]] += 1
            self.books.log(day, case.number, 0, step, "end", 0)

    def _rest(self, case: Case, place: int, step: int, until: int) -> None:
        case.steps[place] = step
        self.standing[step] += 1
        if until < self.plan.days:
            self.ending[until].append((case.number, place))

    def _join(self, case: Case, place: int, step: int, day: int) -> None:
        row = self.steps[step]
        case.steps[place], case.joined[place] = step, day
        self.standing[step] += 1
        rule = int(self.plan.pool_rule[row[table.POOL]])
        if rule == 0:
            priority = day
        elif rule == 1:
            priority = case.clock
        else:
            weight = int(self.plan.band_weight[case.band]) if rule == 3 else 0
            priority = case.clock + row[table.DUE] - weight
        entry = (int(self.plan.band_order[case.band]), priority, day, case.number, place)
        heapq.heappush(self.queues[int(self.plan.queue_of[row[table.POOL], case.district])], entry)

    # ---- pools work

    def _serve(self, queue: int, day: int) -> None:
        offered = int(self.plan.capacity[queue, day])
        minutes = self.books.out.minutes[0, self.pool_of[queue], self.month_of[day]]
        minutes[column.OFFERED] += offered
        self.balances[queue] += offered
        while self.balances[queue] > 0 and self.queues[queue]:
            *_, number, place = heapq.heappop(self.queues[queue])
            taken = self._start(self.cases[number], place, day)
            self.balances[queue] -= taken
            minutes[column.USED] += taken
        if self.balances[queue] > 0:
            minutes[column.LOST] += self.balances[queue]
            self.balances[queue] = 0

    def _start(self, case: Case, place: int, day: int) -> int:
        step = case.steps[place]
        row = self.steps[step]
        numbers = self.block(case.key, self.salts[step], case.visit)
        taken: int = self.spans[row[table.HOURS]][chance.field(numbers, 0) >> 6]
        self.books.waited(case, place, day)
        self.standing[step] -= 1
        self._rest(case, place, step, day + self.spans[row[table.DAYS]][chance.field(numbers, 1) >> 6])
        self.books.log(day, case.number, place, step, "start", taken)
        return taken

    # ---- the end

    def _close(self) -> None:
        """The horizon: whoever still waits or is open is counted up to its last day."""
        for queue in self.queues:
            for *_, number, place in queue:
                self.books.waited(self.cases[number], place, self.plan.days)
        for case in self.cases:
            self.books.settle(case, self.plan.days)


def _first_above(ends: list[int], drawn: int) -> int:
    """The first place whose upper threshold is above the number; past the last, the place of nobody else."""
    return next((at for at, end in enumerate(ends) if drawn < end), len(ends))


def simulate(plan: Plan, key: int, *, block: Block = chance.block) -> Sums:
    """The sums of one replication."""
    return Twin(plan, key, block=block).run()
