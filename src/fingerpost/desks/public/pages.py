# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the public pages show, as frozen values read from the desk's data files."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from markupsafe import Markup

from fingerpost.desks.public.sheets import sheet
from fingerpost.kit import timeline
from fingerpost.kit.timeline import Entry, TimelineEvent


@dataclass(frozen=True, slots=True)
class Sourced:
    """Something said, and the document that says it."""

    name: str
    what: str
    source: str


@dataclass(frozen=True, slots=True)
class Chapter:
    """A stretch of the timeline: a title, the drawing, and the same dates with their sources."""

    title: str
    drawing: Markup
    rows: tuple[Entry, ...]
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Named:
    name: str
    means: str


@dataclass(frozen=True, slots=True)
class Priority:
    title: str
    aim: str
    told_us: tuple[str, ...]
    we_will: tuple[str, ...]
    measured_by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Strategy:
    """One vision, two ways, three values, four priorities, five principles."""

    title: str
    period: str
    why: str
    vision: tuple[str, ...]
    two_way: str
    two_way_aims: tuple[str, ...]
    values: tuple[Named, ...]
    priorities: tuple[Priority, ...]
    principles: tuple[Named, ...]
    source: str


@dataclass(frozen=True, slots=True)
class Partnership:
    """Who the partnership is and whom it answers to."""

    name: str
    purpose: str
    why: str
    members: tuple[Sourced, ...]
    answers_to: tuple[Sourced, ...]
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Promises:
    """What was promised in 2025; rows are cells of a table, the source last."""

    pledges: tuple[str, ...]
    promises: tuple[tuple[str, ...], ...]
    money: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Tested:
    what: str
    how: str
    on: date
    found: str


@dataclass(frozen=True, slots=True)
class Accessibility:
    aim: str
    prepared_on: date
    tested: tuple[Tested, ...]
    untested: tuple[Named, ...]


def partnership() -> Partnership:
    told = _told()
    return Partnership(
        name=told["name"],
        purpose=told["purpose"],
        why=told["why"],
        members=tuple(Sourced(row["name"], row["does"], _source(row)) for row in told["members"]),
        answers_to=tuple(Sourced(row["name"], row["what"], _source(row)) for row in told["answers_to"]),
        sources=tuple(told["sources"].values()),
    )


def in_short() -> Chapter:
    """The few days that turned the story."""
    return _chapter("The story so far", [row for row in _told()["happenings"] if row.get("key")], "story")


def chapters() -> tuple[Chapter, ...]:
    """The whole timeline, cut where four years were silent so that the drawing stays readable."""
    rows = _told()["happenings"]
    early = [row for row in rows if row["on"].year < 2022]
    return (
        _chapter("2017 to 2021", early, "early"),
        _chapter("2024 and 2025", [row for row in rows if row not in early], "late"),
    )


def strategy() -> Strategy:
    told = _told()["strategy"]
    return Strategy(
        title=told["title"],
        period=told["period"],
        why=told["why"],
        vision=tuple(told["vision"]),
        two_way=told["two_way"],
        two_way_aims=tuple(told["two_way_aims"]),
        values=_named(told["values"]),
        priorities=tuple(_priority(row) for row in told["priorities"]),
        principles=_named(told["principles"]),
        source=_source(told),
    )


def promises() -> Promises:
    told = _told()
    return Promises(
        pledges=tuple(row["what"] for row in told["pledges"]),
        promises=tuple((row["what"], row["figure"], row["by"], _source(row)) for row in told["promises"]),
        money=tuple((row["what"], row["year"], row["amount"], _source(row)) for row in told["money"]),
    )


def accessibility() -> Accessibility:
    told = sheet("accessibility")
    tested = tuple(Tested(row["what"], row["how"], row["on"], row["found"]) for row in told["tested"])
    untested = tuple(Named(row["what"], row["means"]) for row in told["untested"])
    return Accessibility(told["aim"], told["prepared_on"], tested, untested)


def _told() -> dict[str, Any]:
    return sheet("partnership")


def _source(row: dict[str, Any]) -> str:
    return str(_told()["sources"][row["source"]])


def _named(rows: Sequence[dict[str, str]]) -> tuple[Named, ...]:
    return tuple(Named(row["name"], row["means"]) for row in rows)


def _priority(row: dict[str, Any]) -> Priority:
    lists = (tuple(row[key]) for key in ("told_us", "we_will", "measured_by"))
    return Priority(row["title"], row["aim"], *lists)


def _chapter(title: str, rows: Sequence[dict[str, Any]], mark: str) -> Chapter:
    events = [TimelineEvent(row["on"], row["label"], when=row.get("when", "")) for row in rows]
    drawing = timeline.draw(events, title=f"Timeline: {title}", name=mark)
    return Chapter(title, drawing, timeline.entries(events), tuple(dict.fromkeys(map(_source, rows))))
