# SPDX-License-Identifier: AGPL-3.0-or-later
"""Where a case's page is."""

from uuid import UUID

from django.urls import reverse


def case_address(case_id: UUID) -> str:
    return reverse("casework:case", args=[case_id])
