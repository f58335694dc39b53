# SPDX-License-Identifier: Apache-2.0
"""What a duty's rule found in one case, in ordinals; the public answer and the JSON reply are both read from it."""

from fingerpost.rules.duties.duty import Duty


class Finding:
    """Mutable while a rule works on it; never leaves the room. What most findings lack stands on the class, because
    making findings is the hottest line of a national run."""

    done_by: tuple[str, ...] = ()  # the events that close a step; a duty's own ends otherwise
    earliest: int | None = None
    latest_safe: int | None = None
    latest_arguable: int | None = None
    relief: list[dict[str, object]] | None = None
    residual_duty: str | None = None
    unrelieved: bool = False  # this step of a chain has no relief, though others of its duty have
    right_holder: str | None = None
    if_so: bool = (
        False  # the day has gone by, but the limit binds one outcome only, and nobody knows the outcome
    )
    past: bool = False  # it happened, on a day that is not held

    def __init__(  # noqa: PLR0917  written positionally in the hot path
        self,
        duty: Duty,
        verdict: str,
        because: list[str],
        citation: str,
        started: int | None = None,
        due: int | None = None,
        closed: int | None = None,
        days_late: int | None = None,
        certainty: str = "",
        start_name: str = "",
    ) -> None:
        self.duty, self.verdict, self.because, self.citation = duty, verdict, because, citation
        self.started, self.due, self.closed, self.days_late = started, due, closed, days_late
        self.certainty, self.start_name = certainty, start_name
        self.results: dict[str, object] = {}


def plain(duty: Duty, verdict: str, *because: str) -> Finding:
    """A finding that holds no dates."""
    return Finding(duty, verdict, list(because), duty.citation, certainty=duty.certainty)
