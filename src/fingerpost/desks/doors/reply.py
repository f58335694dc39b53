# SPDX-License-Identifier: AGPL-3.0-or-later
"""How a desk answers: a page from a template, and a note in the access log when it shows a child."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render as _render

from fingerpost.desks.doors.page import ReaderRequest
from fingerpost.records.foundation import access_log


def render(
    request: HttpRequest, template: str, context: Mapping[str, object] | None = None, *, status: int = 200
) -> HttpResponse:
    """A page. The context holds frozen values only, so that a template cannot query."""
    return _render(request, template, dict(context or {}), status=status)


def opened(request: ReaderRequest, *, page: str, area_id: UUID, person_id: UUID) -> None:
    """Note that the reader has this child's page open."""
    access_log.opened(page=page, user_id=request.sight.user_id, area_id=area_id, person_id=person_id)


def opened_many(request: ReaderRequest, *, page: str, area_id: UUID, person_ids: Iterable[UUID]) -> None:
    """The same of a list or a file that shows several children."""
    access_log.opened_many(page=page, user_id=request.sight.user_id, area_id=area_id, person_ids=person_ids)
