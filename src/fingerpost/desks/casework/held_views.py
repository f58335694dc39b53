# SPDX-License-Identifier: AGPL-3.0-or-later
"""Pages on which somebody decides what a return left in doubt: the list, one question, check the answers."""

from datetime import date
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect

from fingerpost.desks.casework import held_pages
from fingerpost.desks.casework.held_forms import REOPEN, HeldFilterForm, HeldForm
from fingerpost.desks.doors import day, reply
from fingerpost.desks.doors.page import ReaderRequest, page
from fingerpost.desks.doors.reply import render
from fingerpost.records.cases.refusals import NotPossible
from fingerpost.records.returns import access
from fingerpost.records.returns.held import deciding, review
from fingerpost.records.returns.held.review import HeldItemView
from fingerpost.records.returns.models import HeldItem

Kept = dict[str, str]


@page(allow=access.DECIDE)
def held(request: ReaderRequest) -> HttpResponse:
    """The list: open questions by name, narrowed as the address says."""
    form = HeldFilterForm(request.GET)
    form.is_valid()  # a wrong filter is simply not applied
    asked = held_pages.asked(form.cleaned_data, request.GET)
    found = review.held_page(request.sight, filters=asked.filters, page=asked.page)
    shown = held_pages.held(found, review.open_patterns(request.sight), asked)
    return render(
        request, "casework/held.html", {"it": shown, "filter": form, "headings": held_pages.HEADINGS}
    )


@page(allow=access.DECIDE)
def held_item(request: ReaderRequest, item_id: UUID) -> HttpResponse:
    """One question, what was decided so far, and the form to decide it, or to decide it anew."""
    item = _view(request, item_id)
    reply.opened(request, page="casework.held", area_id=item.area_id, person_id=item.person_id)
    typed = request.POST if request.method == "POST" else None
    form = HeldForm(typed, initial=_initial(request, item_id), item=item, today=day.today())
    if request.method == "POST" and item.may_decide and form.is_valid():
        request.session[_key(item_id)] = _kept(form)
        return redirect("casework:held_check", item_id)
    return render(request, "casework/held_item.html", {"it": held_pages.held_item(item), "form": form})


@page(allow=access.DECIDE)
def held_check(request: ReaderRequest, item_id: UUID) -> HttpResponse:
    """Check the answers and what follows from them, then record the decision."""
    item = _view(request, item_id)
    kept: Kept | None = request.session.get(_key(item_id))
    if kept is None:
        return redirect("casework:held_item", item_id)
    if request.method == "POST":
        return _record(request, item_id, kept)
    context = {
        "answers": held_pages.answers(item, kept["choice"], _day(kept), kept["reason"]),
        "follows": held_pages.follows(item, kept["choice"]),
        "who": f"{item.forename} {item.surname}",
    }
    return render(request, "casework/held_check.html", context)


def _record(request: ReaderRequest, item_id: UUID, kept: Kept) -> HttpResponse:
    try:
        deciding.decide(
            item=review.visible(item_id, request.sight),
            choice=kept["choice"],
            on=_day(kept),
            reason=kept["reason"],
            by=request.sight,
            at=day.now(),
        )
    except NotPossible as problem:
        messages.error(request, str(problem))
        return redirect("casework:held_item", item_id)
    del request.session[_key(item_id)]
    messages.success(
        request, "The decision is recorded." if kept["choice"] else "The question is open again."
    )
    return redirect("casework:held_item", item_id)


def _view(request: ReaderRequest, item_id: UUID) -> HeldItemView:
    try:
        return review.held_item(item_id, request.sight)
    except HeldItem.DoesNotExist as missing:
        raise Http404("No such question, or not one of yours.") from missing


def _key(item_id: UUID) -> str:
    return f"held-{item_id}"


def _kept(form: HeldForm) -> Kept:
    said = form.cleaned_data
    choice, on = said["choice"], said.get("on")
    return {
        "choice": deciding.OPEN_AGAIN if choice == REOPEN else choice,
        "on": on.isoformat() if on else "",
        "reason": said["reason"],
    }


def _day(kept: Kept) -> date | None:
    return date.fromisoformat(kept["on"]) if kept["on"] else None


def _initial(request: ReaderRequest, item_id: UUID) -> dict[str, object]:
    kept: Kept | None = request.session.get(_key(item_id))
    return {**kept, "choice": kept["choice"] or REOPEN, "on": _day(kept)} if kept else {}
