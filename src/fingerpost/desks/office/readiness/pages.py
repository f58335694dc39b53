# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the templates of the readiness pages are given: frozen values, words and links ready."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from markupsafe import Markup

from fingerpost.desks.office.place import Place
from fingerpost.desks.office.readiness import words
from fingerpost.kit import bars, links, tags
from fingerpost.kit.bars import Bar
from fingerpost.kit.links import Column, Heading, Paging
from fingerpost.kit.tags import Tag
from fingerpost.kit.words import Link, day, plural
from fingerpost.records.people.sight import Sight
from fingerpost.records.returns import access
from fingerpost.records.returns.findings import (
    MINE,
    NOBODY,
    Filters,
    FindingRow,
    FindingsPage,
    HandsCount,
    Point,
    RuleCount,
    RunRow,
)
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
Row = tuple[object, ...]


# -- the front page -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Known:
    """What the front page is made of."""

    rules: tuple[RuleCount, ...]
    hands: tuple[HandsCount, ...]
    trend: tuple[Point, ...]
    runs: tuple[RunRow, ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """Numbers over time as a drawing."""

    title: str
    drawing: Markup


@dataclass(frozen=True, slots=True)
class FrontShown:
    """Readiness of one year's return."""

    title: str
    caption: str
    tag: Tag
    verdict: str
    errors: int
    queries: int
    counted: str
    findings_href: str
    pictures: tuple[Picture, ...]
    trend: tuple[Row, ...]
    rules: tuple[Row, ...]
    hands: tuple[Row, ...]
    last_run: str
    asked_before: bool
    runs: tuple[Row, ...]
    years: tuple[Link, ...]


def front(known: Known, place: Place, sight: Sight, years: Iterable[int]) -> FrontShown:
    """The answer first; then how it came about, and who can change it."""
    errors = sum(one.count for one in known.rules if one.level == rule_book.ERROR)
    queries = sum(one.count for one in known.rules if one.level == rule_book.QUERY)
    run = known.runs[0] if known.runs else None
    return FrontShown(
        title=f"Could we hand in the return of {place.year} today?",
        caption=f"{place.area}, census day {day(place.census_on)}",
        tag=tags.status("return", _standing(run, run.errors if run and place.whole else errors)),
        verdict=_verdict(run, place, errors, queries),
        errors=errors,
        queries=queries,
        counted="in the whole area" if place.whole else "in your team",
        findings_href=place.address("findings"),
        pictures=_pictures(known.trend),
        trend=tuple((day(one.on), f"{one.errors:,}", f"{one.queries:,}") for one in reversed(known.trend)),
        rules=tuple(_rule_row(one, place) for one in known.rules),
        hands=tuple(_hands_row(one, place, linked=sight.may(access.READ_FINDINGS)) for one in known.hands),
        last_run=_last_run(run),
        asked_before=run is not None,
        runs=tuple(_run_row(one) for one in known.runs) if place.whole else (),
        years=tuple(_year(year, place) for year in years),
    )


def _standing(run: RunRow | None, errors: int) -> str:
    if run is None:
        return "unknown"
    return "not_ready" if errors else "ready"


def _verdict(run: RunRow | None, place: Place, errors: int, queries: int) -> str:
    if run is None:
        return "The record has not been made into this return yet."
    if place.whole:
        return _whole(run)
    if errors or queries:
        return f"In your team {_both(errors, queries)} stand in the way."
    return "Nothing of your team stands in the way."


def _whole(run: RunRow) -> str:
    if run.errors:
        return f"No. {_both(run.errors, run.queries)} stand in the way."
    return f"Yes. {plural(run.queries, 'query', 'queries')} to explain." if run.queries else "Yes."


def _both(errors: int, queries: int) -> str:
    return f"{plural(errors, 'error')} and {plural(queries, 'query', 'queries')}"


def _pictures(trend: tuple[Point, ...]) -> tuple[Picture, ...]:
    errors = [Bar(_short(one.on), one.errors) for one in trend]
    queries = [Bar(_short(one.on), one.queries) for one in trend]
    drawn = (("Errors", errors), ("Queries", queries))
    return tuple(
        Picture(title, bars.draw(shown, title=f"{title} over time", name=title.lower()))
        for title, shown in drawn
        if shown
    )


def _short(on: date) -> str:
    return f"{on.day} {on:%b}"


def _rule_row(one: RuleCount, place: Place) -> Row:
    rule = rule_book.rules()[one.rule]
    link = _link(place.address("rule", one.rule), words.sentence(rule.fault))
    return (link, tags.status("finding", one.level).text, f"{one.count:,}", f"{one.children:,}", one.rule)


def _hands_row(one: HandsCount, place: Place, *, linked: bool) -> Row:
    narrowed = {
        "team": one.team_id,
        "officer": one.officer_id or (NOBODY if one.team_id else None),
    }
    who = one.officer or ("Nobody yet" if one.team else "The return as a whole")
    address = place.address("findings") + links.with_query({}, **narrowed)
    shown = _link(address, who) if linked else who
    return (shown, one.team or "Data officer", f"{one.errors:,}", f"{one.queries:,}")


def _last_run(run: RunRow | None) -> str:
    if run is None:
        return "Nobody has asked yet."
    at = timezone.localtime(run.at)
    return (
        f"Last looked at on {day(run.on)}, {at:%H:%M}, by {run.by}: {run.persons:,} children in the return."
    )


def _run_row(run: RunRow) -> Row:
    at = timezone.localtime(run.at)
    return (f"{day(run.on)}, {at:%H:%M}", run.by, f"{run.errors:,}", f"{run.queries:,}", run.rule_book)


def _year(year: int, place: Place) -> Link:
    href = reverse("office:readiness", args=[place.la, year])
    return Link(str(year), href, current=year == place.year)


# -- the list -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks for."""

    filters: Filters
    sort: str
    page: int
    query: Mapping[str, str]


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
    said = {name: str(cleaned.get(name) or "") for name in NARROWS}
    officer = str(sight.user_id) if said["officer"] == MINE else said["officer"]
    page = query.get("page", "1")
    number = int(page) if page.isascii() and page.isdecimal() and len(page) < 7 else 1
    kept = {name: value for name, value in query.items() if name in (*NARROWS, "sort") and value}
    return Asked(
        Filters(**{**said, "officer": officer, "text": said["text"].replace(",", " ")}),
        query.get("sort", FIRST),
        number,
        kept,
    )


def listed(found: FindingsPage, asked: Asked, place: Place, *, files: str = "") -> ListShown:
    """The list with its head, links and words. `files`: what its files are narrowed to, unless as the address says."""
    narrowed = any(getattr(asked.filters, name) for name in NARROWS)
    query = files or links.with_query(asked.query)
    return ListShown(
        found=f"{plural(found.total, 'finding')}{' found' if narrowed else ''}",
        headings=links.headings(COLUMNS, asked.query, asked.sort),
        rows=tuple(_finding(row, place) for row in found.rows),
        paging=links.paging(found.page, found.pages, asked.query),
        number=found.page,
        pages=found.pages,
        keep={"sort": asked.sort} if asked.sort != FIRST else {},
        empty="Nothing fits. Clear the filters to see all." if narrowed else "Nothing stands in the way.",
        csv_href=place.address("findings_csv") + query,
        xlsx_href=place.address("findings_xlsx") + query,
    )


def _finding(row: FindingRow, place: Place) -> Row:
    what = Markup(
        '{} <a class="govuk-link" href="{}">{}<span class="govuk-visually-hidden">, the rule</span></a>'
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
    return _link(_case(row.case_id), name) if row.case_id else name


def _case(case_id: UUID) -> str:
    return reverse("casework:case", args=[case_id])


def _link(href: str, text: str) -> Markup:
    return Markup('<a class="govuk-link" href="{}">{}</a>').format(href, text)


def sheet(rows: Iterable[FindingRow], root: str) -> Iterable[Row]:
    """The list as rows of a file; `root` makes the cases' addresses whole."""
    for row in rows:
        case = root + _case(row.case_id) if row.case_id else ""
        said = (row.surname or "", row.forename or "", row.upn or "", row.team or "", row.officer or "")
        yield (row.level, row.rule, row.item, row.message, *said, row.first_seen_on.isoformat(), case)


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
