# SPDX-License-Identifier: AGPL-3.0-or-later
"""Around every request: one transaction, worked in the reader's own name and nobody else's."""

import logging
from collections.abc import Callable

from django.conf import settings
from django.db import InterfaceError, OperationalError, transaction
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.cache import add_never_cache_headers

from fingerpost.desks.doors import day
from fingerpost.records.people import actor
from fingerpost.records.people.sight import sight_of

LOG = logging.getLogger("fingerpost")
Answer = Callable[[HttpRequest], HttpResponse]


def one_transaction(get_response: Answer) -> Answer:
    """Open a transaction round the whole request, sessions and sign-in included; an error undoes all of it."""

    def answer(request: HttpRequest) -> HttpResponse:
        if request.path.startswith(f"/{settings.STATIC_URL.strip('/')}/"):
            return get_response(request)
        try:
            return _whole(get_response, request)
        except (OperationalError, InterfaceError) as problem:
            return _away(problem)

    return answer


def _whole(get_response: Answer, request: HttpRequest) -> HttpResponse:
    with transaction.atomic():
        response = get_response(request)
        if response.status_code >= 500:
            transaction.set_rollback(True)
    return response


def _away(problem: Exception) -> HttpResponse:
    """The database is gone: one line for the operator, plain words for the reader."""
    LOG.error(
        "the database does not answer (%s); start it again with `fingerpost database start`",
        type(problem).__name__,
    )
    return HttpResponse(render_to_string("503.html"), status=503, headers={"Retry-After": "60"})


def signed_actor(get_response: Answer) -> Answer:
    """Say to the database who asks. Without a user it is the public role, which has no grant on any child table."""

    def answer(request: HttpRequest) -> HttpResponse:
        if not request.user.is_authenticated:
            actor.assume_nobody()
            return get_response(request)
        actor.assume(request.user.pk)
        request.sight = sight_of(request.user, on=day.memberships_on())  # type: ignore[attr-defined]
        return get_response(request)

    return answer


def no_store(get_response: Answer) -> Answer:
    """Pages shown to a signed-in reader are kept by no browser and no proxy."""

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if getattr(request, "sight", None) is not None:
            add_never_cache_headers(response)
            response["Cache-Control"] = "no-store"
        return response

    return answer
