# SPDX-License-Identifier: AGPL-3.0-or-later
"""Who signs in: users, the organisations and teams they belong to, and what their role lets them do."""

import uuid
from typing import ClassVar

import pghistory
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from fingerpost.records.foundation.models import Area, District
from fingerpost.records.foundation.privacy import Privacy


@pghistory.track(pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Organisation(models.Model):
    """A council, school, college or health body. A school's identity lives here once, for every other room."""

    PRIVACY: ClassVar = dict.fromkeys(
        ("id", "area", "district", "kind", "name", "urn", "ukprn"), Privacy.PUBLIC
    )

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    area = models.ForeignKey(Area, models.PROTECT, related_name="+")
    district = models.ForeignKey(District, models.PROTECT, null=True, related_name="+")
    kind = models.TextField()
    name = models.TextField()
    urn = models.CharField(max_length=6, null=True)
    ukprn = models.CharField(max_length=8, null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["area", "urn"], name="accounts_organisation_urn_once"),
            models.UniqueConstraint(fields=["area", "ukprn"], name="accounts_organisation_ukprn_once"),
        ]

    def __str__(self) -> str:
        return self.name


class Team(models.Model):
    """People who share a caseload. Every child has exactly one; new ones wait with the front door."""

    PRIVACY: ClassVar = dict.fromkeys(
        ("id", "area", "organisation", "code", "name", "is_front_door"), Privacy.PUBLIC
    )

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    area = models.ForeignKey(Area, models.PROTECT, related_name="teams")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="teams")
    code = models.CharField(max_length=20)
    name = models.TextField()
    is_front_door = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["area", "code"], name="accounts_team_once"),
            models.UniqueConstraint(
                fields=["area"], condition=Q(is_front_door=True), name="accounts_one_front_door"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Scope(models.TextChoices):
    """Whose children a role reaches."""

    AREA = "area", "every child of the area"
    TEAM = "team", "the children of the team"
    REACH = "reach", "children reached one by one, each with its ground"
    NOBODY = "nobody", "no child"


class Role(models.Model):
    """What a kind of user may do. The rows come from roles.toml, so that a new role is data."""

    PRIVACY: ClassVar = dict.fromkeys(
        ("code", "name", "scope", "may_write", "is_staff", "permissions", "why"), Privacy.PUBLIC
    )

    code = models.CharField(primary_key=True, max_length=40)
    name = models.TextField()
    scope = models.CharField(max_length=6, choices=Scope)
    may_write = models.BooleanField(default=False)
    is_staff = models.BooleanField(default=True)
    permissions = ArrayField(models.TextField(), default=list)
    why = models.TextField(blank=True)

    def __str__(self) -> str:
        return self.name


class UserManager(BaseUserManager["User"]):
    """Finds and makes users by email address, whatever its capitals."""

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email__iexact=username)

    def enrol(self, *, email: str, name: str, password: str | None = None) -> "User":
        user = self.model(email=self.normalize_email(email), name=name)
        user.set_password(password)
        user.save(using=self._db)
        return user


@pghistory.track(pghistory.UpdateEvent(), pghistory.DeleteEvent(), exclude=["password", "last_login"])
class User(AbstractBaseUser):
    """A person who signs in. What they may do comes from their memberships alone."""

    PRIVACY: ClassVar = {
        "id": Privacy.WORKING,
        "is_active": Privacy.WORKING,
        "is_service": Privacy.WORKING,
        "last_login": Privacy.PERSONAL,
        "email": Privacy.PERSONAL,
        "name": Privacy.PERSONAL,
        "password": Privacy.SECRET,
    }

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField()
    name = models.TextField()
    is_active = models.BooleanField(default=True)
    is_service = models.BooleanField(default=False)  # a command or a job, which nobody signs in as

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]
    objects: ClassVar[UserManager] = UserManager()

    class Meta:
        constraints = [models.UniqueConstraint(Lower("email"), name="accounts_user_email_once")]

    def __str__(self) -> str:
        return self.name

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name


class Membership(models.Model):
    """A user holds a role in an area, team or organisation, from a day and until a day."""

    PRIVACY: ClassVar = dict.fromkeys(
        ("id", "area", "role", "from_on", "until_on"), Privacy.WORKING
    ) | dict.fromkeys(("user", "team", "organisation"), Privacy.PERSONAL)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(User, models.PROTECT, related_name="memberships")
    role = models.ForeignKey(Role, models.PROTECT, related_name="+")
    area = models.ForeignKey(Area, models.PROTECT, related_name="+")
    team = models.ForeignKey(Team, models.PROTECT, null=True, related_name="memberships")
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="memberships")
    from_on = models.DateField()
    until_on = models.DateField(null=True)  # the first day on which it no longer holds

    class Meta:
        indexes = [models.Index(fields=["user", "from_on"], name="accounts_membership_user")]
        constraints = [
            models.CheckConstraint(
                condition=Q(until_on=None) | Q(until_on__gt=models.F("from_on")),
                name="accounts_membership_days",
            ),
        ]
