# SPDX-License-Identifier: Apache-2.0
"""The one error of this room: a scenario that cannot be run, with the field that is wrong and the rule it breaks."""

from collections import Counter
from collections.abc import Iterable


class Unsuitable(ValueError):
    """A field of a scenario, what is wrong with it, and what to do; always one line."""

    def __init__(self, field: str, problem: str) -> None:
        super().__init__(f"{field}: {problem}")
        self.field = field
        self.problem = problem

    def __reduce__(self) -> tuple[type["Unsuitable"], tuple[str, str]]:
        return Unsuitable, (self.field, self.problem)  # so that it survives the way back from another process


def within(field: str, value: float, low: float, high: float, what: str) -> None:
    """Refuse a number outside the closed range; `what` says what the number means."""
    if not low <= value <= high:  # also refuses not-a-number
        raise Unsuitable(field, f"{what} must be between {low:g} and {high:g}, here {value:g}")


def unique(field: str, names: Iterable[str], most: int) -> None:
    """Refuse too many names, and a name that is used twice."""
    counts = Counter(names)
    if sum(counts.values()) > most:
        raise Unsuitable(field, f"at most {most}, here {sum(counts.values())}")
    for name, count in counts.items():
        if count > 1:
            raise Unsuitable(f"{field}.{name}", "this name is used twice")
