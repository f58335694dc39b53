# SPDX-License-Identifier: AGPL-3.0-or-later
"""Root of all addresses."""

from django.urls import URLPattern, URLResolver

urlpatterns: list[URLPattern | URLResolver] = []
