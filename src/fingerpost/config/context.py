# SPDX-License-Identifier: AGPL-3.0-or-later
"""What every page is given besides its own content: the product's words, the demo's frozen day, the reader."""

from django.conf import settings
from django.contrib.messages import get_messages
from django.http import HttpRequest

from fingerpost.desks.doors import menu


def page(request: HttpRequest) -> dict[str, object]:
    """Context for the base template; asks the database nothing."""
    sight = getattr(request, "sight", None)
    return {
        "demo": settings.DEMO,
        "demo_on": settings.DEMO_ON if settings.DEMO else None,
        "council": settings.COUNCIL,
        "partnership": settings.PARTNERSHIP,
        "navigation": menu.of(sight, request.path),
        "reader": sight.name if sight else None,
        "reader_roles": sight.roles if sight else (),
        "path": request.path,
        "messages": get_messages(request),
    }
