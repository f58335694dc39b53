# SPDX-License-Identifier: AGPL-3.0-or-later
"""The open benchmark of the plan check: precision and recall per rule on two sets, then speed. `python -m
bench.plans`."""

import argparse
import json
from pathlib import Path

from bench import plans_judge, plans_second, plans_speed
from bench.plans_made import plans
from fingerpost.rules.plan_quality.checks.registry import LEAKS
from fingerpost.rules.plan_quality.precision import FLOOR
from fingerpost.rules.plan_quality.version import RULES_VERSION

OUT = Path(__file__).parent.parent / "src/fingerpost/rules/plan_quality/data/precision.json"
SEED = 2026


def main() -> None:
    """Measure, print, and with --write keep the precision that decides which rules are hints."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--write", action="store_true", help="write the measured precision into the rule room's data"
    )
    parser.add_argument("--count", type=int, default=360, help="plans in the first set")
    parser.add_argument("--no-speed", action="store_true")
    parser.add_argument("--errors", action="store_true", help="show what was missed and what fired wrongly")
    args = parser.parse_args()
    first = plans_judge.judge([plans_judge.check(made) for made in plans(args.count, SEED)])
    second = plans_second.judge()
    _table(first, second)
    if args.errors:
        print(*first.errors, *second.errors, sep="\n")
    if args.write:
        _write(first, second)
    if not args.no_speed:
        plans_speed.main()


def _table(first: plans_judge.Tally, second: plans_judge.Tally) -> None:
    print(f"{'rule':8}{'first set':>34}{'second set':>34}")
    print(
        f"{'':8}{'hits':>8}{'wrong':>8}{'precision':>10}{'recall':>8}{'hits':>8}{'wrong':>8}{'precision':>10}{'recall':>8}"
    )
    for rule in sorted({*first.right, *first.wrong, *first.missed, *second.right, *second.wrong}, key=_order):
        print(f"{rule:8}{first.line(rule)}{second.line(rule)}")
    print(f"{'all':8}{first.line(None)}{second.line(None)}")
    for kind, (found, planted) in sorted(second.kinds.items()):
        print(f"second set, faults of kind {kind!r}: {found} of {planted} found")


def _order(rule: str) -> tuple[str, float]:
    digits = "".join(letter for letter in rule if letter.isdigit() or letter == ".")
    return rule[0], float(digits or 0)


def _write(first: plans_judge.Tally, second: plans_judge.Tally) -> None:
    """The worse of the two sets, for every rule that fired often enough to say."""
    rules = {}
    for rule in sorted({*first.right, *first.wrong, *second.right, *second.wrong}, key=_order):
        measured = [value for tally in (first, second) if (value := tally.precision(rule)) is not None]
        if measured:
            rules[rule] = round(min(measured), 3)
    note = (
        "Written by bench/plans.py; precision on the worse of the two sets, rules that fired at least five "
        "times in a set."
    )
    text = json.dumps(
        {"licence": "Apache-2.0", "note": note, "rules_version": RULES_VERSION, "rules": rules}, indent=1
    )
    OUT.write_text(text + "\n", encoding="utf-8")
    low = [rule for rule, value in rules.items() if value < FLOOR and rule not in LEAKS]
    print(f"written; shown as HINT from now on: {', '.join(low) or 'none'}")


if __name__ == "__main__":
    main()
