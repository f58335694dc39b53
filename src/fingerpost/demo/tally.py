# SPDX-License-Identifier: AGPL-3.0-or-later
"""Counts the published figures again from the written returns, by the definitions of the official statistics."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from fingerpost.demo.figures import TODAY
from fingerpost.rules.returns import reader
from fingerpost.rules.returns.records import Header, PersonRecord, RequestRecord, SettingRecord

SIX_WEEKS, TWENTY_WEEKS, A_YEAR, FOUR_WEEKS = 42, 140, 364, 28
REASONS = {
    "1": "max_age", "2": "needs_met", "3": "he", "4": "employ", "5": "transfer",
    "6": "no_engage", "7": "moved_outside_eng", "8": "deceased", "9": "other",
}  # fmt: skip
CODES = {
    "EHE": "elective_home_education", "OLA": "other_arrangements_la", "OPA": "other_arrangements_parents",
    "OTH": "other_placement_settings", "EYP": "nm_early_years", "NEET": "neet", "NIEC": "neet_ntci",
}  # fmt: skip


@dataclass(slots=True)
class Tally:
    """Counts of one return, under the names of the published columns."""

    year: int
    counts: Counter[str] = field(default_factory=Counter)
    ages: Counter[int] = field(default_factory=Counter)
    request_ages: Counter[int] = field(default_factory=Counter)
    new_ages: Counter[int] = field(default_factory=Counter)
    started: Counter[int] = field(default_factory=Counter)
    ethnicity: Counter[str] = field(default_factory=Counter)
    homes: Counter[str] = field(default_factory=Counter)


def of(path: Path, kinds: Mapping[str, str]) -> Tally:
    """`kinds` gives the published placement column of each made-up setting."""
    with path.open("rb") as stream:
        header, persons = reader.read(stream)
        return count(header, persons, kinds)


def count(header: Header, persons: Iterable[PersonRecord], kinds: Mapping[str, str]) -> Tally:
    tally = Tally(header.year)
    for person in persons:
        for request in person.requests:
            _count(tally, header, person, request, kinds)
    return tally


def _count(
    tally: Tally, header: Header, person: PersonRecord, request: RequestRecord, kinds: Mapping[str, str]
) -> None:
    tally.counts.update(_request(header, request))
    received, year = request.received_on, header.year - 1
    if received and received.year == year:
        tally.request_ages[min(20, max(2, _age(person.birth_on, received)))] += 1
    tally.counts.update(_assessment(header, request))
    tally.counts.update(_waiting(request))
    plan = request.assessment.plan if request.assessment else None
    if plan is None or plan.started_on is None or request.assessment is None:
        return
    if plan.ceased_on and plan.ceased_on.year == year:
        tally.counts.update((f"ceased_{REASONS[plan.cease_reason or '9']}", "total_ceased"))
    if _is_new(request, year):
        tally.counts["new_ehc_plans"] += 1
        tally.new_ages[min(20, _age(person.birth_on, plan.started_on))] += 1
    if plan.started_on <= header.census_on and not (plan.ceased_on and plan.ceased_on <= header.census_on):
        _stock(tally, header, person, request, started_on=plan.started_on, kinds=kinds)


def _age(birth_on: date, day: date) -> int:
    return day.year - birth_on.year - ((day.month, day.day) < (birth_on.month, birth_on.day))


def _request(header: Header, request: RequestRecord) -> Iterator[str]:
    received, decided, year = request.received_on, request.outcome_on, header.year - 1
    if received and received.year == year:
        yield "requests_received_in_year"
        yield {
            "Y": "requests_decided_to_assess", "H": "requests_decided_to_assess", "N": "requests_decided_not_to_assess",
            "A": "requests_decision_not_made", "W": "requests_withdrawn",
        }[request.outcome]  # fmt: skip
        if request.rya:
            yield "requests_rya"
        if request.mediation:
            yield "mediation_related_request"
        if request.tribunal:
            yield "tribunal_related_request"
    if decided and decided.year == year and received:
        in_time = (decided - received).days <= SIX_WEEKS
        yield "request_outcome_six_weeks" if in_time else "request_outcome_over_6_weeks"


def _assessment(header: Header, request: RequestRecord) -> Iterator[str]:
    made = request.assessment
    if made is None or made.outcome_on is None or made.outcome_on.year != header.year - 1:
        return
    yield "assess_in_year"
    yield "assess_issued" if made.outcome == "Y" else "assess_not_issued"
    for name in ("mediation", "tribunal", "other_mediation", "other_tribunal"):
        if getattr(made, name):
            yield f"number_{name}" if name.startswith("other") else f"number_assess_{name}"
    if made.outcome == "Y" and request.received_on:
        yield from _timely((made.outcome_on - request.received_on).days, exception=bool(made.week20))


def _timely(days: int, *, exception: bool) -> Iterator[str]:
    """In the denominator by having both dates; in a band only where they are the right way round."""
    band = "plans_issued_within_20_weeks" if days <= TWENTY_WEEKS else "plans_issued_gt20weeks_ltYear"
    band = "plans_issued_gt_1_year" if days > A_YEAR else band
    kept = "plans_issued_20_weeks_ex" if days <= TWENTY_WEEKS else f"{band}_ex"
    yield "plans_issued_den"
    if days >= 0:
        yield band
    if not exception:
        yield "plans_issued_den_ex"
        if days >= 0:
            yield kept


def _running(request: RequestRecord) -> bool:
    made = request.assessment
    undecided = made is not None and made.plan is None and made.outcome in "AY" and not made.outcome_on
    return request.received_on is not None and (request.outcome == "A" or undecided)


def past_twenty_weeks(request: RequestRecord) -> bool:
    """Still without a plan or a refusal of one on the frozen day, 20 weeks and more after it was received."""
    received = request.received_on
    return received is not None and _running(request) and (TODAY - received).days > TWENTY_WEEKS


def _waiting(request: RequestRecord) -> Iterator[str]:
    if _running(request) and request.received_on:
        yield "assessments_running"
        if past_twenty_weeks(request):
            yield "assessments_overdue"
        elif (TODAY - request.received_on).days > TWENTY_WEEKS - 14:
            yield "plans_due_in_a_fortnight"
    if request.outcome == "A" and request.received_on:
        days = (TODAY - request.received_on).days
        yield (
            "decisions_late"
            if days > SIX_WEEKS
            else "decisions_due_in_a_fortnight"
            if days > SIX_WEEKS - 14
            else "decisions_later"
        )


def _is_new(request: RequestRecord, year: int) -> bool:
    """Began in the year and is the first plan: neither moved in nor amended since it was first made."""
    made = request.assessment
    if made is None or made.plan is None or made.plan.started_on is None or made.outcome != "Y":
        return False
    first = made.outcome_on is None or made.plan.started_on <= made.outcome_on
    return made.plan.started_on.year == year and first


def _stock(
    tally: Tally,
    header: Header,
    person: PersonRecord,
    request: RequestRecord,
    *,
    started_on: date,
    kinds: Mapping[str, str],
) -> None:
    born, active = person.birth_on, request.active
    age = header.year - 1 - born.year - (born.month >= 9)
    tally.ages[age] += 1
    tally.started[max(2014, started_on.year)] += 1
    tally.ethnicity[person.ethnicity or ""] += 1
    tally.homes[person.postcode or ""] += 1
    tally.counts.update(("ehcplans", "male" if person.sex == "M" else "female"))
    if active is None:
        return
    tally.counts[_place(active.placements, kinds, age)] += 1
    tally.counts[
        f"number_{(active.needs[0].kind or '').lower()}" if active.needs else "number_need_unknown"
    ] += 1
    if active.transfer_la:
        tally.counts["moved_in"] += 1
    tally.counts.update(_budget(request))
    for stay in active.placements:
        tally.counts.update(
            name
            for name, held in (
                ("Res_3851", stay.res == "A"),
                ("Res_52", stay.res == "B"),
                ("open_apprentice", stay.wbp == "A"),
            )
            if held
        )
    if started_on.year < header.year - 1:
        tally.counts.update(_review(header, request))
    if active.phase_due_on:
        tally.counts.update(("phase_due", "phase_final" if active.phase_final_on else "phase_open"))


def _place(stays: Iterable[SettingRecord], kinds: Mapping[str, str], age: int) -> str:
    stay = next((s for s in stays if s.rank == 1 and s.left_on is None), None)
    if stay is None:
        return "placement_unknown"
    if stay.setting == "NIEO":
        return "neet_other_csa" if 5 <= age <= 15 else "neet_other"
    if stay.setting:
        return CODES[stay.setting]
    kind = kinds.get(stay.urn or "", "other_schools")
    return kind + ("_senunit" if stay.sen_unit else "_resourced_provision" if stay.resourced else "")


def _budget(request: RequestRecord) -> Iterator[str]:
    plan = request.assessment.plan if request.assessment else None
    if plan and plan.pb:
        yield "personal_budget"
        if plan.dp:
            yield {"E": "pb_education", "S": "pb_social", "H": "pb_health", "I": "pb_integrated"}[plan.dp]


def _review(header: Header, request: RequestRecord) -> Iterator[str]:
    active = request.active
    yield "review_expected"
    met, told = (active.review_meeting_on, active.last_review_on) if active else (None, None)
    if met is None:
        yield "no_review_meeting"
        return
    yield "total_review_meeting"
    yield _when("review_meeting_{}", met, header.year)
    if active and active.review_outcome:
        yield {"A": "outcome_amend", "C": "outcome_cease", "M": "outcome_maintan"}[active.review_outcome]
    if told and told >= met:
        yield _when("review_decision_{}", told, header.year)
        yield "number_decsion_4weeks" if (told - met).days <= FOUR_WEEKS else "number_decision_gt_4weeks"


def _when(name: str, day: date, year: int) -> str:
    word = {0: "this_year", 1: "last_year"}.get(year - day.year, "before")
    return name.format(word)
