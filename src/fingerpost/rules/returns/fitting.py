# SPDX-License-Identifier: Apache-2.0
"""Brings a record of any year into the shape of one year: what that year has no place for is moved or left out."""

from dataclasses import fields, replace
from functools import cache
from typing import Any, TypeVar

from fingerpost.rules.returns import layout as layouts
from fingerpost.rules.returns.layout import Layout
from fingerpost.rules.returns.records import (
    ActivePlanRecord,
    RequestRecord,
    SettingRecord,
)

T = TypeVar("T", RequestRecord, ActivePlanRecord, SettingRecord)
KINDS = {"Requests": RequestRecord, "ActivePlans": ActivePlanRecord, "PlacementDetail": SettingRecord}
KEPT = frozenset({"line", "ordinal"})


def fitted(request: RequestRecord, layout: Layout) -> RequestRecord:
    """The same request with nothing in it that the year's return does not have."""
    active = _active(request.active, layout) if request.active is not None else None
    return replace(_stripped(request, "Requests", layout), active=active)


def _active(active: ActivePlanRecord, layout: Layout) -> ActivePlanRecord:
    """Residential and work-based: of the plan in 2023, of each placement since."""
    placements = active.placements
    if "Res" in layout.records["ActivePlans"]:
        res = active.res or next((one.res for one in placements if one.res), None)
        wbp = active.wbp or next((one.wbp for one in placements if one.wbp), None)
        active = replace(active, res=res, wbp=wbp)
    elif active.res or active.wbp:
        placements = tuple(replace(p, res=p.res or active.res, wbp=p.wbp or active.wbp) for p in placements)
    kept = tuple(_stripped(one, "PlacementDetail", layout) for one in placements)
    return replace(_stripped(active, "ActivePlans", layout), placements=kept)


def _stripped(record: T, name: str, layout: Layout) -> T:
    strays = [f for f in _strays(name, layout.year) if getattr(record, f) not in (None, ())]
    nothing: dict[str, Any] = dict.fromkeys(strays)
    return replace(record, **nothing) if strays else record


@cache
def _strays(name: str, year: int) -> tuple[str, ...]:
    """Fields of the record that this year's layout has no item for."""
    held = {item.field for item in layouts.of(year).records[name].values()}
    return tuple(f.name for f in fields(KINDS[name]) if f.name not in held | KEPT)
