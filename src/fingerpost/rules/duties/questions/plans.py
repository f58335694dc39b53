# SPDX-License-Identifier: Apache-2.0
"""Questions about the text of a draft or a plan: no setting in a draft, each item in its lawful section."""

from fingerpost.rules.calendars import dates
from fingerpost.rules.duties import conditions, holders
from fingerpost.rules.duties.duty import Duty
from fingerpost.rules.duties.finding import Finding, plain
from fingerpost.rules.duties.limits import unstarted
from fingerpost.rules.duties.timeline import Timeline
from fingerpost.rules.duties.wording import began

_ADULT = 18
_OTHER_CARE = ("C", "D", "G", "H1", "H2")


def draft(duty: Duty, timeline: Timeline) -> Finding | None:
    """A draft names no setting and no type of setting (s.38(5))."""
    text = timeline.facts.get("draft_section_i")
    if text is None:
        return None
    named = str(text).strip().lower() not in ("", "blank", "empty", "none")
    because = f"The draft names '{text}' in section I." if named else "Section I of the draft is blank."
    return plain(duty, "unlawful" if named else "lawful", because)


def sections(duty: Duty, timeline: Timeline) -> Finding:
    """Every point that the case lets us check; the first fault leads."""
    checks = (_educating, _care_at_eighteen, _direct_payment, _setting, _year_nine)
    found = [fault for fault in (check(timeline) for check in checks) if fault]
    if not found:
        return plain(duty, "lawful", "Nothing that is held stands in a wrong section.")
    verdict, correct, _ = found[0]
    finding = plain(duty, verdict, *(fault[2] for fault in found))
    if correct:
        finding.results["correct_section"] = correct
    return finding


Fault = tuple[str, str, str]


def _educating(timeline: Timeline) -> Fault | None:
    section = timeline.facts.get("section")
    if timeline.facts.get("educates_or_trains") is True and section in _OTHER_CARE:
        return (
            "wrong_section",
            "F",
            f"Provision that educates or trains belongs in F, not in {section} (Act s.21(5)).",
        )
    return None


def _care_at_eighteen(timeline: Timeline) -> Fault | None:
    age = holders.age(timeline, holders.day_of_asking(timeline))
    if timeline.facts.get("section") == "H1" and age is not None and age >= _ADULT:
        return (
            "wrong_section",
            "H2",
            "H1 is for those under 18; at 18 the provision moves to H2 (Act s.37(2)(e), (f)).",
        )
    return None


def _direct_payment(timeline: Timeline) -> Fault | None:
    paid, filled = timeline.facts.get("direct_payment_for_special_education"), timeline.facts.get("section_j")
    if paid is False and filled == "filled":
        return (
            "wrong_section",
            "",
            "Section J is only for provision secured by a direct payment (R 12(1)(j)).",
        )
    if paid is True and filled == "blank":
        return "defective", "J", "A direct payment secures provision, so section J must say what it meets."
    return None


def _setting(timeline: Timeline) -> Fault | None:
    if timeline.facts.get("section_i") == "blank" and not timeline.happened("draft_served"):
        return "defective", "I", "Section I of a plan names a setting and its type, or the type alone."
    return None


def _year_nine(timeline: Timeline) -> Fault | None:
    year = timeline.facts.get("year_group")
    if isinstance(year, int) and year >= 9 and timeline.facts.get("adulthood_preparation_in_f_g_h") is False:
        return (
            "defective",
            "",
            "From year 9 sections F, G and H provide for preparing for adulthood (R 12(3)).",
        )
    return None


def secure(duty: Duty, timeline: Timeline) -> Finding:
    """The provision must be secured from the day the plan is made, without a pause, until the plan ends."""
    start = timeline.first(duty.starts)
    if start is None:
        return unstarted(duty, timeline)
    name, on = start
    finding = plain(duty, "must_act", began(name, on))
    finding.start_name, finding.started = start
    finding.results["maintain_from"] = dates.iso(on)
    finding.because.append("The provision is owed from that day, at once and continuing.")
    stopped, ended = timeline.days.get("provision_stopped"), timeline.days.get("plan_ended")
    gone = conditions.reason((conditions.table()["exported"],), timeline)
    if stopped is not None and (ended is None or stopped < ended):
        finding.verdict = "breach"
        finding.because.append(f"It was stopped on {dates.short(stopped)} while the plan was kept.")
    elif ended is not None or gone:
        finding.verdict = "not_applicable"
        finding.because.append(gone or "The plan has ended.")
    return finding
