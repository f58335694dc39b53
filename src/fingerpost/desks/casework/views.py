# SPDX-License-Identifier: AGPL-3.0-or-later
"""Pages of a case officer: the caseload and one case."""

from uuid import UUID

from django.http import HttpResponse

from fingerpost.desks.casework import caseload_pages, finding, pages
from fingerpost.desks.casework.forms import FilterForm
from fingerpost.desks.doors import day, reply
from fingerpost.desks.doors.page import ReaderRequest, page
from fingerpost.desks.doors.reply import render
from fingerpost.records.cases import access
from fingerpost.records.cases import caseload as lists
from fingerpost.records.cases.queries import CaseView
from fingerpost.records.people import queries as people
from fingerpost.records.placements import queries as placements
from fingerpost.records.plans import queries as plans
from fingerpost.records.returns import queries as returns
from fingerpost.records.returns.access import READ_FINDINGS
from fingerpost.records.returns.readiness import findings
from fingerpost.records.returns.readiness.findings import FindingRow


@page(allow=access.READ)
def caseload(request: ReaderRequest) -> HttpResponse:
    """The list: what is most urgent first, filtered and sorted as the address says."""
    form = FilterForm(request.GET)
    form.is_valid()  # a wrong filter is simply not applied; the form shows what it is
    asked = caseload_pages.asked(form.cleaned_data, request.GET, request.sight)
    today = day.today()
    found = lists.caseload(
        request.sight, filters=asked.filters, sort=asked.sort, page=asked.page, today=today
    )
    counts = lists.counts(request.sight, today=today, officer=asked.filters.officer)
    shown = caseload_pages.caseload(found, counts, asked)
    return render(request, "casework/caseload.html", {"it": shown, "filter": form})


@page(allow=access.READ)
def case(request: ReaderRequest, case_id: UUID) -> HttpResponse:
    """One case: who, who can see, what happened, every clock and why."""
    found = finding.view(request, case_id)
    reply.opened(request, page="casework.case", area_id=found.area_id, person_id=found.person_id)
    plan = plans.plan_of(case_id, request.sight)
    around = pages.Around(
        plan=plan,
        placements=placements.placements_of(plan, request.sight),
        held=returns.held_of(found.person_id, case_id, request.sight),
        seers=people.who_can_see(found.person_id),
        found=_found(request, found),
    )
    shown = pages.case(found, around, request.sight, today=day.today())
    return render(request, "casework/case.html", {"it": shown})


def _found(request: ReaderRequest, view: CaseView) -> tuple[FindingRow, ...] | None:
    if not request.sight.may(READ_FINDINGS):
        return None
    return findings.of_case(view.id, view.person_id, request.sight)
