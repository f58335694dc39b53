# SPDX-License-Identifier: AGPL-3.0-or-later
"""Arrows point down: imports, foreign keys, and the SQL of the second wall."""

import configparser
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.apps import apps
from django.db import connection, models

ROOT = Path(__file__).resolve().parents[2]


def _floors(container: str) -> list[set[str]]:
    said = configparser.ConfigParser()
    said.read(ROOT / ".importlinter")
    lines = said[f"importlinter:contract:{container}"]["layers"].strip().splitlines()
    return [set(re.findall(r"[a-z_]+", line)) for line in lines]


def _floor(room: str) -> int:
    """0 is the ground."""
    floors = _floors("records")[::-1]
    return next(number for number, rooms in enumerate(floors) if room in rooms)


def test_every_import_points_down() -> None:
    done = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout


def test_the_floors_are_those_of_the_design() -> None:
    assert [len(rooms) for rooms in _floors("records")] == [1, 1, 2, 1, 1, 1, 1, 3, 3, 3, 2, 1, 1, 1, 1, 1]
    assert [len(rooms) for rooms in _floors("rules")] == [1, 1, 4, 3, 2]


def _ours() -> list[type[models.Model]]:
    return [m for m in apps.get_models() if m.__module__.startswith("fingerpost.records.")]


def test_foreign_keys_obey_the_floors() -> None:
    for model in _ours():
        for field in model._meta.get_fields():
            if isinstance(field, models.ForeignKey) and field.related_model in _ours():
                target = field.related_model._meta.app_label
                here = model._meta.app_label
                assert target == here or _floor(target) < _floor(here), (
                    f"{model.__name__}.{field.name} points up"
                )


@pytest.mark.django_db
def test_sql_of_a_room_names_no_table_from_a_floor_above() -> None:
    """Functions of the wall live in people, others in the room they are named after; policies live with their table."""
    tables = {m._meta.db_table: m._meta.app_label for m in _ours()}
    with connection.cursor() as cursor:
        cursor.execute("SELECT proname, prosrc FROM pg_proc WHERE pronamespace = 'fingerpost'::regnamespace")
        said = [(_home_of(name), name, text) for name, text in cursor.fetchall()]
        cursor.execute(
            "SELECT tablename, policyname, coalesce(qual, '') || coalesce(with_check, '') FROM pg_policies"
        )
        said += [(tables[table], f"{table}.{name}", text) for table, name, text in cursor.fetchall()]
    assert len(said) > 10
    for room, name, text in said:
        for table, home in tables.items():
            if re.search(rf"\b{table}\b", text):
                assert _floor(home) <= _floor(room), (
                    f"{name} of {room} names {table} of {home}, a floor above"
                )


def _home_of(function: str) -> str:
    """`returns_keep_signed_file` is of the room `returns`; one without a room's name is of the wall."""
    room = function.split("_", 1)[0]
    return room if room in {model._meta.app_label for model in _ours()} else "people"
