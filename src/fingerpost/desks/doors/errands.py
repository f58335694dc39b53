# SPDX-License-Identifier: AGPL-3.0-or-later
"""Work that a page asks for and a worker does: queued in the page's own transaction, in a reader's name."""

from dataclasses import dataclass
from uuid import UUID

from django.db import connection, transaction
from procrastinate import exceptions
from procrastinate.contrib.django import app

WAITING = (
    "SELECT status::text FROM procrastinate_jobs WHERE queueing_lock = %s AND status IN ('todo', 'doing')"
)
HEARD = (
    "SELECT EXISTS (SELECT 1 FROM procrastinate_workers WHERE last_heartbeat > now() - interval '1 minute')"
)
TODO, DOING, UNHEARD = "todo", "doing", "unheard"
NO_WORKER = (
    "No worker is at work just now. If no timer starts one, ask whoever looks after Fingerpost to do so."
)


@dataclass(frozen=True, slots=True)
class Errand:
    """One piece of work, known by its name and what it is about; the same one is never in the queue twice."""

    task: str
    about: tuple[str, ...]

    @property
    def lock(self) -> str:
        return ":".join((self.task, *self.about))


def assessment(la: str, year: int) -> Errand:
    """Look whether a return could be handed in."""
    return Errand("assess-readiness", (la, str(year)))


def preparation(la: str, year: int) -> Errand:
    """Make the return that was asked for."""
    return Errand("prepare-return", (la, str(year)))


def ask(errand: Errand, *, by: UUID) -> bool:
    """False: somebody has asked for the same already, and it has not begun."""
    waiting = app.configure_task(errand.task, lock=errand.lock, queueing_lock=errand.lock, allow_unknown=True)
    try:
        with transaction.atomic():  # a refusal must not take the page's transaction with it
            waiting.defer(by=str(by), about=list(errand.about))
    except exceptions.AlreadyEnqueued:
        return False
    return True


def standing(errand: Errand) -> str:
    """TODO or DOING; UNHEARD while no worker is there to do it; "" when nobody has asked."""
    with connection.cursor() as cursor:
        cursor.execute(WAITING, [errand.lock])
        found = {status for (status,) in cursor.fetchall()}
        if not found:
            return ""
        cursor.execute(HEARD)
        if cursor.fetchone() != (True,):
            return UNHEARD
        return DOING if DOING in found else TODO


def when(standing: str) -> str:
    """When work that waits will begin, for the end of a sentence."""
    soon = "as soon as the worker is free."
    return f"{soon} {NO_WORKER}" if standing == UNHEARD else soon
