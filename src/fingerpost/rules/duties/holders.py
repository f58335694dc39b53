# SPDX-License-Identifier: Apache-2.0
"""Who holds a right on a day: parent, young person, or whoever stands in (Act s.80, 83(2), R 63, 64)."""

from datetime import date

from fingerpost.rules.calendars import ages
from fingerpost.rules.duties.timeline import Timeline


def born(timeline: Timeline) -> int | None:
    value = timeline.facts.get("date_of_birth")
    return value.toordinal() if isinstance(value, date) else None


def age(timeline: Timeline, on: int | None) -> int | None:
    """Completed years on a day, from the date of birth, else as stated."""
    birth = born(timeline)
    if birth is not None and on is not None:
        return ages.completed_years(birth, on)
    stated = timeline.facts.get("age")
    return stated if isinstance(stated, int) else None


def day_of_asking(timeline: Timeline) -> int | None:
    """Today, else the latest day that the case holds."""
    if timeline.today is not None:
        return timeline.today
    return max(timeline.days.values(), default=None)


def holder(timeline: Timeline) -> str | None:
    """Who holds the right, or None where neither a birth date nor an age says."""
    if timeline.holder == "":
        timeline.holder = _holder(timeline)
    return timeline.holder


def _holder(timeline: Timeline) -> str | None:
    young = is_young_person(timeline)
    if young is None:
        return None
    if not young:
        return "parent"
    if timeline.facts.get("lacks_capacity") is True:
        named = timeline.facts.get("representative")
        return named if named in ("deputy", "attorney") else "parent_as_alternative_person"
    return "young_person"


def is_young_person(timeline: Timeline) -> bool | None:
    """Over compulsory school age and under 25; None if it cannot be said."""
    stated = timeline.facts.get("over_compulsory_school_age")
    birth, on = born(timeline), day_of_asking(timeline)
    if birth is not None and on is not None:
        return on >= ages.young_person_from(birth)
    if isinstance(stated, bool):
        return stated
    years = age(timeline, on)
    if years is None or years in (15, 16):  # either side of the last Friday in June
        return None
    return years > 16
