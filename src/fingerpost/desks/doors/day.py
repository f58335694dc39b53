# SPDX-License-Identifier: AGPL-3.0-or-later
"""What day it is, as the pages see it: today in London, or the frozen day of the made-up area."""

from datetime import date, datetime

from django.conf import settings
from django.utils import timezone


def today() -> date:
    """The day every clock, worklist and chart counts from."""
    return settings.DEMO_ON if settings.DEMO else timezone.localdate()


def now() -> datetime:
    """The moment that verbs are told. In the demo it lies on the frozen day, at the hour it is."""
    moment = timezone.localtime()
    return (
        moment.replace(year=settings.DEMO_ON.year, month=settings.DEMO_ON.month, day=settings.DEMO_ON.day)
        if settings.DEMO
        else moment
    )


def memberships_on() -> date:
    """Whether somebody still works here is asked of the real day, demo or not; so does the database."""
    return timezone.localdate()
