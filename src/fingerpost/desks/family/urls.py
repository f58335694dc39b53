# SPDX-License-Identifier: AGPL-3.0-or-later
"""Addresses of the family desk."""

from django.urls import path

from fingerpost.desks.family import views

app_name = "family"
urlpatterns = [
    path("", views.records, name="records"),
    path("<uuid:case_id>", views.record, name="record"),
]
