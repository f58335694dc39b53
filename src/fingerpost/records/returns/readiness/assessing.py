# SPDX-License-Identifier: AGPL-3.0-or-later
"""Checks the return that the record would give today, and says of each finding whose it is."""

import tempfile
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from fingerpost.records.returns.handing_in import export
from fingerpost.records.returns.handing_in.assembling import Assembled
from fingerpost.records.returns.handing_in.export import Officers
from fingerpost.records.returns.survey import Progress
from fingerpost.rules.returns import check, rule_book
from fingerpost.rules.returns.check import Finding, Summary, Watcher
from fingerpost.rules.returns.layout import Layout
from fingerpost.rules.returns.records import PersonRecord

IN_MEMORY = 8 << 20  # a longer return goes to a file of its own, without a name, for as long as it is checked
OF_A_PERSON = frozenset({"Person", "Return"})  # rules whose values tell who a child is
DRAFT = "001"
EVERY = 500


@dataclass(frozen=True, slots=True)
class Seen:
    """One finding, told of the child and the case it lies in instead of a place in a file."""

    person_id: UUID | None
    team_id: UUID | None
    case_id: UUID | None
    rule: str
    level: str
    item: str
    nth: int
    message: str


@dataclass(frozen=True, slots=True)
class Assessed:
    """What the check said."""

    summary: Summary
    seen: tuple[Seen, ...]


@dataclass(frozen=True, slots=True)
class _Whose:
    """One person of the file: the child, the team that holds it, and the case of each request."""

    person_id: UUID | None
    team_id: UUID
    cases: tuple[UUID | None, ...]


@dataclass(slots=True)
class _Attributing:
    """Says of each finding whose it is: the file counts people and their requests as the record gave them."""

    people: list[_Whose]
    progress: Progress
    seen: list[Seen] = field(default_factory=list)
    alike: Counter[tuple[object, ...]] = field(default_factory=Counter)

    def report(self, finding: Finding) -> None:
        """Keep a finding with the child, and the case that its request is or, of the child as a whole, the newest."""
        whose = self.people[finding.person - 1] if finding.person else None
        if whose is None:
            self._add(finding, None, None, None)
            return
        case_id = whose.cases[finding.request - 1] if finding.request else _last(whose)
        self._add(finding, whose.person_id, whose.team_id, case_id if whose.person_id else None)

    def watchers(self, _layout: Layout) -> Iterable[Watcher]:
        return (self.past,)

    def past(self, person: PersonRecord) -> None:
        """Say now and then how far it is."""
        if not person.ordinal % EVERY:
            self.progress("checking", person.ordinal, len(self.people))

    def _add(
        self, finding: Finding, person_id: UUID | None, team_id: UUID | None, case_id: UUID | None
    ) -> None:
        key = (person_id, case_id, finding.rule, finding.item)
        self.alike[key] += 1
        said = (finding.rule, finding.level, finding.item, self.alike[key], discreet(finding))
        self.seen.append(Seen(person_id, team_id, case_id, *said))


def assess(*, area_id: UUID, year: int, on: date, at: datetime, progress: Progress) -> Assessed:
    """Write the return as it would be today, read it back by the rule book, and forget the file."""
    people: list[_Whose] = []
    with tempfile.SpooledTemporaryFile(max_size=IN_MEMORY) as file:

        def watch(one: Assembled) -> None:
            people.append(_Whose(one.person_id, one.team_id, one.cases))
            if not len(people) % EVERY:
                progress("assembling", len(people), 0)

        officers = export.officers_known(area_id, year) or Officers()
        export.write(
            file, area_id=area_id, year=year, on=on, serial=DRAFT, at=at, officers=officers, watch=watch
        )
        file.seek(0)
        attributing = _Attributing(people, progress)
        summary = check.check(file, attributing.report, watch=attributing.watchers)  # type: ignore[arg-type]
    return Assessed(summary, tuple(attributing.seen))


def _last(whose: _Whose) -> UUID | None:
    """A finding about the child as a whole is mended on the newest case."""
    return next((case for case in reversed(whose.cases) if case), None)


def discreet(finding: Finding) -> str:
    """The finding's words; what is written in the record stays in the record where it tells who a child is."""
    written = f"{finding.item} {finding.value}"
    if rule_book.rules()[finding.rule].record in OF_A_PERSON and finding.person and finding.value:
        return finding.item + finding.message.removeprefix(written)
    return finding.message
