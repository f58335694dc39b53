# SPDX-License-Identifier: AGPL-3.0-or-later
"""Working days, bank holidays, the tribunal's own counting, ages and the words for a day."""

from datetime import date, timedelta

import holidays
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fingerpost.rules.calendars import ages, bank_holidays, dates, tribunal, working_days

_YEARS = range(2017, 2029)
_TERM = st.dates(date(2018, 1, 1), date(2028, 6, 1))


def _on(text: str) -> int:
    return date.fromisoformat(text).toordinal()


def test_the_table_agrees_with_another_library_on_every_working_day() -> None:
    other = holidays.country_holidays("GB", subdiv="ENG", years=_YEARS)
    for on in bank_holidays.covered():
        day = date.fromordinal(on)
        assert working_days.is_working(on) == (day.weekday() < 5 and day not in other), day


def test_the_table_covers_whole_years() -> None:
    held = bank_holidays.covered()
    assert (dates.iso(held.start), dates.iso(held.stop)) == ("2017-01-01", "2029-01-01")


@pytest.mark.parametrize("on", ["2016-12-31", "2029-01-01"])
def test_a_year_without_bank_holidays_is_refused_and_named(on: str) -> None:
    with pytest.raises(bank_holidays.BeyondTable, match=r"held for 2017 to 2028, not for (2016|2029)"):
        working_days.is_working(_on(on))


@given(start=_TERM, count=st.integers(1, 30))
def test_working_days_after_and_before_undo_each_other(start: date, count: int) -> None:
    on = working_days.next_on_or_after(start.toordinal())
    assert working_days.before(working_days.after(on, count), count) == on


@given(start=_TERM, count=st.integers(0, 30))
def test_between_counts_what_after_counted(start: date, count: int) -> None:
    end = working_days.after(start.toordinal(), count)
    assert working_days.between(start.toordinal(), end) == count


def test_last_on_or_before_steps_over_a_long_weekend() -> None:
    assert working_days.last_on_or_before(_on("2027-03-29")) == _on("2027-03-25")


@pytest.mark.parametrize(
    ("end", "in_time"),
    [
        ("2027-03-12", "2027-03-12"),
        ("2027-02-28", "2027-03-01"),
        ("2027-08-12", "2027-09-01"),
        ("2027-08-01", "2027-09-01"),
        ("2026-08-31", "2026-09-01"),
        ("2027-07-31", "2027-08-02"),
        ("2026-12-25", "2027-01-04"),
        ("2027-01-01", "2027-01-04"),
        ("2026-12-24", "2026-12-24"),
        ("2024-12-31", "2025-01-02"),
    ],
)
def test_the_last_day_to_start_an_appeal(end: str, in_time: str) -> None:
    assert dates.iso(tribunal.appeal_in_time(_on(end))) == in_time


@given(start=_TERM, count=st.integers(1, 40))
def test_the_tribunals_days_leave_out_august_and_christmas_week(start: date, count: int) -> None:
    on, left = start, count
    while left:
        on += timedelta(days=1)
        christmas = (on.month, on.day) >= (12, 25) or (on.month, on.day) == (1, 1)
        left -= on.month != 8 and not christmas and working_days.is_working(on.toordinal())
    assert tribunal.after(start.toordinal(), count) == on.toordinal()


@pytest.mark.parametrize(
    ("born", "first"),
    [
        ("2011-08-03", "2027-06-26"),
        ("2010-11-03", "2027-06-26"),
        ("2011-08-31", "2027-06-26"),
        ("2011-09-01", "2028-07-01"),
        ("2008-02-29", "2024-06-29"),
    ],
)
def test_a_young_person_from_the_day_after_the_last_friday_in_june(born: str, first: str) -> None:
    assert dates.iso(ages.young_person_from(_on(born))) == first


@given(born=st.dates(date(1995, 1, 1), date(2020, 12, 31)), on=st.dates(date(2021, 1, 1), date(2040, 1, 1)))
def test_completed_years_change_on_the_birthday_only(born: date, on: date) -> None:
    years = ages.completed_years(born.toordinal(), on.toordinal())
    assert (
        ages.birthday(born.toordinal(), years) <= on.toordinal() < ages.birthday(born.toordinal(), years + 1)
    )


def test_a_leap_day_birthday_is_reached_on_the_first_of_march() -> None:
    assert dates.iso(ages.birthday(_on("2008-02-29"), 18)) == "2026-03-01"
    assert dates.iso(ages.birthday(_on("2008-02-29"), 20)) == "2028-02-29"


@pytest.mark.parametrize(("on", "end"), [("2026-07-31", "2026-07-31"), ("2026-08-01", "2027-07-31")])
def test_the_further_education_year_ends_on_31_july(on: str, end: str) -> None:
    assert dates.iso(ages.academic_year_end(_on(on))) == end


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("2026-02-30", "not a day of the calendar"),
        ("2026-2-3", "not written as"),
        ("20260203", "not written as"),
        ("2026-W05-1", "not written as"),
        ("٢٠٢٦-02-03", "not written as"),
        ("1899-12-31", "1900 to 2199"),
        ("2200-01-01", "1900 to 2199"),
        ("", "not written as"),
    ],
)
def test_a_date_is_read_strictly(text: str, why: str) -> None:
    with pytest.raises(dates.ImpossibleDate, match=why):
        dates.read(text)


@given(on=st.dates(date(1900, 1, 1), date(2199, 12, 31)))
def test_a_date_is_read_as_written(on: date) -> None:
    assert dates.day(dates.read(on.isoformat())) == dates.written(on.isoformat()) == on
    assert dates.iso(on.toordinal()) == on.isoformat()


def test_a_day_in_words_for_officers_and_for_families() -> None:
    assert dates.short(_on("2026-09-09")) == "Wed 9 Sep 2026"
    assert dates.plain(_on("2026-09-09")) == "9 September 2026"


def test_the_first_and_the_last_day_that_can_be_written_are_read() -> None:
    assert dates.iso(dates.read("1900-01-01")) == "1900-01-01"
    assert dates.iso(dates.read("2199-12-31")) == "2199-12-31"
