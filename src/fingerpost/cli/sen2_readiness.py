# SPDX-License-Identifier: AGPL-3.0-or-later
"""`fingerpost sen2 readiness`: could the return be handed in today? Keeps what stands in the way."""

import argparse
from datetime import date
from typing import TYPE_CHECKING

import orjson

from fingerpost.cli import web
from fingerpost.cli.errors import Unusable
from fingerpost.cli.sen2_progress import Progress
from fingerpost.rules.returns import layout, rule_book

if TYPE_CHECKING:
    from fingerpost.records.returns.models import ReadinessRun


def add(parser: argparse.ArgumentParser) -> None:
    """Words of the command."""
    parser.add_argument("--area", required=True, metavar="888", help="number of the authority")
    parser.add_argument("--year", required=True, type=int, help="year of the return: that of its census day")
    parser.add_argument("--json", action="store_true", help="answer with one JSON document")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """0 it could be handed in; 1 errors stand in the way; 2 it cannot be asked."""
    _require_year(args.year)
    web.start(role="loader")
    web.require_schema()
    found = _assess(args.area, args.year)
    print(orjson.dumps(_document(found)).decode() if args.json else _words(found))
    return int(found.errors > 0)


def _require_year(year: int) -> None:
    try:
        layout.of(year)
    except layout.UnknownYear as unknown:
        raise Unusable(f"--year {unknown}.") from None


def _assess(la: str, year: int) -> "ReadinessRun":
    from django.core.exceptions import PermissionDenied

    from fingerpost.desks.doors import day
    from fingerpost.records.foundation.models import Area
    from fingerpost.records.people import actor
    from fingerpost.records.returns.readiness import nightly
    from fingerpost.records.returns.readiness.actions import assess_readiness
    from fingerpost.records.returns.refusals import NotPossible

    area = Area.objects.filter(la_number=la).first()
    if area is None:
        raise Unusable(
            f"--area {la}: this record does not hold that authority. Give the number it was opened with, or name "
            "the record that holds it in FINGERPOST_HOME."
        )
    by = nightly.actor_of(area, on=day.memberships_on(), at=day.now())
    on: date = day.today()
    try:
        with actor.acting(by.user_id):
            return assess_readiness(
                area_id=area.pk, year=year, on=on, by=by, at=day.now(), progress=Progress()
            )
    except (NotPossible, PermissionDenied) as problem:
        raise Unusable(str(problem)) from problem


def _document(found: "ReadinessRun") -> dict[str, object]:
    return {
        "year": found.year,
        "on": found.on,
        "ready": found.errors == 0,
        "children": found.persons,
        "errors": found.errors,
        "queries": found.queries,
        "rules": found.counts,
    }


def _words(found: "ReadinessRun") -> str:
    verdict = "could be handed in today" if not found.errors else "could not be handed in today as it stands"
    lines = [f"The return of {found.year} {verdict}: {found.persons:,} children."]
    lines.append(f"{found.errors:,} to correct or answer for, {found.queries:,} to correct or explain.")
    for name, count in sorted(found.counts.items(), key=lambda one: (one[0].split()[1], -one[1])):
        number, level = name.split()
        rule = rule_book.rules()[number]
        lines.append(f"  {count:>7,}  {level:<5} {number:<5} {rule.fault}. {rule.remedy}")
    return "\n".join(lines)
