# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the templates of the casework desk are given: frozen values, words and links ready."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.urls import reverse
from markupsafe import Markup

from fingerpost.desks.casework import drawing, words
from fingerpost.kit import links, tags
from fingerpost.kit.links import Column, Heading, Paging
from fingerpost.kit.tags import Tag
from fingerpost.kit.timeline import Entry
from fingerpost.kit.words import Link, day, plural
from fingerpost.records.cases import access
from fingerpost.records.cases.caseload import CaseloadPage, CaseRow, DutyCount, Filters
from fingerpost.records.cases.models import Fact, Stage
from fingerpost.records.cases.queries import CaseView, FactRow
from fingerpost.records.people.queries import Seer
from fingerpost.records.people.sight import Sight
from fingerpost.records.placements.queries import PlacementView
from fingerpost.records.plans.queries import PlanView
from fingerpost.records.returns.queries import HeldView
from fingerpost.rules.duties import register
from fingerpost.rules.duties.clocks import Clock

COLUMNS = (
    Column("Child or young person", "name"),
    Column("Most urgent duty"),
    Column("Due", "urgent"),
    Column("Stage"),
    Column("Officer"),
)


def case_address(case_id: UUID) -> str:
    return reverse("casework:case", args=[case_id])


# -- the list -------------------------------------------------------------------------------------------------------


NARROWS = ("duty", "standing", "officer", "text")


def _officer(said: str, sight: Sight) -> str:
    return str(sight.user_id) if said == "mine" else said


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks for."""

    filters: Filters
    sort: str
    page: int
    query: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Urgent:
    """One duty in the head of the list."""

    title: str
    href: str
    text: str


@dataclass(frozen=True, slots=True)
class CaseloadShown:
    """The caseload page."""

    found: str
    headings: tuple[Heading, ...]
    rows: tuple[tuple[object, ...], ...]
    paging: Paging | None
    number: int
    pages: int
    keep: Mapping[str, str]
    urgent: tuple[Urgent, ...]
    empty: str


def asked(cleaned: Mapping[str, Any], query: Mapping[str, str], sight: Sight) -> Asked:
    """Read the address; what makes no sense is left out rather than refused."""
    said = {name: cleaned.get(name) or "" for name in NARROWS}
    filters = Filters(
        **{**said, "text": said["text"].replace(",", " "), "officer": _officer(said["officer"], sight)}
    )
    page = query.get("page", "1")
    number = int(page) if page.isascii() and page.isdecimal() and len(page) < 7 else 1
    kept = {name: value for name, value in query.items() if name in (*NARROWS, "sort") and value}
    return Asked(filters, query.get("sort", "urgent"), number, kept)


def caseload(found: CaseloadPage, counts: tuple[DutyCount, ...], asked: Asked) -> CaseloadShown:
    """The list with its head, links and words."""
    narrowed = any(getattr(asked.filters, name) for name in NARROWS)
    return CaseloadShown(
        found=f"{plural(found.total, 'case')} found" if narrowed else plural(found.total, "case"),
        headings=links.headings(COLUMNS, asked.query, asked.sort),
        rows=tuple(_row(row) for row in found.rows),
        paging=links.paging(found.page, found.pages, asked.query),
        number=found.page,
        pages=found.pages,
        keep={"sort": asked.sort} if asked.sort != "urgent" else {},
        urgent=tuple(_urgent(count) for count in counts if count.overdue or count.due_soon),
        empty="No case fits. Clear the filters to see all." if narrowed else "No case is with you yet.",
    )


def _urgent(count: DutyCount) -> Urgent:
    parts = [f"{count.overdue:,} past the limit"] if count.overdue else []
    parts += [f"{count.due_soon:,} due in 14 days"] if count.due_soon else []
    standing = "overdue" if count.overdue else "due_soon"
    return Urgent(
        _title(count.duty), links.with_query({"duty": count.duty, "standing": standing}), ", ".join(parts)
    )


def _row(row: CaseRow) -> tuple[object, ...]:
    name = Markup('<a class="govuk-link" href="{}">{}, {}</a>').format(
        case_address(row.case_id), row.surname, row.forename
    )
    return (
        name,
        _title(row.duty) if row.duty else "None",
        _due(row),
        row.stage_label,
        row.officer or "Nobody yet",
    )


def _due(row: CaseRow) -> str:
    if row.due_on is None:
        return "No day"
    late = row.days_late or 0
    return f"{day(row.due_on)}, {plural(late, 'day')} late" if late > 0 else day(row.due_on)


def _title(duty: str) -> str:
    return register.current().duties[duty].title


# -- one case -------------------------------------------------------------------------------------------------------


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
    held: tuple[str, ...]
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


def case(view: CaseView, around: Around, sight: Sight, *, today: date) -> CaseShown:
    """Everything of one case, in words."""
    drawn, entries = drawing.of(view, today)
    decided = any(fact.name in ("decision_notified", "assessment_decision") for fact in view.facts)
    return CaseShown(
        who=f"{view.forename} {view.surname}",
        stage=view.stage_label,
        held=tuple(item.question for item in around.held if item.state == "open"),
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
    may = sight.may(access.CORRECT) and sight.changes(area_id=view.area_id, team_id=view.team_id)
    href = reverse("casework:correction", args=[view.id, fact.id]) if may else ""
    return FactShown(words.fact_title(fact.name), words.fact_text(fact), words.source(fact), href)


def _person(view: CaseView, placements: tuple[PlacementView, ...]) -> tuple[tuple[str, object], ...]:
    here = [place for place in placements if place.census_on == placements[0].census_on]
    where = "; ".join(
        place.name or place.urn or place.ukprn or place.setting or "Not recorded" for place in here
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
        ("Names", plan.setting_name or plan.urn or plan.ukprn or plan.setting),
        ("Needs", ", ".join(plan.needs)),
    ]
    return (*rows, ("Ended", day(plan.ended_on))) if plan.ended_on else tuple(rows)


def _seer(seer: Seer) -> SeerShown:
    what = f"{seer.role}: " if seer.role else ""
    until = f" Until {day(seer.until_on)}." if seer.until_on else ""
    return SeerShown(seer.holder, f"{what}{seer.ground}. {seer.because}{until}")


def _other(case_id: UUID, received_on: date | None, stage: str) -> Link:
    when = f"of {day(received_on)}" if received_on else "without a known day"
    return Link(f"Request {when} ({Stage(stage).label.lower()})", case_address(case_id))


# -- forms ----------------------------------------------------------------------------------------------------------


def check_decision(case_id: UUID, decision: str, notified_on: date) -> tuple[tuple[str, str, str], ...]:
    """The answers to check: question, answer, where to change it."""
    change = reverse("casework:decision", args=[case_id])
    return (("What was decided?", decision, change), ("When was the family told?", day(notified_on), change))


@dataclass(frozen=True, slots=True)
class DecisionDone:
    """What the last step says."""

    who: str
    changed: tuple[str, ...]
    running: tuple[str, ...]
    refused: bool
    case_href: str


def decision_done(view: CaseView, *, today: date) -> DecisionDone:
    """Which clock closed and what runs now."""
    closed = [c for c in view.clocks if c.duty == "ehcna-decision-notice"]
    running = [
        c for c in view.clocks if c.closed_on is None and c.due is not None and c.verdict != "not_applicable"
    ]
    return DecisionDone(
        who=f"{view.forename} {view.surname}",
        changed=tuple(f"{clock.title}: {words.standing(clock, today)}" for clock in closed),
        running=tuple(f"{clock.title}: {words.standing(clock, today)}" for clock in running),
        refused=view.stage == Stage.REFUSED,
        case_href=case_address(view.id),
    )


@dataclass(frozen=True, slots=True)
class Correction:
    """The fact that is to be put right."""

    who: str
    rows: tuple[tuple[str, str], ...]
    has_day: bool
    back: str


def correction(fact: Fact) -> Correction:
    """What the record says now."""
    said = day(fact.on) if fact.on else words.value(fact.value)
    return Correction(
        who=str(fact.case.person),
        rows=(("Fact", words.fact_title(fact.name)), ("The record says", said)),
        has_day=fact.on is not None,
        back=case_address(fact.case_id),
    )
