# SPDX-License-Identifier: AGPL-3.0-or-later
"""Addresses of the casework desk."""

from django.urls import path

from fingerpost.desks.casework import correction_views, decision_views, held_views, views

app_name = "casework"
urlpatterns = [
    path("", views.caseload, name="caseload"),
    path("held", held_views.held, name="held"),
    path("held/<uuid:item_id>", held_views.held_item, name="held_item"),
    path("held/<uuid:item_id>/check", held_views.held_check, name="held_check"),
    path("<uuid:case_id>", views.case, name="case"),
    path("<uuid:case_id>/decision", decision_views.decision, name="decision"),
    path("<uuid:case_id>/decision/check", decision_views.decision_check, name="decision_check"),
    path("<uuid:case_id>/decision/done", decision_views.decision_done, name="decision_done"),
    path("<uuid:case_id>/facts/<uuid:fact_id>", correction_views.correction, name="correction"),
]
