# SPDX-License-Identifier: AGPL-3.0-or-later
"""Who opened which child's page, and when."""

from uuid import UUID

from django.db import connection


def opened(*, page: str, user_id: UUID, area_id: UUID, person_id: UUID) -> None:
    """Note that a page about a child was opened. Insert only: the web login cannot read the log back."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO foundation_accesslogentry (area_id, person_id, user_id, page) VALUES (%s, %s, %s, %s)",
            [area_id, person_id, user_id, page],
        )
