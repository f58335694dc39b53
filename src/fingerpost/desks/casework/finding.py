# SPDX-License-Identifier: AGPL-3.0-or-later
"""The case or the fact that an address names. Somebody else's is "not found", so that nobody learns that it exists."""

from uuid import UUID

from django.http import Http404

from fingerpost.desks.doors import day
from fingerpost.desks.doors.page import ReaderRequest
from fingerpost.records.cases import queries
from fingerpost.records.cases.models import Case, Fact
from fingerpost.records.cases.queries import CaseView


def view(request: ReaderRequest, case_id: UUID) -> CaseView:
    try:
        return queries.case_page(case_id, request.sight, today=day.today())
    except Case.DoesNotExist as missing:
        raise Http404("No such case, or not one of yours.") from missing


def case(request: ReaderRequest, case_id: UUID) -> Case:
    try:
        return queries.visible(case_id, request.sight)
    except Case.DoesNotExist as missing:
        raise Http404("No such case, or not one of yours.") from missing


def fact(request: ReaderRequest, case_id: UUID, fact_id: UUID) -> Fact:
    try:
        found = queries.fact(fact_id, request.sight)
    except Fact.DoesNotExist as missing:
        raise Http404("No such fact, or not one of yours.") from missing
    if found.case_id != case_id:
        raise Http404("That fact belongs to another case.")
    return found
