# SPDX-License-Identifier: Apache-2.0
"""What a check is, and the one list of them: words from the data files, the deed from a function of the same id."""

import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import partial
from importlib import resources
from typing import Any, TypeVar

from fingerpost.rules.plan_quality.parts import words
from fingerpost.rules.plan_quality.parts.study import Study

LEVELS = ("BLOCK", "FIX", "HINT")
# Wrong-child rules: never dismissed, never demoted, whatever is measured or set (plan-quality 10).
LEAKS = frozenset({"P01", "P04", "P07", "P08", "P10", "P11"})


@dataclass(frozen=True, slots=True)
class Spot:
    """A place where a check fires; level, reason and question only where they differ from the check's own."""

    start: int
    end: int
    level: str | None = None
    why: str = ""
    ask: str = ""
    section: str = ""


# Hedges about needs, words about the child and unanswered nils speak of other criteria than vague provision does.
_CRITERIA = {"A": ("Q06",), "B": ("Q15",), "C": ("Q16", "Q17")}

Deed = Callable[[Study], Iterable[Spot]]
D = TypeVar("D", bound=Deed)


@dataclass(frozen=True, slots=True)
class Check:
    """One check: one id, one function, one page."""

    id: str
    title: str
    level: str
    sections: tuple[str, ...]
    why: str
    ask: str
    shape: str
    source: str
    run: Deed
    needs: tuple[str, ...] = ()
    criteria: tuple[str, ...] = ()
    fires: tuple[Any, ...] = ()
    quiet: tuple[Any, ...] = ()
    leak: bool = False
    wording: bool = False
    facts: Mapping[str, Any] = field(default_factory=dict)


_DEEDS: dict[str, Deed] = {}


def check(rule: str) -> Callable[[D], D]:
    """Name a function as the deed of one check."""

    def keep(deed: D) -> D:
        if rule in _DEEDS:
            raise ValueError(f"Two functions claim the check {rule}.")
        _DEEDS[rule] = deed
        return deed

    return keep


def described() -> dict[str, dict[str, Any]]:
    """The words of every check that has a function of its own."""
    folder = resources.files("fingerpost.rules.plan_quality.data.checks")
    found: dict[str, dict[str, Any]] = {}
    for file in sorted(folder.iterdir(), key=lambda one: one.name):
        if file.name.endswith(".toml"):
            found |= tomllib.loads(file.read_text(encoding="utf-8"))
    return found


def build(wording: Callable[[Study, str], Iterable[Spot]]) -> dict[str, Check]:
    """Every check by id. A check without words, or words without a check, is an error of ours and stops here."""
    entries = described()
    if odd := set(entries) ^ set(_DEEDS):
        raise ValueError(f"These checks have words or a function, not both: {sorted(odd)}")
    lexicon = {
        rule: _wording(rule, entry, partial(_turned, wording, rule))
        for rule, entry in words.lexicon().items()
    }
    return {rule: _check(rule, entry) for rule, entry in entries.items()} | lexicon


def _turned(wording: Callable[[Study, str], Iterable[Spot]], rule: str, study: Study) -> Iterable[Spot]:
    return wording(study, rule)


def _check(rule: str, entry: Mapping[str, Any]) -> Check:
    return Check(
        rule,
        entry["title"],
        entry["level"],
        tuple(entry.get("sections", ())),
        entry["why"],
        entry["ask"],
        entry.get("shape", ""),
        entry["source"],
        _DEEDS[rule],
        tuple(entry.get("needs", ())),
        tuple(entry.get("criteria", ())),
        tuple(entry.get("fires", ())),
        tuple(entry.get("quiet", ())),
        rule in LEAKS,
    )


def _wording(rule: str, entry: Mapping[str, Any], run: Deed) -> Check:
    source = (
        "Fingerpost wording book, plan-quality 5; Children and Families Act 2014 s.37; Code of Practice 9.69"
    )
    return Check(
        rule,
        entry["phrase"][0].upper() + entry["phrase"][1:],
        entry.get("level", "FIX"),
        tuple(entry.get("sections", ("F", "G", "H1", "H2"))),
        entry["why"],
        entry["ask"],
        entry["shape"],
        source,
        run,
        fires=tuple(entry["fires"]),
        quiet=tuple(entry["quiet"]),
        wording=True,
        facts=entry,
        criteria=_CRITERIA.get(entry.get("sections", ("F",))[0], ("Q28",)),
    )
