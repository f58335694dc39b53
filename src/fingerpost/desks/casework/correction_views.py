# SPDX-License-Identifier: AGPL-3.0-or-later
"""The page that puts a fact of a case right, or takes it back. What it said before stays to be seen."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from fingerpost.desks.casework import finding, form_pages
from fingerpost.desks.casework.correction_forms import CorrectionForm
from fingerpost.desks.doors import day
from fingerpost.desks.doors.page import ReaderRequest, page
from fingerpost.desks.doors.reply import render
from fingerpost.records.cases import access, following, keeping
from fingerpost.records.cases import actions as cases
from fingerpost.records.cases.models import Fact
from fingerpost.records.cases.refusals import NotPossible


@page(allow=access.CORRECT)
def correction(request: ReaderRequest, case_id: UUID, fact_id: UUID) -> HttpResponse:
    """Put a fact right, or say that it never was."""
    fact = finding.fact(request, case_id, fact_id)
    typed = request.POST if request.method == "POST" else None
    form = CorrectionForm(typed, fact=fact, today=day.today())
    if request.method == "POST" and form.is_valid() and _corrected(request, fact, form):
        messages.success(request, form_pages.corrected(form.asked, form.cleaned_data["what"]))
        return redirect("casework:case", case_id)
    together = following.twins(fact, keeping.standing_facts(fact.case))
    return render(
        request, "casework/correction.html", {"form": form, "it": form_pages.correction(fact, together)}
    )


def _corrected(request: ReaderRequest, fact: Fact, form: CorrectionForm) -> bool:
    said = form.cleaned_data
    by, at = request.sight, day.now()
    try:
        if said["what"] == "never":
            cases.retract_fact(fact=fact, reason=said["reason"], by=by, at=at)
        else:
            right = {form.asked: said[form.asked]}
            cases.correct_fact(fact=fact, reason=said["reason"], by=by, at=at, **right)
    except NotPossible as problem:
        form.add_error(problem.field if problem.field in form.fields else None, str(problem))
        return False
    return True
