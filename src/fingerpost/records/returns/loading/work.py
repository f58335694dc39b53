# SPDX-License-Identifier: AGPL-3.0-or-later
"""Gathers the rows of one batch for the rooms below: cases, plans, placements, and what is held for review."""

from collections import Counter
from collections.abc import Mapping, Sequence

from fingerpost.records.cases import loading as cases_loading
from fingerpost.records.cases.differing import Question
from fingerpost.records.cases.incoming import Incoming as CaseIncoming
from fingerpost.records.foundation import copying
from fingerpost.records.foundation.copying import plain
from fingerpost.records.placements import loading as placements_loading
from fingerpost.records.plans import loading as plans_loading
from fingerpost.records.returns import rows, said
from fingerpost.records.returns.loading import requests
from fingerpost.records.returns.loading.children import Matched
from fingerpost.records.returns.loading.job import Job, One
from fingerpost.records.returns.loading.requests import HeldCase
from fingerpost.rules.returns import doubts
from fingerpost.rules.returns.facts import facts_of
from fingerpost.rules.returns.records import PersonRecord, RequestRecord

HELD = ("id", "team_id", "person_id", "case_id", "pattern", "line", "question", "offer", "about")
RECORD = ("id", "team_id", "person_id", "line", "record", "cases")
MISSED = ("missing from the earlier return", "moved in", "issued this year on")


class Work:
    """Gathers the rows of one batch for the rooms below."""

    def __init__(self, job: Job, matched: Sequence[Matched], counts: Counter[str]) -> None:
        self.job, self.counts = job, counts
        old = [(one.child.team_id, one.child.id) for one in matched if not one.is_new and not one.apart]
        self.held_cases = requests.held(job.area_id, old)
        self.held_plans = plans_loading.known(old)
        self.asked = _asked_before(old)
        self.cases: list[CaseIncoming] = []
        self.plans: list[plans_loading.Incoming] = []
        self.placements: list[placements_loading.Incoming] = []
        self.records: list[str] = []
        self.items: dict[tuple[str, str, int], str] = {}

    def take(self, one: One, match: Matched) -> None:
        child = match.child
        for question in match.questions:
            self._ask(child.team_id, child.id, None, question)
        if match.apart:  # whose it is nobody knows: kept for whoever opens the door, on no child
            self._keep(one.record, self.job.place_of(one.record).team_id.hex, None, {})
            return
        cases = self.held_cases.setdefault(child.id, [])
        by_line = self._requests(one, match, cases)
        self._keep(one.record, child.team_id, child.id, by_line)
        self._doubts(one, match, by_line)

    def _keep(
        self, record: PersonRecord, team_id: str, person_id: str | None, by_line: Mapping[int, HeldCase]
    ) -> None:
        cases = {str(line): case.id for line, case in by_line.items()}
        self.records.append(
            copying.line((copying.new_id(), team_id, person_id, record.line, said.as_json(record), cases))
        )

    def _requests(self, one: One, match: Matched, cases: list[HeldCase]) -> dict[int, HeldCase]:
        """Line of each request loaded -> its case."""
        used: set[str] = set()
        by_line: dict[int, HeldCase] = {}
        for request in one.record.requests:
            belongs = requests.belongs(request, cases, used)
            if belongs.question:
                self._ask(match.child.team_id, match.child.id, None, belongs.question)
            if belongs.case is None:
                continue
            used.add(belongs.case.id)
            by_line[request.line] = belongs.case
            self._case(one, match, request, belongs)
            if belongs.is_new:
                cases.append(belongs.case)
        return by_line

    def _case(self, one: One, match: Matched, request: RequestRecord, belongs: requests.Belongs) -> None:
        child, case, job = match.child, belongs.case, self.job
        assert case is not None  # noqa: S101
        facts = facts_of(request, one.record, job.header)
        if match.in_doubt:
            facts = tuple(fact for fact in facts if fact.name != "date_of_birth")
        officer = match.placing.officer_id if match.placing else None
        self.cases.append(
            CaseIncoming(
                case_id=case.id,
                person_id=child.id,
                team_id=child.team_id,
                is_new=belongs.is_new,
                request_received_on=request.received_on,
                facts=facts,
                officer_id=officer.hex if officer else None,
                census_on=case.census_on,
            )
        )
        if request.assessment is not None and request.assessment.plan is not None:
            self._plan(match, request, belongs, case)

    def _plan(
        self, match: Matched, request: RequestRecord, belongs: requests.Belongs, case: HeldCase
    ) -> None:
        child, held = match.child, self.held_plans.get(case.id)
        plan_id = str(held[0]) if held else copying.new_id()
        keys = {"plan_id": plan_id, "person_id": child.id, "team_id": child.team_id}
        self.plans.append(
            plans_loading.Incoming(
                **keys,
                case_id=case.id,
                is_new=held is None,
                values=rows.plan_values(request, self.job.schools),
                needs=rows.needs(request),
            )
        )
        self.placements.append(
            placements_loading.Incoming(**keys, placements=rows.placements(request, self.job.schools))
        )
        if belongs.is_new and self._should_have_been_there(request):
            message = "the plan began before the earlier return's census day, which did not hold it"
            question = Question("not-in-earlier-return", request.line, message, MISSED)
            self._ask(child.team_id, child.id, case.id, question)

    def _should_have_been_there(self, request: RequestRecord) -> bool:
        assessment, active, before = request.assessment, request.active, self.job.earlier_census_on
        if before is None or assessment is None or assessment.plan is None or assessment.outcome != "H":
            return False
        started, moved_in = assessment.plan.started_on, active is not None and active.transfer_la is not None
        return started is not None and started <= before and not moved_in

    def _doubts(self, one: One, match: Matched, by_line: Mapping[int, HeldCase]) -> None:
        """The doubts of the record, each on the case that its line lies in."""
        new_lines = {line for line, case in by_line.items() if case.census_on is None}
        for doubt in (*doubts.in_record(one.record, self.job.header), *one.doubts):
            line = max((line for line in by_line if line <= doubt.line), default=None)
            if doubt.pattern == "history-started-this-year" and line not in new_lines:
                continue  # an earlier return holds this plan: it was amended, not issued
            case_id = by_line[line].id if line is not None else None
            question = Question(doubt.pattern, doubt.line, doubt.message, doubt.choices)
            self._ask(match.child.team_id, match.child.id, case_id, question)

    def _ask(self, team_id: str, person_id: str, case_id: str | None, question: Question) -> None:
        """Hold one question, unless an earlier file or line has asked the same."""
        key = (person_id, question.pattern, question.line)
        if key in self.items or (person_id, question.pattern, question.message) in self.asked:
            return
        self.counts[f"held: {question.pattern}"] += 1
        words = (
            question.pattern,
            question.line,
            question.message,
            list(question.choices),
            question.about or {},
        )
        self.items[key] = copying.line((copying.new_id(), team_id, person_id, case_id, *words))

    def write(self) -> None:
        job = self.job
        shared = {"area_id": job.area_id, "by": job.by, "at": job.at, "source": job.source}
        cases = cases_loading.load(self.cases, **shared)  # type: ignore[arg-type]
        plans = plans_loading.load(self.plans, held=self.held_plans, **shared)  # type: ignore[arg-type]
        placed = placements_loading.load(self.placements, **shared)  # type: ignore[arg-type]
        for row, question in cases.questions:
            self._ask(row.team_id, row.person_id, row.case_id, question)
        self._copy()
        self.counts.update(
            {
                "cases added": sum(row.is_new for row in self.cases),
                "facts added": cases.added,
                "facts changed": cases.changed,
                "facts taken back": cases.taken_back,
                "facts unchanged": cases.unchanged,
                "plans added": plans.added,
                "plans changed": plans.changed,
                "plans unchanged": plans.unchanged,
                "placements added": placed,
            }
        )

    def _copy(self) -> None:
        constant = {"area_id": self.job.area_id, "file_id": self.job.file_id}
        copying.copy("returns_sourcerecord", RECORD, self.records, constant=constant)
        opened = {**constant, "state": "open", "decision": "", "reason": ""}
        copying.copy("returns_helditem", HELD, list(self.items.values()), constant=opened)


def _asked_before(pairs: Sequence[tuple[str, str]]) -> set[tuple[str, str, str]]:
    """Questions about these children that stand, or were decided, already."""
    if not pairs:
        return set()
    found = copying.ask(
        "SELECT h.person_id::text, h.pattern, h.question FROM unnest(%s::uuid[], %s::uuid[]) AS w(team, person)"
        " JOIN returns_helditem h ON h.team_id = w.team AND h.person_id = w.person",
        [[team for team, _ in pairs], [person for _, person in pairs]],
    )
    return {(plain(person_id), pattern, question) for person_id, pattern, question in found}
