# SPDX-License-Identifier: Apache-2.0
"""Measured precision decides how loud a rule may be: below the floor it is only a hint. Leak rules keep their level."""

import json
from functools import cache
from importlib import resources

from fingerpost.rules.plan_quality.checks.registry import Check

FLOOR = 0.8


@cache
def measured() -> dict[str, float]:
    """Precision of each rule on the worst of the benchmark's sets, as bench/plans.py wrote it."""
    file = resources.files("fingerpost.rules.plan_quality.data") / "precision.json"
    rules: dict[str, float] = json.loads(file.read_text(encoding="utf-8"))["rules"]
    return rules


def shown(check: Check, level: str) -> str:
    """The level a finding of this rule is shown at."""
    if check.leak or measured().get(check.id, 1.0) >= FLOOR:
        return level
    return "HINT"
