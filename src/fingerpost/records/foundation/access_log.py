# SPDX-License-Identifier: AGPL-3.0-or-later
"""Who opened which child's page, and when."""

from collections.abc import Iterable
from uuid import UUID

from django.db import connection


def opened(*, page: str, user_id: UUID, area_id: UUID, person_id: UUID) -> None:
    """Note that a page about a child was opened. Insert only: the web login cannot read the log back."""
    opened_many(page=page, user_id=user_id, area_id=area_id, person_ids=(person_id,))


def opened_many(*, page: str, user_id: UUID, area_id: UUID, person_ids: Iterable[UUID]) -> None:
    """A list or a file that shows several children: one entry for each of them."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO foundation_accesslogentry (area_id, person_id, user_id, page)"
            " SELECT %s, person, %s, %s FROM unnest(%s::uuid[]) AS person",
            [area_id, user_id, page, list(person_ids)],
        )
