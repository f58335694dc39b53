# SPDX-License-Identifier: Apache-2.0
"""Why and how a plan may end: the two grounds, the steps before the decision, and the tests by age."""

from fingerpost.rules.calendars import dates
from fingerpost.rules.duties import holders
from fingerpost.rules.duties.duty import Duty
from fingerpost.rules.duties.finding import Finding, plain
from fingerpost.rules.duties.timeline import Timeline

_GROUNDS = (
    "no_longer_responsible",
    "not_responsible",
    "no_longer_necessary",
    "not_necessary",
    "moved_to_another",
)


def grounds(duty: Duty, timeline: Timeline) -> Finding | None:
    """The Act knows two grounds: no longer responsible, or the plan no longer necessary."""
    given = timeline.facts.get("cease_reason_given")
    if given is None:
        return None
    folded = str(given).strip().lower().replace("-", "_").replace(" ", "_")
    listed = any(ground in folded for ground in _GROUNDS)
    finding = plain(duty, "lawful" if listed else "unlawful", f"The ground given is '{given}'.")
    finding.results["may_cease"] = listed
    finding.because.append(
        "It is one of the two grounds of s.45(1); the facts must bear it out."
        if listed
        else "The only grounds: the authority is no longer responsible, or the plan is no longer necessary."
    )
    return finding


def procedure(duty: Duty, timeline: Timeline) -> Finding:
    """Tell and consult the family and the institution, then decide, then notify."""
    family, institution = timeline.facts.get("consulted_family"), timeline.facts.get("consulted_institution")
    started, decided = timeline.days.get("cease_consultation_started"), timeline.days.get("cease_decided")
    finding = plain(
        duty, "lawful", "Family and institution must be consulted before the decision, and told after it."
    )
    lacking = [
        who for who, told in (("the family", family), ("the institution", institution)) if told is False
    ]
    if lacking:
        finding.verdict = "unlawful"
        finding.because.append(f"Not consulted: {' and '.join(lacking)}.")
    elif started is not None and decided is not None and decided < started:
        finding.verdict = "unlawful"
        finding.because.append(
            f"Decided on {dates.short(decided)}, before consultation began ({dates.short(started)})."
        )
    elif family is None or institution is None:
        finding.verdict = "unknown"
        missing = "consulted_family" if family is None else "consulted_institution"
        finding.because.append(f"{missing} is not held.")
    return finding


def under_eighteen(duty: Duty, timeline: Timeline) -> Finding | None:
    """Not being in education leads to a review under 18, not to an end."""
    age = holders.age(timeline, holders.day_of_asking(timeline))
    if age is None or age >= 18:
        return None
    finding = plain(
        duty, "must_act", f"The person is {age}: the plan may end only if it is no longer necessary."
    )
    finding.results["governing_regulation"] = "29"
    finding.results["required_step"] = "review the plan; being out of education is no ground to end it"
    out = timeline.facts.get("in_education") is False
    if out and (timeline.happened("cease_decided") or timeline.happened("cease_notice_sent")):
        finding.verdict = "unlawful"
        finding.results["may_cease"] = False
        finding.because.append("The plan was to end although the person is merely out of education.")
    elif out:
        finding.results["may_cease"] = False
    return finding


def left_education(duty: Duty, timeline: Timeline) -> Finding | None:
    """18 or over and out of education: first a review, and ask whether the person wishes to return."""
    age = holders.age(timeline, holders.day_of_asking(timeline))
    out = timeline.facts.get("in_education") is False or "left_education_on" in timeline.facts
    if not out or (age is not None and age < 18):
        return None
    if age is None:
        return plain(duty, "unknown", "date_of_birth or age is not held.")
    reviewed = timeline.facts.get("review_held") is True or timeline.happened("review_meeting")
    decided = timeline.happened("cease_decided") or timeline.happened("cease_notice_sent")
    finding = plain(
        duty, "must_act", "18 or over and out of education: review first, and ask about a return."
    )
    finding.results["governing_regulation"] = "30"
    finding.results["required_step"] = (
        "review the plan and find out whether the person wishes to return to education"
    )
    finding.results["may_cease"] = reviewed
    if decided:
        finding.verdict = "lawful" if reviewed else "unlawful"
        finding.because.append(
            "A review came first." if reviewed else "It was decided to end the plan without a review."
        )
    return finding


def outcomes(duty: Duty, timeline: Timeline) -> Finding | None:
    """Aged over 18 (read as 19 or more): have regard to whether the outcomes are achieved."""
    age = holders.age(timeline, holders.day_of_asking(timeline))
    if age is None:
        return plain(duty, "unknown", "date_of_birth or age is not held.")
    finding = plain(duty, "must_act" if age >= 19 else "not_applicable", f"The person is {age}.")
    finding.results["outcomes_test_on_ceasing_applies"] = age >= 19
    finding.because.append("'Aged over 18' is read as 19 and over.")
    return finding
