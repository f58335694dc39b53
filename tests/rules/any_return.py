# SPDX-License-Identifier: Apache-2.0
"""Hypothesis makes returns of any year: every item of its shape, given or left out, sensible or not."""

from datetime import date, datetime
from typing import Any

from hypothesis import strategies as st

from fingerpost.rules.returns import layout
from fingerpost.rules.returns import records as r

YEARS = st.sampled_from(layout.years())
LETTERS = st.characters(codec="utf-8", categories=["L", "P", "Sm"])
NAMES = st.text(LETTERS, min_size=1, max_size=20)
LONGEST = {"PostCode": 8, "UPN": 13, "UniqueLearnerNumber": 10, "URN": 6, "UKPRN": 8}


def _days(year: int) -> st.SearchStrategy[date]:
    return st.dates(date(2010, 1, 1), layout.of(year).census_on)


def _code(name: str) -> st.SearchStrategy[str | None]:
    return st.none() | st.sampled_from(sorted(layout.codes(name)))


FLAG = st.none() | st.booleans()
RANK = st.none() | st.sampled_from([1, 2])


def _value(item: layout.Item, year: int) -> st.SearchStrategy[Any]:
    if item.element in LONGEST:
        return st.none() | st.text(LETTERS, min_size=1, max_size=LONGEST[item.element])
    kinds: dict[str, st.SearchStrategy[Any]] = {
        "date": st.none() | _days(year),
        "flag": FLAG,
        "text": st.none() | NAMES,
        "authority": st.none() | st.sampled_from(["888", "201", "XXX"]),
        "gender": st.none() | st.sampled_from(["M", "F", "0", "9"]),
        "placement_rank": RANK,
        "sen_type_rank": RANK,
    }
    return kinds[item.kind] if item.kind in kinds else _code(item.kind)


@st.composite
def _record(draw: st.DrawFn, name: str, year: int) -> dict[str, Any]:
    items = layout.of(year).records[name]
    return {item.field: draw(_value(item, year)) for item in items.values() if item.kind != "record"}


@st.composite
def _setting(draw: st.DrawFn, name: str, year: int) -> r.SettingRecord:
    values = draw(_record(name, year))
    kept = draw(st.sampled_from(["urn", "ukprn", "setting"]))
    values |= {field: None for field in ("urn", "ukprn", "setting") if field != kept}
    return r.SettingRecord(**values)


@st.composite
def _plan(draw: st.DrawFn, year: int) -> r.NamedPlanRecord:
    details = draw(st.lists(_setting("PlanDetail", year), max_size=2))
    return r.NamedPlanRecord(**draw(_record("NamedPlan", year)), settings=tuple(details))


@st.composite
def _active(draw: st.DrawFn, year: int) -> r.ActivePlanRecord:
    placements = draw(st.lists(_setting("PlacementDetail", year), max_size=2))
    needs = [r.NeedRecord(**values) for values in draw(st.lists(_record("SENneed", year), max_size=2))]
    return r.ActivePlanRecord(
        **draw(_record("ActivePlans", year)), placements=tuple(placements), needs=tuple(needs)
    )


@st.composite
def _request(draw: st.DrawFn, year: int) -> r.RequestRecord:
    values = draw(_record("Requests", year)) | {"outcome": draw(st.sampled_from("YNAWH"))}
    assessment = None
    if draw(st.booleans()):
        inner = draw(_record("Assessment", year)) | {"outcome": draw(st.sampled_from("YNAWH"))}
        assessment = r.AssessmentRecord(**inner, plan=draw(st.none() | _plan(year)))
    active = draw(_active(year)) if assessment and assessment.plan else None
    return r.RequestRecord(**values, assessment=assessment, active=active)


@st.composite
def _person(draw: st.DrawFn, year: int, ordinal: int) -> r.PersonRecord:
    values = draw(_record("Person", year))
    values |= {"surname": draw(NAMES), "forename": draw(NAMES), "birth_on": draw(_days(year))}
    requests = draw(st.lists(_request(year), min_size=1, max_size=2))
    return r.PersonRecord(ordinal=ordinal, line=0, **values, requests=tuple(requests))


@st.composite
def any_return(draw: st.DrawFn) -> tuple[r.Header, list[r.PersonRecord]]:
    year = draw(YEARS)
    header = r.Header(
        collection="SEN2", year=year, census_on=layout.of(year).census_on, la="888", serial="007",
        made_at=datetime.fromisoformat(f"{year}-02-02T09:30:00"), software=draw(st.none() | NAMES), dmo="Y", dco="N",
        dsco="R" if year >= 2025 else None,
    )  # fmt: skip
    count = draw(st.integers(1, 2))
    return header, [draw(_person(year, ordinal)) for ordinal in range(1, count + 1)]
