# SPDX-License-Identifier: AGPL-3.0-or-later
"""Pages that anybody may read. They show no record, only the desk's own words."""

from django.http import HttpRequest, HttpResponse

from fingerpost.desks.doors.page import PUBLIC, page
from fingerpost.desks.doors.reply import render
from fingerpost.desks.public import glossary as words
from fingerpost.desks.public import pages
from fingerpost.kit.words import Link

HOME = Link("Home", "/")


@page(allow=PUBLIC)
def home(request: HttpRequest) -> HttpResponse:
    told = {"it": pages.partnership(), "strategy": pages.strategy(), "story": pages.in_short()}
    return _show(request, "home", told, trail=())


@page(allow=PUBLIC)
def timeline(request: HttpRequest) -> HttpResponse:
    return _show(request, "timeline", {"chapters": pages.chapters()})


@page(allow=PUBLIC)
def strategy(request: HttpRequest) -> HttpResponse:
    return _show(request, "strategy", {"it": pages.strategy()})


@page(allow=PUBLIC)
def promises(request: HttpRequest) -> HttpResponse:
    return _show(request, "promises", {"it": pages.promises()})


@page(allow=PUBLIC)
def glossary(request: HttpRequest) -> HttpResponse:
    return _show(request, "glossary", {"groups": words.groups()})


@page(allow=PUBLIC)
def accessibility(request: HttpRequest) -> HttpResponse:
    return _show(request, "accessibility", {"it": pages.accessibility()})


@page(allow=PUBLIC)
def privacy(request: HttpRequest) -> HttpResponse:
    return _show(request, "privacy", {})


def _show(
    request: HttpRequest, name: str, told: dict[str, object], trail: tuple[Link, ...] = (HOME,)
) -> HttpResponse:
    around = {
        "breadcrumbs": trail,
        "navigation": _navigation(request.path),
        "partnership": pages.name(),
        "council": pages.council(),
    }
    return render(request, f"public/{name}.html", {**around, **told})


def _navigation(path: str) -> tuple[Link, ...]:
    places = {
        "/": "Home",
        "/partnership/timeline": "Timeline",
        "/partnership/strategy": "Strategy",
        "/partnership/promises": "Promises",
        "/glossary": "Words we use",
    }
    return tuple(Link(text, href, href == path) for href, text in places.items())
