# SPDX-License-Identifier: Apache-2.0
"""A tribunal order in one view: the default period of its kind, or the day the tribunal fixed instead."""

from datetime import date

from fingerpost.rules.calendars import dates
from fingerpost.rules.duties.duty import Duty
from fingerpost.rules.duties.finding import Finding, plain
from fingerpost.rules.duties.limits import unstarted
from fingerpost.rules.duties.timeline import Timeline

_FIRST_WEEKS = {
    "assess": 2,
    "make_plan": 5,
    "reconsider": 2,
    "amend_provision": 5,
    "amend_placement": 2,
    "maintain_and_amend": 5,
}
_AT_ONCE = ("cease", "maintain")


def any_order(duty: Duty, timeline: Timeline) -> Finding | None:
    """Runs from the date of the order, never from its receipt; a direction displaces the default."""
    made = timeline.days.get("order_made")
    if made is None:
        return _no_order(duty, timeline)
    kind, fixed = timeline.facts.get("order_kind"), timeline.facts.get("tribunal_direction_due")
    finding = plain(
        duty, "lawful", f"The order is dated {dates.short(made)}; the day it was received moves nothing."
    )
    finding.started, finding.start_name = made, "order_made"
    finding.results["governing_regulation"] = "44"
    if "tribunal_direction" in timeline.facts and fixed is None:
        finding.verdict = "unknown"
        finding.because.append("The tribunal fixed another day, but tribunal_direction_due is not held.")
    elif isinstance(fixed, date):
        finding.due = fixed.toordinal()
        finding.because.append(
            f"The tribunal fixed {dates.short(finding.due)}; that displaces the default period."
        )
    elif kind in _FIRST_WEEKS:
        finding.due = made + 7 * _FIRST_WEEKS[str(kind)]
        finding.because.append(
            f"Default for '{kind}': first step by {dates.short(finding.due)} ({finding.citation})."
        )
    elif kind in _AT_ONCE:
        finding.because.append("It takes effect at once.")
    else:
        finding.verdict = "unknown"
        finding.because.append("order_kind is not held, so the period cannot be chosen.")
    return finding


def _no_order(duty: Duty, timeline: Timeline) -> Finding | None:
    """A concession without an order: reg 45 only if it came before the response; else the original limits stand."""
    if timeline.happened("concession_notified"):
        held = "appeal_grounds" in timeline.facts
        finding = plain(
            duty, "lawful" if held else "unknown", "Not opposed before the response: regulation 45 applies."
        )
        finding.results["governing_regulation"] = "45"
        if not held:
            finding.because.append("appeal_grounds is not held, so the periods cannot be chosen.")
        return finding
    if timeline.facts.get("order_was_made") is True:
        return plain(duty, "unknown", "order_made is not held, though an order was made.")
    early = timeline.facts.get("conceded_before_response") is True
    finding = plain(duty, "lawful" if early else "not_applicable", "")
    finding.results["governing_regulation"] = "45" if early else None
    finding.because[0] = (
        "The authority conceded before its response, so regulation 45 sets the periods from its notice."
        if early
        else "Conceded after the response, without an order: regulations 44 and 45 do not apply; first limits stand."
    )
    return finding


def at_once(duty: Duty, timeline: Timeline) -> Finding:
    """An order that takes effect on its own day: to end the plan, or to keep it as it is."""
    made = timeline.days.get("order_made")
    if made is None:
        return unstarted(duty, timeline)
    finding = plain(duty, "must_act", f"The order is dated {dates.short(made)} and takes effect at once.")
    finding.started, finding.start_name = made, "order_made"
    finding.results[str(duty.more["gives"])] = dates.iso(made)
    return finding
