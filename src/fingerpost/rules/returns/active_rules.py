# SPDX-License-Identifier: Apache-2.0
"""Rules of the active plan: placements, needs, reviews, phase transfers."""

from datetime import date, timedelta

from fingerpost.rules.identifiers import settings as numbers
from fingerpost.rules.returns import ages, plan_rules
from fingerpost.rules.returns.facts import is_open
from fingerpost.rules.returns.records import ActivePlanRecord, NeedRecord, SettingRecord
from fingerpost.rules.returns.rule_book import MISSING, QUERY, Break, Scene, carries

Broken = Break | None
ANOTHER_REVIEW = timedelta(days=180)  # a decision this much older than the meeting ended an earlier review
PHASE_DAYS = frozenset({(2, 15), (3, 31)})


def _after_census(on: date | None, s: Scene) -> Broken:
    return Break(on) if on is not None and on > s.census else None


def unusual_needs(a: ActivePlanRecord, s: Scene) -> bool:
    """Other than one need of rank 1, or two different ones of ranks 1 and 2."""
    needs = a.needs
    if len(needs) == 2:
        return needs[0].kind == needs[1].kind or needs[0].rank != 1 or needs[1].rank != 2
    return len(needs) != 1 or needs[0].rank != 1


def nowhere(a: ActivePlanRecord, s: Scene) -> bool:
    """No placement is open on census day though the plan is active."""
    if s.plan_active:
        for place in a.placements:
            if is_open(place, s.census):
                return False
    return s.plan_active


def odd_days(a: ActivePlanRecord, s: Scene) -> bool:
    """Not a meeting under this plan, and its decision, in this order and by census day, as far as they are given."""
    meeting, decision = a.review_meeting_on, a.last_review_on
    if meeting is None:
        return decision is not None and decision > s.census
    if s.plan is not None and s.plan.started_on is not None and meeting < s.plan.started_on:
        return True
    return not meeting <= (decision or s.census) <= s.census


def unusual_setting(d: SettingRecord, s: Scene) -> bool:
    """Other than a school by its URN alone, neither in a SEN unit nor in resourced provision."""
    usual = d.urn is not None and d.ukprn is None and d.setting is None
    return not usual or d.sen_unit is not False or d.resourced is not False


@carries("L503", given="transfer_la")
def transferred_from_here(a: ActivePlanRecord, s: Scene) -> Broken:
    return Break(a.transfer_la) if a.transfer_la is not None and a.transfer_la == s.la else None


@carries("L504", when=nowhere)
def no_placement(a: ActivePlanRecord, s: Scene) -> Broken:
    return MISSING if not a.placements and s.plan_active else None


@carries("L513")
def same_rank_open(a: ActivePlanRecord, s: Scene) -> Broken:
    if len(a.placements) < 2:
        return None
    ranks = [place.rank for place in a.placements if place.rank is not None and is_open(place, s.census)]
    return Break(" ".join(map(str, ranks))) if len(set(ranks)) < len(ranks) else None


@carries("L525", when=nowhere)
def none_open(a: ActivePlanRecord, s: Scene) -> Broken:
    if not a.placements or not s.plan_active:
        return None
    for place in a.placements:
        if is_open(place, s.census):
            return None
    return MISSING


@carries("L530", when=unusual_needs)
def no_need(a: ActivePlanRecord, s: Scene) -> Broken:
    return None if a.needs else MISSING


@carries("L534", when=unusual_needs)
def need_ranks(a: ActivePlanRecord, s: Scene) -> Broken:
    ranks = [need.rank for need in a.needs]
    if not ranks or None in ranks:
        return None
    return Break(" ".join(map(str, ranks))) if 1 not in ranks or len(set(ranks)) < len(ranks) else None


@carries("L535", when=unusual_needs)
def many_needs(a: ActivePlanRecord, s: Scene) -> Broken:
    return Break(len(a.needs)) if len(a.needs) > 2 else None


@carries("L536", when=unusual_needs)
def same_need(a: ActivePlanRecord, s: Scene) -> Broken:
    kinds = [need.kind for need in a.needs if need.kind is not None]
    return Break(" ".join(kinds)) if len(set(kinds)) < len(kinds) else None


# -- reviews and phase transfers ------------------------------------------------------------------------------------


@carries("L540", when=odd_days)
def meeting_after_census(a: ActivePlanRecord, s: Scene) -> Broken:
    return _after_census(a.review_meeting_on, s)


@carries("L541", when=odd_days)
def meeting_before_start(a: ActivePlanRecord, s: Scene) -> Broken:
    if a.review_meeting_on is None or s.plan is None or s.plan.started_on is None:
        return None
    return Break(a.review_meeting_on) if a.review_meeting_on < s.plan.started_on else None


@carries("L543")
def decision_half_given(a: ActivePlanRecord, s: Scene) -> Broken:
    if (a.review_outcome is None) == (a.last_review_on is None):
        return None
    return Break(item="ReviewOutcome" if a.review_outcome is None else "LastReview")


@carries("L544", when=odd_days)
def decision_before_meeting(a: ActivePlanRecord, s: Scene) -> Broken:
    decision, meeting = a.last_review_on, a.review_meeting_on
    if decision is None or meeting is None or decision >= meeting:
        return None
    return Break(decision, level=QUERY if meeting - decision >= ANOTHER_REVIEW else None)


@carries("L545", when=odd_days)
def decision_after_census(a: ActivePlanRecord, s: Scene) -> Broken:
    return _after_census(a.last_review_on, s)


@carries("L546", given="review_draft_on")
def needless_draft(a: ActivePlanRecord, s: Scene) -> Broken:
    return Break(a.review_draft_on) if a.review_draft_on is not None and a.review_outcome != "A" else None


@carries("L547", given="review_draft_on")
def draft_before_meeting(a: ActivePlanRecord, s: Scene) -> Broken:
    if a.review_draft_on is None or a.review_meeting_on is None:
        return None
    return Break(a.review_draft_on) if a.review_draft_on < a.review_meeting_on else None


@carries("L548")
def no_recent_meeting(a: ActivePlanRecord, s: Scene) -> Broken:
    meeting, plan = a.review_meeting_on, s.plan
    if not s.plan_active or (meeting is not None and meeting >= s.year_ago):
        return None
    new = plan is None or plan.started_on is None or plan.started_on >= s.year_ago
    return None if new else Break(meeting)


@carries("L549")
def draft_missing(a: ActivePlanRecord, s: Scene) -> Broken:
    return MISSING if a.review_outcome == "A" and a.review_draft_on is None else None


@carries("L550", given="phase_final_on")
def final_without_due(a: ActivePlanRecord, s: Scene) -> Broken:
    return Break(a.phase_final_on) if a.phase_final_on is not None and a.phase_due_on is None else None


@carries("L551", given="phase_final_on")
def final_after_census(a: ActivePlanRecord, s: Scene) -> Broken:
    return _after_census(a.phase_final_on, s)


@carries("L552", given="phase_due_on")
def odd_due_day(a: ActivePlanRecord, s: Scene) -> Broken:
    due = a.phase_due_on
    return Break(due) if due is not None and (due.month, due.day) not in PHASE_DAYS else None


# -- placements -----------------------------------------------------------------------------------------------------


@carries("L505", when=unusual_setting)
def several_attended(d: SettingRecord, s: Scene) -> Broken:
    return plan_rules.several(d)


@carries("L506", when=unusual_setting)
def none_attended(d: SettingRecord, s: Scene) -> Broken:
    return plan_rules.none_given(d)


@carries("L507", given="urn")
def attended_urn(d: SettingRecord, s: Scene) -> Broken:
    return plan_rules.urn_wrong(d, s)


@carries("L508", given="ukprn")
def attended_ukprn(d: SettingRecord, s: Scene) -> Broken:
    return Break(d.ukprn) if d.ukprn is not None and numbers.check_ukprn(d.ukprn) else None


@carries("L510", given="setting")
def neet_age(d: SettingRecord, s: Scene) -> Broken:
    if d.setting != "NEET" or s.born is None:
        return None
    return None if 16 <= ages.age_on(s.born, s.census) <= 25 else Break(d.setting)


@carries("L511", given="setting")
def undescribed(d: SettingRecord, s: Scene) -> Broken:
    return MISSING if d.setting in ("NIEO", "OTH") and not d.setting_other else None


@carries("L512", absent="rank")
def rank(d: SettingRecord, s: Scene) -> Broken:
    return MISSING if d.rank is None else None


@carries("L514", absent="entered_on")
def entered(d: SettingRecord, s: Scene) -> Broken:
    return MISSING if d.entered_on is None else None


@carries("L515", given="entered_on")
def entered_after_census(d: SettingRecord, s: Scene) -> Broken:
    return _after_census(d.entered_on, s)


@carries("L516", given="left_on")
def left_before_entered(d: SettingRecord, s: Scene) -> Broken:
    if d.left_on is None or d.entered_on is None:
        return None
    return Break(d.left_on) if d.left_on < d.entered_on else None


@carries("L517", given="left_on")
def left_before_the_year(d: SettingRecord, s: Scene) -> Broken:
    return Break(d.left_on) if d.left_on is not None and d.left_on < s.start else None


@carries("L518", given="left_on")
def left_after_census(d: SettingRecord, s: Scene) -> Broken:
    return _after_census(d.left_on, s)


@carries("L519", when=unusual_setting)
def flags(d: SettingRecord, s: Scene) -> Broken:
    return plan_rules.flags_missing(d)


@carries("L520", when=unusual_setting)
def flags_doubtful(d: SettingRecord, s: Scene) -> Broken:
    if d.sen_unit and d.resourced:
        return Break("1")
    school = s.register.get(d.urn) if s.register is not None and d.urn is not None else None
    if school is None:
        return None
    if d.sen_unit and not school.sen_unit:
        return Break("1")
    return Break("1", item="ResourcedProvisionIndicator") if d.resourced and not school.resourced else None


@carries("L523", given="wbp")
def work_based(d: SettingRecord, s: Scene) -> Broken:
    return Break(d.wbp) if d.wbp is not None and plan_rules.younger_than(16, s.census, s) else None


@carries("L524")
def open_after_the_end(d: SettingRecord, s: Scene) -> Broken:
    ended = s.plan.ceased_on if s.plan is not None else None
    if ended is None or ended > s.census:
        return None
    return Break(d.left_on) if d.left_on is None or d.left_on > ended else None


# -- needs ----------------------------------------------------------------------------------------------------------


@carries("L531", absent="kind")
def need(n: NeedRecord, s: Scene) -> Broken:
    return MISSING if n.kind is None else None


@carries("L532")
def down_syndrome(n: NeedRecord, s: Scene) -> Broken:
    return Break(n.kind) if n.kind == "DS" else None


@carries("L533", absent="rank")
def need_rank(n: NeedRecord, s: Scene) -> Broken:
    return MISSING if n.rank is None else None
