# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the return of one year says of each life, as at its census day and in the scope of that year."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime

from fingerpost.demo.figures import AREA, CENSUS_DAYS
from fingerpost.demo.lives import Child, Plan, Request, Stay, age_on, known
from fingerpost.demo.placements import SETTINGS
from fingerpost.rules.returns.records import (
    ActivePlanRecord,
    AssessmentRecord,
    Header,
    NamedPlanRecord,
    NeedRecord,
    PersonRecord,
    RequestRecord,
    SettingRecord,
)

IN_A_PLAN = ("EHE", "OLA", "OPA", "OTH", "EYP")


def header(year: int) -> Header:
    return Header(
        collection="SEN2",
        year=year,
        census_on=CENSUS_DAYS[year],
        la=AREA,
        serial="001",
        made_at=datetime(year, 2, 20, 9, 30),  # noqa: DTZ001 - the return's own moment has no zone
        software="Fingerpost made-up children",
        dmo="Y",
        dco="Y",
        dsco="R" if year >= 2025 else None,
        release="Shaped on published figures",
    )


def persons(children: tuple[Child, ...], year: int) -> Iterator[PersonRecord]:
    """Everybody in scope of that return, in the order of names."""
    painter = Painter(year)
    ordinal = 0
    for child in sorted(children, key=lambda c: (c.surname, c.forename, c.birth_on)):
        requests = tuple(r for r in (painter.request(child, request) for request in child.requests) if r)
        if requests:
            ordinal += 1
            yield painter.person(child, requests, ordinal)


class Painter:
    """Draws records as at one census day."""

    def __init__(self, year: int) -> None:
        self.year = year
        self.census = CENSUS_DAYS[year]
        self.first = date(year - 1, 1, 1)

    def person(self, child: Child, requests: tuple[RequestRecord, ...], ordinal: int) -> PersonRecord:
        return PersonRecord(
            ordinal=ordinal,
            line=0,
            surname=child.surname,
            forename=child.forename,
            birth_on=child.birth_on,
            sex=child.sex,
            ethnicity=child.ethnicity,
            postcode=child.postcode,
            upn=child.upn,
            upn_unknown=child.upn_missing,
            requests=requests,
        )

    def request(self, child: Child, request: Request) -> RequestRecord | None:
        if request.held_from > self.year or (request.received_on and request.received_on > self.census):
            return None
        outcome = self._outcome(request)
        if outcome is None:
            return None
        if outcome in "AW":
            return self._requested(request, outcome)
        if request.moved_on and request.moved_on <= self.census:
            exported = replace(self._requested(request, outcome), exported=request.moved_to)
            return exported if request.moved_on >= self.first else None
        return self._assessed(child, request, outcome)

    def _outcome(self, request: Request) -> str | None:
        """What had been decided on census day: H for an earlier year, None for what is out of scope."""
        if request.decision in ("A", "H"):
            return request.decision
        if request.decision == "W":
            return self._withdrawn(known(request.withdrawn_on))
        if request.decided_on is None:
            return "H"
        if request.decided_on > self.census:
            return "A"
        if request.decided_on >= self.first:
            return request.decision
        return "H" if request.decision == "Y" or request.assessment else None

    def _withdrawn(self, on: date) -> str | None:
        if on > self.census:
            return "A"
        return "W" if on >= self.first else None

    def _requested(self, request: Request, outcome: str) -> RequestRecord:
        told = outcome in ("Y", "N")
        return RequestRecord(
            received_on=request.received_on,
            source=request.source if outcome != "H" and self.year >= 2025 else None,
            rya=request.in_custody if outcome != "H" else None,
            outcome=outcome,
            outcome_on=request.decided_on if told else None,
            mediation=request.mediation if told else None,
            tribunal=request.tribunal if told else None,
        )

    def _assessed(self, child: Child, request: Request, outcome: str) -> RequestRecord | None:
        record = self._requested(request, outcome)
        plan = request.plan
        if plan and plan.held_from <= self.year:
            if plan.ceased_on and plan.ceased_on < self.first:
                return None
            return replace(
                record, assessment=self._made(child, request, plan), active=self._active(child, plan)
            )
        if request.assessment == "H":
            return None
        if request.assessment == "N" and request.assessed_on and request.assessed_on <= self.census:
            return (
                replace(record, assessment=self._assessment(request, "N"))
                if request.assessed_on >= self.first
                else None
            )
        if outcome == "N" and not request.assessment:
            return record
        agreed = request.agreed and self.year == max(CENSUS_DAYS)
        return replace(
            record, assessment=self._assessment(request, "Y") if agreed else AssessmentRecord(outcome="A")
        )

    def _assessment(self, request: Request, outcome: str) -> AssessmentRecord:
        done = request.assessed_on if request.assessed_on and request.assessed_on <= self.census else None
        return AssessmentRecord(
            outcome=outcome,
            outcome_on=done,
            mediation=request.assessment_mediation,
            tribunal=request.assessment_tribunal,
            other_mediation=request.other_mediation,
            other_tribunal=request.other_tribunal,
            week20=request.exception if outcome == "Y" else None,
        )

    def _made(self, child: Child, request: Request, plan: Plan) -> AssessmentRecord:
        earlier = request.assessment == "H" or request.assessed_on is None or request.assessed_on < self.first
        record = AssessmentRecord(outcome="H") if earlier else self._assessment(request, "Y")
        return replace(record, plan=self._named(child, plan))

    def _named(self, child: Child, plan: Plan) -> NamedPlanRecord:
        ended = plan.ceased_on is not None and plan.ceased_on <= self.census
        return NamedPlanRecord(
            started_on=plan.started_on,
            settings=(self._named_setting(plan),),
            pb=plan.budget,
            oa=False if plan.budget else None,
            dp=plan.direct_payment,
            ceased_on=plan.ceased_on if ended else None,
            cease_reason=plan.cease_reason if ended else None,
        )

    def _named_setting(self, plan: Plan) -> SettingRecord:
        """The setting attended where a plan can name it, else a type of setting only."""
        stays = [stay for stay in plan.stays if stay.entered_on <= self.census]
        if stays and (stays[-1].urn or SETTINGS.get(stays[-1].kind) in IN_A_PLAN):
            return self._setting(stays[-1])
        if self.year == 2023:
            return SettingRecord(setting="OLA", rank=1)
        return SettingRecord(setting="OTH", setting_other="A type of setting only", rank=1)

    def _setting(self, stay: Stay) -> SettingRecord:
        if stay.urn:
            return SettingRecord(
                urn=stay.urn,
                rank=1,
                sen_unit=stay.kind.endswith("_senunit"),
                resourced=stay.kind.endswith("_resourced_provision"),
            )
        code = SETTINGS[stay.kind]
        if code == "OTH" and self.year == 2023:
            code = "OLA"
        detail = {"OTH": "Setting of another kind", "NIEO": "Waiting for a place"}.get(code)
        return SettingRecord(setting=code, setting_other=detail, rank=1)

    def _placement(self, child: Child, stay: Stay) -> SettingRecord:
        left = stay.left_on if stay.left_on and stay.left_on <= self.census else None
        full_time = self.year == 2023 and 5 <= age_on(child.birth_on, self.census) <= 15
        return replace(
            self._setting(stay),
            entered_on=stay.entered_on,
            left_on=left,
            attendance="FT" if full_time else None,
            res=stay.residential if self.year >= 2025 else None,
            wbp=stay.work_based if self.year >= 2025 else None,
        )

    def _active(self, child: Child, plan: Plan) -> ActivePlanRecord:
        stays = [
            s
            for s in plan.stays
            if s.entered_on <= self.census and (not s.left_on or s.left_on >= self.first)
        ]
        record = ActivePlanRecord(
            transfer_la=plan.moved_from if plan.moved_in == self.year - 1 else None,
            placements=tuple(self._placement(child, stay) for stay in stays),
            needs=tuple(NeedRecord(kind=kind, rank=rank) for rank, kind in enumerate(plan.needs, 1)),
        )
        record = self._reviewed(record, plan)
        if self.year < 2025 or plan.ceased_on:
            return record
        return replace(record, phase_due_on=plan.phase_due_on, phase_final_on=plan.phase_final_on)

    def _reviewed(self, record: ActivePlanRecord, plan: Plan) -> ActivePlanRecord:
        """The latest meeting and its decision; while that is awaited, not the decision of the year before."""
        met = [review for review in plan.reviews if review.met_on <= self.census]
        told = [review for review in met if review.decided_on and review.decided_on <= self.census]
        last = told[-1] if told and (self.year == 2023 or told[-1] is met[-1]) else None
        if self.year == 2023:
            return replace(record, last_review_on=last.decided_on) if last else record
        draft = last.draft_on if last and last.outcome == "A" and last.draft_on else None
        return replace(
            record,
            review_meeting_on=met[-1].met_on if met else None,
            last_review_on=last.decided_on if last else None,
            review_outcome=last.outcome if last else None,
            review_draft_on=draft if self.year >= 2025 and draft and draft <= self.census else None,
        )
