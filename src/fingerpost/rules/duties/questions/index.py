# SPDX-License-Identifier: Apache-2.0
"""Which function answers which question of a law file (`ask = "..."`); None from it: the case does not raise it."""

from collections.abc import Callable, Mapping

from fingerpost.rules.duties.duty import Duty
from fingerpost.rules.duties.finding import Finding
from fingerpost.rules.duties.questions import (
    adviser,
    appeal_response,
    appeal_right,
    appeal_time,
    assessment,
    ceasing,
    detained,
    money,
    moves,
    notices,
    offer,
    orders,
    people,
    plan_ends,
    plans,
    reviews,
)
from fingerpost.rules.duties.timeline import Timeline

ASKED: Mapping[str, Callable[[Duty, Timeline], Finding | None]] = {
    "first-bar": assessment.first_bar,
    "reassessment-bar": assessment.reassessment_bar,
    "rcb-request": assessment.rcb_request,
    "own-initiative": assessment.own_initiative,
    "special-school-stay": assessment.stay,
    "notice-contents": notices.contents,
    "draft-text": plans.draft,
    "plan-sections": plans.sections,
    "secure-provision": plans.secure,
    "report-author": reviews.report_author,
    "early-years": reviews.early_years,
    "phase-window": reviews.phase_window,
    "phase-planning": reviews.planning,
    "without-review": reviews.without_review,
    "not-in-education": reviews.not_in_education,
    "cease-grounds": ceasing.grounds,
    "cease-procedure": ceasing.procedure,
    "cease-under-18": ceasing.under_eighteen,
    "cease-left-education": ceasing.left_education,
    "cease-outcomes": ceasing.outcomes,
    "cease-earliest": plan_ends.earliest,
    "end-at-25": plan_ends.at_25,
    "hand-over": moves.hand_over,
    "transfer-provision": moves.provision,
    "transfer-review": moves.review,
    "adviser-contact": adviser.contact,
    "appeal-deadline": appeal_time.appeal,
    "appeal-right": appeal_right.right,
    "appeal-certificate": appeal_right.needs_certificate,
    "appeal-response": appeal_response.response,
    "at-once": orders.at_once,
    "any-order": orders.any_order,
    "right-holder": people.right_holder,
    "additional-time": people.additional_time,
    "budget-window": money.request_window,
    "direct-payment-adult": money.becoming_adult,
    "detained-assessment": detained.rolled_up,
    "detained-appeal": detained.appeal_scope,
    "offer-comments": offer.comments,
}
