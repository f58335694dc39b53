# SPDX-License-Identifier: AGPL-3.0-or-later
"""Pages that anybody may read. They show no record, only the desk's own words."""

from django.http import Http404, HttpRequest, HttpResponse

from fingerpost.desks.doors.page import PUBLIC, page
from fingerpost.desks.doors.reply import render
from fingerpost.desks.public import glossary as words
from fingerpost.desks.public import law, pages
from fingerpost.kit.words import Link
from fingerpost.rules.duties import register

HOME = Link("Home", "/")
LAW = Link("The law of time", "/law")
PARTNERSHIP = Link("The partnership", "/partnership")


@page(allow=PUBLIC)
def home(request: HttpRequest) -> HttpResponse:
    told = {"it": pages.partnership(), "strategy": pages.strategy(), "story": pages.in_short()}
    return render(request, "public/home.html", told)


@page(allow=PUBLIC)
def partnership(request: HttpRequest) -> HttpResponse:
    return _under(request, "partnership", HOME, it=pages.partnership())


@page(allow=PUBLIC)
def timeline(request: HttpRequest) -> HttpResponse:
    return _under(request, "timeline", HOME, PARTNERSHIP, chapters=pages.chapters())


@page(allow=PUBLIC)
def strategy(request: HttpRequest) -> HttpResponse:
    return _under(request, "strategy", HOME, PARTNERSHIP, it=pages.strategy())


@page(allow=PUBLIC)
def promises(request: HttpRequest) -> HttpResponse:
    return _under(request, "promises", HOME, PARTNERSHIP, it=pages.promises())


@page(allow=PUBLIC)
def law_index(request: HttpRequest) -> HttpResponse:
    return _under(request, "law", HOME, groups=law.groups(), version=register.LAW_VERSION)


@page(allow=PUBLIC)
def law_duty(request: HttpRequest, duty: str) -> HttpResponse:
    found = law.duty(duty)
    if found is None:
        raise Http404("There is no such duty in the register.")
    return _under(request, "law_duty", HOME, LAW, it=found, version=register.LAW_VERSION)


@page(allow=PUBLIC)
def glossary(request: HttpRequest) -> HttpResponse:
    return _under(request, "glossary", HOME, groups=words.groups())


@page(allow=PUBLIC)
def accessibility(request: HttpRequest) -> HttpResponse:
    return _under(request, "accessibility", HOME, it=pages.accessibility())


@page(allow=PUBLIC)
def privacy(request: HttpRequest) -> HttpResponse:
    return _under(request, "privacy", HOME)


def _under(request: HttpRequest, name: str, *trail: Link, **told: object) -> HttpResponse:
    """A page below others, with the way back up."""
    return render(request, f"public/{name}.html", {"breadcrumbs": trail, **told})
