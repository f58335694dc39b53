# SPDX-License-Identifier: Apache-2.0
"""Rules of the request and of the assessment that follows it."""

from datetime import timedelta

from fingerpost.rules.returns.records import AssessmentRecord, RequestRecord
from fingerpost.rules.returns.rule_book import MISSING, Break, Scene, carries

Broken = Break | None
TWENTY_WEEKS = timedelta(days=140)


def odd_receipt(r: RequestRecord, s: Scene) -> bool:
    """Not between birth and census day."""
    on = r.received_on
    return on is not None and not (on <= s.census and (s.born is None or s.born <= on))


@carries("L201", outcomes="")
def outcome(r: RequestRecord, s: Scene) -> Broken:
    return None if r.outcome else MISSING


@carries("L202", absent="received_on", outcomes="YNAW")
def received(r: RequestRecord, s: Scene) -> Broken:
    return MISSING if r.received_on is None and r.outcome not in ("H", "") else None


@carries("L203", when=odd_receipt)
def received_after_census(r: RequestRecord, s: Scene) -> Broken:
    return Break(r.received_on) if r.received_on is not None and r.received_on > s.census else None


@carries("L204", when=odd_receipt)
def received_before_birth(r: RequestRecord, s: Scene) -> Broken:
    if r.received_on is None or s.born is None:
        return None
    return Break(r.received_on) if r.received_on < s.born else None


@carries("L205", given="outcome_on", outcomes="YN")
def decided_before_the_year(r: RequestRecord, s: Scene) -> Broken:
    early = r.outcome in ("Y", "N") and r.outcome_on is not None and r.outcome_on < s.start
    return Break(r.outcome_on, item="RequestOutcomeDate") if early else None


@carries("L206", absent="outcome_on", outcomes="YN")
def decided_when(r: RequestRecord, s: Scene) -> Broken:
    return MISSING if r.outcome_on is None and r.outcome in ("Y", "N") else None


@carries("L207", given="outcome_on", outcomes="AWH")
def needless_date(r: RequestRecord, s: Scene) -> Broken:
    return Break(r.outcome_on) if r.outcome_on is not None and r.outcome in ("A", "W", "H") else None


@carries("L208", given="outcome_on")
def decided_before_received(r: RequestRecord, s: Scene) -> Broken:
    if r.outcome_on is None or r.received_on is None:
        return None
    return Break(r.outcome_on) if r.outcome_on < r.received_on else None


@carries("L209", given="outcome_on")
def decided_after_census(r: RequestRecord, s: Scene) -> Broken:
    return Break(r.outcome_on) if r.outcome_on is not None and r.outcome_on > s.census else None


@carries("L210", absent="rya", outcomes="YNAW")
def youth_accommodation(r: RequestRecord, s: Scene) -> Broken:
    return MISSING if r.rya is None and r.outcome not in ("H", "") else None


@carries("L211", absent="source", outcomes="YNAW")
def source(r: RequestRecord, s: Scene) -> Broken:
    return MISSING if r.source is None and s.year >= 2026 and r.outcome not in ("H", "") else None


@carries("L212", absent="mediation", outcomes="YN")
def mediation(r: RequestRecord, s: Scene) -> Broken:
    return MISSING if r.mediation is None and r.outcome in ("Y", "N") else None


@carries("L213", absent="tribunal", outcomes="YN")
def tribunal(r: RequestRecord, s: Scene) -> Broken:
    return MISSING if r.tribunal is None and r.outcome in ("Y", "N") else None


@carries("L214", outcomes="AWH")
def flags_without_decision(r: RequestRecord, s: Scene) -> Broken:
    if r.outcome not in ("A", "W", "H") or not (r.mediation or r.tribunal):
        return None
    return Break("1", item="RequestMediation" if r.mediation else "RequestTribunal")


@carries("L216", given="exported")
def moved_here(r: RequestRecord, s: Scene) -> Broken:
    return Break(r.exported) if r.exported is not None and r.exported == s.la else None


@carries("L217", given="exported")
def moved_with_plan(r: RequestRecord, s: Scene) -> Broken:
    return Break(r.exported) if r.exported is not None and (s.plan or s.active) else None


@carries("L218", absent="assessment", outcomes="YH")
def no_assessment(r: RequestRecord, s: Scene) -> Broken:
    needed = r.outcome in ("Y", "H") and r.assessment is None and r.exported is None
    return MISSING if needed else None


@carries("L219", given="assessment", outcomes="AW")
def assessed_while_open(r: RequestRecord, s: Scene) -> Broken:
    return (
        Break(r.outcome, item="Assessment") if r.assessment is not None and r.outcome in ("A", "W") else None
    )


@carries("L220", given="assessment", outcomes="N")
def assessed_after_refusal(r: RequestRecord, s: Scene) -> Broken:
    unexplained = r.outcome == "N" and r.assessment is not None and not (r.mediation or r.tribunal)
    return Break(r.outcome, item="Assessment") if unexplained else None


@carries("L501", absent="active")
def no_active_plan(r: RequestRecord, s: Scene) -> Broken:
    plan = s.plan
    if plan is None or s.active is not None or plan.started_on is None or plan.started_on > s.census:
        return None
    return MISSING if plan.ceased_on is None or plan.ceased_on >= s.start else None


@carries("L502", given="active")
def active_without_plan(r: RequestRecord, s: Scene) -> Broken:
    return Break(item="ActivePlans", value="present") if s.active is not None and s.plan is None else None


# -- assessment -----------------------------------------------------------------------------------------------------


@carries("L301", outcomes="")
def assessment_outcome(a: AssessmentRecord, s: Scene) -> Broken:
    return None if a.outcome else MISSING


@carries("L302", absent="outcome_on", outcomes="YN")
def concluded_when(a: AssessmentRecord, s: Scene) -> Broken:
    needed = a.outcome == "N" or (a.outcome == "Y" and a.plan is not None)
    return MISSING if needed and a.outcome_on is None else None


@carries("L303", given="outcome_on", outcomes="AWH")
def needless_conclusion(a: AssessmentRecord, s: Scene) -> Broken:
    return Break(a.outcome_on) if a.outcome_on is not None and a.outcome in ("A", "W", "H") else None


@carries("L304", given="outcome_on")
def concluded_before_received(a: AssessmentRecord, s: Scene) -> Broken:
    received_on = s.request.received_on
    if a.outcome_on is None or received_on is None:
        return None
    return Break(a.outcome_on) if a.outcome_on < received_on else None


@carries("L305", given="outcome_on")
def concluded_before_agreed(a: AssessmentRecord, s: Scene) -> Broken:
    agreed_on = s.request.outcome_on
    if a.outcome_on is None or agreed_on is None:
        return None
    return Break(a.outcome_on) if a.outcome_on < agreed_on else None


@carries("L306", given="outcome_on")
def concluded_after_census(a: AssessmentRecord, s: Scene) -> Broken:
    return Break(a.outcome_on) if a.outcome_on is not None and a.outcome_on > s.census else None


@carries("L307", given="outcome_on", outcomes="YN")
def concluded_before_the_year(a: AssessmentRecord, s: Scene) -> Broken:
    early = a.outcome in ("Y", "N") and a.outcome_on is not None and a.outcome_on < s.start
    return Break(a.outcome_on, item="AssessmentOutcomeDate") if early else None


@carries("L308", absent="mediation", outcomes="YN")
def issue_mediation(a: AssessmentRecord, s: Scene) -> Broken:
    return MISSING if a.mediation is None and a.outcome in ("Y", "N") else None


@carries("L309", absent="tribunal", outcomes="YN")
def issue_tribunal(a: AssessmentRecord, s: Scene) -> Broken:
    return MISSING if a.tribunal is None and a.outcome in ("Y", "N") else None


@carries("L310", absent="other_mediation", outcomes="YN")
def other_mediation(a: AssessmentRecord, s: Scene) -> Broken:
    return MISSING if a.other_mediation is None and a.outcome in ("Y", "N") else None


@carries("L311", absent="other_tribunal", outcomes="YN")
def other_tribunal(a: AssessmentRecord, s: Scene) -> Broken:
    return MISSING if a.other_tribunal is None and a.outcome in ("Y", "N") else None


@carries("L312", absent="week20", outcomes="Y")
def exception(a: AssessmentRecord, s: Scene) -> Broken:
    return MISSING if a.week20 is None and a.outcome == "Y" else None


@carries("L313", absent="plan", outcomes="YH")
def no_plan(a: AssessmentRecord, s: Scene) -> Broken:
    issued = a.outcome == "H" or (a.outcome == "Y" and a.outcome_on is not None)
    return MISSING if issued and a.plan is None else None


@carries("L314", given="plan", outcomes="AW")
def plan_while_open(a: AssessmentRecord, s: Scene) -> Broken:
    return Break(a.outcome) if a.plan is not None and a.outcome in ("A", "W") else None


@carries("L315", given="plan", outcomes="N")
def plan_after_refusal(a: AssessmentRecord, s: Scene) -> Broken:
    explained = a.mediation or a.tribunal or a.other_mediation or a.other_tribunal
    return Break(a.outcome) if a.outcome == "N" and a.plan is not None and not explained else None


@carries("L316", outcomes="YNAW")
def transfer_is_history(a: AssessmentRecord, s: Scene) -> Broken:
    moved_in = s.active is not None and s.active.transfer_la is not None
    return Break(a.outcome) if moved_in and a.outcome not in ("H", "") else None


@carries("L317", outcomes="H")
def history_after_request(a: AssessmentRecord, s: Scene) -> Broken:
    if a.outcome != "H" or s.request.outcome in ("H", ""):
        return None
    return None if s.active is not None and s.active.transfer_la is not None else Break(a.outcome)


@carries("L318", given="week20", outcomes="Y")
def needless_exception(a: AssessmentRecord, s: Scene) -> Broken:
    if not a.week20 or a.outcome_on is None or s.request.received_on is None or a.outcome != "Y":
        return None
    return Break("1") if a.outcome_on - s.request.received_on <= TWENTY_WEEKS else None
