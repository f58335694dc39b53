# SPDX-License-Identifier: Apache-2.0
"""What the clocks of the case say: final plan, annual review and phase transfer in time (plan-quality 2.1, Q46)."""

from collections.abc import Iterator

from fingerpost.rules.plan_quality.checks import whole
from fingerpost.rules.plan_quality.checks.registry import Spot, check
from fingerpost.rules.plan_quality.parts.brief import Clock
from fingerpost.rules.plan_quality.parts.study import Study

_PLAN = frozenset({"ehcna-decision-notice", "ehcna-refusal-notice", "plan-refusal-notice", "final-plan"})
_REVIEW = frozenset({"review-report", "review-decision", "review-amendment-notice", "amended-final-plan"})
_TRANSFER = frozenset(
    {"phase-transfer-15-february", "phase-transfer-31-march", "post16-transfer-five-months"}
)
_LATE = frozenset({"breach", "breach_unavoidable", "unlawful", "defective", "not_relieved"})


def _late(study: Study, duties: frozenset[str]) -> Iterator[Spot]:
    for clock in study.brief.clocks or ():
        if clock.duty in duties and clock.verdict in _LATE:
            yield whole.document(_said(clock))


def _said(clock: Clock) -> str:
    due = f" was due on {clock.due}" if clock.due else " is in breach"
    late = f" and is {clock.days_late} days late" if clock.days_late else ""
    return f"{clock.title}:{due}{late}.".replace(": was", ": this was")


@check("L05")
def final_plan_in_time(study: Study) -> Iterator[Spot]:
    """The decisions and the final plan came within 6, 16 and 20 weeks."""
    yield from _late(study, _PLAN)


@check("L10")
def annual_review_in_time(study: Study) -> Iterator[Spot]:
    """Report, decision and amended plan followed the review meeting in time."""
    yield from _late(study, _REVIEW)


@check("L11")
def phase_transfer_in_time(study: Study) -> Iterator[Spot]:
    """The plan was amended in time before the move to the next phase."""
    yield from _late(study, _TRANSFER)


@check("Q46")
def process_timely(study: Study) -> Iterator[Spot]:
    """Every other duty of the case that something called for was met in time."""
    rest = frozenset(clock.duty for clock in study.brief.clocks or ()) - _PLAN - _REVIEW - _TRANSFER
    yield from _late(study, rest)
