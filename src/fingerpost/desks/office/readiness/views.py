# SPDX-License-Identifier: AGPL-3.0-or-later
"""Could we hand this in today? The answer, what stands in the way by rule and by hands, the list, and each rule."""

from dataclasses import replace

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from fingerpost.desks.doors import day, errands, reply
from fingerpost.desks.doors.page import ReaderRequest, page
from fingerpost.desks.doors.reply import render
from fingerpost.desks.office import place as places
from fingerpost.desks.office.handing_in import standing
from fingerpost.desks.office.place import Place
from fingerpost.desks.office.readiness import lists, pages
from fingerpost.desks.office.readiness.forms import FilterForm
from fingerpost.kit import sheets
from fingerpost.kit.words import Link, banner
from fingerpost.records.returns import access
from fingerpost.records.returns.handing_in import queries
from fingerpost.records.returns.readiness import findings
from fingerpost.records.returns.readiness.findings import FindingRow
from fingerpost.rules.returns import layout, rule_book, seasons

READERS = (access.READ, access.READ_FINDINGS)
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@page(allow=READERS)
def door(request: ReaderRequest) -> HttpResponse:
    """Straight to this year's return; a list when the reader works for several areas."""
    areas = findings.areas_of(request.sight)
    year = seasons.year_at(day.today())
    if len(areas) == 1:
        return redirect("office:readiness", areas[0].la_number, year)
    found = [places.find(request, area.la_number, year) for area in areas]
    areas_links = [Link(f"{one.area}, return of {one.year}", one.address("readiness")) for one in found]
    return render(request, "office/areas.html", {"links": areas_links})


@page(allow=READERS)
def front(request: ReaderRequest, la: str, year: int) -> HttpResponse:
    """Ready or not, the way there, and whose move it is."""
    place = places.find(request, la, year)
    sight = request.sight
    known = pages.Known(
        rules=findings.by_rule(sight, place.area_id, year),
        hands=findings.by_hands(sight, place.area_id, year),
        trend=findings.trend(sight, place.area_id, year),
        runs=findings.runs(place.area_id, year),
    )
    may_returns = place.whole and sight.may(access.READ)
    made = queries.prepared(place.area_id, sight) if may_returns else ()
    context = {
        "it": pages.front(known, place, sight, layout.years(), on=day.today()),
        "standing": standing.line(made, place) if may_returns else None,
        "may_run": places.may_prepare(request, place),
        "asked": pages.asked(errands.standing(errands.assessment(place.la, year))),
        "may_list": sight.may(access.READ_FINDINGS),
        "place": place,
    }
    return render(request, "office/readiness.html", context)


# -- the list -------------------------------------------------------------------------------------------------------


@page(allow=access.READ_FINDINGS)
def findings_list(request: ReaderRequest, la: str, year: int) -> HttpResponse:
    """Every finding the reader may see, narrowed and ordered as the address says."""
    place = places.find(request, la, year)
    form, asked = _asked(request, place)
    found = findings.page(
        request.sight, place.area_id, year, filters=asked.filters, sort=asked.sort, number=asked.page
    )
    _note(request, place, found.rows, "office.findings")
    context = {"it": lists.listed(found, asked, place), "filter": form, "breadcrumbs": place.trail()}
    return render(request, "office/findings.html", context | {"place": place})


@page(allow=access.READ_FINDINGS)
def findings_csv(request: ReaderRequest, la: str, year: int) -> HttpResponse:
    """The same list as a file."""
    place, columns, rows = _sheet(request, la, year)
    return _file(sheets.as_csv(columns, rows), f"{place.la}-{place.year}-findings.csv", "text/csv")


@page(allow=access.READ_FINDINGS)
def findings_xlsx(request: ReaderRequest, la: str, year: int) -> HttpResponse:
    """The same list as a workbook."""
    place, columns, rows = _sheet(request, la, year)
    return _file(
        sheets.as_workbook("Findings", columns, rows), f"{place.la}-{place.year}-findings.xlsx", XLSX
    )


@page(allow=READERS)
def rule(request: ReaderRequest, la: str, year: int, rule: str) -> HttpResponse:
    """One rule: what, why, who can mend it; and for who may see them, whose records it touches."""
    place = places.find(request, la, year)
    if rule not in rule_book.in_force(year):
        raise Http404("No such rule in this year's return.")
    listed = _of_rule(request, place, rule) if request.sight.may(access.READ_FINDINGS) else None
    context = {"it": lists.rule(rule, listed), "place": place, "breadcrumbs": place.trail()}
    return render(request, "office/rule.html", context)


def _of_rule(request: ReaderRequest, place: Place, rule: str) -> lists.ListShown:
    _, asked = _asked(request, place)
    asked = replace(asked, filters=replace(asked.filters, rule=rule))
    found = findings.page(
        request.sight, place.area_id, place.year, filters=asked.filters, sort=asked.sort, number=asked.page
    )
    _note(request, place, found.rows, "office.rule")
    return lists.of_rule(found, asked, place)


def _asked(request: ReaderRequest, place: Place) -> tuple[FilterForm, lists.Asked]:
    form = FilterForm(
        request.GET,
        rules=findings.by_rule(request.sight, place.area_id, place.year),
        hands=findings.by_hands(request.sight, place.area_id, place.year),
    )
    form.is_valid()  # a wrong filter is simply not applied; the form shows what it is
    return form, lists.asked(form.cleaned_data, request.GET, request.sight)


def _sheet(request: ReaderRequest, la: str, year: int) -> tuple[Place, tuple[str, ...], list[lists.Row]]:
    place = places.find(request, la, year)
    _, asked = _asked(request, place)
    found = findings.every(request.sight, place.area_id, year, filters=asked.filters, sort=asked.sort)
    _note(request, place, found, "office.findings-file")
    root = request.build_absolute_uri("/").rstrip("/")
    said = banner(settings.COUNCIL) if settings.DEMO else ""
    return place, lists.sheet_columns(banner=said), list(lists.sheet(found, root, banner=said))


def _note(request: ReaderRequest, place: Place, rows: tuple[FindingRow, ...], page: str) -> None:
    """Every child on the page is a child whose record was looked at."""
    persons = {row.person_id for row in rows if row.person_id}
    reply.opened_many(request, page=page, area_id=place.area_id, person_ids=persons)


def _file(content: bytes, name: str, kind: str) -> HttpResponse:
    return HttpResponse(
        content, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )


# -- again ----------------------------------------------------------------------------------------------------------


@require_POST
@page(allow=access.PREPARE)
def run_again(request: ReaderRequest, la: str, year: int) -> HttpResponse:
    """Ask the worker to look again; whoever asks twice waits for the first answer."""
    place = places.find(request, la, year)
    if not places.may_prepare(request, place):
        raise PermissionDenied("Only who works for the whole area may ask for this.")
    if errands.ask(errands.assessment(place.la, year), by=request.sight.user_id):
        messages.success(request, "The record is being looked at. Open this page again in a minute.")
    else:
        messages.info(request, "Somebody has asked already. Open this page again in a minute.")
    return redirect(place.address("readiness"))
