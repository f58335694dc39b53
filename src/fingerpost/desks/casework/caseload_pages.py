# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the caseload's template is given: frozen values, words and links ready."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from fingerpost.desks.casework.addresses import case_address
from fingerpost.kit import asking, links
from fingerpost.kit.links import Column, Heading, Paging
from fingerpost.kit.words import day, plural
from fingerpost.records.cases.caseload import CaseloadPage, CaseRow, DutyCount
from fingerpost.records.cases.filtering import Filters
from fingerpost.records.people.sight import Sight
from fingerpost.rules.duties import register

COLUMNS = (
    Column("Child or young person", "name"),
    Column("Most urgent duty"),
    Column("Due", "urgent"),
    Column("Stage"),
    Column("Officer"),
)
DUTY_COLUMNS = (
    Column("Duty"),
    Column("Past the limit", numeric=True),
    Column("Due in 14 days", numeric=True),
)
HEADS = {
    "mine": "Duties past or near their limit, my cases",
    "nobody": "Duties past or near their limit, nobody's cases",
}
NARROWS = ("duty", "standing", "officer", "text")
Asked = asking.Asked[Filters]


@dataclass(frozen=True, slots=True)
class CaseloadShown:
    """The caseload page."""

    found: str
    headings: tuple[Heading, ...]
    rows: tuple[tuple[object, ...], ...]
    paging: Paging | None
    number: int
    pages: int
    keep: Mapping[str, str]
    duties_of: str
    duties: tuple[tuple[object, ...], ...]
    duty_headings: tuple[Heading, ...]
    empty: str


def asked(cleaned: Mapping[str, Any], query: Mapping[str, str], sight: Sight) -> Asked:
    """Read the address; what makes no sense is left out rather than refused."""
    filters = Filters(**asking.said(cleaned, NARROWS, reader=sight.user_id))
    return asking.asked(filters, query, NARROWS, first="urgent")


def caseload(found: CaseloadPage, counts: tuple[DutyCount, ...], asked: Asked) -> CaseloadShown:
    """The list with its head, links and words."""
    narrowed = any(getattr(asked.filters, name) for name in NARROWS)
    return CaseloadShown(
        found=f"{plural(found.total, 'case')} found" if narrowed else plural(found.total, "case"),
        headings=links.headings(COLUMNS, asked.query, asked.sort),
        rows=tuple(_row(row) for row in found.rows),
        paging=links.paging(found.page, found.pages, asked.query),
        number=found.page,
        pages=found.pages,
        keep={"sort": asked.sort} if asked.sort != "urgent" else {},
        duties_of=HEADS.get(asked.query.get("officer", ""), "Duties past or near their limit"),
        duties=_duties(counts, asked.query.get("officer", "")),
        duty_headings=links.headings(DUTY_COLUMNS, {}, ""),
        empty="No case fits. Clear the filters to see all." if narrowed else "No case is with you yet.",
    )


def _duties(counts: tuple[DutyCount, ...], officer: str) -> tuple[tuple[object, ...], ...]:
    """The duties that press, the one with most cases past its limit first; each leads to its cases."""
    pressing = [count for count in counts if count.overdue or count.due_soon]
    ordered = sorted(pressing, key=lambda one: (-one.overdue, -one.due_soon))
    return tuple(_duty(count, {"officer": officer} if officer else {}) for count in ordered)


def _duty(count: DutyCount, kept: Mapping[str, str]) -> tuple[object, ...]:
    standing = "overdue" if count.overdue else "due_soon"
    link = Markup('<a class="govuk-link" href="{}">{}</a>').format(
        links.with_query({**kept, "duty": count.duty, "standing": standing}), _title(count.duty)
    )
    return link, f"{count.overdue:,}", f"{count.due_soon:,}"


def _row(row: CaseRow) -> tuple[object, ...]:
    name = Markup('<a class="govuk-link" href="{}">{}, {}</a>').format(
        case_address(row.case_id), row.surname, row.forename
    )
    return (
        name,
        _title(row.duty) if row.duty else "None",
        _due(row),
        row.stage_label,
        row.officer or "Nobody yet",
    )


def _due(row: CaseRow) -> str:
    if row.due_on is None:
        return "No day"
    late = row.days_late or 0
    return f"{day(row.due_on)}, {plural(late, 'day')} late" if late > 0 else day(row.due_on)


def _title(duty: str) -> str:
    return register.current().duties[duty].title
