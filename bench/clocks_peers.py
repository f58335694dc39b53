# SPDX-License-Identifier: AGPL-3.0-or-later
"""The same three duties (6, 16, 20 weeks) in OpenFisca core, and working days in a loop over a working-day library."""

import random
import time
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from fingerpost.rules.calendars import operators
from fingerpost.rules.duties import clocks
from fingerpost.rules.duties.facts import CaseFacts, Event

_DUTIES = ("ehcna-decision-notice", "plan-refusal-notice", "final-plan")
_WEEKS = (6, 16, 20)


def compare(count: int) -> None:
    """Microseconds a case, each in its own most natural way. A missing peer is said, not skipped in silence."""
    dice = random.Random(1)
    days = [date(2023, 1, 2) + timedelta(days=dice.randrange(900)) for _ in range(count)]
    print("three duties (6, 16 and 20 weeks), microseconds a case")
    _show("Fingerpost, full answer with reasons", count, lambda: [_ours(day) for day in days])
    _show("Fingerpost, operators only", count, lambda: _operators(days))
    for name, work in (("OpenFisca core, vectors", _openfisca), ("workalendar, loop by days", _workalendar)):
        try:
            _show(name, count, lambda work=work: work(days))  # type: ignore[misc]
        except ImportError as missing:
            print(f"  {name:40} not run: {missing}")


def _show(name: str, count: int, work: Callable[[], object]) -> None:
    work()
    begun = time.perf_counter()
    work()
    print(f"  {name:40} {(time.perf_counter() - begun) / count * 1e6:9.2f}")


def _ours(day: date) -> object:
    case = CaseFacts((Event("request_received", day),), {})
    return clocks.answer(case, today=date(2026, 1, 5), duties=_DUTIES)


def _operators(days: list[date]) -> object:
    found = [operators.parse(f"W+{weeks}") for weeks in _WEEKS]
    return [operator.end(day.toordinal()) for day in days for operator in found]


def _openfisca(days: list[date]) -> object:
    """Due dates as variables of an entity: fast in bulk, with no reasons and no pairing of events."""
    import numpy as np
    from openfisca_core.entities import Entity
    from openfisca_core.periods import DateUnit
    from openfisca_core.simulations import SimulationBuilder
    from openfisca_core.taxbenefitsystems import TaxBenefitSystem
    from openfisca_core.variables import Variable

    case = Entity("case", "cases", "a case", "")
    system = TaxBenefitSystem([case])
    plain: dict[str, Any] = {"value_type": date, "entity": case, "definition_period": DateUnit.YEAR}
    system.add_variable(type("request_received", (Variable,), {**plain}))
    for weeks in _WEEKS:
        system.add_variable(type(f"due_{weeks}", (Variable,), {**plain, "formula": _formula(weeks)}))
    simulation = SimulationBuilder().build_default_simulation(system, len(days))
    simulation.set_input("request_received", "2026", np.array(days, dtype="datetime64[D]"))
    return [simulation.calculate(f"due_{weeks}", "2026") for weeks in _WEEKS]


def _formula(weeks: int) -> Callable[..., Any]:
    def formula(case: Any, period: Any) -> Any:
        import numpy as np

        return case("request_received", period) + np.timedelta64(7 * weeks, "D")

    return formula


def _workalendar(days: list[date]) -> object:
    """Fifteen working days found by stepping, as a loop over such a library does it."""
    from workalendar.europe import UnitedKingdom

    calendar = UnitedKingdom()
    return [calendar.add_working_days(day, 15) for day in days[: len(days) // 10] for _ in range(10)]
