# SPDX-License-Identifier: Apache-2.0
"""The register of duties, read from the law files beside it; refuses a file that leaves a gap."""

from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files

from fingerpost.rules.duties import law_files
from fingerpost.rules.duties.duty import Duty

LAW_VERSION = "2026-11-01"

FIRST_COLUMN = (
    "ehcna-decision-notice",
    "plan-refusal-notice",
    "final-plan",
    "annual-review-first",
    "annual-review-subsequent",
    "review-decision",
    "amended-final-plan",
    "phase-transfer-15-february",
    "phase-transfer-31-march",
)


class Register:
    """The duties in order, and which names in a case call for which of them."""

    def __init__(self, duties: Iterable[Duty], version: str) -> None:
        self.duties: Mapping[str, Duty] = {duty.id: duty for duty in duties}
        self.version = version
        self.ids = tuple(self.duties)
        self._all = tuple(self.duties.values())
        self._called: dict[str, int] = {}
        self._opened: dict[str, int] = {}
        self._ungated = sum(1 << place for place, duty in enumerate(self._all) if not duty.gate)
        for place, duty in enumerate(self._all):
            _mark(self._called, _callers(duty), place)
            _mark(self._opened, duty.gate, place)
        self._chosen: dict[int, tuple[Duty, ...]] = {}

    def mask(self, ids: Iterable[str]) -> int:
        """A set of duties as one number."""
        wanted = set(ids)
        return sum(1 << place for place, name in enumerate(self.ids) if name in wanted)

    def engaged(self, names: Iterable[str], within: int = -1) -> tuple[Duty, ...]:
        """The duties that some name in the case calls for, in register order."""
        called, mask, gates = self._called, 0, self._ungated
        for name in names:
            mask |= called.get(name, 0)
        for name in self._opened.keys() & names:
            gates |= self._opened[name]
        mask &= within & gates
        found = self._chosen.get(mask)
        if found is None:
            if len(self._chosen) > 20_000:  # kept small for long runs
                self._chosen.clear()
            found = tuple(duty for place, duty in enumerate(self._all) if mask >> place & 1)
            self._chosen[mask] = found
        return found


def _callers(duty: Duty) -> tuple[str, ...]:
    return (*duty.starts, *duty.ends, *duty.signs) if duty.called_by is None else duty.called_by


def _mark(marks: dict[str, int], names: Iterable[str], place: int) -> None:
    for name in names:
        marks[name] = marks.get(name, 0) | 1 << place


def read(texts: Iterable[str], version: str) -> Register:
    """Make a register of the texts of law files: duties first, then instruments that amend them."""
    return Register(law_files.read(texts), version)


@cache
def texts() -> tuple[str, ...]:
    """The law files that come with the program, in the order of their groups."""
    folder = files(__package__).joinpath("law")
    found = sorted(
        (file for file in folder.iterdir() if file.name.endswith(".toml")), key=lambda file: file.name
    )
    return tuple(file.read_text("utf-8") for file in found)


@cache
def current() -> Register:
    """The register in use."""
    return read(texts(), LAW_VERSION)


DUTIES: Mapping[str, Duty] = current().duties
