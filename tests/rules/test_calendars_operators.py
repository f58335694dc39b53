# SPDX-License-Identifier: AGPL-3.0-or-later
"""Is the arithmetic right? Each operator against a naive twin that steps day by day, and its properties."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fingerpost.rules.calendars import bank_holidays, dates, operators

_DAY = timedelta(days=1)
_ANY_DAY = st.dates(date(2017, 6, 1), date(2028, 3, 1))
_COUNT = st.integers(1, 20)


def _working(on: date) -> bool:
    return on.weekday() < 5 and on.toordinal() not in bank_holidays.names()


def _days(start: date, count: int) -> date:
    on = start
    for _ in range(count):
        on += _DAY
    return on


def _month_end(on: date) -> date:
    while (on + _DAY).month == on.month:
        on += _DAY
    return on


def _months(start: date, count: int) -> date:
    """Walk to the first of the month, month by month, then up to the same day number or the month's end."""
    on = start.replace(day=1)
    for _ in range(abs(count)):
        on = (_month_end(on) + _DAY) if count > 0 else (on - _DAY).replace(day=1)
    while on.day < start.day and (on + _DAY).month == on.month:
        on += _DAY
    return on


def _beginning_with_months(start: date, count: int) -> date:
    end = _months(start, count)
    return end - _DAY if end.day == start.day else end


def _working_after(start: date, count: int) -> date:
    on = start
    while count:
        on += _DAY
        count -= _working(on)
    return on


def _working_from(start: date, count: int) -> date:
    return _working_after(start - _DAY, count)


def _working_before(end: date, count: int) -> date:
    on = end
    while count:
        on -= _DAY
        count -= _working(on)
    return on


TWINS: dict[str, Callable[[date, int], date]] = {
    "W+": lambda start, count: _days(start, 7 * count),
    "D+": _days,
    "DI": lambda start, count: _days(start, count) - _DAY,
    "WI": lambda start, count: _days(start, 7 * count) - _DAY,
    "M+": _months,
    "MI": _beginning_with_months,
    "WD+": _working_after,
    "WDI": _working_from,
    "W≥": lambda fixed, count: fixed - timedelta(days=7 * count),
    "M≥": lambda fixed, count: _months(fixed, -count),
    "WD≥": _working_before,
}


@pytest.mark.parametrize("sign", TWINS)
@given(start=_ANY_DAY, count=_COUNT)
def test_every_operator_agrees_with_its_naive_twin(sign: str, start: date, count: int) -> None:
    end = operators.parse(f"{sign} {count}" if sign.isalpha() else f"{sign}{count}").end(start.toordinal())
    assert dates.day(end) == TWINS[sign](start, count)


@given(start=_ANY_DAY, count=_COUNT)
def test_inclusive_limits_end_a_day_before_exclusive_ones(start: date, count: int) -> None:
    on = start.toordinal()
    assert operators.parse(f"DI {count}").end(on) + 1 == operators.parse(f"D+{count}").end(on)
    assert operators.parse(f"WI {count}").end(on) + 1 == operators.parse(f"W+{count}").end(on)
    assert operators.parse(f"M+{count}").end(on) - operators.parse(f"MI {count}").end(on) in (0, 1)


@given(first=_ANY_DAY, later=_ANY_DAY, sign=st.sampled_from(sorted(TWINS)), count=_COUNT)
def test_a_later_start_never_ends_earlier(first: date, later: date, sign: str, count: int) -> None:
    operator = operators.parse(f"{sign}{count}")
    start, after = sorted((first.toordinal(), later.toordinal()))
    assert operator.end(start) <= operator.end(after)


@given(fixed=_ANY_DAY, count=_COUNT, sign=st.sampled_from(["W≥", "M≥", "WD≥"]))
def test_the_safe_day_is_one_counted_day_before_the_arguable_one(fixed: date, count: int, sign: str) -> None:
    operator = operators.parse(f"{sign}{count}")
    safe, arguable = operator.safe_end(fixed.toordinal()), operator.end(fixed.toordinal())
    between = [dates.day(on) for on in range(safe + 1, arguable)]
    if sign == "WD≥":
        assert dates.day(safe) == _working_before(fixed, count + 1)
    assert safe < arguable < fixed.toordinal()
    assert not between if sign != "WD≥" else not any(map(_working, between))


@pytest.mark.parametrize(
    ("code", "start", "end"),
    [
        ("M+2", "2026-12-30", "2027-02-28"),
        ("M+2", "2026-11-30", "2027-01-30"),
        ("M+1", "2026-08-31", "2026-09-30"),
        ("MI 12", "2028-02-29", "2029-02-28"),
        ("MI 12", "2023-03-01", "2024-02-29"),
        ("MI 12", "2025-11-04", "2026-11-03"),
        ("MI 3", "2027-05-05", "2027-08-04"),
        ("WDI 15", "2027-04-14", "2027-05-05"),
        ("WI 5", "2027-06-04", "2027-07-08"),
        ("DI 15", "2027-01-11", "2027-01-25"),
        ("D+15", "2026-10-01", "2026-10-16"),
        ("BEF", "2028-02-15", "2028-02-14"),
        ("WD+3", "2026-12-23", "2026-12-30"),
    ],
)
def test_literal_dates_of_the_law(code: str, start: str, end: str) -> None:
    assert dates.iso(operators.parse(code).end(dates.read(start))) == end


@pytest.mark.parametrize("code", ["", "W6", "W+", "BEF 3", "X+3", "W+6 weeks", "w+6", "W+-1"])
def test_a_code_outside_the_table_is_refused(code: str) -> None:
    with pytest.raises(operators.NoSuchOperator, match=r"table has W\+, D\+, DI, .*, WD≥$"):
        operators.parse(code)


@pytest.mark.parametrize(
    ("code", "sign", "count"), [("W+6", "W+", 6), ("DI 15", "DI", 15), ("BEF", "BEF", 0), ("WD≥5", "WD≥", 5)]
)
def test_a_code_is_kept_beside_what_was_read_of_it(code: str, sign: str, count: int) -> None:
    assert operators.parse(code) == operators.Operator(code, sign, count)


@pytest.mark.parametrize(
    ("code", "words", "calendar"),
    [
        ("W+6", "within 6 weeks; that day itself is left out", True),
        ("WD+1", "within 1 working day; that day itself is left out", False),
        ("DI 15", "15 days beginning with that day, which is day 1", True),
        ("MI 12", "12 months beginning with that day, which is day 1", True),
        ("WI 1", "1 week beginning with that day, which is day 1", True),
        (
            "WDI 15",
            "15 working days beginning with that day if it is a working day, else with the next one",
            False,
        ),
        ("BEF", "before that day, so at the latest the day before it", True),
        ("WD≥5", "at least 5 working days before that day", False),
    ],
)
def test_an_operator_says_which_day_is_the_first(code: str, words: str, calendar: bool) -> None:
    operator = operators.parse(code)
    assert (operator.words, operator.calendar_days) == (words, calendar)


def test_an_operator_that_counts_forwards_has_no_day_of_doubt() -> None:
    operator = operators.parse("W+6")
    assert operator.safe_end(1000) == operator.end(1000) == 1042
