# SPDX-License-Identifier: AGPL-3.0-or-later
"""Preparing a return, answering for it, sending it again, and having it again byte for byte."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect

from fingerpost.desks.doors import day, errands
from fingerpost.desks.doors.errands import Errand
from fingerpost.desks.doors.page import ReaderRequest, page
from fingerpost.desks.doors.reply import render
from fingerpost.desks.office import place as places
from fingerpost.desks.office.handing_in import forms, pages
from fingerpost.desks.office.handing_in.forms import PrepareForm, SignForm
from fingerpost.desks.office.place import Place
from fingerpost.kit.words import Link
from fingerpost.records.returns import access
from fingerpost.records.returns.handing_in import asking, export, preparing, queries
from fingerpost.records.returns.handing_in.asking import Answers
from fingerpost.records.returns.handing_in.queries import Prepared
from fingerpost.records.returns.readiness import findings
from fingerpost.records.returns.refusals import NotPossible
from fingerpost.rules.returns import layout

DSCO = "DSCO"


@page(allow=access.READ)
def returns(request: ReaderRequest, la: str, year: int) -> HttpResponse:
    """Every return of the year that was made here: serial, fingerprint, who signed."""
    place = _whole(request, la, year)
    context = {
        "it": pages.returns(queries.prepared(place.area_id, request.sight), place, on=day.today()),
        "asked": pages.asked(queries.asked(place.area_id, year, request.sight), _standing(place)),
        "may_prepare": places.may_prepare(request, place),
        "place": place,
        "breadcrumbs": place.trail(),
    }
    return render(request, "office/returns.html", context)


# -- preparing ------------------------------------------------------------------------------------------------------


@page(allow=access.PREPARE)
def prepare(request: ReaderRequest, la: str, year: int) -> HttpResponse:
    """First step: who is in post, and for a return that is sent again, why."""
    place = _preparer(request, la, year)
    if refusal := _not_now(request, place):
        return refusal
    form = PrepareForm(
        request.POST if request.method == "POST" else None,
        again=_again(request, place),
        has_dsco=DSCO in layout.of(year).records["Source"],
        initial=_known(place) | _answered(request, place) | request.session.get(_key(place), {}),
    )
    if request.method == "POST" and form.is_valid():
        request.session[_key(place)] = dict(form.cleaned_data)
        return redirect(place.address("prepare_check"))
    context = {"form": form, "place": place, "breadcrumbs": _trail(place)}
    return render(request, "office/prepare.html", context)


@page(allow=access.PREPARE)
def prepare_check(request: ReaderRequest, la: str, year: int) -> HttpResponse:
    """Second step: check the answers, then ask the worker to make the return."""
    place = _preparer(request, la, year)
    if refusal := _not_now(request, place):
        return refusal
    said = request.session.get(_key(place))
    if said is None:
        return redirect(place.address("prepare"))
    if request.method == "POST":
        return _prepare(request, place, said)
    run = next(iter(findings.runs(place.area_id, year, most=1)), None)
    context = {
        "answers": pages.check_prepare(said, place, on=day.today()),
        "about": pages.about(place, preparing.serials_used(place.area_id, year), on=day.today()),
        "last_run": pages.last_run(run),
        "place": place,
        "breadcrumbs": _trail(place),
    }
    return render(request, "office/prepare_check.html", context)


def _prepare(request: ReaderRequest, place: Place, said: dict[str, str]) -> HttpResponse:
    try:
        _ask(request, place, said)
    except NotPossible as problem:
        messages.error(request, _sentence(problem))
        return redirect(place.address("returns"))
    del request.session[_key(place)]
    messages.success(request, "You have asked for the return. It stands in the list as soon as it is made.")
    return redirect(place.address("returns"))


@transaction.atomic
def _ask(request: ReaderRequest, place: Place, said: dict[str, str]) -> None:
    asking.ask_for_return(
        area_id=place.area_id,
        year=place.year,
        on=day.today(),
        answers=Answers(forms.officers(said), said["spelling"], said.get("because")),
        by=request.sight,
        at=day.now(),
    )
    if not errands.ask(_errand(place), by=request.sight.user_id):
        raise NotPossible(pages.ASKED_ALREADY)


def _errand(place: Place) -> Errand:
    return errands.preparation(place.la, place.year)


def _standing(place: Place) -> str:
    return errands.standing(_errand(place))


def _not_now(request: ReaderRequest, place: Place) -> HttpResponse | None:
    """Back to the returns, where it says why, before census day and while one is being made."""
    if place.is_ahead(day.today()):
        messages.error(request, pages.opens(place))
    elif _standing(place):
        messages.info(request, pages.ASKED_ALREADY)
    else:
        return None
    return redirect(place.address("returns"))


def _again(request: ReaderRequest, place: Place) -> bool:
    held = queries.prepared(place.area_id, request.sight)
    return pages.is_again(tuple(one for one in held if one.year == place.year))


def _known(place: Place) -> dict[str, str]:
    """What an earlier return said of the officers in post stands there already."""
    known = export.officers_known(place.area_id, place.year)
    return {name: getattr(known, name) or "" for name in forms.OFFICERS} if known else {}


def _answered(request: ReaderRequest, place: Place) -> dict[str, str]:
    """What was answered for a return that could not be made stands there already."""
    asked = queries.asked(place.area_id, place.year, request.sight)
    return asked.answers if asked and asked.prepared_id is None else {}


def _key(place: Place) -> str:
    return f"prepare-{place.la}-{place.year}"


# -- one return -----------------------------------------------------------------------------------------------------


@page(allow=access.READ)
def one(request: ReaderRequest, la: str, year: int, prepared_id: UUID) -> HttpResponse:
    """One return: what it is, what the check found, who answers for it."""
    place = _whole(request, la, year)
    found = pages.one(_found(request, place, prepared_id), place)
    context = {
        "it": found,
        "place": place,
        "may_sign": found.signable and request.sight.may(access.SIGN),
        "breadcrumbs": _trail(place),
    }
    return render(request, "office/return.html", context)


@page(allow=access.SIGN)
def sign(request: ReaderRequest, la: str, year: int, prepared_id: UUID) -> HttpResponse:
    """Answer for one file: this one, known by its fingerprint, and no other."""
    place = _whole(request, la, year)
    found = _found(request, place, prepared_id)
    form = SignForm(
        request.POST if request.method == "POST" else None,
        errors_found=found.errors,
        initial={"fingerprint": found.fingerprint},
    )
    if request.method == "POST" and form.is_valid() and _signed(request, found, form):
        return redirect(place.address("signed", found.id))
    context = {"form": form, "it": pages.one(found, place), "place": place, "breadcrumbs": _trail(place)}
    return render(request, "office/sign.html", context)


def _signed(request: ReaderRequest, found: Prepared, form: SignForm) -> bool:
    said = form.cleaned_data
    try:
        preparing.sign_off_return(
            prepared_id=found.id,
            fingerprint=said["fingerprint"],
            reason=said.get("reason", ""),
            by=request.sight,
            at=day.now(),
        )
    except NotPossible as problem:
        form.add_error(None, _sentence(problem))
        return False
    return True


@page(allow=access.SIGN)
def signed(request: ReaderRequest, la: str, year: int, prepared_id: UUID) -> HttpResponse:
    """What is on record now, and what comes next."""
    place = _whole(request, la, year)
    found = _found(request, place, prepared_id)
    if found.signed_at is None:
        return redirect(place.address("sign", prepared_id))
    return render(request, "office/signed.html", {"it": pages.one(found, place), "place": place})


@page(allow=access.READ)
def file(request: ReaderRequest, la: str, year: int, prepared_id: UUID) -> HttpResponse:
    """The kept file, byte for byte. It holds every child of the area: the journal says who had it."""
    place = _whole(request, la, year)
    found = _found(request, place, prepared_id)
    try:
        opened = preparing.open_return(prepared_id=found.id, by=request.sight, at=day.now())
    except NotPossible as problem:
        messages.error(request, _sentence(problem))
        return redirect(place.address("return", prepared_id))
    return HttpResponse(
        b"".join(opened.parts),
        content_type="application/xml",
        headers={"Content-Disposition": f'attachment; filename="{opened.name}"'},
    )


# -- shared ---------------------------------------------------------------------------------------------------------


def _whole(request: ReaderRequest, la: str, year: int) -> Place:
    """A return holds every child of the area, so only who works for all of it may see that there is one."""
    place = places.find(request, la, year)
    if not place.whole:
        raise Http404("Not a page of somebody who works in one team.")
    return place


def _preparer(request: ReaderRequest, la: str, year: int) -> Place:
    place = _whole(request, la, year)
    if not places.may_prepare(request, place):
        raise PermissionDenied("Your role does not include preparing this area's return.")
    return place


def _found(request: ReaderRequest, place: Place, prepared_id: UUID) -> Prepared:
    held = queries.prepared(place.area_id, request.sight)
    found = next((one for one in held if one.id == prepared_id and one.year == place.year), None)
    if found is None:
        raise Http404("No such return, or not one of yours.")
    return found


def _trail(place: Place) -> tuple[Link, ...]:
    return place.trail(Link("Returns", place.address("returns")))


def _sentence(problem: NotPossible) -> str:
    said = str(problem)
    return f"{said[:1].upper()}{said[1:]}"
