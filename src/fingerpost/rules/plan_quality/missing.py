# SPDX-License-Identifier: Apache-2.0
"""Which checks could not be made because something was not given. Not checked is never a pass."""

from dataclasses import dataclass

from fingerpost.rules.plan_quality.parts.model import Brief

REASONS = {
    "child": "not checked: no record of the child given",
    "others": "not checked: no list of other children given",
    "advice": "not checked: no advice given",
    "letter": "not checked: the letter that goes with the plan is not part of this document",
    "case": "not checked: needs the dates of the case (use `fingerpost clocks`)",
    "plans": "not checked: needs the texts of other children's plans",
    "dispatch": "not checked: needs the address and attachments of the dispatch",
    "service": "not checked: needs the record of who was sent a copy",
    "review": "not checked: needs the report of the last annual review",
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
    given = {"child": brief.child, "others": brief.others, "advice": brief.advice, "stage": brief.stage}
    return next((REASONS[need] for need in needs if given.get(need) is None), None)
