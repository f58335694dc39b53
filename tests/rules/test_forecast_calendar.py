# SPDX-License-Identifier: AGPL-3.0-or-later
"""Days and hours of the forecast: bank holidays by rule, school holidays, the fixed reference period."""

from datetime import date, timedelta

import holidays
import numpy as np
import pytest

from fingerpost.rules.calendars import bank_holidays as held
from fingerpost.rules.forecast import calendar_days, planning
from fingerpost.rules.forecast.figures import fixed
from fingerpost.rules.forecast.resources import Pool
from fingerpost.rules.forecast.year import USUAL, SchoolYear, bank_holidays, easter, school_is_out, works
from tests.rules.forecast_worlds import one_pool


@pytest.mark.parametrize("year", range(2014, 2061))
def test_working_days_by_rule_are_those_of_the_holidays_library(year: int) -> None:
    known = holidays.country_holidays("GB", subdiv="ENG", years=year)
    days = [date(year, 1, 1) + timedelta(days=at) for at in range(365)]
    assert [day for day in days if works(day)] == [
        day for day in days if day.weekday() < 5 and day not in known
    ]


def test_working_days_by_rule_are_those_of_the_dated_table() -> None:
    for year in range(2024, 2029):
        by_table = {date.fromordinal(day) for day in held.names()}
        in_year = {day for day in by_table if day.year == year}
        if in_year:
            assert in_year == set(bank_holidays(year))


@pytest.mark.parametrize(
    ("year", "sunday"), [(2024, (3, 31)), (2025, (4, 20)), (2027, (3, 28)), (2031, (4, 13)), (2038, (4, 25))]
)
def test_easter(year: int, sunday: tuple[int, int]) -> None:
    assert easter(year) == date(year, *sunday)


def test_moved_and_given_days() -> None:
    assert date(2022, 6, 2) in bank_holidays(2022)
    assert date(2022, 5, 30) not in bank_holidays(2022)
    assert {date(2022, 9, 19), date(2023, 5, 8)} <= bank_holidays(2022) | bank_holidays(2023)
    assert {date(2021, 12, 27), date(2021, 12, 28)} <= bank_holidays(2021)
    assert date(2022, 1, 3) in bank_holidays(2022)


def test_school_holidays_are_the_areas_own_where_it_gives_them() -> None:
    own = SchoolYear(((date(2026, 7, 20), date(2026, 8, 28)),))
    assert school_is_out(date(2026, 7, 20), own)
    assert not school_is_out(date(2026, 8, 31), own)
    assert school_is_out(date(2027, 8, 31), own)  # a year it does not cover
    assert not school_is_out(date(2026, 7, 20), USUAL)


def test_a_years_hours_are_worked_in_an_ordinary_year_whatever_the_horizon() -> None:
    first, count = (
        calendar_days.REFERENCE[0],
        (calendar_days.REFERENCE[1] - calendar_days.REFERENCE[0]).days + 1,
    )
    for factor in (0.0, 0.5, 1.0):
        profile = calendar_days.hours_profile(first, count, USUAL, factor)
        assert profile.sum() == pytest.approx(4.0)
        shorter = calendar_days.hours_profile(first, 100, USUAL, factor)
        assert (shorter == profile[:100]).all()


def test_a_pool_that_rests_in_the_holidays_has_no_minute_then() -> None:
    scenario = one_pool(1, 100, pools=(Pool("staff", fixed(1000), holiday_factor=0.0),))
    plan = planning.template(scenario, 365).middle
    days = [scenario.starts_on + timedelta(days=at) for at in range(365)]
    out = np.array([school_is_out(day, USUAL) or not works(day) for day in days])
    assert plan.capacity[0, out].sum() == 0
    assert plan.capacity[0].sum() == pytest.approx(60_000, rel=0.03)


def test_a_leap_day_is_a_day() -> None:
    days = calendar_days.days_from(date(2028, 2, 28), 3, USUAL)
    assert days.weekday.tolist() == [0, 1, 2]
    assert calendar_days.months_of(date(2028, 2, 28), 3)[1].tolist() == [0, 1, 1]
