# SPDX-License-Identifier: AGPL-3.0-or-later
"""Addresses of the casework desk."""

from django.urls import path

from fingerpost.desks.casework import views

app_name = "casework"
urlpatterns = [
    path("", views.caseload, name="caseload"),
    path("<uuid:case_id>", views.case, name="case"),
    path("<uuid:case_id>/decision", views.decision, name="decision"),
    path("<uuid:case_id>/decision/check", views.decision_check, name="decision_check"),
    path("<uuid:case_id>/decision/done", views.decision_done, name="decision_done"),
    path("<uuid:case_id>/facts/<uuid:fact_id>", views.correction, name="correction"),
]
