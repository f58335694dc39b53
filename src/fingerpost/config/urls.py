# SPDX-License-Identifier: AGPL-3.0-or-later
"""Root of all addresses: one line for each desk."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("fingerpost.desks.doors.urls")),
    path("account/", include("fingerpost.config.sign_in")),
    path("casework/", include("fingerpost.desks.casework.urls")),
    path("office/", include("fingerpost.desks.office.urls")),
    path("family/", include("fingerpost.desks.family.urls")),
    path("", include("fingerpost.desks.public.urls")),
]
