# SPDX-License-Identifier: Apache-2.0
"""Right returns damaged at random: the check names faults, the strict reader reads or refuses, no more."""

import io

from hypothesis import given, settings
from hypothesis import strategies as st

from fingerpost.rules.returns import check, doubts, facts, layout, measures, reader
from fingerpost.rules.returns.check import Finding
from fingerpost.rules.returns.tally import Tally
from fingerpost.rules.returns.unreadable import Unreadable
from tests.rules.small_return import SmallReturn

CODES = [
    "0",
    "1",
    "2",
    "9",
    "A",
    "H",
    "N",
    "Y",
    "W",
    "XXX",
    "888",
    "NEET",
    "NIEO",
    "DS",
    "UN8",
    "UN1",
    "W888299922417",
    "W88829992241A",
    "999417",
    "10001234",
    "=1+1",
]
DAYS = [
    "2025-01-16",
    "2025-01-17",
    "2024-02-29",
    "2023-02-29",
    "1900-01-01",
    "0001-01-01",
    "9999-12-31",
    "17/03/2024",
]
VALUES = st.sampled_from([*CODES, *DAYS, "", " ", "\u00ed\u4e2d", "x" * 300])
DAMAGE = st.tuples(st.sampled_from(["remove", "text", "again", "swap"]), st.integers(0, 10_000), VALUES)


def damaged(year: int, damage: list[tuple[str, int, str]]) -> bytes:
    small = SmallReturn(year)
    for verb, place, value in damage:
        parents = [
            (above, child) for above in small.root.iter() for child in above if above is not small.root
        ]
        above, child = parents[place % len(parents)]
        if verb == "remove":
            above.remove(child)
        elif verb == "text":
            child.text = value
        elif verb == "again":
            above.append(child)
        else:
            above.remove(child)
            above.insert(0, child)
    return small.bytes()


@settings(max_examples=250, deadline=None)
@given(st.sampled_from(layout.years()), st.lists(DAMAGE, min_size=1, max_size=8))
def test_the_check_never_stumbles(year: int, damage: list[tuple[str, int, str]]) -> None:
    data = damaged(year, damage)
    found: list[Finding] = []
    tally = Tally(layout.of(year))
    try:
        summary = check.check(io.BytesIO(data), found.append, watch=lambda _: [tally.watch])
    except Unreadable:
        return
    assert summary.errors + summary.queries == len(found)
    assert all(f.line >= 0 and f.message and "\n" not in f.message for f in found)
    assert list(measures.of(tally.counts, year))


@settings(max_examples=250, deadline=None)
@given(st.sampled_from(layout.years()), st.lists(DAMAGE, min_size=1, max_size=4))
def test_the_strict_reader_reads_or_refuses(year: int, damage: list[tuple[str, int, str]]) -> None:
    try:
        header, persons = reader.read(io.BytesIO(damaged(year, damage)))
        together = doubts.Together(header.census_on)
        for person in persons:
            assert all(doubt.choices for doubt in (*doubts.in_record(person, header), *together.add(person)))
            assert all(facts.facts_of(request, person, header) for request in person.requests)
    except reader.Unreadable:
        return


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(layout.years()), st.data())
def test_a_file_cut_anywhere_is_refused(year: int, data: st.DataObject) -> None:
    whole = SmallReturn(year).bytes()
    end = whole.rindex(b"</Message>") + len(b"</Message>")
    cut = data.draw(st.integers(0, end - 1))
    try:
        _, persons = reader.read(io.BytesIO(whole[:cut]))
        list(persons)
    except reader.Unreadable:
        return
    raise AssertionError(f"cut at {cut} of {end} was read as whole")


def test_days_at_the_end_of_time_do_not_stop_the_count() -> None:
    active = "p2/Requests/ActivePlans"
    for day in ("0001-01-01", "9999-12-31"):
        small = SmallReturn(2025).put(f"{active}/ReviewMeeting", day).put("p2/PersonBirthDate", day)
        small.put(f"{active}/PlacementDetail/URN", None).put(f"{active}/PlacementDetail/SENSetting", "NIEO")
        small.put("p1/Requests/ReceivedDate", day).put("p1/Requests/Assessment/AssessmentOutcomeDate", day)
        tally, found = Tally(layout.of(2025)), list[Finding]()
        check.check(io.BytesIO(small.bytes()), found.append, watch=lambda _, t=tally: [t.watch])  # type: ignore[misc]
        assert tally.counts["ehcplans"] == 2
