# SPDX-License-Identifier: AGPL-3.0-or-later
"""Returns that were loaded, with what is held to decide; returns made here, with what stands in their way."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q

from fingerpost.records.accounts.models import Team, User
from fingerpost.records.cases.models import Case
from fingerpost.records.foundation.models import Area
from fingerpost.records.foundation.privacy import Privacy
from fingerpost.records.people.models import AboutAChild, Person


class FileState(models.TextChoices):
    IMPORTING = "importing", "Being loaded"
    DONE = "done", "Loaded"


class ReturnFile(models.Model):
    """One file of a national return, and how far its loading has got."""

    PRIVACY: ClassVar = dict.fromkeys(
        (
            *("id", "area", "collection", "year", "census_on", "serial", "fingerprint", "bytes", "made_at"),
            *("persons_total", "persons_done", "state", "started_at", "finished_at", "counts", "header"),
        ),
        Privacy.WORKING,
    ) | {"by": Privacy.PERSONAL}

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    area = models.ForeignKey(Area, models.PROTECT, related_name="+")
    collection = models.CharField(max_length=10, default="SEN2")
    year = models.PositiveSmallIntegerField()
    census_on = models.DateField()
    serial = models.CharField(max_length=3)
    made_at = models.DateTimeField(null=True)
    fingerprint = models.CharField(max_length=64)  # SHA-256 in hex
    bytes = models.BigIntegerField()
    persons_total = models.PositiveIntegerField()
    persons_done = models.PositiveIntegerField(default=0)
    state = models.CharField(max_length=9, choices=FileState, default=FileState.IMPORTING)
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    counts = models.JSONField(default=dict)
    header = models.JSONField(
        default=dict
    )  # what its header says of the area: officers in post, the software

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["area", "fingerprint"], name="returns_file_once"),
            models.UniqueConstraint(
                fields=["area"], condition=Q(state="importing"), name="returns_file_one_at_a_time"
            ),
        ]


class SourceRecord(models.Model):
    """What one return said of one child, whole: a later return, or an export, loses nothing. Append-only.

    Without `person`, the import set the record aside: it is too doubtful whose it is.
    """

    PRIVACY: ClassVar = dict.fromkeys(("id", "area", "team", "file", "line", "cases"), Privacy.WORKING) | {
        "person": Privacy.PERSONAL,
        "record": Privacy.SPECIAL,
    }

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    area = models.ForeignKey(Area, models.PROTECT, related_name="+", db_index=False)
    # The composite key (person, team) of the walls stands for these two keys: see docs/adr/0005.
    team = models.ForeignKey(Team, models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    person = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="+", db_index=False, db_constraint=False
    )
    file = models.ForeignKey(ReturnFile, models.PROTECT, related_name="records", db_index=False)
    line = models.PositiveIntegerField()
    record = models.JSONField()
    cases = models.JSONField(default=dict)  # line of a request -> the case it belongs to; a held one has none

    objects = AboutAChild.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["team", "person", "file", "line"], name="returns_record_once")
        ]


class HeldItem(models.Model):
    """A doubtful pattern of a return, kept on the case until somebody decides it, with a name and a reason.

    The decision that stands is repeated here, so that lists need no join; every decision is a HeldDecision.
    """

    PRIVACY: ClassVar = dict.fromkeys(
        ("id", "area", "team", "case", "file", "pattern", "line", "state", "decided_at", "offer"),
        Privacy.WORKING,
    ) | {
        "person": Privacy.PERSONAL,
        "decided_by": Privacy.PERSONAL,
        "about": Privacy.SPECIAL,
        "question": Privacy.SPECIAL,
        "decision": Privacy.SPECIAL,
        "reason": Privacy.SPECIAL,
    }

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    area = models.ForeignKey(Area, models.PROTECT, related_name="+", db_index=False)
    team = models.ForeignKey(Team, models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    case = models.ForeignKey(Case, models.PROTECT, null=True, related_name="held_items", db_index=False)
    file = models.ForeignKey(ReturnFile, models.PROTECT, related_name="held_items", db_index=False)
    pattern = models.CharField(max_length=40)
    line = models.PositiveIntegerField()
    question = models.TextField()
    offer = models.JSONField(default=list)  # what may be chosen
    about = models.JSONField(default=dict)  # the fact in question, and what the return says of it
    state = models.CharField(max_length=7, choices=[("open", "Open"), ("decided", "Decided")], default="open")
    decision = models.TextField(blank=True)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", db_index=False)
    decided_at = models.DateTimeField(null=True)
    reason = models.TextField(blank=True)

    objects = AboutAChild.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["team", "person", "pattern", "file", "line"], name="returns_held_once"
            ),
            models.CheckConstraint(
                condition=Q(state="open", decided_by=None)
                | Q(state="decided", decided_by__isnull=False) & ~Q(reason=""),
                name="returns_held_decided_with_reason",
            ),
        ]
        indexes = [
            models.Index(fields=["area", "pattern"], condition=Q(state="open"), name="returns_held_open")
        ]


class HeldDecision(models.Model):
    """One decision about a held item. A newer one stands in its place; none is changed or deleted."""

    PRIVACY: ClassVar = dict.fromkeys(
        ("id", "area", "team", "item", "turn", "wrote", "at"), Privacy.WORKING
    ) | (
        {"person": Privacy.PERSONAL, "by": Privacy.PERSONAL}
        | dict.fromkeys(("choice", "on", "reason"), Privacy.SPECIAL)
    )

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    area = models.ForeignKey(Area, models.PROTECT, related_name="+", db_index=False)
    team = models.ForeignKey(Team, models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    item = models.ForeignKey(HeldItem, models.PROTECT, related_name="decisions", db_index=False)
    turn = models.PositiveSmallIntegerField()  # 1 for the first decision about the item
    choice = models.TextField(blank=True)  # one of the item's offer; empty: open again
    on = models.DateField(null=True)  # the day that the choice asks for
    reason = models.TextField()
    wrote = models.JSONField(
        default=list
    )  # ids of the facts it wrote, so that a newer decision can undo them
    by = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()

    objects = AboutAChild.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["team", "person", "item", "turn"], name="returns_decision_turn"),
            models.CheckConstraint(condition=~Q(reason=""), name="returns_decision_has_reason"),
        ]


# -- made here ------------------------------------------------------------------------------------------------------


class PreparedReturn(models.Model):
    """A return made from the record: what was written, how it was checked, and what it takes the place of.

    Append-only. The newest of a year is the one that nothing supersedes.
    """

    PRIVACY: ClassVar = dict.fromkeys(
        (
            *("id", "area", "year", "census_on", "as_at_on", "serial", "spelling", "fingerprint", "bytes"),
            *("persons", "errors", "queries", "broken", "rule_book", "made_at", "because", "supersedes"),
        ),
        Privacy.WORKING,
    ) | {"by": Privacy.PERSONAL}

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    area = models.ForeignKey(Area, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    census_on = models.DateField()
    as_at_on = models.DateField()  # what was known up to this day is in it
    serial = models.CharField(max_length=3)
    spelling = models.CharField(max_length=10)  # of the tag SENSetting
    fingerprint = models.CharField(max_length=64)  # SHA-256 in hex
    bytes = models.BigIntegerField()
    persons = models.PositiveIntegerField()
    errors = models.PositiveIntegerField()
    queries = models.PositiveIntegerField()
    broken = models.JSONField(default=dict)  # rule and level -> how often
    rule_book = models.CharField(max_length=12)  # version of the rules it was checked by
    made_at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    because = models.TextField(blank=True)  # why the return is sent again
    supersedes = models.OneToOneField("self", models.PROTECT, null=True, related_name="newer")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["area", "year"], condition=Q(supersedes=None), name="returns_prepared_one_first"
            )
        ]


class PreparedFile(models.Model):
    """The file itself, packed, so that it is shown again byte for byte. A draft's goes when a newer one replaces it."""

    PRIVACY: ClassVar = dict.fromkeys(("prepared", "area"), Privacy.WORKING) | {"packed": Privacy.SPECIAL}

    prepared = models.OneToOneField(PreparedReturn, models.PROTECT, primary_key=True, related_name="file")
    area = models.ForeignKey(Area, models.PROTECT, related_name="+")
    packed = models.BinaryField()


class SignOff(models.Model):
    """Somebody answers for a return: this file and no other. Append-only."""

    PRIVACY: ClassVar = dict.fromkeys(
        ("id", "prepared", "area", "fingerprint", "reason", "at"), Privacy.WORKING
    ) | {"by": Privacy.PERSONAL}

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    prepared = models.OneToOneField(PreparedReturn, models.PROTECT, related_name="sign_off")
    area = models.ForeignKey(Area, models.PROTECT, related_name="+")
    fingerprint = models.CharField(max_length=64)
    reason = models.TextField(blank=True)  # why it goes although the check finds errors
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()


class PreparationAsked(models.Model):
    """Somebody asked a worker to make a return, and answered what it needs to know. Append-only."""

    PRIVACY: ClassVar = dict.fromkeys(
        ("id", "area", "year", "dmo", "dco", "dsco", "spelling", "because", "at"), Privacy.WORKING
    ) | {"by": Privacy.PERSONAL}

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    area = models.ForeignKey(Area, models.PROTECT, related_name="+", db_index=False)
    year = models.PositiveSmallIntegerField()
    dmo = models.CharField(
        max_length=1, blank=True
    )  # is the officer in post? Empty: as the last return had it
    dco = models.CharField(max_length=1, blank=True)
    dsco = models.CharField(max_length=1, blank=True)
    spelling = models.CharField(max_length=10)
    because = models.TextField(blank=True)  # why the return is sent again; empty: a draft
    by = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["area", "year", "-at"], name="returns_asked_newest")]


class PreparationEnded(models.Model):
    """What came of it: a return, or why there is none. Append-only."""

    PRIVACY: ClassVar = dict.fromkeys(("asked", "area", "prepared", "why", "at"), Privacy.WORKING)

    asked = models.OneToOneField(
        PreparationAsked, models.PROTECT, primary_key=True, related_name="ended", db_index=False
    )
    area = models.ForeignKey(Area, models.PROTECT, related_name="+", db_index=False)
    prepared = models.OneToOneField(PreparedReturn, models.PROTECT, null=True, related_name="+")
    why = models.TextField(blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(prepared=None) & ~Q(why="") | Q(prepared__isnull=False, why=""),
                name="returns_asked_ends_one_way",
            )
        ]


# -- what stands in the way ------------------------------------------------------------------------------------------


class ReadinessRun(models.Model):
    """One answer to "could we hand this in today?": the record made into a return, checked, and counted."""

    PRIVACY: ClassVar = dict.fromkeys(
        (
            *("id", "area", "year", "census_on", "on", "at", "rule_book"),
            *("persons", "errors", "queries", "counts"),
        ),
        Privacy.WORKING,
    ) | {"by": Privacy.PERSONAL}

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    area = models.ForeignKey(Area, models.PROTECT, related_name="+", db_index=False)
    year = models.PositiveSmallIntegerField()
    census_on = models.DateField()
    on = models.DateField()  # the day the record was asked
    at = models.DateTimeField()
    rule_book = models.CharField(max_length=12)  # fingerprint of the rules it was checked with
    persons = models.PositiveIntegerField()
    errors = models.PositiveIntegerField()
    queries = models.PositiveIntegerField()
    counts = models.JSONField(default=dict)  # "L548 query" -> how many
    by = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)

    class Meta:
        indexes = [models.Index(fields=["area", "year", "-at"], name="returns_run_newest")]


class Level(models.TextChoices):
    """An error stops the return; a query may be explained."""

    ERROR = "error", "Error"
    QUERY = "query", "Query"


class Finding(models.Model):
    """One thing that stands in the way of the return, from the day it was first seen to the day it was gone.

    Without a child it speaks of the return as a whole, or of a record whose child nobody knows.
    """

    PRIVACY: ClassVar = dict.fromkeys(
        (
            "id",
            "area",
            "team",
            "case",
            "year",
            "rule",
            "level",
            "item",
            "nth",
            "first_seen_on",
            "last_seen_on",
        ),
        Privacy.WORKING,
    ) | {"gone_on": Privacy.WORKING, "person": Privacy.PERSONAL, "message": Privacy.SPECIAL}

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    area = models.ForeignKey(Area, models.PROTECT, related_name="+", db_index=False)
    # The composite key (person, team) of the walls stands for these two keys: see docs/adr/0005.
    team = models.ForeignKey(
        Team, models.PROTECT, null=True, related_name="+", db_index=False, db_constraint=False
    )
    person = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="+", db_index=False, db_constraint=False
    )
    case = models.ForeignKey(Case, models.PROTECT, null=True, related_name="+", db_index=False)
    year = models.PositiveSmallIntegerField()
    rule = models.CharField(max_length=6)
    level = models.CharField(max_length=5, choices=Level)
    item = models.CharField(max_length=60)
    nth = models.PositiveSmallIntegerField(default=1)  # of several alike on one case
    message = models.TextField()  # never a name, a number, an address or a date of birth
    first_seen_on = models.DateField()
    last_seen_on = models.DateField()
    gone_on = models.DateField(null=True)  # the day it was no longer found

    objects = AboutAChild.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["area", "year", "person", "case", "rule", "item", "nth"],
                condition=Q(gone_on=None),
                nulls_distinct=False,
                name="returns_finding_once",
            ),
            models.CheckConstraint(condition=Q(level__in=Level.values), name="returns_finding_level"),
            models.CheckConstraint(
                condition=Q(person=None, case=None) | Q(person__isnull=False, team__isnull=False),
                name="returns_finding_child_has_team",
            ),
        ]
        indexes = [
            models.Index(fields=["team", "year", "rule"], name="returns_finding_team"),
            models.Index(fields=["area", "year", "rule"], name="returns_finding_area"),
        ]
