# SPDX-License-Identifier: Apache-2.0
"""What if: forwards, with events added to a case; backwards, from a day to be kept to the latest days before it."""

from dataclasses import dataclass
from datetime import date

from fingerpost.rules.calendars import dates, months, operators, tribunal
from fingerpost.rules.duties import clocks
from fingerpost.rules.duties.clocks import Clock
from fingerpost.rules.duties.facts import CaseFacts, Event
from fingerpost.rules.duties.register import DUTIES
from fingerpost.rules.duties.wording import days, officer, sentence


@dataclass(frozen=True, slots=True)
class Change:
    """A clock that an assumed event starts, moves or closes."""

    before: Clock | None
    after: Clock
    words: str


def forwards(case: CaseFacts, events: tuple[Event, ...], *, today: date | None) -> tuple[Change, ...]:
    """If these happen, then what changes? The case itself is left as it is."""
    held = {clock.duty: clock for clock in clocks.answer(case, today=today)}
    then = clocks.answer(CaseFacts((*case.events, *events), case.facts), today=today)
    assumed = " and ".join(
        f"{officer(event.name)} on {dates.short(event.on.toordinal())}" for event in events
    )
    changed = [(held.get(clock.duty), clock) for clock in then if _differs(held.get(clock.duty), clock)]
    return tuple(Change(before, after, _words(assumed, before, after)) for before, after in changed)


def _differs(before: Clock | None, after: Clock) -> bool:
    return before is None or _told(before) != _told(after)


def _told(clock: Clock) -> tuple[object, ...]:
    """What a reader would see change; lateness on another day is no change of an open clock."""
    return clock.due, clock.verdict, clock.earliest, clock.closed_on


def _words(assumed: str, before: Clock | None, after: Clock) -> str:
    due = f", last day {dates.short(after.due.toordinal())}" if after.due else ""
    earliest = f", first lawful day {dates.short(after.earliest.toordinal())}" if after.earliest else ""
    late = after.days_late or 0 if after.closed_on else 0
    done = f", done {days(late)} late" if late else ", done" if after.closed_on else ""
    was = f" (was {before.verdict.replace('_', ' ')})" if before and before.verdict != after.verdict else ""
    return f"If {assumed}: {after.duty} is {after.verdict.replace('_', ' ')}{was}{done}{due}{earliest}."


@dataclass(frozen=True, slots=True)
class Latest:
    """The latest day on which a step can be taken and the target still be kept."""

    event: str
    on: date
    words: str


# target -> the steps before it: event, the duty whose limit lies between, and the operator to count back by
_CHAINS: dict[str, tuple[tuple[str, str], ...]] = {
    "final_sent": (("draft_served", "draft-representations-window"),),
    "amended_final_sent": (
        ("amendment_notice_served", "amendment-representations-window"),
        ("amendment_notice_sent", "amended-final-plan"),
        ("review_meeting", "review-amendment-notice"),
        ("review_notice_given", "review-meeting-notice"),
    ),
    "reassessed_final_sent": (("reassess_decision_notified", "reassessment-final-plan"),),
    "review_decision_notified": (
        ("review_meeting", "review-decision"),
        ("review_notice_given", "review-meeting-notice"),
    ),
    "plan_ended": (("cease_notice_sent", "appeal-deadline"),),
}


def targets() -> tuple[str, ...]:
    """Events that can be counted back from."""
    return tuple(_CHAINS)


def backwards(target: str, by: date) -> tuple[Latest, ...]:
    """To have the target by this day, the latest day for each step, if every later step takes its whole time."""
    found: list[Latest] = []
    end = by.toordinal()
    for event, duty in _CHAINS[target]:
        on = _latest(duty, end if duty != "amended-final-plan" else by.toordinal())
        found.append(Latest(event, dates.day(on), _back_words(target, by, event, duty, on)))
        end = end if duty == "amendment-representations-window" else on
    return tuple(found)


def _latest(duty: str, end: int) -> int:
    """The latest start whose limit still ends on or before `end`."""
    if duty == "appeal-deadline":
        return _latest_notice(end)
    operator = DUTIES[duty].rules[-1].operator or operators.parse("D+0")
    if operator.backwards:
        return operator.safe_end(end)
    if operator.sign == "DI":  # the plan may follow only after the window has ended
        return end - operator.count
    return end - 7 * operator.count  # the rest of these chains counts in weeks


def _latest_notice(end: int) -> int:
    on = end - 1
    while tribunal.appeal_in_time(months.after(on, 2)) + 1 > end:
        on -= 1
    return on


def _back_words(target: str, by: date, event: str, duty: str, on: int) -> str:
    first = sentence(f"{target.replace('_', ' ')} by {dates.short(by.toordinal())}")
    return f"{first}: {event.replace('_', ' ')} by {dates.short(on)} ({duty}: {DUTIES[duty].citation})."
