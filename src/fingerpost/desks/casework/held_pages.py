# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the templates of the review pages are given: words and links ready."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from markupsafe import Markup

from fingerpost.desks.casework import held_words
from fingerpost.kit import links
from fingerpost.kit.links import Paging
from fingerpost.kit.words import day, plural
from fingerpost.records.returns.held.review import (
    DecisionRow,
    Description,
    HeldFilters,
    HeldItemView,
    HeldPage,
    HeldRow,
    PatternCount,
)
from fingerpost.rules.returns.layout import codes

HEADINGS = ("Child or young person", "What is in doubt", "Return", "Decision")

SOURCES = ("Held here now", "What the return says")


def address(item_id: UUID) -> str:
    return reverse("casework:held_item", args=[item_id])


# -- the list -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class HeldAsked:
    """What the address asks for."""

    filters: HeldFilters
    page: int
    query: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Open:
    """One pattern in the head of the list."""

    title: str
    href: str
    text: str


@dataclass(frozen=True, slots=True)
class HeldShown:
    """The list."""

    found: str
    rows: tuple[tuple[object, ...], ...]
    paging: Paging | None
    number: int
    pages: int
    open: tuple[Open, ...]
    empty: str


def asked(cleaned: Mapping[str, Any], query: Mapping[str, str]) -> HeldAsked:
    """Read the address; what makes no sense is left out rather than refused."""
    state = cleaned.get("state") or "open"
    filters = HeldFilters(
        state="" if state == "all" else state,
        pattern=cleaned.get("pattern") or "",
        text=(cleaned.get("text") or "").replace(",", " "),
    )
    kept = {name: query[name] for name in ("state", "pattern", "text") if query.get(name)}
    return HeldAsked(filters, links.number(query.get("page", "1")), kept)


def held(found: HeldPage, counts: tuple[PatternCount, ...], said: HeldAsked) -> HeldShown:
    """The list with its head, links and words."""
    narrowed = said.filters != HeldFilters()
    return HeldShown(
        found=f"{plural(found.total, 'question')} found"
        if narrowed
        else plural(found.total, "open question"),
        rows=tuple(_row(row) for row in found.rows),
        paging=links.paging(found.page, found.pages, said.query),
        number=found.page,
        pages=found.pages,
        open=tuple(_open(count) for count in counts),
        empty="No question fits. Clear the filters to see all that are open."
        if narrowed
        else "Nothing is waiting to be decided.",
    )


def _open(count: PatternCount) -> Open:
    href = links.with_query({"pattern": count.pattern})
    return Open(held_words.title(count.pattern), href, f"{count.open:,}")


def _row(row: HeldRow) -> tuple[object, ...]:
    name = Markup('<a class="govuk-link" href="{}">{}, {}</a>').format(
        address(row.id), row.surname, row.forename
    )
    decision = held_words.sentence(row.decision) if row.state == "decided" else "Open"
    return name, held_words.title(row.pattern), str(row.year), decision


# -- one item -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class DecisionShown:
    """One decision, in words."""

    what: str
    who: str
    reason: str


@dataclass(frozen=True, slots=True)
class HeldItemShown:
    """One held item."""

    who: str
    title: str
    question: str
    why: str
    source: str
    about: tuple[tuple[str, str], ...]
    answers: tuple[tuple[str, str], ...]
    decisions: tuple[DecisionShown, ...]
    decided: bool
    may_decide: bool
    case_href: str


def held_item(item: HeldItemView) -> HeldItemShown:
    """What is asked, what each answer does, and what was decided so far."""
    return HeldItemShown(
        who=f"{item.forename} {item.surname}",
        title=held_words.title(item.pattern),
        question=held_words.sentence(item.question),
        why=held_words.why(item.pattern),
        source=f"The return of {item.year}, line {item.line}" if item.line else f"The return of {item.year}",
        about=tuple(zip(SOURCES, (_described(one) for one in item.about), strict=False)),
        answers=tuple(
            (held_words.sentence(one.name), held_words.does(item.pattern, one.name)) for one in item.choices
        ),
        decisions=tuple(_decision(row) for row in item.decisions),
        decided=item.state == "decided",
        may_decide=item.may_decide,
        case_href=reverse("casework:case", args=[item.case_id]) if item.case_id else "",
    )


def _described(one: Description) -> str:
    said = (
        f"{one.forename} {one.surname}",
        f"born {day(one.born_on)}",
        codes("sex").get(one.sex, "").lower(),
    )
    numbers = ", ".join(one.numbers) or "no number"
    return ", ".join((*(part for part in said if part), numbers))


def _decision(row: DecisionRow) -> DecisionShown:
    when = f"{timezone.localtime(row.at):%-d %B %Y, %H:%M}"
    what = f"{held_words.sentence(row.choice)} {day(row.on)}" if row.on else held_words.sentence(row.choice)
    return DecisionShown(what, f"{row.by}, {when}", row.reason)


def answers(
    item: HeldItemView, choice: str, on: date | None, reason: str
) -> tuple[tuple[str, str, str], ...]:
    """The answers to check: question, answer, where to change it."""
    change = address(item.id)
    said = [("What is right?", held_words.sentence(choice), change)]
    said += [("On which day?", day(on), change)] if on else []
    return (*said, ("How do you know?", reason, change))


def follows(item: HeldItemView, choice: str) -> str:
    """What the record will say once this is recorded."""
    if not choice:
        return "What the decision before did to the record is undone, and the question is open again."
    return held_words.does(item.pattern, choice)
