# SPDX-License-Identifier: Apache-2.0
"""Rules of the named plan and of the settings it names."""

from datetime import date

from fingerpost.rules.identifiers import settings as numbers
from fingerpost.rules.returns import ages
from fingerpost.rules.returns.records import NamedPlanRecord, SettingRecord
from fingerpost.rules.returns.rule_book import MISSING, Break, Scene, carries

Broken = Break | None
FIRST_PLANS = date(2014, 9, 1)
PLAN_SETTINGS = frozenset({"OLA", "OPA", "EHE", "EYP", "OTH"})


def younger_than(years: int, on: date, s: Scene) -> bool:
    """True when the person had not reached that age by then; False when the birth date is not known."""
    return s.born is not None and ages.age_on(s.born, on) < years


def unusual_details(p: NamedPlanRecord, s: Scene) -> bool:
    """Other than one setting of rank 1."""
    return len(p.settings) != 1 or p.settings[0].rank != 1


def budget_told(p: NamedPlanRecord, s: Scene) -> bool:
    """There is a personal budget, or a word of its kind."""
    return bool(p.pb or p.oa) or p.dp is not None


def odd_start(p: NamedPlanRecord, s: Scene) -> bool:
    """Not between birth, or the first plans, and census day."""
    on = p.started_on
    return on is not None and not (FIRST_PLANS <= on <= s.census and (s.born is None or s.born <= on))


@carries("L401", absent="started_on")
def start(p: NamedPlanRecord, s: Scene) -> Broken:
    return MISSING if p.started_on is None else None


@carries("L402", when=odd_start)
def start_after_census(p: NamedPlanRecord, s: Scene) -> Broken:
    return Break(p.started_on) if p.started_on is not None and p.started_on > s.census else None


@carries("L403", when=odd_start)
def start_before_birth(p: NamedPlanRecord, s: Scene) -> Broken:
    if p.started_on is None or s.born is None:
        return None
    return Break(p.started_on) if p.started_on < s.born else None


@carries("L404", when=odd_start)
def start_before_plans(p: NamedPlanRecord, s: Scene) -> Broken:
    return Break(p.started_on) if p.started_on is not None and p.started_on < FIRST_PLANS else None


@carries("L405", when=unusual_details)
def details(p: NamedPlanRecord, s: Scene) -> Broken:
    if not p.settings:
        return MISSING
    return Break(len(p.settings)) if len(p.settings) > 2 else None


@carries("L413", when=unusual_details)
def detail_ranks(p: NamedPlanRecord, s: Scene) -> Broken:
    ranks = [setting.rank for setting in p.settings if setting.rank is not None]
    wrong = len(set(ranks)) < len(ranks) or (2 in ranks and 1 not in ranks and len(ranks) == len(p.settings))
    return Break(" ".join(map(str, ranks))) if wrong else None


@carries("L418", given="wbp")
def work_based(p: NamedPlanRecord, s: Scene) -> Broken:
    return Break(p.wbp) if p.wbp is not None and younger_than(16, s.census, s) else None


@carries("L419", absent="pb")
def budget(p: NamedPlanRecord, s: Scene) -> Broken:
    return MISSING if p.pb is None else None


@carries("L420", when=budget_told)
def budget_of_no_kind(p: NamedPlanRecord, s: Scene) -> Broken:
    return Break("1") if p.pb and not p.oa and p.dp is None else None


@carries("L421", when=budget_told)
def kind_without_budget(p: NamedPlanRecord, s: Scene) -> Broken:
    return Break("0") if p.pb is False and (p.oa or p.dp is not None) else None


@carries("L423", given="ceased_on")
def cease_reason(p: NamedPlanRecord, s: Scene) -> Broken:
    return MISSING if p.ceased_on is not None and p.cease_reason is None else None


@carries("L424", given="cease_reason")
def cease_date(p: NamedPlanRecord, s: Scene) -> Broken:
    return MISSING if p.cease_reason is not None and p.ceased_on is None else None


@carries("L426", given="ceased_on")
def ceased_before_start(p: NamedPlanRecord, s: Scene) -> Broken:
    if p.ceased_on is None or p.started_on is None:
        return None
    return Break(p.ceased_on) if p.ceased_on < p.started_on else None


@carries("L427", given="ceased_on")
def ceased_after_census(p: NamedPlanRecord, s: Scene) -> Broken:
    return Break(p.ceased_on) if p.ceased_on is not None and p.ceased_on > s.census else None


@carries("L428", given="ceased_on")
def ceased_before_the_year(p: NamedPlanRecord, s: Scene) -> Broken:
    return Break(p.ceased_on) if p.ceased_on is not None and p.ceased_on < s.start else None


@carries("L429", given="cease_reason")
def maximum_age(p: NamedPlanRecord, s: Scene) -> Broken:
    young = p.cease_reason == "1" and younger_than(19, p.ceased_on or s.census, s)
    return Break(p.cease_reason) if young else None


@carries("L430", given="cease_reason")
def left_too_young(p: NamedPlanRecord, s: Scene) -> Broken:
    young = p.cease_reason in ("3", "4", "6") and younger_than(16, p.ceased_on or s.census, s)
    return Break(p.cease_reason) if young else None


# -- settings named -------------------------------------------------------------------------------------------------


def several(d: SettingRecord) -> Broken:
    """More than one of the three ways to say which setting."""
    if d.ukprn is None and d.setting is None:
        return None
    given = [d.urn, d.ukprn, d.setting]
    return Break(" ".join(filter(None, given))) if given.count(None) < 2 else None


def none_given(d: SettingRecord) -> Broken:
    """None of the three."""
    return MISSING if d.urn is None and d.ukprn is None and d.setting is None else None


def urn_wrong(d: SettingRecord, s: Scene) -> Broken:
    """Not six digits, or not in the register where one is loaded."""
    if d.urn is None:
        return None
    if s.register is not None and d.urn not in s.register:
        return Break(d.urn)
    return Break(d.urn) if numbers.check_urn(d.urn) else None


def flags_missing(d: SettingRecord) -> Broken:
    """With a URN both flags are needed."""
    if d.urn is None or (d.sen_unit is not None and d.resourced is not None):
        return None
    return Break(item="SENunitIndicator" if d.sen_unit is None else "ResourcedProvisionIndicator")


@carries("L406")
def several_named(d: SettingRecord, s: Scene) -> Broken:
    return several(d)


@carries("L407", absent="urn")
def none_named(d: SettingRecord, s: Scene) -> Broken:
    return none_given(d)


@carries("L408", given="urn")
def named_urn(d: SettingRecord, s: Scene) -> Broken:
    return urn_wrong(d, s)


@carries("L409", given="ukprn")
def named_ukprn(d: SettingRecord, s: Scene) -> Broken:
    return Break(d.ukprn) if d.ukprn is not None and numbers.check_ukprn(d.ukprn) else None


@carries("L410", given="setting")
def not_for_a_plan(d: SettingRecord, s: Scene) -> Broken:
    return Break(d.setting) if d.setting is not None and d.setting not in PLAN_SETTINGS else None


@carries("L411", given="setting")
def other_undescribed(d: SettingRecord, s: Scene) -> Broken:
    return MISSING if d.setting == "OTH" and not d.setting_other else None


@carries("L412", absent="rank")
def detail_rank(d: SettingRecord, s: Scene) -> Broken:
    return MISSING if d.rank is None else None


@carries("L414", given="urn")
def detail_flags(d: SettingRecord, s: Scene) -> Broken:
    return flags_missing(d)


@carries("L415")
def both_flags(d: SettingRecord, s: Scene) -> Broken:
    return Break("1") if d.sen_unit and d.resourced else None
