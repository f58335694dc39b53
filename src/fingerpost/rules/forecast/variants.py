# SPDX-License-Identifier: Apache-2.0
"""Changed copies of a scenario, written as what changes: tables laid over the tables of the file."""

import re
from collections.abc import Mapping
from typing import Any, get_args

from fingerpost.rules.forecast import reading
from fingerpost.rules.forecast.faults import Unsuitable
from fingerpost.rules.forecast.scenario import Scenario

CHANGEABLE = tuple(
    word for word in get_args(reading.TABLES) if word not in {"variants", "until", "goal", "choose"}
)
CHANGE = re.compile(r"^([+-])\s*(\d+(?:\.\d+)?)\s*(%?)$")
SHAPES = ("value", "uniform", "triangular", "normal", "lognormal", "mean")


def variants(tables: Mapping[str, Any]) -> list[Scenario]:
    """The base scenario of a file, then its variants in the order they are written."""
    base = {word: item for word, item in tables.items() if word != "variants"}
    made = [reading.scenario_of(base)]
    for name, changes in _tables(tables.get("variants", {})):
        field = f"variants.{name}"
        for word in changes:
            if word not in CHANGEABLE:
                raise Unsuitable(f"{field}.{word}", f"a variant can change {', '.join(CHANGEABLE)}")
        changed = laid_over(base, {**changes, "name": changes.get("name", name)}, field)
        try:
            made.append(reading.scenario_of(changed))
        except Unsuitable as fault:
            raise Unsuitable(f"{field}.{fault.field}", fault.problem) from None
    return made


def _tables(found: Any) -> list[tuple[str, Mapping[str, Any]]]:
    if not isinstance(found, Mapping) or not all(isinstance(item, Mapping) for item in found.values()):
        raise Unsuitable("variants", 'write each as a table, [variants."more staff".pools.caseworkers]')
    return list(found.items())


def laid_over(below: Mapping[str, Any], above: Mapping[str, Any], field: str) -> dict[str, Any]:
    """Tables merged word by word; "+20%" or "-500" changes the number that is there."""
    merged = dict(below)
    for word, item in above.items():
        path, there = f"{field}.{word}", merged.get(word)
        if isinstance(item, Mapping) and isinstance(there, Mapping) and not _is_figure(item):
            merged[word] = laid_over(there, item, path)
        elif isinstance(item, str) and CHANGE.match(item):
            merged[word] = changed(there, item, path)
        else:
            merged[word] = item
    return merged


def _is_figure(item: Mapping[str, Any]) -> bool:
    return any(shape in item for shape in (*SHAPES, "beta", "between", "exactly"))


def changed(there: Any, change: str, field: str) -> Any:
    """A number or a figure, changed by a share or an amount; a doubt moves as a whole."""
    if there is None:
        raise Unsuitable(field, f'"{change}" changes a number of the base, and there is none')
    sign, amount, percent = CHANGE.match(change).groups()  # type: ignore[union-attr]
    step = float(f"{sign}{amount}")
    if isinstance(there, Mapping):
        return {word: _moved(word, item, step, percent) for word, item in there.items()}
    if isinstance(there, bool) or not isinstance(there, int | float):
        raise Unsuitable(field, f'"{change}" changes a number, and the base has {there!r}')
    found = there * (1 + step / 100) if percent else there + step
    return round(found) if isinstance(there, int) and float(found).is_integer() else found


def _moved(word: str, item: Any, step: float, percent: str) -> Any:
    if word not in SHAPES:
        return item
    numbers = item if isinstance(item, list) else [item]
    keep = 1 if word in {"normal", "lognormal"} else len(numbers)  # a spread of the logarithm stays
    factor = 1 + step / 100
    moved = [n * factor if percent else n + step for n in numbers[:keep]]
    if word == "normal" and percent:
        moved.append(numbers[1] * factor)
    moved += numbers[len(moved) :]
    return moved if isinstance(item, list) else moved[0]
