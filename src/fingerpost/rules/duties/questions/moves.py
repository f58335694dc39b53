# SPDX-License-Identifier: Apache-2.0
"""Moves between authorities: the day of the move or 15 working days, the new authority's review, the plan as it was."""

from fingerpost.rules.calendars import dates, months, working_days
from fingerpost.rules.duties import conditions
from fingerpost.rules.duties.duty import Duty
from fingerpost.rules.duties.finding import Finding, plain
from fingerpost.rules.duties.judging import judge
from fingerpost.rules.duties.limits import unstarted
from fingerpost.rules.duties.timeline import Timeline
from fingerpost.rules.duties.wording import officer, opening, sentence

_NOTICE = 15  # working days
_UNTIL_REVIEW = 3  # months


def hand_over(duty: Duty, timeline: Timeline) -> Finding:
    """On the day of the move if the old body knew 15 working days before; otherwise 15 working days from knowing."""
    aware = timeline.first(duty.starts)
    move = timeline.days.get("move_date")
    if aware is None:
        return unstarted(duty, timeline)
    gone = conditions.reason(duty.falls_away, timeline)
    if gone:
        return plain(duty, "not_applicable", gone)
    if move is None:
        return plain(
            duty,
            "unknown",
            "move_date is not held: it decides between the day of the move and 15 working days.",
        )
    rule = duty.rules[-1]
    due, sentences = opening(rule, *aware)
    finding = Finding(
        duty, "", sentences, rule.citation, aware[1], due, certainty=duty.certainty, start_name=aware[0]
    )
    notice = sum(working_days.is_working(on) for on in range(aware[1], move))
    finding.results["working_days_before_move"] = notice
    if notice >= _NOTICE:
        finding.due = move
        finding.because[1:] = [
            f"The move is on {dates.short(move)}, {notice} working days later; {_NOTICE} or more are enough.",
            f"So the limit is the day of the move ({rule.citation}).",
        ]
    else:
        finding.because.insert(
            1, f"The move is on {dates.short(move)}: fewer than {_NOTICE} working days' notice."
        )
    held = [timeline.days[name] for name in duty.ends if timeline.days.get(name, 0) >= aware[1]]
    finding.closed = min(held, default=None)
    judge(finding, timeline)
    return finding


def provision(duty: Duty, timeline: Timeline) -> Finding:
    """The new authority carries the plan at once, as if it had made it on the original day."""
    on = timeline.days.get("transfer_date")
    if on is None:
        return unstarted(duty, timeline)
    finding = plain(
        duty,
        "must_act",
        f"The plan was transferred on {dates.short(on)}; the provision goes on from that day.",
    )
    finding.started, finding.start_name = on, "transfer_date"
    finding.results["maintain_from"] = dates.iso(on)
    made = timeline.days.get("plan_first_made")
    if made is not None:
        finding.results["treated_as_made_by_new_la_on"] = dates.iso(made)
        finding.because.append(
            f"It counts as made by the new authority on {dates.short(made)}, the original day."
        )
    if timeline.facts.get("attendance_practicable") is False:
        finding.results["required_step"] = (
            "arrange attendance at another appropriate setting until the plan is amended"
        )
        finding.because.append(
            "Attending the named setting is impracticable, so another appropriate one is arranged."
        )
    return finding


def review(duty: Duty, timeline: Timeline) -> Finding:
    """The later of twelve months (from the making or the last review) and three months from the transfer."""
    moved = timeline.days.get("transfer_date")
    if moved is None:
        return unstarted(duty, timeline)
    base = timeline.first(("last_review_completed", "review_decision_notified", "plan_first_made"))
    three = months.beginning_with(moved, _UNTIL_REVIEW)
    if base is None:
        return plain(
            duty,
            "unknown",
            "plan_first_made or last_review_completed is not held: the later of two limits cannot be found.",
        )
    start = _before(timeline, moved) or base
    twelve = months.beginning_with(start[1], 12)
    finding = plain(duty, "", sentence(f"{officer(start[0])} on {dates.short(start[1])}."))
    finding.start_name, finding.started, finding.due = "transfer_date", moved, max(three, twelve)
    finding.results |= {
        "twelve_month_limit": dates.iso(twelve),
        "three_month_limit": dates.iso(three),
        "review_due": dates.iso(max(three, twelve)),
    }
    finding.because.append(f"Twelve months beginning with that day end on {dates.short(twelve)}.")
    finding.because.append(
        f"Three months beginning with the transfer of {dates.short(moved)} end on {dates.short(three)}."
    )
    finding.because.append(f"The later day governs: {dates.short(max(three, twelve))} ({finding.citation}).")
    held = [timeline.days[name] for name in duty.ends if timeline.days.get(name, 0) > moved]
    finding.closed = min(held, default=None)
    judge(finding, timeline)
    return finding


def _before(timeline: Timeline, moved: int) -> tuple[str, int] | None:
    """The last review, or the making, before the transfer."""
    for name in ("last_review_completed", "review_decision_notified", "plan_first_made"):
        if timeline.days.get(name, moved + 1) <= moved:
            return name, timeline.days[name]
    return None
