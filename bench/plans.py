# SPDX-License-Identifier: AGPL-3.0-or-later
"""The open benchmark of the plan check: precision and recall per rule on five sets, then speed.

`python -m bench.plans`
"""

import argparse
import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from bench import plans_judge, plans_labelled, plans_speed
from bench.plans_judge import Tally
from bench.plans_made import plans
from fingerpost.rules.plan_quality.checks.registry import LEAKS
from fingerpost.rules.plan_quality.precision import FLOOR
from fingerpost.rules.plan_quality.version import RULES_VERSION

OUT = Path(__file__).parent.parent / "src/fingerpost/rules/plan_quality/data/precision.json"
SEED = 2026
NOTE = (
    "Written by bench/plans.py; precision on the worst of the sets in which a rule fired at least five times."
)


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
    sets = {
        "first": plans_judge.judge([plans_judge.check(made) for made in plans(args.count, SEED)]),
        "second": plans_labelled.judge(plans_labelled.SECOND),
        "third": plans_labelled.judge(plans_labelled.THIRD),
        "fourth": plans_labelled.judge(plans_labelled.FOURTH),
        "fifth": plans_labelled.judge(plans_labelled.FIFTH),
    }
    _table(sets)
    if args.errors:
        print(*(error for tally in sets.values() for error in tally.errors), sep="\n")
    if args.write:
        _write(tuple(sets.values()))
    if not args.no_speed:
        plans_speed.main()


def _table(sets: Mapping[str, Tally]) -> None:
    print(f"{'rule':8}" + "".join(f"{name + ' set':>34}" for name in sets))
    print(f"{'':8}" + f"{'hits':>8}{'wrong':>8}{'precision':>10}{'recall':>8}" * len(sets))
    for rule in _fired(sets.values()):
        print(f"{rule:8}" + "".join(tally.line(rule) for tally in sets.values()))
    print(f"{'all':8}" + "".join(tally.line(None) for tally in sets.values()))
    for name, tally in sets.items():
        for kind, (found, planted) in sorted(tally.kinds.items()):
            print(f"{name} set, faults of kind {kind!r}: {found} of {planted} found")


def _fired(tallies: Iterable[Tally]) -> list[str]:
    return sorted({rule for tally in tallies for rule in (*tally.right, *tally.wrong)}, key=_order)


def _order(rule: str) -> tuple[str, float]:
    digits = "".join(letter for letter in rule if letter.isdigit() or letter == ".")
    return rule[0], float(digits or 0)


def _write(tallies: Sequence[Tally]) -> None:
    """The worst of the sets, for every rule that fired often enough to say."""
    worst = {
        rule: min((value for tally in tallies if (value := tally.precision(rule)) is not None), default=None)
        for rule in _fired(tallies)
    }
    rules = {rule: round(value, 3) for rule, value in worst.items() if value is not None}
    kept = {"licence": "Apache-2.0", "note": NOTE, "rules_version": RULES_VERSION, "rules": rules}
    OUT.write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")
    low = [rule for rule, value in rules.items() if value < FLOOR and rule not in LEAKS]
    print(f"written; shown as HINT from now on: {', '.join(low) or 'none'}")


if __name__ == "__main__":
    main()
