# SPDX-License-Identifier: Apache-2.0
"""Rules of the person: names, birth, numbers, and what the requests together say."""

from datetime import timedelta

from fingerpost.rules.identifiers import postcode, uln, upn
from fingerpost.rules.returns import ages
from fingerpost.rules.returns.records import PersonRecord
from fingerpost.rules.returns.rule_book import MISSING, Break, Scene, carries, is_active

Broken = Break | None


def nameless(p: PersonRecord, s: Scene) -> bool:
    """A name is missing."""
    return not (p.surname and p.forename)


def upn_faulty(p: PersonRecord, s: Scene) -> bool:
    """There is a UPN, and something is wrong with it."""
    return p.upn is not None and not upn.is_right(p.upn)


def not_one_request(p: PersonRecord, s: Scene) -> bool:
    """None, or several."""
    return len(p.requests) != 1


@carries("L101", when=nameless)
def surname(p: PersonRecord, s: Scene) -> Broken:
    return None if p.surname else MISSING


@carries("L102", when=nameless)
def forename(p: PersonRecord, s: Scene) -> Broken:
    return None if p.forename else MISSING


@carries("L103", absent="birth_on")
def birth_date(p: PersonRecord, s: Scene) -> Broken:
    return MISSING if s.born is None else None


@carries("L104", given="birth_on")
def born_after_census(p: PersonRecord, s: Scene) -> Broken:
    return Break(p.birth_on) if s.born is not None and s.born > s.census else None


@carries("L105", given="birth_on")
def too_old(p: PersonRecord, s: Scene) -> Broken:
    if s.born is None or s.born > s.of_age:
        return None
    plans = [
        request.assessment.plan for request in p.requests if request.assessment and request.assessment.plan
    ]
    return Break(p.birth_on) if any(is_active(plan, s.census) for plan in plans) else None


@carries("L106", absent="sex")
def sex(p: PersonRecord, s: Scene) -> Broken:
    return Break(item="GenderCurrent" if s.year == 2023 else "Sex") if p.sex is None else None


@carries("L107", absent="ethnicity")
def ethnicity(p: PersonRecord, s: Scene) -> Broken:
    return MISSING if p.ethnicity is None else None


@carries("L108", absent="postcode")
def postcode_missing(p: PersonRecord, s: Scene) -> Broken:
    return MISSING if p.postcode is None else None


@carries("L109", given="postcode")
def postcode_form(p: PersonRecord, s: Scene) -> Broken:
    return Break(p.postcode) if p.postcode is not None and postcode.check_postcode(p.postcode) else None


@carries("L110", absent="upn")
def no_number(p: PersonRecord, s: Scene) -> Broken:
    return MISSING if p.upn is None and p.uln is None and p.upn_unknown is None else None


@carries("L111", when=upn_faulty)
def upn_form(p: PersonRecord, s: Scene) -> Broken:
    return Break(p.upn) if p.upn is not None and "form" in upn.faults(p.upn) else None


@carries("L112", when=upn_faulty)
def upn_letter(p: PersonRecord, s: Scene) -> Broken:
    return Break(p.upn) if p.upn is not None and "letter" in upn.faults(p.upn) else None


@carries("L113", when=upn_faulty)
def upn_area(p: PersonRecord, s: Scene) -> Broken:
    return Break(p.upn) if p.upn is not None and "area" in upn.faults(p.upn) else None


@carries("L114", when=upn_faulty)
def upn_last(p: PersonRecord, s: Scene) -> Broken:
    return Break(p.upn) if p.upn is not None and "last" in upn.faults(p.upn) else None


@carries("L116", given="upn")
def upn_temporary(p: PersonRecord, s: Scene) -> Broken:
    if p.upn is None or not upn.is_temporary(p.upn) or "form" in upn.faults(p.upn):
        return None
    return Break(p.upn)


@carries("L117", given="uln")
def uln_form(p: PersonRecord, s: Scene) -> Broken:
    return Break(p.uln) if p.uln is not None and uln.check_form(p.uln) else None


@carries("L118", given="uln")
def uln_digit(p: PersonRecord, s: Scene) -> Broken:
    return (
        Break(p.uln) if p.uln is not None and not uln.check_form(p.uln) and uln.check_digit(p.uln) else None
    )


@carries("L121", given="upn_unknown")
def needless_reason(p: PersonRecord, s: Scene) -> Broken:
    return Break(p.upn_unknown) if p.upn_unknown is not None and (p.upn or p.uln) else None


@carries("L122", given="upn_unknown")
def under_six(p: PersonRecord, s: Scene) -> Broken:
    if p.upn_unknown != "UN1" or s.born is None:
        return None
    return Break(p.upn_unknown) if ages.age_on(s.born, s.census) >= 6 else None


@carries("L123", given="upn_unknown")
def new_within_a_week(p: PersonRecord, s: Scene) -> Broken:
    """Whether the period ends on 31 December or on census day is not said: broken only if it is under both readings."""
    if p.upn_unknown != "UN8":
        return None
    known = [request.received_on for request in p.requests]
    known += [
        place.entered_on for request in p.requests if request.active for place in request.active.placements
    ]
    week_before_the_end = s.start.replace(month=12, day=31) - timedelta(days=7)
    return Break(p.upn_unknown) if any(on is not None and on < week_before_the_end for on in known) else None


@carries("L124", given="upn_unknown")
def no_further_action(p: PersonRecord, s: Scene) -> Broken:
    assessed = p.upn_unknown == "UN10" and any(request.assessment for request in p.requests)
    return Break(p.upn_unknown) if assessed else None


@carries("L125", when=not_one_request)
def no_requests(p: PersonRecord, s: Scene) -> Broken:
    return None if p.requests else MISSING


@carries("L221", when=not_one_request)
def several_open(p: PersonRecord, s: Scene) -> Broken:
    if len(p.requests) < 2:
        return None
    return Break("A") if sum(request.outcome == "A" for request in p.requests) > 1 else None


@carries("L222", when=not_one_request)
def received_twice(p: PersonRecord, s: Scene) -> Broken:
    if len(p.requests) < 2:
        return None
    received = [request.received_on for request in p.requests if request.received_on]
    twice = next((on for on in received if received.count(on) > 1), None)
    return Break(twice, item="ReceivedDate") if twice else None


@carries("L431", when=not_one_request)
def two_plans(p: PersonRecord, s: Scene) -> Broken:
    if len(p.requests) < 2:
        return None
    plans = [
        request.assessment.plan for request in p.requests if request.assessment and request.assessment.plan
    ]
    return Break(len(plans), item="NamedPlan") if sum(plan.ceased_on is None for plan in plans) > 1 else None
