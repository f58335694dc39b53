# SPDX-License-Identifier: AGPL-3.0-or-later
"""Mediation, appeals, exceptions, custody and who asked, each as often as published."""

from collections.abc import Mapping

from fingerpost.demo import (
    targets,
)
from fingerpost.demo.figures import Published
from fingerpost.demo.lives import Request
from fingerpost.demo.quotas import shuffled, spread, stream


def raise_flags(
    seed: int, figures: Published, size: targets.Scale, made: list[Request], waiting: list[Request]
) -> None:
    """Mediation, appeals, exceptions, custody and who asked, each as often as published."""
    everyone = made + waiting
    for year in (2022, 2023, 2024):
        rng = stream(seed, "flags", year)
        row = figures.row("flow", year)
        issued = [r for r in made if r.assessed_on and r.assessed_on.year == year]
        for column, field in (
            ("number_assess_mediation", "assessment_mediation"), ("number_assess_tribunal", "assessment_tribunal"),
            ("number_other_mediation", "other_mediation"), ("number_other_tribunal", "other_tribunal"),
        ):  # fmt: skip
            for request in shuffled(rng, issued)[: round(size.scale * row.get(column, 0))]:
                setattr(request, field, True)
        _exceptions(row, issued, size.scale)
        received = [r for r in everyone if r.received_on and r.received_on.year == year]
        for request in shuffled(rng, received)[: round(size.scale * row.get("requests_rya", 0))]:
            request.in_custody = True
        for request, source in zip(
            received, spread(rng, len(received), {"1": 38, "2": 55, "3": 4, "4": 2, "5": 1}), strict=True
        ):
            request.source = source


def _exceptions(row: Mapping[str, int], issued: list[Request], scale: float) -> None:
    """Flagged exceptions, in time and late, are the difference of the two published denominators."""
    dated = [r for r in issued if r.received_on]
    for column, first, last in (
        ("plans_issued_{}within_20_weeks", 0, 140), ("plans_issued_gt20weeks_ltYear{}", 141, 364),
    ):  # fmt: skip
        whole = row.get(column.replace("{}", ""), 0)
        kept = row.get(column.replace("{}within_20_weeks", "20_weeks_ex").replace("{}", "_ex"), whole)
        able = [
            r
            for r in dated
            if r.assessed_on and r.received_on and first <= (r.assessed_on - r.received_on).days <= last
        ]
        for request in able[: round(scale * (whole - kept))]:
            request.exception = True
