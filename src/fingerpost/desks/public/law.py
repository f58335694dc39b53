# SPDX-License-Identifier: AGPL-3.0-or-later
"""The law of time for anybody: every duty in plain words, with its source, its doubt and worked examples."""

from dataclasses import dataclass

from django.urls import reverse

from fingerpost.kit.words import Link
from fingerpost.rules.duties import examples, register
from fingerpost.rules.duties.duty import Duty
from fingerpost.rules.duties.law_pages import GROUPS
from fingerpost.rules.duties.wording import officer

STRENGTHS = {"law": "Law", "guidance": "Guidance, not law", "planning": "An aid to planning, not law"}
CERTAINTIES = {
    "settled": "Settled",
    "literal-reading": "A literal reading of the text",
    "derived": "Derived from the text, not said in it",
    "presumption": "Rests on a presumption",
    "ambiguous-boundary": "The text leaves one day in doubt",
    "guidance-reading": "As guidance reads the text",
    "secondary-source": "Taken from a secondary source",
    "unconfirmed": "Not confirmed: check before relying on it",
}


@dataclass(frozen=True, slots=True)
class Group:
    """Duties that belong together."""

    title: str
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Example:
    """A worked example: what kind, what happened, how it is counted."""

    kind: str
    title: str
    count: str


@dataclass(frozen=True, slots=True)
class DutyPage:
    """One duty."""

    title: str
    group: str
    rows: tuple[tuple[str, str], ...]
    family: str
    mistake: str
    note: str
    examples: tuple[Example, ...]


def groups() -> tuple[Group, ...]:
    """The register, group by group."""
    law = register.current().duties.values()
    return tuple(
        Group(title, tuple(Link(d.title, address(d.id)) for d in law if d.group == letter))
        for letter, title in GROUPS.items()
    )


def address(duty: str) -> str:
    return reverse("public:law_duty", args=[duty])


def duty(name: str) -> DutyPage | None:
    """One duty, or None for a name that the register does not have."""
    found = register.current().duties.get(name)
    return _page(found) if found else None


def _page(found: Duty) -> DutyPage:
    return DutyPage(
        title=found.title,
        group=GROUPS[found.group],
        rows=_rows(found),
        family=found.family.format(due="the last day"),
        mistake=found.mistake,
        note=found.note,
        examples=tuple(Example(e.sort, e.title, e.count) for e in examples.of(found.id)),
    )


def _rows(found: Duty) -> tuple[tuple[str, str], ...]:
    rows = [
        ("Who must act", f"{found.who[:1].upper()}{found.who[1:]}"),
        ("The law", found.citation),
        ("Strength", STRENGTHS[found.strength]),
        ("How sure we are", CERTAINTIES.get(found.certainty, found.certainty)),
        ("Limit", _limit(found)),
        ("Starts when", " or when ".join(officer(name) for name in found.starts)),
        ("Done when", " or when ".join(officer(name) for name in found.ends)),
        ("Exceptions", ", ".join(found.relief)),
    ]
    return tuple((what, said) for what, said in rows if said)


def _limit(found: Duty) -> str:
    counted = found.rules[-1].operator
    if counted is None:
        return (
            "As soon as practicable; no number of days is set"
            if found.standard == "asap"
            else "No number of days is set"
        )
    soon = "As soon as practicable, and in any event " if found.standard == "asap" else ""
    return f"{soon}{counted.words}"
