# SPDX-License-Identifier: AGPL-3.0-or-later
"""Addresses of coming in."""

from django.urls import path

from fingerpost.desks.doors import views

urlpatterns = [
    path("start", views.start, name="start"),
    path("account/", views.account, name="account"),
    path("demo", views.demo_doors, name="demo"),
    path("demo/<uuid:user_id>", views.demo_sign_in, name="demo_sign_in"),
]
