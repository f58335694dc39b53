# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the case's template is given: frozen values, words and links ready."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from markupsafe import Markup

from fingerpost.desks.casework import drawing, found_pages, held_pages, words
from fingerpost.desks.casework.addresses import case_address, correction_address
from fingerpost.desks.casework.found_pages import FoundShown
from fingerpost.kit import tags
from fingerpost.kit.tags import Tag
from fingerpost.kit.timeline import Entry
from fingerpost.kit.words import Link, day
from fingerpost.records.cases import access
from fingerpost.records.cases.models import Stage
from fingerpost.records.cases.queries import CaseView, FactRow
from fingerpost.records.people.queries import Seer
from fingerpost.records.people.sight import Sight
from fingerpost.records.placements.queries import PlacementView
from fingerpost.records.plans.queries import PlanView
from fingerpost.records.returns import access as returns
from fingerpost.records.returns.queries import HeldView
from fingerpost.records.returns.readiness.findings import FindingRow
from fingerpost.rules.duties.clocks import Clock
from fingerpost.rules.returns.layout import codes


@dataclass(frozen=True, slots=True)
class ClockShown:
    """One clock with its tag, its line, its doubt and its reasons."""

    duty: str
    title: str
    tag: Tag
    text: str
    doubt: str
    because: tuple[str, ...]
    law: str


@dataclass(frozen=True, slots=True)
class FactShown:
    """One fact, with a link to correct it where the reader may."""

    title: str
    text: str
    source: str
    href: str


@dataclass(frozen=True, slots=True)
class SeerShown:
    """Who can see the record, and why."""

    holder: str
    why: str


@dataclass(frozen=True, slots=True)
class CaseShown:
    """The case page."""

    who: str
    stage: str
    held: tuple[
        Link, ...
    ]  # questions that a return left open; without an address where the reader may not decide
    settled: tuple[str, ...]  # those that were decided
    found: tuple[FoundShown, ...] | None  # nothing is said of the check to one who may not read it
    as_at: str
    may_decide: bool
    decide_href: str
    clocks: tuple[ClockShown, ...]
    uncounted: tuple[str, ...]
    drawing: Markup
    entries: tuple[Entry, ...]
    facts: tuple[FactShown, ...]
    replaced: tuple[str, ...]
    person: tuple[tuple[str, object], ...]
    plan: tuple[tuple[str, object], ...]
    seers: tuple[SeerShown, ...]
    others: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Around:
    """What other rooms know of the case."""

    plan: PlanView | None
    placements: tuple[PlacementView, ...]
    held: tuple[HeldView, ...]
    seers: tuple[Seer, ...]
    found: tuple[FindingRow, ...] | None


def case(view: CaseView, around: Around, sight: Sight, *, today: date) -> CaseShown:
    """Everything of one case, in words."""
    drawn, entries = drawing.of(view, today)
    decided = any(fact.name in ("decision_notified", "assessment_decision") for fact in view.facts)
    return CaseShown(
        who=f"{view.forename} {view.surname}",
        stage=view.stage_label,
        held=tuple(_held(item, sight) for item in around.held if item.state == "open"),
        settled=tuple(_settled(item) for item in around.held if item.state == "decided"),
        found=None if around.found is None else found_pages.found(around.found),
        as_at=_as_at(view),
        may_decide=view.stage == Stage.REQUESTED and not decided and sight.may(access.DECIDE),
        decide_href=reverse("casework:decision", args=[view.id]),
        clocks=tuple(
            _clock(clock, today) for clock in _pressing(view.clocks) if clock.due or clock.closed_on
        ),
        uncounted=tuple(clock.title for clock in view.clocks if not (clock.due or clock.closed_on)),
        drawing=drawn,
        entries=entries,
        facts=tuple(_fact(fact, view, sight) for fact in view.facts),
        replaced=tuple(words.replaced(fact) for fact in view.superseded),
        person=_person(view, around.placements),
        plan=_plan(around.plan),
        seers=tuple(_seer(seer) for seer in around.seers),
        others=tuple(_other(*other) for other in view.others),
    )


def _held(item: HeldView, sight: Sight) -> Link:
    return Link(item.question, held_pages.address(item.id) if sight.may(returns.DECIDE) else "")


def _settled(item: HeldView) -> str:
    when = f", {day(timezone.localdate(item.decided_at))}" if item.decided_at else ""
    return f"{item.question}: {item.decision} ({item.decided_by}{when}). {item.reason}"


def _as_at(view: CaseView) -> str:
    if view.as_at_on is None:
        return ""
    return (
        f"What is shown as open is as at {day(view.as_at_on)}, the day the return speaks of. "
        "A step may have been taken since."
    )


def _pressing(clocks: tuple[Clock, ...]) -> list[Clock]:
    """What runs first, by its day; then what is done."""
    return sorted(clocks, key=lambda clock: (clock.closed_on is not None, clock.due or date.max))


def _clock(clock: Clock, today: date) -> ClockShown:
    return ClockShown(
        duty=clock.duty,
        title=clock.title,
        tag=tags.status("clock", clock.verdict),
        text=words.standing(clock, today),
        doubt=words.doubt(clock),
        because=clock.because,
        law=clock.citation,
    )


def _fact(fact: FactRow, view: CaseView, sight: Sight) -> FactShown:
    may = sight.changes(area_id=view.area_id, team_id=view.team_id)
    href = correction_address(view.id, fact.id, sight) if may else ""
    return FactShown(words.fact_title(fact.name), words.fact_text(fact), words.source(fact), href)


def _person(view: CaseView, placements: tuple[PlacementView, ...]) -> tuple[tuple[str, object], ...]:
    here = [place for place in placements if place.census_on == placements[0].census_on]
    where = "; ".join(
        place.name or place.urn or place.ukprn or _coded("sen_setting", place.setting) or "Not recorded"
        for place in here
    )
    return (
        ("Born", day(view.born_on)),
        ("Unique pupil number", view.upn),
        ("Attends", where),
        ("Team", view.team),
        ("Officer", view.officer or "Nobody yet"),
        ("Request received", day(view.request_received_on) if view.request_received_on else ""),
    )


def _plan(plan: PlanView | None) -> tuple[tuple[str, object], ...]:
    if plan is None:
        return ()
    rows: list[tuple[str, object]] = [
        ("Current version", day(plan.started_on) if plan.started_on else ""),
        ("First made", day(plan.first_made_on) if plan.first_made_on else ""),
        ("Names", plan.setting_name or plan.urn or plan.ukprn or _coded("sen_setting", plan.setting)),
        ("Needs", "; ".join(_coded("sen_type", need) for need in plan.needs)),
    ]
    return (*rows, ("Ended", day(plan.ended_on))) if plan.ended_on else tuple(rows)


def _coded(of: str, code: str) -> str:
    """A code of the return with its words, since both are in use."""
    label = codes(of).get(code)
    return f"{label} ({code})" if label else code


def _seer(seer: Seer) -> SeerShown:
    what = f"{seer.role}: " if seer.role else ""
    until = f" Until {day(seer.until_on)}." if seer.until_on else ""
    return SeerShown(seer.holder, f"{what}{seer.ground}. {seer.because}{until}")


def _other(case_id: UUID, received_on: date | None, stage: str) -> Link:
    when = f"of {day(received_on)}" if received_on else "without a known day"
    return Link(f"Request {when} ({Stage(stage).label.lower()})", case_address(case_id))
