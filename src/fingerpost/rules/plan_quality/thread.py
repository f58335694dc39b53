# SPDX-License-Identifier: Apache-2.0
"""The golden thread: needs, outcomes and provision as a graph, with links stated by the plan or suggested
by its words."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, TypeVar

from fingerpost.rules.plan_quality.parts.model import Need, Outcome, Provision
from fingerpost.rules.plan_quality.parts.study import Study

S = TypeVar("S")
T = TypeVar("T")

MOST = 10_000
_COUNT = re.compile(r"^\(?(\d{1,2}|[ivx]{1,4})[.):]")
STATED = "stated"
SUGGESTED = "suggested"


@dataclass(frozen=True, slots=True)
class Link:
    """A link between two parts; suggested ones wait for a person."""

    source: int
    target: int
    kind: str


@dataclass(frozen=True, slots=True)
class Thread:
    """All links; numbers are places in the study's needs, outcomes and provision."""

    need_provision: tuple[Link, ...]
    need_outcome: tuple[Link, ...]
    outcome_provision: tuple[Link, ...]

    def as_data(self) -> dict[str, Any]:
        """Plain data for JSON."""
        return {
            name: [[link.source, link.target, link.kind] for link in getattr(self, name)]
            for name in ("need_provision", "need_outcome", "outcome_provision")
        }


def weave(study: Study) -> Thread:
    """Link everything that names, shares a row with, or speaks like something else."""
    return Thread(
        _links(study.needs, study.provision, need_to_provision),
        _links(study.needs, study.outcomes, need_to_outcome),
        _links(study.outcomes, study.provision, outcome_to_provision),
    )


def _links(
    sources: Iterable[S], targets: Iterable[T], kind: Callable[[S, T], str | None]
) -> tuple[Link, ...]:
    here_all, there = list(sources), list(enumerate(targets))
    if len(here_all) * len(there) > MOST:
        return ()  # no plan of one child is so long; the rules of the thread still look at each need
    return tuple(
        Link(here, index, found)
        for here, source in enumerate(here_all)
        for index, target in there
        if (found := kind(source, target))
    )


def need_to_provision(need: Need, line: Provision) -> str | None:
    """Stated by label or row, suggested by area, topic or telling words."""
    if (need.label and need.label in line.needs) or (need.row is not None and need.row == line.row):
        return STATED
    close = (
        _same_number(need.place.text, line.place.text)
        or (need.area and need.area == line.area)
        or need.topics & line.topics
        or len(need.stems & line.stems) >= 2
    )
    return SUGGESTED if close else None


def _same_number(one: str, other: str) -> bool:
    """Lists in B and F that count alike, "(3)" and "(3)", mean the same."""
    return bool(number_of(one)) and number_of(one) == number_of(other)


def number_of(text: str) -> str:
    """The number or letter that a list gives to a part, or nothing."""
    mark = _COUNT.match(text)
    return mark[1] if mark else ""


def need_to_outcome(need: Need, outcome: Outcome) -> str | None:
    """Stated by a shared row, suggested by topic."""
    if need.row is not None and need.row == outcome.row:
        return STATED
    return SUGGESTED if need.topics & outcome.topics or len(need.stems & outcome.stems) >= 2 else None


def outcome_to_provision(outcome: Outcome, line: Provision) -> str | None:
    """Stated by label or row, suggested by topic."""
    if (outcome.label and outcome.label in line.outcomes) or (
        outcome.row is not None and outcome.row == line.row
    ):
        return STATED
    return SUGGESTED if outcome.topics & line.topics or len(outcome.stems & line.stems) >= 2 else None
