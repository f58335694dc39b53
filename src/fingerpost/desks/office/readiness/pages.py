# SPDX-License-Identifier: AGPL-3.0-or-later
"""The front page as its template is given it: the answer, the way there, and whose move it is."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils import timezone
from markupsafe import Markup

from fingerpost.desks.doors import errands
from fingerpost.desks.office.place import Place
from fingerpost.desks.office.readiness import words
from fingerpost.kit import bars, links, tags
from fingerpost.kit.bars import Bar
from fingerpost.kit.tags import Tag
from fingerpost.kit.words import Link, day, plural
from fingerpost.records.people.sight import Sight
from fingerpost.records.returns import access
from fingerpost.records.returns.readiness.findings import NOBODY, HandsCount, Point, RuleCount, RunRow
from fingerpost.rules.returns import rule_book

Row = tuple[object, ...]
AT_ONCE = 10  # as many officers as stand on the page unfolded


# -- the front page -------------------------------------------------------------------------------------------------


def asked(standing: str) -> str:
    """What becomes of the look that somebody asked for; nothing when nobody has."""
    if standing == errands.DOING:
        return "The record is being looked at now."
    if not standing:
        return ""
    return f"Somebody has asked for a look. It begins {errands.when(standing)}"


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
    ahead: str
    verdict: str
    errors: int
    queries: int
    counted: str
    findings_href: str
    pictures: tuple[Picture, ...]
    trend: tuple[Row, ...]
    rules: tuple[Row, ...]
    hands: tuple[Row, ...]
    more_hands: tuple[Row, ...]
    last_run: str
    asked_before: bool
    runs: tuple[Row, ...]
    years: tuple[Link, ...]


def front(known: Known, place: Place, sight: Sight, years: Iterable[int], *, on: date) -> FrontShown:
    """The answer first; then how it came about, and who can change it."""
    errors = sum(one.count for one in known.rules if one.level == rule_book.ERROR)
    queries = sum(one.count for one in known.rules if one.level == rule_book.QUERY)
    run = known.runs[0] if known.runs else None
    hands = tuple(
        _hands_row(one, place, linked=sight.may(access.READ_FINDINGS))
        for one in sorted(known.hands, key=_most)
    )
    return FrontShown(
        title=_title(place, on),
        caption=f"{place.area}, census day {day(place.census_on)}",
        tag=tags.status("return", _standing(run, place, run.errors if run and place.whole else errors, on)),
        ahead=_ahead(place, on),
        verdict=_verdict(run, place, errors, queries, on),
        errors=errors,
        queries=queries,
        counted="in the whole area" if place.whole else "in your team",
        findings_href=place.address("findings"),
        pictures=_pictures(known.trend),
        trend=tuple((day(one.on), f"{one.errors:,}", f"{one.queries:,}") for one in reversed(known.trend)),
        rules=tuple(_rule_row(one, place) for one in known.rules),
        hands=hands[:AT_ONCE],
        more_hands=hands[AT_ONCE:],
        last_run=_last_run(run),
        asked_before=run is not None,
        runs=tuple(_run_row(one) for one in known.runs) if place.whole else (),
        years=tuple(_year(year, place) for year in years),
    )


def _title(place: Place, on: date) -> str:
    if place.is_ahead(on):
        return f"A look ahead to the return of {place.year}"
    return f"Could we hand in the return of {place.year} today?"


def _ahead(place: Place, on: date) -> str:
    if not place.is_ahead(on):
        return ""
    return f"Census day is {day(place.census_on)}: what counts until then can still change."


def _standing(run: RunRow | None, place: Place, errors: int, on: date) -> str:
    if run is None:
        return "unknown"
    if place.is_ahead(on):
        return "ahead"
    return "not_ready" if errors else "ready"


def _verdict(run: RunRow | None, place: Place, errors: int, queries: int, on: date) -> str:
    if run is None:
        return "The record has not been made into this return yet."
    if place.whole:
        return _so_far(run) if place.is_ahead(on) else _whole(run)
    if errors or queries:
        return f"In your team: {_found(errors, queries)}"
    return "Nothing of your team stands in the way."


def _whole(run: RunRow) -> str:
    answer = "No." if run.errors else "Yes."
    return f"{answer} {_found(run.errors, run.queries)}" if run.errors or run.queries else answer


def _so_far(run: RunRow) -> str:
    found = _found(run.errors, run.queries) or "Nothing stands in the way."
    return f"As the record stands: {found}"


def _found(errors: int, queries: int) -> str:
    """Only errors stand in the way."""
    in_the_way = f"{plural(errors, 'error stands', 'errors stand')} in the way." if errors else ""
    to_explain = f"{plural(queries, 'query', 'queries')} to put right or explain." if queries else ""
    return " ".join(filter(None, (in_the_way, to_explain)))


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
    link = words.link(place.address("rule", one.rule), words.sentence(rule.fault))
    return (link, tags.status("finding", one.level).text, f"{one.count:,}", f"{one.children:,}", one.rule)


def _most(one: HandsCount) -> tuple[int, int]:
    return -one.errors, -one.queries


def _hands_row(one: HandsCount, place: Place, *, linked: bool) -> Row:
    narrowed = {
        "team": one.team_id,
        "officer": one.officer_id or (NOBODY if one.team_id else None),
    }
    who = one.officer or ("Nobody yet" if one.team else "The return as a whole")
    address = place.address("findings") + links.with_query({}, **narrowed)
    shown = words.link(address, who) if linked else who
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
