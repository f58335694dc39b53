# SPDX-License-Identifier: AGPL-3.0-or-later
"""Tells the database, under signature, in whose name this transaction works."""

import hashlib
import hmac
import time
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction


def sign(user_id: UUID, *, backend_pid: int, epoch: int) -> str:
    """`user|pid|epoch|HMAC-SHA256`, as fingerpost.actor_id() checks it."""
    said = f"{user_id}|{backend_pid}|{epoch}"
    return f"{said}|{hmac.new(settings.ACTOR_KEY, said.encode(), hashlib.sha256).hexdigest()}"


def assume(user_id: UUID) -> None:
    """Work in this user's name until the transaction ends; outside a transaction it would hold for nothing."""
    with connection.cursor() as cursor:
        pid = cursor.connection.info.backend_pid
        token = sign(
            user_id, backend_pid=pid, epoch=int(time.time())
        )  # freshness of a signature, not a fact's date
        cursor.execute(
            "SELECT set_config('role', %s, true), set_config('fingerpost.actor', %s, true)", [_role(), token]
        )


def assume_nobody() -> None:
    """An unsigned request: public tables only, whatever the code above forgets."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('role', 'fingerpost_public', true), set_config('fingerpost.actor', '', true)"
        )


def _role() -> str:
    return f"fingerpost_{settings.DATABASE_ROLE}"


@contextmanager
def acting(user_id: UUID) -> Iterator[None]:
    """One transaction in this user's name, for commands and jobs."""
    with transaction.atomic():
        assume(user_id)
        yield


def pads(key: bytes) -> tuple[bytes, bytes]:
    """The key as the two 64-byte pads that HMAC-SHA256 is made of (RFC 2104)."""
    block = (hashlib.sha256(key).digest() if len(key) > 64 else key).ljust(64, b"\0")
    return bytes(b ^ 0x36 for b in block), bytes(b ^ 0x5C for b in block)


def install_key() -> None:
    """Give the database the key to check signatures with; run as the owner after every migration."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO fingerpost.signing_key (one, inner_pad, outer_pad) VALUES (true, %s, %s)"
            " ON CONFLICT (one) DO UPDATE SET inner_pad = excluded.inner_pad, outer_pad = excluded.outer_pad",
            list(pads(settings.ACTOR_KEY)),
        )
