# SPDX-License-Identifier: Apache-2.0
"""What a duty's rule found in one case, in ordinals; the public answer and the JSON reply are both read from it."""

from dataclasses import dataclass, field

from fingerpost.rules.duties.duty import Duty


@dataclass(slots=True)
class Finding:
    """Mutable while a rule works on it; never leaves the room."""

    duty: Duty
    verdict: str
    because: list[str]
    citation: str
    started: int | None = None
    due: int | None = None
    closed: int | None = None
    days_late: int | None = None
    certainty: str = ""
    start_name: str = ""
    done_by: tuple[str, ...] = ()  # the events that close a step; a duty's own ends otherwise
    earliest: int | None = None
    latest_safe: int | None = None
    latest_arguable: int | None = None
    relief: list[dict[str, object]] | None = None
    residual_duty: str | None = None
    right_holder: str | None = None
    results: dict[str, object] = field(default_factory=dict)


def plain(duty: Duty, verdict: str, *because: str) -> Finding:
    """A finding that holds no dates."""
    return Finding(duty, verdict, list(because), duty.citation, certainty=duty.certainty)
