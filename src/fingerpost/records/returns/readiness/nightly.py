# SPDX-License-Identifier: AGPL-3.0-or-later
"""In whose name the record is assessed when nobody asked: a service user of the area, whom the journal names."""

from datetime import date, datetime

from fingerpost.records.accounts import actions as accounts
from fingerpost.records.foundation.models import Area
from fingerpost.records.people import actor
from fingerpost.records.people.sight import Sight, sight_of

SERVICE = "SEN2 readiness"


def actor_of(area: Area, *, on: date, at: datetime) -> Sight:
    """The service user with a data officer's role in this area, made on first use."""
    user = accounts.service_user(name=SERVICE, area=area, role="data-officer", from_on=on, at=at)
    with actor.acting(user.pk):
        return sight_of(user, on=on)
