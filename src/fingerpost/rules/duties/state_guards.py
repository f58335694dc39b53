# SPDX-License-Identifier: Apache-2.0
"""What must never be bypassed between two states: windows, appeal times, ages; each says why, and from which day."""

from collections.abc import Callable, Mapping

from fingerpost.rules.calendars import ages, dates
from fingerpost.rules.duties import holders
from fingerpost.rules.duties.questions import appeal_time
from fingerpost.rules.duties.questions.appeal_right import certificate_needed
from fingerpost.rules.duties.state_steps import Choice, Step
from fingerpost.rules.duties.timeline import Timeline
from fingerpost.rules.duties.wording import officer


def _from_day(step: Step, facts: Timeline, first: int, words: str) -> Choice:
    lawful = (facts.today or 0) >= first
    why = (
        f"Lawful now ({step.law})." if lawful else f"{words}: lawful from {dates.short(first)} ({step.law})."
    )
    return Choice(step, lawful, why, dates.day(first))


def _window(event: str, *since: str) -> Callable[[Step, Timeline], Choice]:
    """The 15 days of what was served; a draft from before the re-assessment does not count for it."""

    def guard(step: Step, facts: Timeline) -> Choice:
        served, begun = facts.days.get(event), facts.first(since)
        if served is None or (begun is not None and served < begun[1]):
            return Choice(
                step, False, f"It is not held that {officer(event)}, so the 15 days cannot be counted."
            )
        return _from_day(step, facts, served + 15, "The family's 15 days are not over")

    return guard


def _blank(step: Step, facts: Timeline) -> Choice:
    named = str(facts.facts.get("draft_section_i", "")).strip()
    why = (
        f"A draft may not name a setting or type; it names '{named}'."
        if named
        else f"Lawful now ({step.law})."
    )
    return Choice(step, not named, why)


def _appeal_over(step: Step, facts: Timeline) -> Choice:
    sent = facts.days["cease_notice_sent"]
    if facts.facts.get("appeal_made") is True and "appeal_determined_on" not in facts.days:
        return Choice(step, False, "An appeal is open, so the plan stands until it is finally determined.")
    determined = facts.days.get("appeal_determined_on")
    first = determined if determined is not None else appeal_time.deadline(facts, sent).effective + 1
    return _from_day(step, facts, first, "The time to appeal is not over")


def _past_25(step: Step, facts: Timeline) -> Choice:
    born = holders.born(facts)
    if born is None:
        return Choice(
            step,
            False,
            "date_of_birth is not held; a plan ends only by age, or after notice and appeal time.",
        )
    return _from_day(step, facts, ages.birthday(born, 25), "The person is under 25")


def _appeal(step: Step, facts: Timeline) -> Choice:
    if "certificate_issued" not in facts.days and certificate_needed(facts):
        return Choice(
            step, False, "A mediation certificate is needed first, unless the appeal is about section I only."
        )
    last = _last_to_appeal(facts)
    if last is not None and (facts.today or 0) > last:
        return Choice(
            step, False, f"Out of time since {dates.short(last)}; ask the tribunal to admit the appeal late."
        )
    return Choice(step, True, f"Lawful now ({step.law}).")


def _last_to_appeal(facts: Timeline) -> int | None:
    sent = appeal_time.sent(facts)
    return None if sent is None else appeal_time.deadline(facts, sent[1]).effective


GUARDS: Mapping[str, Callable[[Step, Timeline], Choice]] = {
    "draft-names-no-setting": _blank,
    "draft-window-over": _window("draft_served"),
    "second-draft-window-over": _window(
        "draft_served", "own_reassessment_decided", "reassess_decision_notified"
    ),
    "amendment-window-over": _window("amendment_notice_served"),
    "appeal-period-over": _appeal_over,
    "past-25": _past_25,
    "certified-and-in-time": _appeal,
}
