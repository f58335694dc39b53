# SPDX-License-Identifier: AGPL-3.0-or-later
"""From the records of a return to the rows that the rooms below load."""

from collections.abc import Mapping
from datetime import date

from fingerpost.rules.returns.records import RequestRecord, SettingRecord

Schools = Mapping[str, str]  # URN or UKPRN -> organisation


def plan_values(request: RequestRecord, schools: Schools) -> tuple[object, ...]:
    """In the order of plans.loading.VALUES without the census day; the first setting named counts here."""
    assessment, active = request.assessment, request.active
    plan = assessment.plan if assessment else None
    if plan is None:
        raise ValueError("a request without a plan has no plan values")
    named = plan.settings[0] if plan.settings else SettingRecord()
    return (
        plan.started_on,
        first_made_on(request),
        plan.ceased_on,
        plan.cease_reason or "",
        (active.transfer_la if active else None) or "",
        school(named, schools),
        named.urn or "",
        named.ukprn or "",
        named.setting or "",
        named.setting_other or "",
        named.sen_unit,
        named.resourced,
        plan.res or "",
        plan.wbp or "",
        plan.pb,
        plan.oa,
        plan.dp or "",
    )


def first_made_on(request: RequestRecord) -> date | None:
    """The day the plan was first made, where the return says it: as the facts have it."""
    assessment, active = request.assessment, request.active
    moved_in = active is not None and active.transfer_la is not None
    if assessment is None or assessment.outcome != "Y" or moved_in:
        return None
    return assessment.outcome_on


def placements(request: RequestRecord, schools: Schools) -> list[tuple[object, ...]]:
    """In the order of placements.loading.COLUMNS from `place` on."""
    active = request.active
    if active is None:
        return []
    return [
        (
            place,
            school(one, schools),
            one.urn or "",
            one.ukprn or "",
            one.setting or "",
            one.setting_other or "",
            one.rank,
            one.entered_on,
            one.left_on,
            one.sen_unit,
            one.resourced,
            one.res or active.res or "",
            one.wbp or active.wbp or "",
            one.attendance or "",
        )
        for place, one in enumerate(active.placements, start=1)
    ]


def needs(request: RequestRecord) -> list[tuple[str, int]]:
    """Kind and rank, one a rank."""
    active = request.active
    if active is None:
        return []
    by_rank: dict[int, str] = {}
    for place, need in enumerate(active.needs, start=1):
        if need.kind:
            by_rank.setdefault(need.rank or place, need.kind)
    return [(kind, rank) for rank, kind in by_rank.items()]


def school(setting: SettingRecord, schools: Schools) -> str | None:
    return schools.get(setting.urn or "") or schools.get(setting.ukprn or "")
