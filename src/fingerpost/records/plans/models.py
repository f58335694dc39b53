# SPDX-License-Identifier: AGPL-3.0-or-later
"""EHC plans: when each began and ended, the setting it names, its budget, and the needs seen on each census day."""

import uuid
from typing import ClassVar

from django.db import models

from fingerpost.records.accounts.models import Organisation, Team
from fingerpost.records.cases.models import Case
from fingerpost.records.foundation.models import Area
from fingerpost.records.foundation.privacy import Privacy
from fingerpost.records.people.models import AboutAChild, Person


class Plan(models.Model):
    """The plan that a request led to. Its values are the newest known; each return's own stay in the source records."""

    PRIVACY: ClassVar = dict.fromkeys(("id", "area", "team", "case", "census_on"), Privacy.WORKING) | (
        {"person": Privacy.PERSONAL}
        | dict.fromkeys(
            (
                *("started_on", "first_made_on", "ended_on", "cease_reason", "transferred_from"),
                *("organisation", "urn", "ukprn", "setting", "setting_other", "sen_unit", "resourced"),
                *("residential", "work_based", "personal_budget", "organised_arrangement", "direct_payment"),
            ),
            Privacy.SPECIAL,
        )
    )

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    area = models.ForeignKey(Area, models.PROTECT, related_name="+", db_index=False)
    # The composite key (person, team) of the walls stands for these two keys: see docs/adr/0005.
    team = models.ForeignKey(Team, models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    person = models.ForeignKey(
        Person, models.PROTECT, related_name="plans", db_index=False, db_constraint=False
    )
    case = models.OneToOneField(Case, models.PROTECT, related_name="plan")
    started_on = models.DateField(null=True)  # of the version in force
    first_made_on = models.DateField(null=True)
    ended_on = models.DateField(null=True)
    cease_reason = models.CharField(max_length=2, blank=True)
    transferred_from = models.CharField(max_length=3, blank=True)  # number of the authority it moved in from
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, related_name="+", db_index=False
    )
    urn = models.CharField(max_length=6, blank=True)
    ukprn = models.CharField(max_length=8, blank=True)
    setting = models.CharField(max_length=4, blank=True)
    setting_other = models.TextField(blank=True)
    sen_unit = models.BooleanField(null=True)
    resourced = models.BooleanField(null=True)
    residential = models.CharField(max_length=1, blank=True)
    work_based = models.CharField(max_length=1, blank=True)
    personal_budget = models.BooleanField(null=True)
    organised_arrangement = models.BooleanField(null=True)
    direct_payment = models.CharField(max_length=1, blank=True)
    census_on = models.DateField(null=True)  # census day of the newest return that holds this plan

    objects = AboutAChild.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["area", "person"], name="plans_plan_area"),
            models.Index(fields=["team", "person"], name="plans_plan_team"),
        ]


class Need(models.Model):
    """A type of need of a plan, as seen on a census day."""

    PRIVACY: ClassVar = dict.fromkeys(
        ("id", "area", "team", "plan", "census_on", "rank"), Privacy.WORKING
    ) | {
        "person": Privacy.PERSONAL,
        "kind": Privacy.SPECIAL,
    }

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    area = models.ForeignKey(Area, models.PROTECT, related_name="+", db_index=False)
    team = models.ForeignKey(Team, models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    plan = models.ForeignKey(Plan, models.PROTECT, related_name="needs", db_index=False)
    census_on = models.DateField()
    kind = models.CharField(max_length=4)
    rank = models.PositiveSmallIntegerField()

    objects = AboutAChild.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["team", "person", "plan", "census_on", "rank"], name="plans_need_once"
            )
        ]
