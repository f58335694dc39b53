# SPDX-License-Identifier: AGPL-3.0-or-later
"""COPY into a table, for the bulk verbs of the rooms above."""

import json
import os
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, cast

from django.db import connection

NULL = "\\N"
_UNSAFE = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


def new_id() -> str:
    """A random (version 4) UUID in hex, a good deal quicker than by the uuid module."""
    text = os.urandom(16).hex()
    return f"{text[:12]}4{text[13:16]}8{text[17:]}"


def cell(value: object) -> str:
    """One value in COPY's text form."""
    if value is None:
        return NULL
    if isinstance(value, str):
        return value.translate(_UNSAFE) if not value.isalnum() else value
    if isinstance(value, bool):
        return "t" if value else "f"
    if isinstance(value, date):  # a moment as well
        return value.isoformat()
    if isinstance(value, dict | list):
        return as_json(value)
    return str(value)


def as_json(value: object) -> str:
    """A JSON value in COPY's text form; None is SQL's null, not JSON's."""
    if value is None:
        return NULL
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False).translate(_UNSAFE)


def line(values: Iterable[object]) -> str:
    return "\t".join(map(cell, values))


def copy(
    table: str, columns: Sequence[str], lines: Sequence[str], *, constant: Mapping[str, object] | None = None
) -> int:
    """Add rows given as lines without their end; `constant` columns have one value for all of them."""
    if not lines:
        return 0
    extra = constant or {}
    end = ("\t" + line(extra.values()) if extra else "") + "\n"
    names = ", ".join(f'"{name}"' for name in (*columns, *extra))
    with connection.cursor() as cursor, cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copying:
        copying.write(end.join(lines) + end)
    return len(lines)


def ask(sql: str, values: Sequence[object]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, cast(Any, values))
        return list(cursor.fetchall())


def tell(sql: str, values: Sequence[object]) -> int:
    with connection.cursor() as cursor:
        cursor.execute(sql, cast(Any, values))
        return int(cursor.rowcount)


def plain(uuid: str) -> str:
    """One spelling for ids that come from the database and ids made here."""
    return uuid.replace("-", "")
