# SPDX-License-Identifier: AGPL-3.0-or-later
"""Requests that led to no plan (yet): waiting, refused, assessed and refused, withdrawn, moved away."""

from datetime import date, timedelta

from fingerpost.demo.figures import CENSUS_DAYS, TODAY, Published
from fingerpost.demo.lives import Request
from fingerpost.demo.quotas import pick, stream
from fingerpost.demo.targets import Scale
from fingerpost.demo.timelines import EVEN, MONTHS_REFUSED, MONTHS_WAITING, between, received

OVERDUE = 1801
"""Assessments overdue in December 2024, by the local press; the made-up area has as many on its frozen day."""
MOVED = {2023: 12, 2024: 20}
OVERTURNED = {2023: 12, 2024: 45}
OLDEST_LATE = TODAY - timedelta(days=140)
"""Received before this day, a plan not made by the frozen day is late."""


def waiting(seed: int, figures: Published, scale: Scale, made: list[Request]) -> list[Request]:
    """Everything received in 2022 to 2025 that has no plan by the last census day."""
    requests = [
        *_refused(seed, figures, scale),
        *_assessed_and_refused(seed, figures, scale),
        *_moved(seed, scale),
        *_withdrawn(seed, scale),
        *_open(seed, figures, scale),
        *_january(seed, scale),
    ]
    return requests + _pending(seed, figures, scale, made, requests)


def _pending(
    seed: int, figures: Published, scale: Scale, made: list[Request], others: list[Request]
) -> list[Request]:
    """Agreed and under assessment: what is left of each year's agreed requests."""
    agreed = [r for r in made + others if r.received_on and r.decision == "Y" and not _open_at_census(r)]
    counts = {
        y: sum(1 for r in agreed if r.received_on and r.received_on.year == y) for y in (2022, 2023, 2024)
    }
    left = {
        y: max(0, scale(figures.count("flow", y, "requests_decided_to_assess")) - counts[y])
        for y in (2023, 2024)
    }
    rng = stream(seed, "pending", 2023)
    requests = [
        Request(day, assessment="A") for day in received(rng, left[2023], 2023, EVEN, date(2023, 12, 8))
    ]
    late = sum(1 for r in others if r.received_on and r.received_on < OLDEST_LATE and _waits(r)) + left[2023]
    old = min(left[2024], max(0, scale(OVERDUE) - late))
    rng = stream(seed, "pending", 2024)
    days = received(rng, old, 2024, MONTHS_WAITING, OLDEST_LATE - timedelta(days=2))
    days += [between(rng, OLDEST_LATE, _until(i)) for i in range(left[2024] - old)]
    requests += [Request(day, assessment="A") for day in days]
    for i in pick(
        rng,
        requests,
        scale(120),
        [3.0 if r.received_on and r.received_on.year == 2023 else 1.0 for r in requests],
    ):
        requests[i].agreed = True
    return requests


def _until(turn: int) -> date:
    """Every third of the younger cases falls due within a fortnight of the frozen day."""
    return OLDEST_LATE + timedelta(days=14) if turn % 3 == 0 else date(2024, 12, 12)


def _waits(request: Request) -> bool:
    return request.decision == "A" or request.assessment == "A"


def _open_at_census(request: Request) -> bool:
    """Decided only after the census day that follows the year of the request."""
    if request.received_on is None or request.decided_on is None:
        return False
    census = CENSUS_DAYS.get(request.received_on.year + 1)
    return census is not None and request.decided_on > census


def _refused(seed: int, figures: Published, scale: Scale) -> list[Request]:
    requests: list[Request] = []
    for number in (2023, 2024):
        rng = stream(seed, "refused", number)
        count = scale(figures.count("flow", number, "requests_decided_not_to_assess"))
        months = MONTHS_REFUSED if number == 2024 else EVEN
        days = received(rng, count, number, months, date(number, 12, 10))
        found = [Request(day, decision="N") for day in days]
        mediated = scale(figures.count("flow", number, "mediation_related_request"))
        appealed = scale(figures.count("flow", number, "tribunal_related_request"))
        both = scale(figures.count("flow", number, "tribunal_after_mediation_request"))
        order = [int(i) for i in rng.permutation(count)]
        for i in order[: min(mediated, count)]:
            found[i].mediation = True
        first = max(0, min(mediated - both, count - appealed))
        for i in order[first : first + appealed]:
            found[i].tribunal = True
        early = [i for i in order if found[i].received_on <= date(number, 8, 20) and found[i].mediation]  # type: ignore[operator]
        for i in early[: scale(OVERTURNED[number])]:
            found[i].assessment = "A"
        requests += found
    return requests


def _assessed_and_refused(seed: int, figures: Published, scale: Scale) -> list[Request]:
    requests: list[Request] = []
    for number in (2023, 2024):
        rng = stream(seed, "assessed", number)
        count = scale(figures.count("flow", number, "assess_not_issued"))
        timely = min(count, scale(figures.count("flow", number, "outcome_decision_within_time")))
        for i in range(count):
            days = int(rng.integers(95, 111)) if i < timely else int(rng.integers(125, 300))
            told = between(rng, date(number, 2, 1), date(number, 12, 10))
            came = told - timedelta(days=days)
            came -= timedelta(days=max(0, came.weekday() - 4) if i >= timely else 0)
            requests.append(Request(came, assessment="N", assessed_on=told))
    return requests


def _moved(seed: int, scale: Scale) -> list[Request]:
    requests: list[Request] = []
    for number, count in MOVED.items():
        rng = stream(seed, "moved", number)
        for day in received(rng, scale(count), number, EVEN, date(number, 9, 1)):
            gone = between(rng, day + timedelta(days=60), date(number, 12, 15))
            to = ("889", "890", "383", "350", "382")[int(rng.integers(5))]
            requests.append(Request(day, moved_to=to, moved_on=gone))
    return requests


def _withdrawn(seed: int, scale: Scale) -> list[Request]:
    rng = stream(seed, "withdrawn", 2022)
    return [
        Request(day, decision="W", withdrawn_on=day + timedelta(days=int(rng.integers(8, 35))))
        for day in received(rng, scale(8), 2022, EVEN, date(2022, 11, 1))
    ]


def _open(seed: int, figures: Published, scale: Scale) -> list[Request]:
    """Not decided on the census day after: those of 2023 are decided, withdrawn or still open a year later."""
    rng = stream(seed, "open", 2023)
    count = scale(figures.count("flow", 2023, "requests_decision_not_made"))
    requests = [_decided_later(i, between(rng, date(2023, 12, 4), date(2023, 12, 29))) for i in range(count)]
    rng = stream(seed, "open", 2024)
    count = scale(figures.count("flow", 2024, "requests_decision_not_made"))
    for i in range(count):
        share = i / count
        first, last = date(2024, 12, 23), date(2024, 12, 31)
        if share < 0.05:
            first, last = date(2024, 7, 15), date(2024, 9, 10)
        elif share < 0.26:
            first, last = date(2024, 10, 1), date(2024, 12, 4)
        elif share < 0.54:
            first, last = date(2024, 12, 5), date(2024, 12, 20)
        requests.append(Request(between(rng, first, last), decision="A"))
    return requests


def _decided_later(turn: int, day: date) -> Request:
    if turn % 13 == 2:
        return Request(day, decision="A")
    if turn % 13 in (5, 9):
        return Request(day, decision="W", withdrawn_on=date(2024, 2, 5) + timedelta(days=turn))
    later = date(2024, 2, 5) + timedelta(days=7 * (turn % 9))
    if turn % 13 in (3, 11):
        return Request(day, decision="N", decided_on=later)
    return Request(day, decided_on=later, assessment="A")


def _january(seed: int, scale: Scale) -> list[Request]:
    """Received after the activity year and before census day: in the return, in none of its counts of the year."""
    rng = stream(seed, "january", 2025)
    return [
        Request(between(rng, date(2025, 1, 2), date(2025, 1, 15)), decision="A") for _ in range(scale(148))
    ]
