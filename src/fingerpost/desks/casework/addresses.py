# SPDX-License-Identifier: AGPL-3.0-or-later
"""Where a case's page is, and the form that corrects one of its facts."""

from uuid import UUID

from django.urls import reverse

from fingerpost.records.cases import access
from fingerpost.records.people.sight import Sight


def case_address(case_id: UUID) -> str:
    return reverse("casework:case", args=[case_id])


def correction_address(case_id: UUID, fact_id: UUID, sight: Sight) -> str:
    """Nothing where the reader corrects no facts."""
    return reverse("casework:correction", args=[case_id, fact_id]) if sight.may(access.CORRECT) else ""
