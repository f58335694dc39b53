# SPDX-License-Identifier: Apache-2.0
"""What a review and an amendment must leave behind: followed links, answered changes, decided outcomes."""

import re
from collections.abc import Iterable, Iterator

from fingerpost.rules.plan_quality import fidelity, thread
from fingerpost.rules.plan_quality.checks import whole
from fingerpost.rules.plan_quality.checks.registry import Spot, check
from fingerpost.rules.plan_quality.parts import topics
from fingerpost.rules.plan_quality.parts.brief import Report
from fingerpost.rules.plan_quality.parts.model import Need, Outcome, Place, Provision
from fingerpost.rules.plan_quality.parts.study import Study

_DECIDED = re.compile(
    r"\b(?:achiev\w*|met|reached|partly|not yet|continu\w*|keep|kept|chang\w*|amend\w*|stop\w*|ceas\w*|remov\w*"
    r"|replac\w*|new outcome|on track|exceed\w*)\b",
    re.IGNORECASE,
)


@check("T7")
def changed_need_followed(study: Study) -> Iterator[Spot]:
    """A need that changed since the last plan has linked provision or outcomes that changed too."""
    if study.brief.before is None:
        return
    old = Study(study.brief.before, study.brief)
    known = {_plain(need.place) for need in old.needs}
    stood = {_plain(place) for place in (*_places(old.provision), *_places(old.outcomes))}
    for need in study.needs:
        links = _linked(need, study)
        changed = need.section == "B" and _plain(need.place) not in known
        if changed and links and all(_plain(place) in stood for place in links):
            yield Spot(need.place.start, need.place.end)


def _linked(need: Need, study: Study) -> list[Place]:
    lines = _places(one for one in study.provision if thread.need_to_provision(need, one))
    return lines + _places(one for one in study.outcomes if thread.need_to_outcome(need, one))


def _places(parts: Iterable[Provision | Outcome]) -> list[Place]:
    return [one.place for one in parts]


def _plain(place: Place) -> str:
    return " ".join(place.text.lower().split())


@check("Q44")
def review_changes_are_in(study: Study) -> Iterator[Spot]:
    """What the report of the last review asks for is answered in the plan."""
    review = study.brief.review
    for number, line in enumerate(fidelity.recommendations(review) if review else (), start=1):
        answer = fidelity.answer(study, 1, number, line)
        if answer.status == "dropped":
            yield whole.document(
                f"Review report, change {number}: nothing in the plan answers it ({answer.about})."
            )


@check("T9")
def outcomes_decided(study: Study) -> Iterator[Spot]:
    """The report of the review says of each outcome whether it is kept, changed or stopped."""
    review = study.brief.review
    before = study if study.brief.before is None else Study(study.brief.before, study.brief)
    if review is None:
        return
    for number, outcome in enumerate(before.outcomes, start=1):
        if not _decided(outcome, number, review):
            place = (outcome.place.start, outcome.place.end) if before is study else (0, 0)
            named = f"outcome {outcome.label or number}"
            yield Spot(*place, why=f"The report of the review decides nothing about {named}.", section="E")


def _decided(outcome: Outcome, number: int, review: Report) -> bool:
    named = re.compile(rf"\b(?:outcome |e\.? ?|o){number}\b", re.IGNORECASE)
    lines = review.lines or tuple(review.text.split("\n"))
    return any(
        _DECIDED.search(line) and (named.search(line) or len(outcome.stems & topics.stems(line.lower())) >= 2)
        for line in lines
    )
