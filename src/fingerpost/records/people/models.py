# SPDX-License-Identifier: AGPL-3.0-or-later
"""Children and young people, and the one table that says who may see each of them."""

import uuid
from typing import TYPE_CHECKING, ClassVar, Self

import pghistory
from django.db import models
from django.db.models import Q

from fingerpost.records.accounts.models import Organisation, Team, User
from fingerpost.records.foundation.models import Area, District
from fingerpost.records.foundation.privacy import Privacy

if TYPE_CHECKING:
    from fingerpost.records.people.sight import Sight


class AboutAChild(models.QuerySet["models.Model"]):
    """Rows about children: every read starts from what the user may see. The database is the second wall."""

    person_field = "person_id"

    def visible_to(self, sight: "Sight") -> Self:
        reached = Q(**{f"{self.person_field}__in": sight.persons})
        return self.filter(Q(area_id__in=sight.areas) | Q(team_id__in=sight.teams) | reached)


class People(AboutAChild):
    person_field = "id"


@pghistory.track(pghistory.UpdateEvent(), pghistory.DeleteEvent(), exclude=["team"])
class Person(models.Model):
    """A child or young person, once in each area that keeps a record of them.

    `team` is the team that holds the record now. Every table about the child repeats it, and the database
    carries a change of team to all of them (see docs/adr/0005).
    """

    PRIVACY: ClassVar = (
        dict.fromkeys(("id", "area", "team", "created_at"), Privacy.WORKING)
        | dict.fromkeys(
            ("surname", "forename", "born_on", "postcode", "district", "upn", "uln", "upn_unknown"),
            Privacy.PERSONAL,
        )
        | dict.fromkeys(("sex", "ethnicity"), Privacy.SPECIAL)
    )

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    area = models.ForeignKey(Area, models.PROTECT, related_name="+")
    team = models.ForeignKey(Team, models.PROTECT, related_name="+")
    district = models.ForeignKey(District, models.PROTECT, null=True, related_name="+")
    surname = models.TextField()
    forename = models.TextField()
    born_on = models.DateField()
    sex = models.CharField(max_length=1, blank=True)
    ethnicity = models.CharField(max_length=4, blank=True)
    postcode = models.CharField(max_length=8, blank=True)
    upn = models.CharField(max_length=13, null=True)
    uln = models.CharField(max_length=10, null=True)
    upn_unknown = models.CharField(max_length=4, blank=True)
    created_at = models.DateTimeField()

    objects = People.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["area", "upn"], name="people_person_upn_once"),
            models.UniqueConstraint(fields=["area", "uln"], name="people_person_uln_once"),
            models.UniqueConstraint(
                fields=["id", "team"], name="people_person_team"
            ),  # target of the team keys
        ]
        indexes = [
            models.Index(fields=["area", "born_on", "surname"], name="people_person_namesakes"),
            models.Index(fields=["team", "surname", "forename"], name="people_person_team_names"),
        ]

    def __str__(self) -> str:
        return f"{self.forename} {self.surname}"


class Level(models.TextChoices):
    """How much a reach shows."""

    WHOLE = "whole", "the whole record"
    FAMILY = "family", "what the family is told"
    SCHOOL = "school", "what the school needs"
    HEALTH = "health", "the health part"


class Reach(models.Model):
    """Who may see a child beyond the team that holds the record, on which ground, from when until when.

    The database's access functions read this table and the accounts; no web login may read or write it directly.
    """

    PRIVACY: ClassVar = dict.fromkeys(
        ("id", "area", "level", "from_on", "until_on", "at"), Privacy.WORKING
    ) | dict.fromkeys(
        ("person", "organisation", "team", "user", "ground", "because", "granted_by"), Privacy.PERSONAL
    )

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    area = models.ForeignKey(Area, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")
    team = models.ForeignKey(Team, models.PROTECT, null=True, related_name="+")
    user = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    ground = models.TextField()
    level = models.CharField(max_length=6, choices=Level)
    from_on = models.DateField()
    until_on = models.DateField(null=True)  # the first day on which it no longer holds
    because = models.TextField()
    granted_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["user"], condition=Q(user__isnull=False), name="people_reach_user"),
            models.Index(
                fields=["organisation"], condition=Q(organisation__isnull=False), name="people_reach_org"
            ),
            models.Index(fields=["team"], condition=Q(team__isnull=False), name="people_reach_team"),
            models.Index(fields=["person"], name="people_reach_person"),
        ]
        constraints = [
            models.CheckConstraint(
                name="people_reach_one_holder",
                condition=Q(organisation__isnull=False, team=None, user=None)
                | Q(organisation=None, team__isnull=False, user=None)
                | Q(organisation=None, team=None, user__isnull=False),
            ),
            models.CheckConstraint(
                condition=Q(until_on=None) | Q(until_on__gt=models.F("from_on")), name="people_reach_days"
            ),
            models.CheckConstraint(condition=~Q(because=""), name="people_reach_because"),
        ]
