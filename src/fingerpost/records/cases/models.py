# SPDX-License-Identifier: AGPL-3.0-or-later
"""Requests and what follows from them: the case, its dated legal facts, and the clocks read from the facts."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Exists, OuterRef, Q

from fingerpost.records.accounts.models import Team, User
from fingerpost.records.foundation.models import Area, Origin
from fingerpost.records.foundation.privacy import Privacy
from fingerpost.records.people.models import AboutAChild, Person

ASSESS, REFUSE = "assess", "refuse"  # what the fact assessment_decision may say


class Stage(models.TextChoices):
    """Where a request has got to. Always worked out from the facts (stages.py), never set by hand."""

    REQUESTED = "requested", "Request received"
    ASSESSING = "assessing", "Assessment under way"
    AGREED = "agreed", "Plan being written"
    MAINTAINED = "maintained", "Plan in force"
    REFUSED = "refused", "Refused to assess"
    PLAN_REFUSED = "plan_refused", "Decided not to make a plan"
    WITHDRAWN = "withdrawn", "Request withdrawn"
    EXPORTED = "exported", "Moved to another authority"
    ENDED = "ended", "Plan ended"


class Case(models.Model):
    """One request for an assessment and everything that follows from it."""

    PRIVACY: ClassVar = dict.fromkeys(("id", "area", "team", "opened_at", "census_on"), Privacy.WORKING) | (
        dict.fromkeys(("person", "officer", "request_received_on"), Privacy.PERSONAL)
        | {"stage": Privacy.SPECIAL}
    )

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    area = models.ForeignKey(Area, models.PROTECT, related_name="+", db_index=False)
    # The composite key (person, team) of the walls stands for these two keys: see docs/adr/0005.
    team = models.ForeignKey(Team, models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    person = models.ForeignKey(
        Person, models.PROTECT, related_name="cases", db_index=False, db_constraint=False
    )
    officer = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", db_index=False)
    request_received_on = models.DateField(null=True)
    stage = models.CharField(max_length=12, choices=Stage, default=Stage.REQUESTED)
    census_on = models.DateField(null=True)  # census day of the newest return that holds this case
    opened_at = models.DateTimeField()

    objects = AboutAChild.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["area", "person", "request_received_on"],
                condition=Q(request_received_on__isnull=False),
                name="cases_case_request_once",
            ),
            models.CheckConstraint(condition=Q(stage__in=Stage.values), name="cases_case_stage"),
        ]
        indexes = [
            models.Index(fields=["area", "person"], name="cases_case_area"),
            models.Index(fields=["team", "person"], name="cases_case_team"),
            models.Index(
                fields=["team", "officer"], condition=Q(officer__isnull=False), name="cases_case_officer"
            ),
        ]


class Facts(AboutAChild):
    """Facts are never changed: a newer one supersedes an older one."""

    def current(self) -> "Facts":
        """Those that stand: nobody superseded them, and they do not say that nothing happened."""
        newer = Fact.objects.filter(supersedes_id=OuterRef("pk"))
        return self.filter(~Exists(newer), retracts=False)


class Fact(models.Model):
    """One dated legal happening, or one thing known, with where it comes from. Append-only by grant and trigger."""

    PRIVACY: ClassVar = dict.fromkeys(
        (
            "id",
            "area",
            "team",
            "case",
            "origin",
            "source",
            "line",
            "census_on",
            "supersedes",
            "retracts",
            "at",
        ),
        Privacy.WORKING,
    ) | (
        dict.fromkeys(("person", "by"), Privacy.PERSONAL)
        | dict.fromkeys(
            (
                *("name", "on", "value", "of", "sent_on", "channel", "deemed_served_on", "received_on"),
                *("certainty", "reason"),
            ),
            Privacy.SPECIAL,
        )
    )

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    area = models.ForeignKey(Area, models.PROTECT, related_name="+", db_index=False)
    team = models.ForeignKey(Team, models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="facts", db_index=False)
    name = models.TextField()  # of the vocabulary in rules/duties
    on = models.DateField(null=True)  # the day the law counts from; the other days are kept beside it
    value = models.JSONField(null=True)
    of = models.TextField(null=True)  # the occurrence it belongs to: a review, a notice
    sent_on = models.DateField(null=True)
    channel = models.TextField(null=True)
    deemed_served_on = models.DateField(null=True)
    received_on = models.DateField(null=True)
    origin = models.CharField(max_length=9, choices=Origin)
    source = models.CharField(max_length=64, null=True)  # SHA-256 of the file it was read from
    line = models.PositiveIntegerField(null=True)
    census_on = models.DateField(null=True)  # of the return it was read from
    certainty = models.CharField(max_length=12, default="settled")
    reason = models.TextField(null=True)
    supersedes = models.ForeignKey("self", models.PROTECT, null=True, related_name="newer", db_index=False)
    retracts = models.BooleanField(default=False)  # "no such happening": what it supersedes never was
    by = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()

    objects = Facts.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["supersedes"],
                condition=Q(supersedes__isnull=False),
                name="cases_fact_superseded_once",
            ),
            models.CheckConstraint(condition=Q(origin__in=Origin.values), name="cases_fact_origin"),
            models.CheckConstraint(
                condition=Q(retracts=True, supersedes__isnull=False, on=None, value=None)
                | Q(retracts=False) & (Q(on__isnull=False) | Q(value__isnull=False)),
                name="cases_fact_says_something",
            ),
            models.CheckConstraint(
                condition=~Q(origin=Origin.CORRECTED) | Q(reason__isnull=False) & ~Q(reason=""),
                name="cases_fact_correction_has_reason",
            ),
        ]
        indexes = [models.Index(fields=["team", "person", "case"], name="cases_fact_team")]


class Standing(models.TextChoices):
    """Where a duty stands, whatever day it is: lateness of an open one is `due_on` compared with the day asked."""

    OPEN = "open", "Running"
    MET = "met", "Done"
    UNKNOWN = "unknown", "Not known"
    NOT_APPLICABLE = "not_applicable", "Does not apply"
    NOT_STARTED = "not_started", "Not started"


class Clock(models.Model):
    """What the rules answer for one duty of one case: kept so that lists are quick, thrown away at will."""

    PRIVACY: ClassVar = dict.fromkeys(
        ("id", "area", "team", "case", "duty", "law_version", "computed_at", "as_at_on"), Privacy.WORKING
    ) | (
        {"person": Privacy.PERSONAL}
        | dict.fromkeys(
            ("started_on", "due_on", "closed_on", "standing", "verdict", "days_late", "certainty"),
            Privacy.SPECIAL,
        )
    )

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    area = models.ForeignKey(Area, models.PROTECT, related_name="+", db_index=False)
    team = models.ForeignKey(Team, models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="clocks", db_index=False)
    duty = models.CharField(max_length=60)
    started_on = models.DateField(null=True)
    due_on = models.DateField(null=True)
    closed_on = models.DateField(null=True)
    standing = models.CharField(max_length=14, choices=Standing)
    verdict = models.CharField(max_length=20)  # of an open one: what it becomes once its day has passed
    days_late = models.IntegerField(null=True)  # of one that is met; an open one's depends on the day
    certainty = models.TextField()
    law_version = models.CharField(max_length=10)
    as_at_on = models.DateField(null=True)  # census day, when "still open" rests on a return
    computed_at = models.DateTimeField()

    objects = AboutAChild.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["team", "person", "case", "duty"], name="cases_clock_once"),
            models.CheckConstraint(condition=Q(standing__in=Standing.values), name="cases_clock_standing"),
        ]
        indexes = [
            models.Index(
                fields=["team", "duty", "due_on"], condition=Q(standing="open"), name="cases_clock_team_open"
            ),
            models.Index(
                fields=["area", "duty", "due_on"], condition=Q(standing="open"), name="cases_clock_area_open"
            ),
        ]
