# SPDX-License-Identifier: Apache-2.0
"""Moves between phases: the plan must be reviewed and amended before a fixed day of the transfer year (R 18)."""

from datetime import date
from typing import Any

from fingerpost.rules.calendars import dates, months
from fingerpost.rules.duties import judging
from fingerpost.rules.duties.duty import Duty
from fingerpost.rules.duties.finding import Finding, plain
from fingerpost.rules.duties.timeline import Timeline


def run(duty: Duty, timeline: Timeline) -> Finding:
    """Which move it is, in which year, and whether the amended plan was out before the day."""
    kind = _transfer_kind(duty, timeline)
    if kind is False:
        return plain(duty, "not_applicable", "The move held is of another kind, with its own date.")
    year = year_of(timeline)
    if kind is None or year is None:
        return _unknown(duty, timeline, kind, year)
    before: Any = duty.more["before"]
    fixed = date(year, before["month"], before["day"]).toordinal()
    finding = Finding(
        duty, "", [], duty.citation, due=fixed - 1, certainty=duty.certainty, start_name="phase_transfer_on"
    )
    finding.started = phase_day(timeline)
    finding.closed = _closed(timeline, finding.started or date(year, 9, 1).toordinal())
    finding.because.append(f"The move to the next phase is in {year}.")
    finding.because.append(
        f"The plan must be reviewed and amended before {dates.short(fixed)} ({duty.citation})."
    )
    finding.because.append(f"Before that day means that {dates.short(fixed - 1)} is the last lawful day.")
    judging.judge(finding, timeline)
    _compare(finding, timeline, fixed)
    return finding


def phase_day(timeline: Timeline) -> int | None:
    """First day of the next phase; a bare transfer_date is read so when no move between authorities is held."""
    days = timeline.days
    if "phase_transfer_on" in days:
        return days["phase_transfer_on"]
    moved = "move_date" in days or "old_la_aware" in days or "moved_from_la" in timeline.facts
    if "transfer_date" in days and "phase_transfer_kind" in timeline.facts and not moved:
        return days["transfer_date"]
    return None


def _transfer_kind(duty: Duty, timeline: Timeline) -> bool | None:
    """True: this duty's kind of move. False: another. None: not held."""
    kind = timeline.facts.get("phase_transfer_kind")
    transfers: Any = duty.more["transfers"]
    if kind is not None:
        return kind in transfers
    returned = timeline.facts.get("phase_transfer_due_returned")
    before: Any = duty.more["before"]
    return returned.month == before["month"] if isinstance(returned, date) else None


def year_of(timeline: Timeline) -> int | None:
    year = timeline.facts.get("phase_transfer_year")
    if isinstance(year, int):
        return year
    on = phase_day(timeline)
    if on is not None:
        return dates.day(on).year
    returned = timeline.facts.get("phase_transfer_due_returned")
    return returned.year if isinstance(returned, date) else None


def _unknown(duty: Duty, timeline: Timeline, kind: bool | None, year: int | None) -> Finding:
    if kind is None and year is None and "transfer_date" not in timeline.days:
        return plain(duty, "not_started", "No move to a next phase is held for this case.")
    missing = "phase_transfer_kind" if kind is None else "phase_transfer_on or phase_transfer_year"
    return plain(duty, "unknown", f"Not held: {missing}. Nothing is counted and nothing is overdue.")


def _closed(timeline: Timeline, transfer: int) -> int | None:
    """The first plan sent in the year before the move, or one that names the phase transfer as its matter."""
    opens = months.after(transfer, -12)
    found = []
    for name in ("amended_final_sent", "final_sent"):
        if name in timeline.many:
            events = timeline.many[name]
            found += [e.on.toordinal() for e in events if (e.of or "").lower().startswith("phase")]
            found += [e.on.toordinal() for e in events if e.on.toordinal() >= opens]
        elif timeline.days.get(name, 0) >= opens:
            found.append(timeline.days[name])
    return min(found, default=None)


def _compare(finding: Finding, timeline: Timeline, fixed: int) -> None:
    returned = timeline.facts.get("phase_transfer_due_returned")
    if not isinstance(returned, date):
        return
    agrees = returned.toordinal() in (fixed, fixed - 1)
    verb = "agrees" if agrees else "does not agree"
    finding.because.append(f"The return gives {dates.short(returned.toordinal())}, which {verb} with this.")
