# SPDX-License-Identifier: AGPL-3.0-or-later
"""Two counts of assessments past 20 weeks, and what lies between them.

Those that wait, by the lives of the newest return, as the press counts them; and those whose legal clock runs, as the
caseload counts them. After a refusal the law's 20 weeks no longer run, though the child waits; and a request that the
newest return leaves out still runs until somebody decides what became of it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from fingerpost.demo.tally import past_twenty_weeks
from fingerpost.rules.returns.records import PersonRecord, RequestRecord

Key = tuple[str, str, date, date | None]


@dataclass(frozen=True, slots=True)
class Overdue:
    """How many, and why the two counts differ."""

    waiting: int  # by the lives of the newest return
    after_a_refusal: int  # of those: a refusal is on record, so no clock of 20 weeks runs
    left_out: int  # not among those: still open in the return before, and absent from the newest

    @property
    def on_the_clock(self) -> int:
        return self.waiting - self.after_a_refusal + self.left_out


def counted(returns: Mapping[int, Iterable[PersonRecord]]) -> Overdue:
    """Returns by year. A request is known by its child and the day it was received, as the importer knows it."""
    refused: set[Key] = set()
    open_before: set[Key] = set()
    waiting: set[Key] = set()
    for year in sorted(returns):
        seen = {_key(person, request): request for person in returns[year] for request in person.requests}
        refused |= {key for key, request in seen.items() if request.outcome == "N"}
        open_before = (open_before | waiting) - set(seen)
        waiting = {key for key, request in seen.items() if past_twenty_weeks(request)}
    return Overdue(len(waiting), len(waiting & refused), len(open_before - refused))


def _key(person: PersonRecord, request: RequestRecord) -> Key:
    return person.surname, person.forename, person.birth_on, request.received_on
