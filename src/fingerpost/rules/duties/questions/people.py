# SPDX-License-Identifier: Apache-2.0
"""Questions about the person: who holds the rights, and whether the tests for those over 18 apply."""

from fingerpost.rules.calendars import ages, dates
from fingerpost.rules.duties import holders
from fingerpost.rules.duties.duty import Duty
from fingerpost.rules.duties.finding import Finding, plain
from fingerpost.rules.duties.timeline import Timeline

_OLDER, _CHILD = 19, 16


def right_holder(duty: Duty, timeline: Timeline) -> Finding:
    """A child's parent until the last Friday in June of the school year of turning 16; then the young person."""
    born = holders.born(timeline)
    holder = holders.holder(timeline)
    finding = plain(duty, "lawful")
    if born is not None:
        first = ages.young_person_from(born)
        finding.results["young_person_from"] = dates.iso(first)
        finding.because.append(
            f"Born {dates.short(born)}: compulsory school age ends on {dates.short(first - 1)},"
            f" so the rights are the young person's from {dates.short(first)}."
        )
    if holder is None:
        finding.verdict = "unknown"
        finding.because.append("date_of_birth (or a clear age) and a day of asking are needed.")
        return finding
    finding.right_holder = holder
    finding.because.append(f"The right lies with: {holder.replace('_', ' ')}.")
    if holder == "young_person":
        finding.results["parent_may"] = "help or represent the young person with their agreement"
    elif holder != "parent":
        finding.because.append(
            "The young person lacks capacity for this matter at this time; their views are still sought."
        )
    return finding


def additional_time(duty: Duty, timeline: Timeline) -> Finding | None:
    """The tests for those 'aged over 18', read as 19 and over."""
    age = holders.age(timeline, holders.day_of_asking(timeline))
    if age is None:
        return plain(duty, "unknown", "date_of_birth or age is not held.")
    if age < _CHILD:
        return None  # nobody asks it of a child
    applies = age >= _OLDER
    finding = plain(
        duty,
        "lawful" if applies else "not_applicable",
        f"The person is {age}; 'over 18' is read as 19 and over.",
    )
    for name in (
        "extra_time_test_for_assessment_applies",
        "extra_time_test_for_reassessment_applies",
        "outcomes_test_on_ceasing_applies",
    ):
        finding.results[name] = applies
    return finding
