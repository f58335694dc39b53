# SPDX-License-Identifier: Apache-2.0
"""What a duty's rule found in one case, in ordinals; the public answer and the JSON reply are both read from it."""

from fingerpost.rules.duties.duty import Duty


class Finding:
    """Mutable while a rule works on it; never leaves the room. Slots, because making and reading findings is the
    hottest work of a national run."""

    __slots__ = (
        "because",
        "certainty",
        "citation",
        "closed",
        "days_late",
        "done_by",
        "due",
        "duty",
        "earlier",
        "earliest",
        "if_so",
        "latest_arguable",
        "latest_safe",
        "past",
        "relief",
        "residual_duty",
        "results",
        "right_holder",
        "start_name",
        "started",
        "unrelieved",
        "verdict",
    )
    done_by: tuple[str, ...]  # the events that close a step; a duty's own ends otherwise
    earlier: tuple[str, int] | None  # an end that lies before the start
    earliest: int | None
    latest_safe: int | None
    latest_arguable: int | None
    relief: list[dict[str, object]] | None
    residual_duty: str | None
    right_holder: str | None
    results: dict[str, object]

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
        self.results, self.done_by, self.earlier = {}, (), None
        self.earliest = self.latest_safe = self.latest_arguable = None
        self.relief = self.residual_duty = self.right_holder = None
        self.unrelieved = False  # this step of a chain has no relief, though others of its duty have
        self.if_so = (
            False  # the day has gone by, but the limit binds one outcome, and nobody knows which it was
        )
        self.past = False  # it happened, on a day that is not held


def plain(duty: Duty, verdict: str, *because: str) -> Finding:
    """A finding that holds no dates."""
    return Finding(duty, verdict, [*because], duty.citation, None, None, None, None, duty.certainty)
