# SPDX-License-Identifier: AGPL-3.0-or-later
"""Addresses of the public pages."""

from django.urls import path

from fingerpost.desks.public import views

app_name = "public"
urlpatterns = [
    path("", views.home, name="home"),
    path("partnership", views.partnership, name="partnership"),
    path("partnership/timeline", views.timeline, name="timeline"),
    path("partnership/strategy", views.strategy, name="strategy"),
    path("partnership/promises", views.promises, name="promises"),
    path("law", views.law_index, name="law"),
    path("law/<slug:duty>", views.law_duty, name="law_duty"),
    path("glossary", views.glossary, name="glossary"),
    path("accessibility", views.accessibility, name="accessibility"),
    path("privacy", views.privacy, name="privacy"),
]
