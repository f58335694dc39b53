# SPDX-License-Identifier: AGPL-3.0-or-later
"""Pages of a case officer: the caseload, one case, and putting a fact right."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from fingerpost.desks.casework import caseload_pages, finding, form_pages, pages
from fingerpost.desks.casework.forms import CorrectionForm, FilterForm
from fingerpost.desks.doors import day, reply
from fingerpost.desks.doors.page import ReaderRequest, page
from fingerpost.desks.doors.reply import render
from fingerpost.records.cases import access
from fingerpost.records.cases import actions as cases
from fingerpost.records.cases import caseload as lists
from fingerpost.records.cases.models import Fact
from fingerpost.records.cases.refusals import NotPossible
from fingerpost.records.people import queries as people
from fingerpost.records.placements import queries as placements
from fingerpost.records.plans import queries as plans
from fingerpost.records.returns import queries as returns


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
    shown = caseload_pages.caseload(found, lists.counts(request.sight, today=today), asked)
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
    )
    shown = pages.case(found, around, request.sight, today=day.today())
    return render(request, "casework/case.html", {"it": shown})


@page(allow=access.CORRECT)
def correction(request: ReaderRequest, case_id: UUID, fact_id: UUID) -> HttpResponse:
    """Put a fact right, or say that it never happened. The old one stays to be seen."""
    fact = finding.fact(request, case_id, fact_id)
    typed = request.POST if request.method == "POST" else None
    form = CorrectionForm(typed, today=day.today())
    if request.method == "POST" and form.is_valid() and _corrected(request, fact, form):
        messages.success(
            request, "The record is corrected. The old day stays to be seen under 'What was replaced'."
        )
        return redirect("casework:case", case_id)
    return render(request, "casework/correction.html", {"form": form, "it": form_pages.correction(fact)})


def _corrected(request: ReaderRequest, fact: Fact, form: CorrectionForm) -> bool:
    said = form.cleaned_data
    try:
        if said["what"] == "never":
            cases.retract_fact(fact=fact, reason=said["reason"], by=request.sight, at=day.now())
        else:
            cases.correct_fact(
                fact=fact,
                on=said["on"],
                value=fact.value,
                reason=said["reason"],
                by=request.sight,
                at=day.now(),
            )
    except NotPossible as problem:
        form.add_error(problem.field if problem.field in form.fields else None, str(problem))
        return False
    return True
