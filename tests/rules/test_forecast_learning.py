# SPDX-License-Identifier: AGPL-3.0-or-later
"""Starting from life: a return's open cases, a fit to a history, and what the fan would have said."""

from dataclasses import replace
from datetime import date
from functools import cache

import numpy as np
import pytest

from fingerpost.rules.forecast import calibrating, from_return, history, running
from fingerpost.rules.forecast.backtesting import backtest
from fingerpost.rules.forecast.calibrating import Calibration
from fingerpost.rules.forecast.demand import Backlog
from fingerpost.rules.forecast.draws import Draws
from fingerpost.rules.forecast.faults import Unsuitable
from fingerpost.rules.forecast.figures import Figure
from fingerpost.rules.forecast.forecast import Forecast
from fingerpost.rules.forecast.history import History, Point
from fingerpost.rules.forecast.pathway import Pathway
from fingerpost.rules.forecast.resources import Pool
from fingerpost.rules.forecast.scenario import Scenario
from fingerpost.rules.forecast.spans import between, exactly
from fingerpost.rules.forecast.steps import End, Work
from fingerpost.rules.forecast.tables import area_series
from fingerpost.rules.returns.records import (
    ActivePlanRecord,
    AssessmentRecord,
    Header,
    NamedPlanRecord,
    PersonRecord,
    RequestRecord,
)
from tests.rules.forecast_worlds import ehc, ehc_steps, one_pool

HOURS = "pools.staff.hours"
YEARLY = "streams.requests.yearly"


def doubtful() -> Scenario:
    base = one_pool(1, 1)
    stream = base.streams[0]
    return base.but(
        pools=(Pool("staff", Figure("uniform", (900.0, 1500.0))),),
        streams=(type(stream)("requests", "task", Figure("uniform", (900.0, 1500.0))),),
    )


def made_up(hours: float, yearly: float, seed: int, months: int = 18) -> History:
    """A history from known figures."""
    draws = Draws((HOURS, YEARLY), np.array([[hours, yearly]]))
    until = date(2026, 8, 31) if months == 18 else date(2027, 2, 28)
    return as_history(running.run(doubtful(), until=until, draws=draws, seed=seed))


def as_history(ran: Forecast) -> History:
    points = []
    for measure, subject in (("requests", "requests"), ("issued", "done"), ("waiting", "staff")):
        values = area_series(ran, measure, subject)[0]
        points += [
            Point(m, measure, subject, float(v)) for m, v in zip(ran.names.months, values, strict=True)
        ]
    return History(tuple(sorted(points)))


@cache
def fitted() -> Calibration:
    return calibrating.calibrate(doubtful(), made_up(1150, 1280, 77), sims=1500, checks=100)


def test_a_fit_finds_the_figures_a_history_was_made_with() -> None:
    learned = {one.path: one for one in fitted().learned}
    for path, truth in ((HOURS, 1150), (YEARLY, 1280)):
        low, _, high = learned[path].posterior
        assert low <= truth <= high
        assert learned[path].narrower < 0.5


def test_nine_in_ten_intervals_hold_the_truth_about_nine_times_in_ten() -> None:
    """Four standard errors of a hundred checks about 90%."""
    assert all(0.78 <= one.coverage <= 1.0 for one in fitted().learned)


def test_intervals_are_as_wide_with_eight_figures_in_doubt_as_with_two() -> None:
    """A line through few points and many columns would follow chance, and make them too narrow."""
    stream = doubtful().streams[0]
    others = tuple(
        replace(stream, name=f"other {at}", yearly=Figure("uniform", (10.0, 30.0))) for at in range(6)
    )
    many = doubtful().but(streams=(stream, *others))
    found = calibrating.calibrate(many, made_up(1200, 1100, 9), sims=600, checks=150)
    assert 0.87 <= float(np.mean([one.coverage for one in found.learned])) <= 0.95


def test_what_the_history_cannot_tell_is_said() -> None:
    spare = doubtful().but(pools=(Pool("staff", Figure("uniform", (5e5, 1e6))),))
    found = calibrating.calibrate(spare, made_up(1400, 1000, 3), sims=1000, checks=20)
    words = {one.path: one.words() for one in found.learned}
    assert "says next to nothing" in words[HOURS]
    assert "says next to nothing" not in words[YEARLY]


def test_a_backtest_covers_the_hidden_year_and_is_scored_beside_naive_guesses() -> None:
    tested = backtest(doubtful(), made_up(1150, 1280, 5, months=24), hold_out_months=9, sims=1500)
    assert tested.covered >= 0.6
    assert {score.measure for score in tested.scores} == {"requests", "issued", "waiting"}
    waiting = next(score for score in tested.scores if score.measure == "waiting")
    assert set(waiting.naive) == {"last value", "same month last year", "mean of the last year"}
    assert waiting.beats_naive


def test_ensemble_fans_cover_made_up_futures_nine_times_in_ten() -> None:
    fan = running.run(doubtful(), until=date(2026, 8, 31), draws=400, seed=1)
    futures = running.run(doubtful(), until=date(2026, 8, 31), draws=200, seed=2)
    inside = []
    for measure, subject in (("requests", "requests"), ("issued", "done"), ("waiting", "staff")):
        low, high = np.quantile(area_series(fan, measure, subject), [0.05, 0.95], axis=0)
        values = area_series(futures, measure, subject)
        inside.append(((low <= values) & (values <= high)).mean())
    assert 0.84 <= float(np.mean(inside)) <= 0.96


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("2025-13,issued,done,5", "write a month like 2025-03"),
        ("2025-03,happiness,done,5", 'there is no measure "happiness"'),
        ("2025-03,issued,done,many", "write a month like 2025-03 and a number"),
        ("2025-03,issued,done,inf", "the value is not a number"),
    ],
)
def test_a_fault_in_a_history_names_its_line(line: str, fault: str) -> None:
    with pytest.raises(Unsuitable, match="history line 2") as found:
        history.read(f"month,measure,subject,value\n{line}\n")
    assert fault in str(found.value)


def person(at: int, request: RequestRecord) -> PersonRecord:
    return PersonRecord(at, at, "Rowan", "Wren", date(2016, 5, 1), requests=(request,))


def test_a_returns_open_cases_start_the_forecast() -> None:
    header = Header("SEN2", 2025, date(2025, 1, 16), "888", "1")
    plan = NamedPlanRecord(started_on=date(2023, 5, 1))
    ago = date(2024, 3, 1)
    requests = [
        RequestRecord(received_on=date(2025, 1, 2), outcome="A"),
        RequestRecord(received_on=ago, outcome="Y", assessment=AssessmentRecord(outcome="A")),
        RequestRecord(received_on=ago, outcome="N", outcome_on=date(2024, 4, 1)),
        RequestRecord(
            received_on=date(2023, 1, 1),
            outcome="H",
            assessment=AssessmentRecord(outcome="H", plan=plan),
            active=ActivePlanRecord(last_review_on=date(2024, 12, 1)),
        ),
        RequestRecord(
            outcome="H", assessment=AssessmentRecord(outcome="H", plan=plan), active=ActivePlanRecord()
        ),
        RequestRecord(received_on=date(1999, 1, 1), outcome="A"),
    ]
    persons = [person(at, request) for at, request in enumerate(requests)]
    steps = frozenset({"decide", "ep-advice", "draft", "consultation", "final", "until-review", "review"})
    found = from_return.caseload(header, persons, starts_on=date(2025, 2, 3), steps=steps)
    assert (found.undecided, found.assessed, found.in_force, found.left_out) == (1, 1, 2, 1)
    where = sorted(token.step for case in found.cases for token in case.tokens)
    assert where == ["decide", "ep-advice", "review", "until-review"]
    assert any("guessed" in line for line in found.words)


def test_a_return_of_another_year_is_refused() -> None:
    header = Header("SEN2", 2023, date(2023, 1, 19), "888", "1")
    with pytest.raises(Unsuitable, match="within 120 days"):
        from_return.caseload(header, [], starts_on=date(2025, 2, 3), steps=frozenset())


def test_a_return_is_refused_where_its_open_cases_have_no_step_to_stand_at() -> None:
    header = Header("SEN2", 2025, date(2025, 1, 16), "888", "1")
    with pytest.raises(Unsuitable, match='can stand at "decide"'):
        from_return.caseload(header, [], starts_on=date(2025, 2, 3), steps=frozenset({"draft"}))


def test_a_return_replaces_only_the_backlogs_it_tells_of() -> None:
    header = Header("SEN2", 2025, date(2025, 1, 16), "888", "1")
    request = RequestRecord(received_on=date(2025, 1, 2), outcome="A")
    apart = (Work("diagnose", "health", exactly(1), exactly(1), "told"), End("told", "told"))
    written = tuple(
        Backlog(step, step, 5, between(1, 90)) for step in ("decide", "health", "consultation", "diagnose")
    )
    scenario = ehc(pathway=Pathway((*ehc_steps(), *apart)), backlog=written, starts_on=date(2025, 2, 3))
    shares = {"final": 0.1, "ep": 0.9}
    found = from_return.caseload(
        header, [person(0, request)], starts_on=date(2025, 2, 3), steps=scenario.pathway.names, shares=shares
    )
    begun, words = from_return.started_from(scenario, found)
    assert [one.name for one in begun.backlog] == ["diagnose"]
    assert "kept as written: backlog.diagnose; a SEN2 return does not tell of it" in words
    assert len(begun.live) == 1
