# SPDX-License-Identifier: AGPL-3.0-or-later
"""Addresses of the data officer's desk: the area's number and the year of the return stand in each."""

from django.urls import include, path

from fingerpost.desks.office.handing_in import views as handing_in
from fingerpost.desks.office.readiness import views as readiness

app_name = "office"
OF_A_RETURN = [
    path("", readiness.front, name="readiness"),
    path("run", readiness.run_again, name="run"),
    path("findings", readiness.findings_list, name="findings"),
    path("findings.csv", readiness.findings_csv, name="findings_csv"),
    path("findings.xlsx", readiness.findings_xlsx, name="findings_xlsx"),
    path("rules/<slug:rule>", readiness.rule, name="rule"),
    path("returns", handing_in.returns, name="returns"),
    path("returns/prepare", handing_in.prepare, name="prepare"),
    path("returns/prepare/check", handing_in.prepare_check, name="prepare_check"),
    path("returns/<uuid:prepared_id>", handing_in.one, name="return"),
    path("returns/<uuid:prepared_id>/sign", handing_in.sign, name="sign"),
    path("returns/<uuid:prepared_id>/signed", handing_in.signed, name="signed"),
    path("returns/<uuid:prepared_id>/file", handing_in.file, name="file"),
]
urlpatterns = [
    path("", readiness.door, name="door"),
    path("<slug:la>/<int:year>/", include(OF_A_RETURN)),
]
