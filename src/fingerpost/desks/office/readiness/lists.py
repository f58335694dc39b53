# SPDX-License-Identifier: AGPL-3.0-or-later
"""The list of findings as its templates and files are given it, and one rule with the records that break it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.urls import reverse
from markupsafe import Markup

from fingerpost.desks.office.place import Place
from fingerpost.desks.office.readiness import words
from fingerpost.kit import asking, links, tags
from fingerpost.kit.links import Column, Heading, Paging
from fingerpost.kit.tags import Tag
from fingerpost.kit.words import day, plural
from fingerpost.records.people.sight import Sight
from fingerpost.records.returns.readiness.findings import Filters, FindingRow, FindingsPage
from fingerpost.rules.returns import rule_book

NARROWS = ("level", "rule", "team", "officer", "text")
FIRST = "level"
COLUMNS = (
    Column("Child or young person", "name"),
    Column("Level", "level"),
    Column("What is wrong", "rule"),
    Column("Officer", "officer"),
    Column("Since", "since"),
)
SHEET = (
    *("Level", "Rule", "Item", "What is wrong and what to do", "Surname", "Forename", "UPN", "Team"),
    *("Officer", "Since", "Case"),
)
DEMONSTRATION = "Demonstration"
Row = tuple[object, ...]
Asked = asking.Asked[Filters]


@dataclass(frozen=True, slots=True)
class ListShown:
    """The list of findings."""

    found: str
    headings: tuple[Heading, ...]
    rows: tuple[Row, ...]
    paging: Paging | None
    number: int
    pages: int
    keep: Mapping[str, str]
    empty: str
    csv_href: str
    xlsx_href: str


def asked(cleaned: Mapping[str, Any], query: Mapping[str, str], sight: Sight) -> Asked:
    """Read the address; what makes no sense is left out rather than refused."""
    filters = Filters(**asking.said(cleaned, NARROWS, reader=sight.user_id))
    return asking.asked(filters, query, NARROWS, first=FIRST)


def listed(found: FindingsPage, asked: Asked, place: Place) -> ListShown:
    """The list with its head, links and words."""
    narrowed = any(getattr(asked.filters, name) for name in NARROWS)
    empty = "Nothing fits. Clear the filters to see all." if narrowed else "Nothing stands in the way."
    return _shown(found, asked, place, empty=empty, narrowed=narrowed, files=asked.query)


def of_rule(found: FindingsPage, asked: Asked, place: Place) -> ListShown:
    """The same on the page of one rule, where nothing can be cleared."""
    files = {"rule": asked.filters.rule}
    return _shown(found, asked, place, empty="No record breaks it now.", narrowed=False, files=files)


def _shown(
    found: FindingsPage, asked: Asked, place: Place, *, empty: str, narrowed: bool, files: Mapping[str, str]
) -> ListShown:
    query = links.with_query(files)
    return ListShown(
        found=f"{plural(found.total, 'finding')}{' found' if narrowed else ''}",
        headings=links.headings(COLUMNS, asked.query, asked.sort),
        rows=tuple(_finding(row, place) for row in found.rows),
        paging=links.paging(found.page, found.pages, asked.query),
        number=found.page,
        pages=found.pages,
        keep={"sort": asked.sort} if asked.sort != FIRST else {},
        empty=empty,
        csv_href=place.address("findings_csv") + query,
        xlsx_href=place.address("findings_xlsx") + query,
    )


def _finding(row: FindingRow, place: Place) -> Row:
    what = Markup(
        '<span class="kit-long">{}</span> <a class="govuk-link" href="{}">{}'
        '<span class="govuk-visually-hidden">, the rule</span></a>'
    )
    return (
        _child(row),
        tags.status("finding", row.level).text,
        what.format(row.message, place.address("rule", row.rule), row.rule),
        f"{row.officer or 'Nobody yet'}, {row.team}" if row.team else "Data officer",
        day(row.first_seen_on),
    )


def _child(row: FindingRow) -> object:
    if row.surname is None:
        return "The return as a whole" if row.team is None else "A record that was set aside"
    name = f"{row.surname}, {row.forename}"
    return words.link(_case(row.case_id), name) if row.case_id else name


def _case(case_id: UUID) -> str:
    return reverse("casework:case", args=[case_id])


def sheet_columns(*, banner: str = "") -> tuple[str, ...]:
    """The demo's file has one column more, which says on every row what it is."""
    return (*SHEET, DEMONSTRATION) if banner else SHEET


def sheet(rows: Iterable[FindingRow], root: str, *, banner: str = "") -> Iterable[Row]:
    """The list as rows of a file; `root` makes the cases' addresses whole."""
    demonstration = (banner,) if banner else ()
    for row in rows:
        case = root + _case(row.case_id) if row.case_id else ""
        said = (row.surname or "", row.forename or "", row.upn or "", row.team or "", row.officer or "")
        yield (
            row.level,
            row.rule,
            row.item,
            row.message,
            *said,
            row.first_seen_on.isoformat(),
            case,
            *demonstration,
        )


# -- one rule -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class RuleShown:
    """One rule, and the records that break it."""

    number: str
    title: str
    tag: Tag
    about: tuple[tuple[str, str], ...]
    list: ListShown | None


def rule(number: str, listed: ListShown | None) -> RuleShown:
    """What is asked, why, who can mend it, and whose records it touches."""
    said = rule_book.rules()[number]
    return RuleShown(
        number=number,
        title=words.sentence(said.fault),
        tag=tags.status("finding", said.level),
        about=(
            ("What to do", said.remedy),
            ("Who can mend it", words.mender(said)),
            ("How much it matters", words.LEVELS[said.level]),
            ("Why it is a rule", words.WHY[said.evidence]),
            ("Items of the return", ", ".join(said.items) or "Any"),
            ("The Department's number", said.dfe_number or "Not known: the numbers here are ours"),
        ),
        list=listed,
    )
