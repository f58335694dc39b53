# SPDX-License-Identifier: AGPL-3.0-or-later
"""The EHC pathway of the benchmark written once in SimPy: an independent witness of every case's every milestone day.

It shares with the engine the tables of a plan and the function that gives a number for a question; the passing of
days, the queues and the meeting of branches are SimPy's. For timing it takes Python's own cheap random numbers.
"""

import heapq
import random
from collections.abc import Generator
from typing import Any

import simpy

from fingerpost.rules.forecast import chance
from fingerpost.rules.forecast import plan as table
from fingerpost.rules.forecast.plan import Plan

Steps = Generator[Any, Any, None]
Reached = tuple[int, str, int]  # case, step, day
EVENING = 0.5  # pools work after everybody who comes today has come


class County:
    """One replication."""

    def __init__(self, plan: Plan, key: int, *, keyed: bool = True) -> None:
        self.plan, self.key = plan, key
        self.dice = None if keyed else random.Random(key)
        self.env = simpy.Environment()
        self.number = {name: at for at, name in enumerate(plan.names.steps)}
        self.rows, self.spans = plan.steps.tolist(), plan.spans.tolist()
        self.salts = plan.salts.tolist()
        self.desks: list[list[tuple[int, int, int, int, simpy.Event]]] = [[] for _ in plan.names.pools]
        self.reached: list[Reached] = []
        self.cases = 0

    def run(self) -> list[Reached]:
        """All days."""
        self.env.process(self._requests())
        for pool in range(len(self.desks)):
            self.env.process(self._pool(pool))
        self.env.run(until=self.plan.days)
        return self.reached

    # ---- chance

    def _numbers(self, key: int, step: int) -> int:
        return chance.block(key, self.salts[step], 0) if self.dice is None else self.dice.getrandbits(64)

    def _come(self, day: int) -> int:
        ordinal = self.plan.first_ordinal + day
        stream = int(self.plan.stream_salt[0])
        number = (
            chance.unit(chance.block(self.key, stream, ordinal)) if self.dice is None else self.dice.random()
        )
        share = total = float(self.plan.none_come[0, day])
        come, rate = 0, float(self.plan.rates[0, day])
        while number >= total:
            come += 1
            share *= rate / come
            total += share
        return come

    # ---- who comes and who works

    def _requests(self) -> Steps:
        for day in range(self.plan.days):
            for nth in range(self._come(day)):
                stream = int(self.plan.stream_salt[0])
                uid = chance.arrival_uid(stream, self.plan.first_ordinal + day, nth)
                self.env.process(self._case(self.cases, chance.case_key(self.key, uid), day))
                self.cases += 1
            yield self.env.timeout(1)

    def _pool(self, pool: int) -> Steps:
        balance, desk = 0, self.desks[pool]
        yield self.env.timeout(EVENING)
        for day in range(self.plan.days):
            balance += int(self.plan.capacity[pool, day])
            while balance > 0 and desk:
                *_, minutes, started = heapq.heappop(desk)
                balance -= minutes
                started.succeed()
            balance = min(balance, 0)
            yield self.env.timeout(1)

    # ---- what happens to one child

    def _work(self, name: str, case: int, key: int, clock: int) -> Steps:
        step = self.number[name]
        row, numbers = self.rows[step], self._numbers(key, step)
        day, started = int(self.env.now), self.env.event()
        rule = int(self.plan.pool_rule[row[table.POOL]])
        priority = (day, clock, clock + row[table.DUE], clock + row[table.DUE])[rule]
        minutes = self.spans[row[table.HOURS]][(numbers & 0xFFFF) >> 6]
        entry = (priority, day, case, minutes, started)
        heapq.heappush(self.desks[row[table.POOL]], entry)
        yield started
        yield self.env.timeout(self.spans[row[table.DAYS]][(numbers >> 16 & 0xFFFF) >> 6] - EVENING)

    def _delay(self, name: str, key: int) -> Steps:
        step = self.number[name]
        yield self.env.timeout(
            self.spans[self.rows[step][table.DAYS]][(self._numbers(key, step) & 0xFFFF) >> 6]
        )

    def _yes(self, name: str, key: int) -> bool:
        step = self.number[name]
        return bool((self._numbers(key, step) & 0xFFFF) < self.rows[step][table.SHARE])

    def _note(self, case: int, name: str) -> None:
        self.reached.append((case, name, int(self.env.now)))

    def _case(self, case: int, key: int, clock: int) -> Steps:
        yield from self._work("decide", case, key, clock)
        self._note(case, "decided")
        if not self._yes("assess", key):
            if not self._yes("refused", key):
                self._note(case, "stands")
                return
            yield from self._delay("hearing", key)
            yield from self._work("appeal", case, key, clock)
            if not self._yes("overturned", key):
                self._note(case, "stands")
                return
        advice = [
            self.env.process(self._work("ep", case, key, clock)),
            self.env.process(self._work("health", case, key, clock)),
            self.env.process(self._delay("social", key)),
        ]
        yield self.env.all_of(advice)
        yield from self._work("draft", case, key, clock)
        if not self._yes("needs-plan", key):
            self._note(case, "no-plan")
            return
        yield from self._delay("consultation", key)
        yield from self._work("final", case, key, clock)
        self._note(case, "issued")
