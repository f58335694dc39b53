# SPDX-License-Identifier: AGPL-3.0-or-later
"""Ground of the record: areas, the journal of what was done, and the log of who looked."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models.functions import Now

from fingerpost.records.foundation.privacy import Privacy


class Area(models.Model):
    """A local area partnership, known by the number of its local authority in the national returns."""

    PRIVACY: ClassVar = dict.fromkeys(("id", "la_number", "name", "ons_code"), Privacy.PUBLIC)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    la_number = models.CharField(max_length=3, unique=True)
    name = models.TextField()
    ons_code = models.CharField(max_length=9, blank=True)

    def __str__(self) -> str:
        return self.name


class District(models.Model):
    """A district of an area; help must not depend on which one a child lives in."""

    PRIVACY: ClassVar = dict.fromkeys(("id", "area", "code", "name"), Privacy.PUBLIC)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    area = models.ForeignKey(Area, models.PROTECT, related_name="districts")
    code = models.CharField(max_length=9)
    name = models.TextField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["area", "code"], name="foundation_district_once")]

    def __str__(self) -> str:
        return self.name


class Origin(models.TextChoices):
    """Where a fact or an entry comes from. Letters and reminders follow from entered ones only."""

    ENTERED = "entered"
    IMPORTED = "imported"
    CORRECTED = "corrected"
    SYSTEM = "system"


class JournalEntry(models.Model):
    """One thing that was done: ids and a salted digest, never content. Append-only by grant and trigger.

    The key is a running number because the order is what the seals are made over.
    """

    PRIVACY: ClassVar = dict.fromkeys(
        ("id", "at", "recorded_at", "kind", "area_id", "subject_kind", "origin", "digest", "salt"),
        Privacy.WORKING,
    ) | dict.fromkeys(("by_id", "person_id", "subject_id"), Privacy.PERSONAL)

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField()
    recorded_at = models.DateTimeField(db_default=Now())
    kind = models.TextField()
    by_id = models.UUIDField()
    area_id = models.UUIDField(null=True)
    person_id = models.UUIDField(null=True)
    subject_kind = models.TextField()
    subject_id = models.UUIDField(null=True)
    origin = models.CharField(max_length=9, choices=Origin)
    digest = models.BinaryField()

    class Meta:
        indexes = [models.Index(fields=["area_id", "person_id", "id"], name="foundation_journal_person")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(origin__in=Origin.values), name="foundation_journal_origin"
            ),
            models.CheckConstraint(
                condition=models.Q(kind__regex=r"^[a-z-]+\.[a-z-]+$"), name="foundation_journal_kind"
            ),
        ]


class JournalSalt(models.Model):
    """The salt of an entry's digest, apart from it: erase the salt and the digest says nothing any more."""

    PRIVACY: ClassVar = {"entry": Privacy.WORKING, "salt": Privacy.SECRET}

    entry = models.OneToOneField(JournalEntry, models.PROTECT, primary_key=True, related_name="salt")
    salt = models.BinaryField()


class JournalSeal(models.Model):
    """A Merkle root over a run of entries, chained to the seal before it."""

    PRIVACY: ClassVar = dict.fromkeys(
        ("id", "sealed_at", "first_id", "last_id", "count", "leaves", "root", "previous_root"),
        Privacy.WORKING,
    )

    id = models.BigAutoField(primary_key=True)
    sealed_at = models.DateTimeField()
    first_id = models.BigIntegerField()
    last_id = models.BigIntegerField(unique=True)
    count = models.PositiveIntegerField()
    leaves = models.BinaryField()
    root = models.BinaryField()
    previous_root = models.BinaryField()


class AccessLogEntry(models.Model):
    """Somebody opened a page about a child. Append-only; the family may ask for it."""

    PRIVACY: ClassVar = dict.fromkeys(("id", "at", "area_id", "page"), Privacy.WORKING) | dict.fromkeys(
        ("person_id", "user_id"), Privacy.PERSONAL
    )

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField(db_default=Now())
    area_id = models.UUIDField()
    person_id = models.UUIDField()
    user_id = models.UUIDField()
    page = models.TextField()

    class Meta:
        indexes = [models.Index(fields=["area_id", "person_id", "at"], name="foundation_access_person")]
