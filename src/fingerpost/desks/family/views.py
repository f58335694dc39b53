# SPDX-License-Identifier: AGPL-3.0-or-later
"""The family's page: the same case, in their words."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect

from fingerpost.desks.doors import day, reply
from fingerpost.desks.doors.page import ReaderRequest, page
from fingerpost.desks.doors.reply import render
from fingerpost.desks.family import access, pages
from fingerpost.records.cases import queries
from fingerpost.records.cases.models import Case
from fingerpost.records.people import queries as people


@page(allow=access.READ)
def records(request: ReaderRequest) -> HttpResponse:
    """Straight to the record when there is one; a list when there are several."""
    rows = queries.cases_of_family(request.sight)
    if len(rows) == 1:
        return redirect("family:record", rows[0][0])
    return render(request, "family/records.html", {"links": pages.links(rows)})


@page(allow=access.READ)
def record(request: ReaderRequest, case_id: UUID) -> HttpResponse:
    """What happens next, by when, why, what to do if it does not, and who can see."""
    try:
        found = queries.case_page(case_id, request.sight, today=day.today())
    except Case.DoesNotExist as missing:
        raise Http404("No such record, or not one of yours.") from missing
    if found.person_id not in request.sight.family:
        raise Http404("No such record, or not one of yours.")
    reply.opened(request, page="family.record", area_id=found.area_id, person_id=found.person_id)
    seers = people.who_can_see(found.person_id)
    shown = pages.record(found, seers, own=pages.is_own(seers, request.sight), today=day.today())
    return render(request, "family/record.html", {"it": shown})
