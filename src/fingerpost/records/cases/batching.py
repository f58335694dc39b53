# SPDX-License-Identifier: AGPL-3.0-or-later
"""One batch of a return's requests as lines for COPY: facts, superseding facts, cases, clocks."""

from datetime import date, datetime
from uuid import UUID

from fingerpost.records.cases import clocks, reading, stages
from fingerpost.records.cases.differing import Difference, Standing, differ
from fingerpost.records.cases.incoming import Incoming, Loaded, Source
from fingerpost.records.foundation import copying
from fingerpost.records.foundation.copying import NULL, cell
from fingerpost.records.foundation.models import Origin
from fingerpost.rules.duties import register
from fingerpost.rules.returns.facts import StatutoryFact

FACT = ("id", "team_id", "person_id", "case_id", "name", "on", "value", "of", "line", "certainty")
SUPERSEDING = ("supersedes_id", "retracts", "reason")
CLOCK = (
    *("id", "team_id", "person_id", "case_id", "duty", "started_on", "due_on", "closed_on", "standing"),
    *("verdict", "days_late", "certainty", "as_at_on"),
)
CASE = ("id", "team_id", "person_id", "officer_id", "request_received_on", "stage", "census_on")


class Batch:
    """Lines for COPY, gathered case by case."""

    def __init__(self, area_id: UUID, by: UUID, at: datetime, source: Source) -> None:
        self.area_id, self.by, self.at, self.source = area_id, by, at, source
        self.done = Loaded()
        self.cases: list[str] = []
        self.facts: list[str] = []
        self.superseding: list[str] = []
        self.clocks: list[str] = []
        self.moved: list[tuple[str, str, date | None, str]] = []
        self.stale: list[Incoming] = []

    def take(self, row: Incoming, held: list[Standing]) -> None:
        source = self.source
        newest = row.census_on is None or row.census_on <= source.census_on
        found = differ(row.facts, held, census_on=source.census_on, newest=newest, again=source.again)
        self.done.unchanged += found.unchanged
        self.done.questions += [(row, question) for question in found.questions]
        census_on = source.census_on if newest else row.census_on
        if row.is_new or found.changes or census_on != row.census_on:
            self._keep(row, held, found, census_on)

    def _keep(self, row: Incoming, held: list[Standing], found: Difference, census_on: date | None) -> None:
        where = f"{row.team_id}\t{row.person_id}\t{row.case_id}\t"
        standing = self._facts(row, held, found, where)
        read = reading.case_of(standing, census_on=census_on)
        answers = clocks.kept(
            read,
            presumed=reading.presumed(standing),
            by_people=reading.by_people(standing),
            census_on=census_on,
        )
        self.clocks += [_clock_line(answer, where) for answer in answers]
        stage = stages.stage_of(read)
        if row.is_new:
            self.cases.append(
                f"{row.case_id}\t{row.team_id}\t{row.person_id}\t{row.officer_id or NULL}\t"
                f"{cell(row.request_received_on)}\t{stage}\t{cell(census_on)}"
            )
        else:
            self.stale.append(row)
            self.moved.append((row.case_id, stage, row.request_received_on, cell(census_on)))

    def _facts(self, row: Incoming, held: list[Standing], found: Difference, where: str) -> list[Standing]:
        """Lines for the facts to write; returns the facts that stand afterwards."""
        gone: set[str] = set()
        fresh: list[Standing] = []
        for new, old in found.changes:
            fact_id = copying.new_id()
            if old is not None:
                gone.add(old.id)
                self._supersede(fact_id, where, new, old)
            elif new is not None:
                self.done.added += 1
                self.facts.append(f"{fact_id}\t{where}{_said(new)}")
            if new is not None:
                fresh.append(_stands(fact_id, row.case_id, new, self.source.census_on))
        return [fact for fact in held if fact.id not in gone and not fact.retracts] + fresh

    def _supersede(self, fact_id: str, where: str, new: StatutoryFact | None, old: Standing) -> None:
        if new is None:
            self.done.taken_back += 1
            said = f"{old.name}\t{NULL}\t{NULL}\t{cell(old.of)}\t{NULL}\tsettled"
            reason = "a newer file of the same year no longer says it"
        else:
            self.done.changed += 1
            said = _said(new)
            reason = "the return says otherwise now"
        taken_back = "t" if new is None else "f"
        self.superseding.append(f"{fact_id}\t{where}{said}\t{old.id}\t{taken_back}\t{reason}")

    def write(self) -> None:
        """One COPY a table, one update of the cases that moved on."""
        area = {"area_id": self.area_id}
        copying.copy("cases_case", CASE, self.cases, constant={**area, "opened_at": self.at})
        whence = {
            "origin": "imported",
            "source": self.source.fingerprint,
            "census_on": self.source.census_on,
            "by_id": self.by,
            "at": self.at,
        }
        copying.copy("cases_fact", FACT, self.facts, constant={**area, **whence, "retracts": False})
        copying.copy("cases_fact", (*FACT, *SUPERSEDING), self.superseding, constant={**area, **whence})
        self._move()
        computed = {"law_version": register.LAW_VERSION, "computed_at": self.at}
        copying.copy("cases_clock", CLOCK, self.clocks, constant={**area, **computed})

    def _move(self) -> None:
        if not self.moved:
            return
        ids, stages_, received, census = map(list, zip(*self.moved, strict=True))
        copying.tell(
            "UPDATE cases_case c SET stage = w.stage, census_on = w.census_on,"
            " request_received_on = coalesce(c.request_received_on, w.received)"
            " FROM unnest(%s::uuid[], %s::text[], %s::date[], %s::date[]) AS w(id, stage, received, census_on)"
            " WHERE c.id = w.id",
            [ids, stages_, received, [None if day == NULL else day for day in census]],
        )
        copying.tell(
            "DELETE FROM cases_clock k USING unnest(%s::uuid[], %s::uuid[], %s::uuid[]) AS w(team, person, id)"
            " WHERE k.team_id = w.team AND k.person_id = w.person AND k.case_id = w.id",
            [
                [row.team_id for row in self.stale],
                [row.person_id for row in self.stale],
                [row.case_id for row in self.stale],
            ],
        )


def _said(fact: StatutoryFact) -> str:
    value = copying.as_json(fact.value)
    return f"{fact.name}\t{cell(fact.on)}\t{value}\t{cell(fact.of)}\t{fact.line}\t{fact.certainty}"


def _stands(fact_id: str, case_id: str, fact: StatutoryFact, census_on: date) -> Standing:
    return Standing(
        fact_id,
        case_id,
        fact.name,
        fact.on,
        fact.value,
        fact.of,
        census_on,
        Origin.IMPORTED,
        fact.certainty,
        retracts=False,
    )


def _clock_line(answer: clocks.Kept, where: str) -> str:
    return (
        f"{copying.new_id()}\t{where}{answer.duty}\t{cell(answer.started_on)}\t{cell(answer.due_on)}\t"
        f"{cell(answer.closed_on)}\t{answer.standing}\t{answer.verdict}\t{cell(answer.days_late)}\t"
        f"{cell(answer.certainty)}\t{cell(answer.as_at_on)}"
    )
