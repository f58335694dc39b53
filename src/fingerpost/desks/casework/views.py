# SPDX-License-Identifier: AGPL-3.0-or-later
"""Pages of a case officer: the caseload, one case, the decision whether to assess, and putting a fact right."""

from datetime import date
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect

from fingerpost.desks.casework import pages
from fingerpost.desks.casework.forms import DECISIONS, CorrectionForm, DecisionForm, FilterForm
from fingerpost.desks.doors import day, reply
from fingerpost.desks.doors.page import ReaderRequest, page
from fingerpost.desks.doors.reply import render
from fingerpost.records.cases import access, queries
from fingerpost.records.cases import actions as cases
from fingerpost.records.cases import caseload as lists
from fingerpost.records.cases.models import Case, Fact
from fingerpost.records.cases.queries import CaseView
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
    asked = pages.asked(form.cleaned_data, request.GET, request.sight)
    today = day.today()
    found = lists.caseload(
        request.sight, filters=asked.filters, sort=asked.sort, page=asked.page, today=today
    )
    shown = pages.caseload(found, lists.counts(request.sight, today=today), asked)
    return render(request, "casework/caseload.html", {"it": shown, "filter": form})


@page(allow=access.READ)
def case(request: ReaderRequest, case_id: UUID) -> HttpResponse:
    """One case: who, who can see, what happened, every clock and why."""
    found = _view(request, case_id)
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


@page(allow=access.DECIDE)
def decision(request: ReaderRequest, case_id: UUID) -> HttpResponse:
    """First step: what was decided, and when the family was told."""
    found = _case(request, case_id)
    kept = request.session.get(_key(case_id))
    typed = request.POST if request.method == "POST" else None
    form = DecisionForm(
        typed, initial=_initial(kept), received_on=found.request_received_on, today=day.today()
    )
    if request.method == "POST" and form.is_valid():
        request.session[_key(case_id)] = _kept(form)
        return redirect("casework:decision_check", case_id)
    context = {"form": form, "who": str(found.person), "back": _address(found)}
    return render(request, "casework/decision.html", context)


@page(allow=access.DECIDE)
def decision_check(request: ReaderRequest, case_id: UUID) -> HttpResponse:
    """Second step: check the answers, then record them."""
    found = _case(request, case_id)
    kept = request.session.get(_key(case_id))
    if kept is None:
        return redirect("casework:decision", case_id)
    if request.method == "POST":
        return _record(request, found, kept)
    said = pages.check_decision(
        found.pk, DECISIONS[kept["decision"]], date.fromisoformat(kept["notified_on"])
    )
    return render(request, "casework/decision_check.html", {"answers": said, "who": str(found.person)})


def _record(request: ReaderRequest, found: Case, kept: dict[str, str]) -> HttpResponse:
    told = date.fromisoformat(kept["notified_on"])
    try:
        cases.decide_to_assess(
            case=found, decision=kept["decision"], notified_on=told, by=request.sight, at=day.now()
        )
    except NotPossible as problem:
        messages.error(request, str(problem))
        return redirect("casework:case", found.pk)
    del request.session[_key(found.pk)]
    return redirect("casework:decision_done", found.pk)


@page(allow=access.DECIDE)
def decision_done(request: ReaderRequest, case_id: UUID) -> HttpResponse:
    """Last step: what is on record now, and what runs next."""
    shown = pages.decision_done(_view(request, case_id), today=day.today())
    return render(request, "casework/decision_done.html", {"it": shown})


@page(allow=access.CORRECT)
def correction(request: ReaderRequest, case_id: UUID, fact_id: UUID) -> HttpResponse:
    """Put a fact right, or say that it never happened. The old one stays to be seen."""
    fact = _fact(request, case_id, fact_id)
    typed = request.POST if request.method == "POST" else None
    form = CorrectionForm(typed, today=day.today())
    if request.method == "POST" and form.is_valid() and _corrected(request, fact, form):
        messages.success(
            request, "The record is corrected. The old day stays to be seen under 'What was replaced'."
        )
        return redirect("casework:case", case_id)
    return render(request, "casework/correction.html", {"form": form, "it": pages.correction(fact)})


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


def _view(request: ReaderRequest, case_id: UUID) -> CaseView:
    try:
        return queries.case_page(case_id, request.sight, today=day.today())
    except Case.DoesNotExist as missing:
        raise Http404("No such case, or not one of yours.") from missing


def _case(request: ReaderRequest, case_id: UUID) -> Case:
    try:
        return queries.visible(case_id, request.sight)
    except Case.DoesNotExist as missing:
        raise Http404("No such case, or not one of yours.") from missing


def _fact(request: ReaderRequest, case_id: UUID, fact_id: UUID) -> Fact:
    try:
        found = queries.fact(fact_id, request.sight)
    except Fact.DoesNotExist as missing:
        raise Http404("No such fact, or not one of yours.") from missing
    if found.case_id != case_id:
        raise Http404("That fact belongs to another case.")
    return found


def _key(case_id: UUID) -> str:
    return f"decision-{case_id}"


def _initial(kept: dict[str, str] | None) -> dict[str, object]:
    if kept is None:
        return {}
    return {"decision": kept["decision"], "notified_on": date.fromisoformat(kept["notified_on"])}


def _kept(form: DecisionForm) -> dict[str, str]:
    return {
        "decision": form.cleaned_data["decision"],
        "notified_on": form.cleaned_data["notified_on"].isoformat(),
    }


def _address(found: Case) -> str:
    return pages.case_address(found.pk)
