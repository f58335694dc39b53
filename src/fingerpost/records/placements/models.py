# SPDX-License-Identifier: AGPL-3.0-or-later
"""Where children with plans are placed: a picture at each census day, every year's kept."""

import uuid
from typing import ClassVar

from django.db import models

from fingerpost.records.accounts.models import Organisation, Team
from fingerpost.records.foundation.models import Area
from fingerpost.records.foundation.privacy import Privacy
from fingerpost.records.people.models import AboutAChild, Person
from fingerpost.records.plans.models import Plan


class Placement(models.Model):
    """One setting attended, as seen on a census day."""

    PRIVACY: ClassVar = dict.fromkeys(
        ("id", "area", "team", "plan", "census_on", "place", "rank"), Privacy.WORKING
    ) | (
        {"person": Privacy.PERSONAL}
        | dict.fromkeys(
            (
                *("organisation", "urn", "ukprn", "setting", "setting_other", "entered_on", "left_on"),
                *("sen_unit", "resourced", "residential", "work_based", "attendance"),
            ),
            Privacy.SPECIAL,
        )
    )

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    area = models.ForeignKey(Area, models.PROTECT, related_name="+", db_index=False)
    # The composite key (person, team) of the walls stands for these two keys: see docs/adr/0005.
    team = models.ForeignKey(Team, models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    person = models.ForeignKey(
        Person, models.PROTECT, related_name="placements", db_index=False, db_constraint=False
    )
    plan = models.ForeignKey(Plan, models.PROTECT, related_name="placements", db_index=False)
    census_on = models.DateField()
    place = models.PositiveSmallIntegerField()  # order in the return: ranks may be missing or repeated
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, related_name="+", db_index=False
    )
    urn = models.CharField(max_length=6, blank=True)
    ukprn = models.CharField(max_length=8, blank=True)
    setting = models.CharField(max_length=4, blank=True)
    setting_other = models.TextField(blank=True)
    rank = models.PositiveSmallIntegerField(null=True)
    entered_on = models.DateField(null=True)
    left_on = models.DateField(null=True)
    sen_unit = models.BooleanField(null=True)
    resourced = models.BooleanField(null=True)
    residential = models.CharField(max_length=1, blank=True)
    work_based = models.CharField(max_length=1, blank=True)
    attendance = models.CharField(max_length=2, blank=True)

    objects = AboutAChild.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["team", "person", "plan", "census_on", "place"], name="placements_placement_once"
            )
        ]
