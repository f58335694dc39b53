# SPDX-License-Identifier: AGPL-3.0-or-later
"""The return's readiness: looked at in earnest on the demo's day; the weeks before that are made up and say so.

Nobody lived those weeks, so no verb can tell them: faults that were mended are put on true cases, and the runs that
would have counted them carry the builder's name.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import cast

from django.db.models import Q

from fingerpost.demo.area import MadeArea
from fingerpost.demo.figures import CENSUS_DAYS
from fingerpost.demo.quotas import stream
from fingerpost.records.cases.models import Case, Stage
from fingerpost.records.people import actor
from fingerpost.records.people.sight import sight_of
from fingerpost.records.returns.models import Finding, Level, ReadinessRun
from fingerpost.records.returns.readiness.actions import assess_readiness
from fingerpost.rules.returns import rule_book

YEAR = 2025
NIGHTS = tuple(date(2025, 1, day) for day in (20, 22, 24, 27, 29, 31))
# What people forget, and how often; each is a rule that a look at one case mends.
MENDED = (("L530", 30), ("L514", 25), ("L412", 15), ("L302", 12), ("L419", 8), ("L525", 60), ("L541", 40))
PER = 3000  # of so many cases


@dataclass(frozen=True, slots=True)
class Mended:
    """A made-up fault on a true case, from one night to another."""

    case: Case
    rule: str
    first: date
    gone: date


def tell(made: MadeArea, *, seed: int, at: datetime) -> ReadinessRun:
    """One true look, and the made-up way there."""
    with actor.acting(made.builder.pk):
        by = sight_of(made.builder, on=at.date())
        run = assess_readiness(area_id=made.area.pk, year=YEAR, on=at.date(), by=by, at=at)
        _age(run)
        Finding.objects.bulk_create([_finding(one) for one in _mended(made, seed, at.date())])
        ReadinessRun.objects.bulk_create([_run(run, night) for night in NIGHTS])
    return run


def _age(run: ReadinessRun) -> None:
    """What stands today has stood since census day: nothing of it began last night."""
    Finding.objects.filter(area_id=run.area_id, year=YEAR).update(first_seen_on=NIGHTS[0])


def _mended(made: MadeArea, seed: int, today: date) -> Iterator[Mended]:
    rng = stream(seed, "readiness")
    plans = Case.objects.filter(area=made.area, stage=Stage.MAINTAINED, census_on=CENSUS_DAYS[YEAR])
    cases = list(plans.order_by("person__surname", "person__forename", "person__born_on", "pk"))
    ends = (*NIGHTS[1:], today)
    for rule, often in MENDED:
        wanted = min(len(cases), -(-often * len(cases) // PER))
        for place in rng.choice(len(cases), size=wanted, replace=False):
            yield Mended(cast(Case, cases[place]), rule, NIGHTS[0], ends[rng.integers(len(ends))])


def _finding(one: Mended) -> Finding:
    rule = rule_book.rules()[one.rule]
    item = rule.items[0]
    return Finding(
        area_id=one.case.area_id,
        team_id=one.case.team_id,
        person_id=one.case.person_id,
        case=one.case,
        year=YEAR,
        rule=rule.number,
        level=rule.level,
        item=item,
        message=f"{item}: {rule.fault}. {rule.remedy}",
        first_seen_on=one.first,
        last_seen_on=max(night for night in NIGHTS if night < one.gone),
        gone_on=one.gone,
    )


def _run(true: ReadinessRun, night: date) -> ReadinessRun:
    stood = Finding.objects.filter(area_id=true.area_id, year=YEAR, first_seen_on__lte=night)
    stood = stood.filter(Q(gone_on=None) | Q(gone_on__gt=night))
    return ReadinessRun(
        area_id=true.area_id,
        year=YEAR,
        census_on=true.census_on,
        on=night,
        at=datetime.combine(night, time(2), tzinfo=UTC),
        rule_book=true.rule_book,
        persons=true.persons,
        errors=stood.filter(level=Level.ERROR).count(),
        queries=stood.filter(level=Level.QUERY).count(),
        by_id=true.by_id,
    )
