# SPDX-License-Identifier: Apache-2.0
"""Counts what the official measures are made of, one person at a time. Tallies of several returns add up."""

from array import array
from collections import Counter
from collections.abc import Collection, Mapping
from datetime import date, timedelta

from fingerpost.rules.returns import ages, placement_columns
from fingerpost.rules.returns.facts import is_open
from fingerpost.rules.returns.layout import Layout
from fingerpost.rules.returns.records import (
    ActivePlanRecord,
    AssessmentRecord,
    NamedPlanRecord,
    PersonRecord,
    RequestRecord,
    SettingRecord,
)
from fingerpost.rules.returns.rule_book import Establishment, is_active

SIX_WEEKS, FOUR_WEEKS = timedelta(days=42), timedelta(days=28)
SIXTEEN_WEEKS, TWENTY_WEEKS, A_YEAR = timedelta(days=112), timedelta(days=140), timedelta(days=364)
DECISIONS = {
    "Y": "requests_decided_to_assess",
    "N": "requests_decided_not_to_assess",
    "A": "requests_decision_not_made",
    "W": "requests_withdrawn",
}
TOGETHER = 10_000  # names noted before they are counted: a list takes one faster than a table of counts
REVIEW_OUTCOMES = {"A": "outcome_amend", "C": "outcome_cease", "M": "outcome_maintan", None: "no_outcome"}


class Tally:
    """The counts of one return. With `keep`, the ordinals behind those counts are kept as well."""

    def __init__(
        self,
        layout: Layout,
        register: Mapping[str, Establishment] | None = None,
        keep: Collection[str] = (),
    ) -> None:
        self.year = layout.year
        self.census = layout.census_on
        self.start, self.end = layout.activity_from, layout.activity_to
        self.register = register
        self.members: dict[str, array[int]] = {name: array("I") for name in keep}
        self._counts: Counter[str] = Counter()
        self._waiting: list[str] = []
        self.add = self._waiting.append  # counts the person at hand under a name

    @property
    def counts(self) -> Counter[str]:
        """How many stand under each name."""
        self._counts.update(self._waiting)
        self._waiting.clear()
        return self._counts

    def watch(self, person: PersonRecord) -> None:
        """Count one person and everything that hangs on them."""
        if self.members or len(self._waiting) > TOGETHER:
            self.counts  # noqa: B018
        self._person_and_all(person)
        for name in self._waiting if self.members else ():
            if name in self.members:
                self.members[name].append(person.ordinal)

    def _person_and_all(self, person: PersonRecord) -> None:
        for request in person.requests:
            self._request(request)
            assessment = request.assessment
            if assessment is not None:
                self._assessment(assessment, request)
                if assessment.plan is not None:
                    self._plan(assessment.plan, assessment, request, person)

    def _in_year(self, on: date | None) -> bool:
        return on is not None and self.start <= on <= self.end

    # -- requests ---------------------------------------------------------------------------------------------------

    def _request(self, request: RequestRecord) -> None:
        add, received, decided = self.add, request.received_on, request.outcome_on
        if received is not None and self._in_year(received):
            add("requests_received_in_year")
            add(DECISIONS.get(request.outcome, "requests_of_history"))
            if request.rya:
                add("requests_rya")
            self._request_matters(request)
        if request.outcome in ("Y", "N") and decided is not None and self._in_year(decided):
            self._decided(request, decided)

    def _request_matters(self, request: RequestRecord) -> None:
        self._matters(
            request.mediation, request.tribunal, "mediation_related_request", "tribunal_related_request"
        )
        if request.mediation and request.tribunal:
            self.add("tribunal_after_mediation_request")

    def _decided(self, request: RequestRecord, decided: date) -> None:
        if request.received_on is not None and decided >= request.received_on:
            self.add("requests_decided_in_year")
            in_time = decided - request.received_on <= SIX_WEEKS
            self.add("request_outcome_six_weeks" if in_time else "request_outcome_over_6_weeks")

    def _matters(self, mediation: bool | None, tribunal: bool | None, held: str, registered: str) -> None:
        if mediation:
            self.add(held)
        if tribunal:
            self.add(registered)
            self.add("appeals_in_return")

    # -- assessments ------------------------------------------------------------------------------------------------

    def _assessment(self, a: AssessmentRecord, request: RequestRecord) -> None:
        if a.outcome == "Y":
            self._decided_to_issue(a, request)
        elif a.outcome == "N" and self._in_year(a.outcome_on):
            self._not_issued(a, request)
        elif a.outcome == "W" or (a.outcome == "A" and self._in_year(a.outcome_on)):
            self.add("assess_in_year")
            self.add("assess_withdrawn" if a.outcome == "W" else "assess_not_made")
        if a.mediation or a.tribunal:
            self._matters(a.mediation, a.tribunal, "number_assess_mediation", "number_assess_tribunal")
            if a.mediation and a.tribunal:
                self.add("number_asssess_mediation_tribunal")
        if a.other_mediation or a.other_tribunal:
            self._matters(
                a.other_mediation, a.other_tribunal, "number_other_mediation", "number_other_tribunal"
            )
            if a.other_mediation and a.other_tribunal:
                self.add("number_other_mediation_tribunal")

    def _decided_to_issue(self, a: AssessmentRecord, request: RequestRecord) -> None:
        if a.outcome_on is None:
            self.add("decided_not_yet_issued")
        elif self._in_year(a.outcome_on):
            self.add("assess_in_year")
            self.add("assess_issued")
            self._twenty_weeks(a.outcome_on, request.received_on, a.week20 is True)

    def _not_issued(self, a: AssessmentRecord, request: RequestRecord) -> None:
        self.add("assess_in_year")
        self.add("assess_not_issued")
        if (
            a.outcome_on is not None
            and request.received_on is not None
            and a.outcome_on >= request.received_on
        ):
            self.add("not_issued_with_dates")
            in_time = a.outcome_on - request.received_on <= SIXTEEN_WEEKS
            self.add("outcome_decision_within_time" if in_time else "outcome_decision_over_time")

    def _twenty_weeks(self, issued: date, received: date | None, exception: bool) -> None:
        """Exceptions drop out of numerator and denominator alike, also when the plan was in time."""
        if received is None or issued < received:
            self.add("issued_without_dates")
            return
        took, add = issued - received, self.add
        band = "gt_1_year" if took > A_YEAR else "gt20weeks_ltYear"
        add("plans_issued_den")
        self._days("days_to_issue", took)
        add("plans_issued_within_20_weeks" if took <= TWENTY_WEEKS else f"plans_issued_{band}")
        if not exception:
            add("plans_issued_den_ex")
            self._days("days_to_issue_ex", took)
            add("plans_issued_20_weeks_ex" if took <= TWENTY_WEEKS else f"plans_issued_{band}_ex")

    def _days(self, name: str, took: timedelta) -> None:
        self.add(name)
        self._counts[name] += took.days - 1

    # -- plans ------------------------------------------------------------------------------------------------------

    def _plan(
        self, plan: NamedPlanRecord, a: AssessmentRecord, request: RequestRecord, person: PersonRecord
    ) -> None:
        moved_in = request.active is not None and request.active.transfer_la is not None
        if self._in_year(plan.started_on) and a.outcome != "H" and not moved_in:
            self.add("new_ehc_plans")
        if self._in_year(plan.ceased_on):
            self.add("total_ceased")
            self.add(f"ceased_{plan.cease_reason or 'none'}")
        if is_active(plan, self.census):
            self._active(plan, request.active, person)

    def _active(self, plan: NamedPlanRecord, active: ActivePlanRecord | None, person: PersonRecord) -> None:
        add = self.add
        add("ehcplans")
        self._person(plan, person)
        if plan.pb:
            self._budget(plan)
        expected = plan.started_on is not None and plan.started_on < self.start
        add("review_expected" if expected else "review_not_expected")
        if active is None:
            add("need:unknown")
            add("place:placement_unknown")
            if expected:
                add("no_review_meeting")
                add("review_not_completed")
            return
        self._needs(active)
        self._placements(active, person)
        if expected:
            self._review(active)
        self._phase(active)

    def _person(self, plan: NamedPlanRecord, person: PersonRecord) -> None:
        born, started = person.birth_on, plan.started_on
        age = ages.school_age(born, self.census) if born is not None else "unknown"
        self.add(f"age:{age}")
        self.add(f"sex:{person.sex or 'unknown'}")
        self.add(f"ethnicity:{person.ethnicity or 'unknown'}")
        if started is not None:
            self.add(f"years:{self.census.year - started.year}")

    def _budget(self, plan: NamedPlanRecord) -> None:
        self.add("personal_budget")
        if plan.oa:
            self.add("org_arrangments")
        if plan.dp is not None:
            self.add(f"pb_{plan.dp}")

    def _needs(self, active: ActivePlanRecord) -> None:
        """Down syndrome stood inside 'other' until the 2025 release."""
        first = next((need.kind for need in active.needs if need.rank == 1), None)
        if first == "DS" and self.year <= 2025:
            first = "OTH"
        self.add(f"need:{(first or 'unknown').lower()}")

    def _placements(self, active: ActivePlanRecord, person: PersonRecord) -> None:
        census = self.census
        main: SettingRecord | None = None
        for placement in active.placements:
            if is_open(placement, census):
                if main is None and placement.rank == 1:
                    main = placement
                self._stay(placement.res, placement.wbp)
        if self.year == 2023:
            self._stay(active.res, active.wbp)
        self.add("place:" + placement_columns.column(main, person.birth_on, census, self.register))

    def _stay(self, res: str | None, wbp: str | None) -> None:
        if res is not None:
            self.add(f"res_{res}")
            self.add("res_total")
        if wbp is not None:
            self.add(f"wbp_{wbp}")
            self.add("wbp_total")

    # -- reviews ----------------------------------------------------------------------------------------------------

    def _review(self, active: ActivePlanRecord) -> None:
        meeting, decision = active.review_meeting_on, active.last_review_on
        if decision is not None:
            self.add(f"review_decision_{self._when(decision)}")
            self.add("review_completed_in_year" if decision >= self.start else "review_completed_prior")
        else:
            self.add("review_not_completed")
        if meeting is None:
            self.add("no_review_meeting")
            return
        self.add("total_review_meeting")
        self.add(f"review_meeting_{self._when(meeting)}")
        self.add(REVIEW_OUTCOMES[active.review_outcome])
        if decision is None or decision < meeting:
            waits = "not_due" if self.census - meeting <= FOUR_WEEKS else "outstanding"
            self.add(f"review_decision_{waits}")
        else:
            self.add("decisions_with_meeting")
            in_time = decision - meeting <= FOUR_WEEKS
            self.add("number_decsion_4weeks" if in_time else "number_decision_gt_4weeks")

    def _when(self, on: date) -> str:
        if on > self.end:
            return "census_year"
        return "activity_year" if on >= self.start else "prior"

    def _phase(self, active: ActivePlanRecord) -> None:
        for name, on in (("due", active.phase_due_on), ("final", active.phase_final_on)):
            if on is not None and on.year in (self.year - 1, self.year):
                self.add(f"phase_{name}_{'census' if on.year == self.year else 'activity'}_year")
