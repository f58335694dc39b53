# SPDX-License-Identifier: Apache-2.0
"""What a pathway must keep to: no way into nowhere, no circle without time, an end for everybody, forks that meet."""

from typing import TYPE_CHECKING

from fingerpost.rules.forecast.faults import Unsuitable
from fingerpost.rules.forecast.figures import check as check_figure
from fingerpost.rules.forecast.spans import check_span
from fingerpost.rules.forecast.steps import Branch, Clock, Delay, End, Fork, Join, Step, Work, leads_to, rests

if TYPE_CHECKING:
    from fingerpost.rules.forecast.pathway import Pathway

MOST_STEPS = 200
MOST_HOURS = 1_000
MOST_DAYS = 1_500


def check(pathway: "Pathway") -> None:
    """Refuse the pathway with the first field that breaks a rule."""
    _check_names(pathway)
    for step in pathway.steps:
        _check_links(pathway, step)
        _check_numbers(step)
    _check_cycles(pathway)
    _check_exits(pathway)
    for step in pathway.steps:
        if isinstance(step, Fork):
            _check_fork(pathway, step)
    _check_joins(pathway)


def _check_names(pathway: "Pathway") -> None:
    if not pathway.steps:
        raise Unsuitable("pathway", "there are no steps")
    if len(pathway.steps) > MOST_STEPS:
        raise Unsuitable("pathway", f"at most {MOST_STEPS} steps, here {len(pathway.steps)}")
    seen: set[str] = set()
    for step in pathway.steps:
        if step.name in seen:
            raise Unsuitable(f"pathway.{step.name}", "two steps have this name")
        seen.add(step.name)


def _check_links(pathway: "Pathway", step: Step) -> None:
    links = [*leads_to(step), *([("join", step.join)] if isinstance(step, Fork) else [])]
    for field, name in links:
        if name not in pathway.names:
            raise Unsuitable(f"pathway.{step.name}.{field}", f'there is no step "{name}"')


def _check_numbers(step: Step) -> None:
    field = f"pathway.{step.name}"
    if isinstance(step, Work):
        check_span(f"{field}.hours", step.hours, MOST_HOURS, "hours")
    if isinstance(step, Work | Delay):
        check_span(f"{field}.days", step.days, MOST_DAYS, "days")
    if isinstance(step, Branch):
        check_figure(f"{field}.share", step.share, 0, 1, "share")
    for word in ("due", "target"):
        days = getattr(step, word, None)
        if days is not None and not 0 < days <= MOST_DAYS:
            raise Unsuitable(f"{field}.{word}", f"days must be between 1 and {MOST_DAYS}, here {days}")


def _check_cycles(pathway: "Pathway") -> None:
    """A round trip without work or delay would never end within its day."""
    done: set[str] = set()

    def visit(name: str, trail: tuple[str, ...]) -> None:
        if name in trail:
            circle = " > ".join((*trail[trail.index(name) :], name))
            raise Unsuitable(f"pathway.{name}", f"a circle in which no time passes: {circle}")
        step = pathway.step(name)
        if name in done or rests(step):
            return
        for _, after in leads_to(step):
            visit(after, (*trail, name))
        done.add(name)

    for step in pathway.steps:
        visit(step.name, ())


def _check_exits(pathway: "Pathway") -> None:
    """Every step must be able to come to an end."""
    leaving = {step.name for step in pathway.steps if isinstance(step, End)}
    grew = True
    while grew:
        more = {
            step.name
            for step in pathway.steps
            if step.name not in leaving and any(name in leaving for _, name in leads_to(step))
        }
        grew = bool(more)
        leaving |= more
    for step in pathway.steps:
        if step.name not in leaving:
            raise Unsuitable(
                f"pathway.{step.name}", "a case that comes here can never leave: no way to an end"
            )


def _check_fork(pathway: "Pathway", fork: Fork) -> None:
    field = f"pathway.{fork.name}"
    if not 2 <= len(fork.steps) <= 3:
        raise Unsuitable(f"{field}.steps", f"a fork has two or three branches, here {len(fork.steps)}")
    if not isinstance(pathway.step(fork.join), Join):
        raise Unsuitable(f"{field}.join", f'"{fork.join}" is not a join')
    seen: set[str] = set()
    for start in fork.steps:
        branch = list(pathway.inside(start, fork.join))
        for step in branch:
            if step.name in seen:
                raise Unsuitable(
                    f"{field}.steps", f'two branches go through "{step.name}"; each needs its own'
                )
            if isinstance(step, Fork | Clock | End):
                kind = type(step).__name__.lower()
                raise Unsuitable(
                    f"pathway.{step.name}", f'a {kind} cannot stand inside the fork "{fork.name}"'
                )
            if isinstance(step, Join):
                raise Unsuitable(f"pathway.{step.name}", f'the fork "{fork.name}" must meet at "{fork.join}"')
        seen |= {step.name for step in branch}


def _check_joins(pathway: "Pathway") -> None:
    """A join outside every fork would wait for branches that never left."""
    within = {
        s.name
        for f in pathway.steps
        if isinstance(f, Fork)
        for b in f.steps
        for s in pathway.inside(b, f.join)
    }
    for step in pathway.steps:
        if step.name not in within and not isinstance(step, Fork):
            for field, name in leads_to(step):
                if isinstance(pathway.step(name), Join):
                    raise Unsuitable(
                        f"pathway.{step.name}.{field}", f'leads to the join "{name}" outside its fork'
                    )
    for step in pathway.steps:
        for field, name in leads_to(step):
            if name in within and step.name not in within and not isinstance(step, Fork):
                raise Unsuitable(
                    f"pathway.{step.name}.{field}", f'leads into a fork, to "{name}", past its start'
                )
