# SPDX-License-Identifier: AGPL-3.0-or-later
"""The three steps of recording the decision whether to assess: fill in, check, done."""

from datetime import date
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from fingerpost.desks.casework import finding, form_pages
from fingerpost.desks.casework.addresses import case_address
from fingerpost.desks.casework.forms import DecisionForm
from fingerpost.desks.casework.words import DECISIONS
from fingerpost.desks.doors import day
from fingerpost.desks.doors.page import ReaderRequest, page
from fingerpost.desks.doors.reply import render
from fingerpost.records.cases import access, keeping, refusals
from fingerpost.records.cases import actions as cases
from fingerpost.records.cases.models import Case
from fingerpost.records.cases.refusals import NotPossible


@page(allow=access.DECIDE)
def decision(request: ReaderRequest, case_id: UUID) -> HttpResponse:
    """First step: what was decided, and when the family was told."""
    found = finding.case(request, case_id)
    if refused := _nothing_to_decide(request, found):
        return refused
    kept = request.session.get(_key(case_id))
    typed = request.POST if request.method == "POST" else None
    form = DecisionForm(
        typed, initial=_initial(kept), received_on=found.request_received_on, today=day.today()
    )
    if request.method == "POST" and form.is_valid():
        request.session[_key(case_id)] = _kept(form)
        return redirect("casework:decision_check", case_id)
    context = {"form": form, "who": str(found.person), "back": case_address(found.pk)}
    return render(request, "casework/decision.html", context)


@page(allow=access.DECIDE)
def decision_check(request: ReaderRequest, case_id: UUID) -> HttpResponse:
    """Second step: check the answers, then record them."""
    found = finding.case(request, case_id)
    kept = request.session.get(_key(case_id))
    if kept is None:
        return redirect("casework:decision", case_id)
    if request.method == "POST":
        return _record(request, found, kept)
    if refusals.in_the_way(keeping.standing_facts(found)):
        return redirect("casework:decision", case_id)
    said = form_pages.check_decision(
        found.pk, DECISIONS[kept["decision"]], date.fromisoformat(kept["notified_on"])
    )
    return render(request, "casework/decision_check.html", {"answers": said, "who": str(found.person)})


def _nothing_to_decide(request: ReaderRequest, found: Case) -> HttpResponse | None:
    """Said at the door, before anybody fills in what cannot be recorded."""
    facts = refusals.in_the_way(keeping.standing_facts(found))
    try:
        refusals.check_undecided(facts)
    except NotPossible as why:
        shown = form_pages.refused(found, facts, str(why), request.sight)
        return render(request, "casework/decision_refused.html", {"it": shown})
    return None


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
    shown = form_pages.decision_done(finding.view(request, case_id), today=day.today())
    return render(request, "casework/decision_done.html", {"it": shown})


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
