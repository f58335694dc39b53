# SPDX-License-Identifier: Apache-2.0
"""The parts of a plan as plain data for JSON: each with its place, so that nothing of the text is said twice."""

from typing import Any

from fingerpost.rules.plan_quality.parts.model import Need, Outcome, Place, Provision, Source
from fingerpost.rules.plan_quality.parts.study import Study


def of(study: Study) -> dict[str, Any]:
    """Needs, outcomes, provision with its slots, and listed advice."""
    return {
        "needs": [_need(one) for one in study.needs],
        "outcomes": [_outcome(one) for one in study.outcomes],
        "provision": [_provision(one) for one in study.provision],
        "advice": [_source(one) for one in study.sources],
    }


def _place(place: Place) -> dict[str, int]:
    return {"start": place.start, "end": place.end}


def _need(one: Need) -> dict[str, Any]:
    return {"label": one.label, "section": one.section, "area": one.area} | _place(one.place)


def _outcome(one: Outcome) -> dict[str, Any]:
    return {"label": one.label} | _place(one.place)


def _provision(one: Provision) -> dict[str, Any]:
    slots = {name: [place.start, place.end] for name, place in one.slots.items()}
    return {
        "section": one.section,
        "slots": slots,
        "empty": list(one.empty),
        "needs": list(one.needs),
        "outcomes": list(one.outcomes),
    } | _place(one.place)


def _source(one: Source) -> dict[str, Any]:
    return {"role": one.role, "on": one.on.isoformat() if one.on else None} | _place(one.place)
