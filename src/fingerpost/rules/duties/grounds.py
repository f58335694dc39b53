# SPDX-License-Identifier: Apache-2.0
"""The closed list of grounds of relief: is the listed fact there, inside this limit's period, and why or why not."""

from collections.abc import Callable, Mapping

from fingerpost.rules.calendars import dates
from fingerpost.rules.duties import holders
from fingerpost.rules.duties.claims import Claim
from fingerpost.rules.duties.finding import Finding
from fingerpost.rules.duties.timeline import Timeline

Tested = tuple[bool, str]
_CLOSED_AT_LEAST = 28
_AROUND_CLOSURE = 7


def _closure(claim: Claim, finding: Finding, timeline: Timeline) -> Tested:
    """Advice asked of the head inside the closure window; a closure of under four weeks does not count."""
    days = timeline.days
    if "school_closed_from" not in days or "school_reopens_on" not in days:
        return False, "the days of closing and re-opening are not held"
    closed, reopens = days["school_closed_from"], days["school_reopens_on"]
    finding.results["closure_days"] = length = reopens - closed
    first, last = closed - _AROUND_CLOSURE, reopens - _AROUND_CLOSURE
    finding.results["relief_window"] = [dates.iso(first), dates.iso(last)]
    if length < _CLOSED_AT_LEAST:
        return False, f"closed for {length} days; the ground needs {_CLOSED_AT_LEAST} in a row"
    asked = days.get("advice_requested_from_head")
    if asked is None:
        return False, "no advice was asked of the head or principal; asking anyone else does not count"
    window = f"{dates.short(first)} to {dates.short(last)}"
    if not first <= asked <= last:
        return False, f"the head was asked on {dates.short(asked)}, outside the window {window}"
    return True, f"closed {length} days, and the head was asked on {dates.short(asked)}, inside {window}"


def _circumstances(what: str, period: str) -> Callable[[Claim, Finding, Timeline], Tested]:
    def test(claim: Claim, finding: Finding, timeline: Timeline) -> Tested:
        first, last = claim.first or claim.on, claim.last or claim.on
        if first is None and last is None:
            return True, f"{what} in the {period} are recorded"
        begun = finding.due is None or first is None or first <= finding.due
        lasted = last is None or last > (finding.started or 0)
        if begun and lasted:
            return True, f"{what} touch the {period}"
        return False, f"the {what} of {_span(first, last)} lie outside the {period}"

    return test


def _span(first: int | None, last: int | None) -> str:
    """ "Mon 4 Jan 2027 to Fri 22 Jan 2027", or the one day that is held."""
    return " to ".join(dates.short(on) for on in dict.fromkeys((first, last)) if on is not None)


def _absence(needed: int) -> Callable[[Claim, Finding, Timeline], Tested]:
    def test(claim: Claim, finding: Finding, timeline: Timeline) -> Tested:
        if "absence_of_parent" in finding.duty.more and holders.is_young_person(timeline):
            return False, "only the absence of a child's parent counts, and this is a young person"
        inside = _days_inside(claim, finding)
        if inside is None:
            return False, "how many days lie inside the period is not held"
        if inside < needed:
            return False, f"{inside} days away lie inside the period; the ground needs {needed} in a row"
        return True, f"{inside} days away in a row lie inside the period"

    return test


def _days_inside(claim: Claim, finding: Finding) -> int | None:
    """Days away that fall after the start and up to the limit; a longer absence counts only so far."""
    if claim.first is None or claim.last is None or finding.due is None:
        return claim.days
    start = finding.started if finding.started is not None else claim.first - 1
    return max(0, min(claim.last, finding.due) - max(claim.first, start + 1) + 1)


def _missed(claim: Claim, finding: Finding, timeline: Timeline) -> Tested:
    if claim.on is None:
        return False, "the day of the missed appointment is not held"
    if finding.due is None or not (finding.started or 0) <= claim.on <= finding.due:
        return False, f"the appointment missed on {dates.short(claim.on)} lies outside the six weeks"
    return True, f"an appointment made by this body was missed on {dates.short(claim.on)}"


TESTS: Mapping[str, Callable[[Claim, Finding, Timeline], Tested]] = {
    "closure-school": _closure,
    "closure-early-years": _closure,
    "personal": _circumstances("exceptional personal circumstances", "period"),
    "absence-4w": _absence(28),
    "absence-2w": _absence(14),
    "coop-circumstances": _circumstances("exceptional circumstances", "six weeks"),
    "missed-appointment": _missed,
}
