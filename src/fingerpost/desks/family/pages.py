# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the family's templates are given: the same record as the officer's, in the family's words."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.urls import reverse
from markupsafe import Markup

from fingerpost.desks.doors import clock_state
from fingerpost.desks.family import access, words
from fingerpost.kit import tags, timeline
from fingerpost.kit.tags import Tag
from fingerpost.kit.timeline import Entry, TimelineEvent, TimelineLimit
from fingerpost.kit.words import Link, day
from fingerpost.records.cases.models import Stage
from fingerpost.records.cases.queries import CaseView
from fingerpost.records.people.access import OWN_RECORD
from fingerpost.records.people.queries import Seer
from fingerpost.records.people.sight import Sight
from fingerpost.rules.duties.clocks import Clock

# What happened, in the family's words; a happening that is not here is the authority's own business.
HAPPENED = {
    "request_received": "The request was received",
    "decision_notified": "You were told whether there will be an assessment",
    "plan_refusal_notified": "You were told that no plan will be made",
    "final_sent": "The plan was sent",
    "plan_first_made": "The plan was made",
    "current_plan_started": "The plan in force was made",
    "review_meeting": "Review meeting",
    "review_decision_notified": "You were told the decision after the review",
    "amendment_notice_sent": "Proposed changes were sent",
    "amended_final_sent": "The changed plan was sent",
    "plan_ended": "The plan ended",
}


@dataclass(frozen=True, slots=True)
class Step:
    """One step: where it stands, by when, and why."""

    duty: str
    title: str
    tag: Tag
    text: str
    because: tuple[str, ...]
    law: str


@dataclass(frozen=True, slots=True)
class SeerShown:
    """Who can see the record, and why."""

    holder: str
    why: str


@dataclass(frozen=True, slots=True)
class RecordShown:
    """The family's page."""

    title: str
    lead: str
    as_at: str
    next: tuple[Step, ...]
    done: tuple[Step, ...]
    unknown: tuple[Step, ...]
    can_do: tuple[str, ...]
    drawing: Markup
    entries: tuple[Entry, ...]
    seers: tuple[SeerShown, ...]


def is_own(seers: tuple[Seer, ...], sight: Sight) -> bool:
    """Whether the reader is the young person whose record this is."""
    mine = (seer for seer in seers if seer.kind == "user" and seer.holder == sight.name)
    return sight.may(access.OWN) and any(seer.ground == OWN_RECORD for seer in mine)


def record(view: CaseView, seers: tuple[Seer, ...], *, own: bool, today: date) -> RecordShown:
    """The case in the family's words, or said to the young person whose own it is."""
    shown = [clock for clock in view.clocks if clock.verdict != "not_applicable"]
    known = [clock for clock in shown if clock.verdict != "unknown"]
    drawn, entries = _drawing(view, known, today, own=own)
    return RecordShown(
        title="Your record" if own else f"{view.forename}'s record",
        lead=words.OWN_STAGES[view.stage] if own else words.STAGES[view.stage].format(name=view.forename),
        as_at=_as_at(view),
        next=tuple(_step(c, today) for c in sorted(known, key=_due) if c.closed_on is None),
        done=tuple(_step(c, today) for c in known if c.closed_on is not None),
        unknown=tuple(_step(c, today) for c in shown if c.verdict == "unknown" and _matters(c, view)),
        can_do=words.can_do(view.stage),
        drawing=drawn,
        entries=entries,
        seers=tuple(_seer(seer, own=own) for seer in seers),
    )


# Once a plan is in force, nobody asks any more when its assessment should have been decided.
REVIEWS = ("annual-review-first", "annual-review-subsequent")


def _matters(clock: Clock, view: CaseView) -> bool:
    """Whether a day that is not held is still worth a line to the family."""
    if view.stage not in (Stage.MAINTAINED, Stage.ENDED):
        return True
    counted = any(c.duty in REVIEWS and c.due for c in view.clocks)
    return clock.duty in REVIEWS and not counted


def _due(clock: Clock) -> date:
    return clock.due or date.max


def _as_at(view: CaseView) -> str:
    if view.as_at_on is None:
        return ""
    stood = f"This is how things stood on {day(view.as_at_on)}."
    return f"{stood} A step may have been taken since then. Ask the {view.team}."


def _step(clock: Clock, today: date) -> Step:
    return Step(
        duty=clock.duty,
        title=clock.family_title or clock.title,
        tag=tags.status("clock", clock.verdict, family=True),
        text=words.standing(clock, today),
        because=clock.family,
        law=clock.citation,
    )


def _drawing(
    view: CaseView, known: list[Clock], today: date, *, own: bool
) -> tuple[Markup, tuple[Entry, ...]]:
    happened = [TimelineEvent(f.on, HAPPENED[f.name]) for f in view.facts if f.on and f.name in HAPPENED]
    limits = [
        TimelineLimit(c.due, c.family_title or c.title, clock_state.state(c, today)) for c in known if c.due
    ]
    title = "Dates of your record" if own else f"Dates of {view.forename}'s record"
    return timeline.draw(happened, limits, today, title=title), timeline.entries(happened, limits, today)


def _seer(seer: Seer, *, own: bool) -> SeerShown:
    if own and seer.kind == "user" and seer.ground == OWN_RECORD:
        return SeerShown("You", "This is your own record.")
    what = f"{seer.role}: " if seer.role else ""
    return SeerShown(seer.holder, f"{what}{seer.because}")


def links(rows: tuple[tuple[UUID, str, date | None, str], ...]) -> tuple[Link, ...]:
    """The records a reader reaches, where there is more than one."""
    return tuple(
        Link(
            f"{name}: {_when(received_on)} ({Stage(stage).label.lower()})",
            reverse("family:record", args=[case_id]),
        )
        for case_id, name, received_on, stage in rows
    )


def _when(received_on: date | None) -> str:
    return f"request of {day(received_on)}" if received_on else "plan"
