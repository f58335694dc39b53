# SPDX-License-Identifier: Apache-2.0
"""Which checks could not be made because something was not given. Not checked is never a pass."""

from dataclasses import dataclass

from fingerpost.rules.plan_quality.parts.brief import Brief

REASONS = {
    "child": "not checked: no record of the child given",
    "others": "not checked: no list of other children given",
    "advice": "not checked: no advice given",
    "letter": "not checked: the letter that goes with the plan was not given",
    "clocks": "not checked: the dates of the case were not given",
    "shared": "not checked: needs the texts of other children's plans",
    "dispatch": "not checked: nothing was given about the dispatch",
    "before": "not checked: the plan as it was before was not given",
    "review": "not checked: the report of the last annual review was not given",
    "stage": "not checked: it is not known whether this is a draft or a final plan",
}


@dataclass(frozen=True, slots=True)
class NotChecked:
    """A rule that had nothing to work with, and why."""

    rule: str
    title: str
    why: str


def lacking(needs: tuple[str, ...], brief: Brief) -> str | None:
    """The first thing a check needs and does not have."""
    return next((REASONS[need] for need in needs if getattr(brief, need) is None), None)
