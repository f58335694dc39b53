# SPDX-License-Identifier: Apache-2.0
"""Is there something to appeal now, under which words of s.51(2), and does it need a mediation certificate?"""

from fingerpost.rules.duties.duty import Duty
from fingerpost.rules.duties.finding import Finding, plain
from fingerpost.rules.duties.timeline import Timeline


def certificate_needed(timeline: Timeline) -> bool:
    """Every appeal needs a mediation certificate, except one about section I only (s.55(2))."""
    return not (_sections(timeline) == {"I"} or timeline.facts.get("appeal_is_section_i_only") is True)


def _sections(timeline: Timeline) -> set[str]:
    """The sections appealed, as capitals; empty if none are held."""
    held = timeline.facts.get("appeal_sections")
    return {str(section).strip().upper() for section in held} if isinstance(held, list) else set()


def needs_certificate(duty: Duty, timeline: Timeline) -> Finding:
    """Is a mediation certificate needed before this appeal?"""
    needed = certificate_needed(timeline)
    because = (
        "A certificate is needed."
        if needed
        else "The appeal is about section I only, so no certificate is needed."
    )
    finding = plain(duty, "lawful", because)
    finding.results["certificate_needed"] = needed
    if (
        needed
        and timeline.facts.get("mediation_certificate") is False
        and timeline.happened("appeal_received")
    ):
        finding.verdict = "unlawful"
        finding.because.append("The appeal was made without one.")
    return finding


def right(duty: Duty, timeline: Timeline) -> Finding:
    """Is there something to appeal now, and under which words of s.51(2)?"""
    found = _appealable(timeline)
    if found is None:
        return plain(duty, "unknown", "No decision, plan or notice is held that could be appealed.")
    appealable, words = _OUTCOMES if _sections(timeline) == {"E"} else found
    finding = plain(duty, "lawful" if appealable else "not_applicable", words)
    results = finding.results
    results["appeal_available"] = results["appeal_right_now"] = bool(appealable)
    results["appealable" if appealable else "appeal_right_when"] = appealable or words
    return finding


def _appealable(timeline: Timeline) -> tuple[str, str] | None:
    """The latest appealable step of the case; an empty right means: not yet, and when."""
    days, latest, answer = timeline.days, (0, ""), None
    for name, (fact, answers) in _STEPS.items():
        if name in days and (days[name], name) > latest:
            found = answers.get(str(timeline.facts.get(fact)) if fact else "")
            if found is not None:
                latest, answer = (days[name], name), found
    return answer


_OUTCOMES = "", "Outcomes (section E) cannot be appealed alone; needs, provision or setting can."
_NOT_YET = (
    "",
    "A right arises when the amended final plan is sent, or the family is told it will not be amended.",
)
_REFUSED = "51(2)(a)", "The refusal to assess can be appealed."
_ENDING = "51(2)(f)", "The decision to end the plan can be appealed."
# step -> the fact that decides what it was (none: the step itself does), and the right that goes with each value
_STEPS: dict[str, tuple[str, dict[str, tuple[str, str]]]] = {
    "assessment_refusal_sent": ("", {"": _REFUSED}),
    "decision_notified": ("assessment_decision", {"refuse": _REFUSED}),
    "plan_refusal_notified": ("", {"": ("51(2)(b)", "The refusal to make a plan can be appealed.")}),
    "draft_served": (
        "",
        {"": ("", "A right arises when the final plan is sent; a draft cannot be appealed.")},
    ),
    "final_sent": ("", {"": ("51(2)(c)", "The content of the final plan can be appealed.")}),
    "amendment_notice_sent": ("", {"": _NOT_YET}),
    "amended_final_sent": ("", {"": ("51(2)(c)", "The content of the amended plan can be appealed.")}),
    "reassessed_final_sent": ("", {"": ("51(2)(c)", "The content of the plan can be appealed.")}),
    "reassess_decision_notified": (
        "assessment_decision",
        {"refuse": ("51(2)(d)", "The refusal to re-assess can be appealed.")},
    ),
    "review_decision_notified": (
        "review_outcome",
        {
            "continue": ("51(2)(e)", "The decision not to amend after the review can be appealed."),
            "amend": _NOT_YET,
            "cease": _ENDING,
        },
    ),
    "not_amending_notified": ("", {"": ("51(2)(e)", "The decision not to amend can be appealed.")}),
    "cease_notice_sent": ("", {"": _ENDING}),
}
