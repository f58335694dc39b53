# SPDX-License-Identifier: AGPL-3.0-or-later
"""Addresses of the data officer's desk: the area's number and the year of the return stand in each."""

from django.urls import include, path

from fingerpost.desks.office.readiness import views as readiness

app_name = "office"
OF_A_RETURN = [
    path("", readiness.front, name="readiness"),
    path("run", readiness.run_again, name="run"),
    path("findings", readiness.findings_list, name="findings"),
    path("findings.csv", readiness.findings_csv, name="findings_csv"),
    path("findings.xlsx", readiness.findings_xlsx, name="findings_xlsx"),
    path("rules/<slug:rule>", readiness.rule, name="rule"),
]
urlpatterns = [
    path("", readiness.door, name="door"),
    path("<slug:la>/<int:year>/", include(OF_A_RETURN)),
]
