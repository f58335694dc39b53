# SPDX-License-Identifier: AGPL-3.0-or-later
"""How long an import takes beside a bare COPY of the rows it made, into the same tables, indexes and keys.

    FINGERPOST_DEMO=1 FINGERPOST_HOME=.fingerpost/bench .venv/bin/python bench/import_return.py [--scale 1]

Two databases in one cluster, both migrated. The first takes the three returns of the made-up area by
`import_return`, file by file; what each added is then copied bare, in one COPY a table, into the second.
"""

import argparse
import io
import os
import subprocess
import sys
import time
from pathlib import Path

import psycopg

from fingerpost.postgres import cluster, roles
from fingerpost.postgres.address import Address

TABLES = (
    "people_person",
    "returns_returnfile",
    "cases_case",
    "cases_fact",
    "cases_clock",
    "plans_plan",
    "plans_need",
    "placements_placement",
    "returns_sourcerecord",
    "returns_helditem",
)
GROUND = ("foundation_area", "accounts_role", "accounts_user", "accounts_organisation", "accounts_team")
YEARS = (2023, 2024, 2025)
OPEN_AREA = (
    "INSERT INTO foundation_area (id, la_number, name, ons_code) VALUES (gen_random_uuid(), '888', 'Bench', '')",
    "INSERT INTO accounts_organisation (id, area_id, kind, name)"
    " SELECT gen_random_uuid(), id, 'council', 'Council' FROM foundation_area",
    "INSERT INTO accounts_team (id, area_id, organisation_id, code, name, is_front_door)"
    " SELECT gen_random_uuid(), area_id, id, 'front', 'Front door', true FROM accounts_organisation",
)


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--scale", type=float, default=1.0)
    args = parser.parse_args()
    home = Path(os.environ.get("FINGERPOST_HOME", ".fingerpost/bench")).absolute()
    os.environ["FINGERPOST_HOME"] = str(home)
    server = cluster.ensure(home / "postgres")
    for name in ("bench_import", "bench_copy"):
        _fresh(server, name)
    folder = home / "bench-returns"
    _command("demo", "returns", str(folder), "--scale", str(args.scale))
    with _as_loader(server, "bench_import") as loader:
        for statement in OPEN_AREA:
            loader.execute(statement)
    took = {}
    for year in YEARS[:1]:
        took[year] = _timed(folder / f"sen2-{year}.xml")
    bare, count = _bare(server)
    print(
        f"import of {YEARS[0]}: {took[YEARS[0]]:.1f} s; bare COPY of the same {count:,} rows: {bare:.1f} s;",
        end=" ",
    )
    print(f"ratio {took[YEARS[0]] / bare:.2f} (bar: 4)")
    for year in YEARS[1:]:
        print(f"import of {year} over the years before: {_timed(folder / f'sen2-{year}.xml'):.1f} s")
    return 0


def _fresh(server: Address, name: str) -> None:
    with psycopg.connect(server.url(role=server.superuser, database="postgres"), autocommit=True) as top:
        top.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
    roles.ensure_database(server, name)
    _command("migrate", "--quiet", database=name)


def _command(*words: str, database: str = "bench_import") -> None:
    env = {**os.environ, "FINGERPOST_DATABASE": database}
    subprocess.run(
        [sys.executable, "-m", "fingerpost.cli", *words], env=env, check=True, stdout=subprocess.DEVNULL
    )


def _timed(file: Path) -> float:
    began = time.perf_counter()
    _command("sen2", "import", str(file))
    return time.perf_counter() - began


def _as_loader(server: Address, name: str) -> psycopg.Connection[tuple[object, ...]]:
    return psycopg.connect(**server.keywords(role="fingerpost_loader", database=name))  # type: ignore[arg-type]


def _bare(server: Address) -> tuple[float, int]:
    """Copy every row out (not timed) and in again (timed), one transaction, in the order the keys need."""
    with psycopg.connect(server.url(role=server.superuser, database="bench_import")) as source:
        ground = {table: _out(source, table) for table in GROUND}
        held = {table: _out(source, table) for table in TABLES}
    with psycopg.connect(server.url(role=server.superuser, database="bench_copy")) as target:
        target.execute("TRUNCATE accounts_role CASCADE")
        for table, rows in ground.items():
            _in(target, table, rows)
    began = time.perf_counter()
    count = 0
    with _as_loader(server, "bench_copy") as target:
        for table, rows in held.items():
            count += _in(target, table, rows)
    return time.perf_counter() - began, count


def _out(source: psycopg.Connection[tuple[object, ...]], table: str) -> tuple[str, bytes]:
    columns = ", ".join(
        f'"{name}"'
        for (name,) in source.execute(
            "SELECT column_name FROM information_schema.columns WHERE table_name = %s AND table_schema = 'public'"
            " ORDER BY ordinal_position",
            [table],
        ).fetchall()
    )
    rows = io.BytesIO()
    with source.cursor().copy(f"COPY {table} ({columns}) TO STDOUT") as copying:
        for block in copying:
            rows.write(block)
    return columns, rows.getvalue()


def _in(target: psycopg.Connection[tuple[object, ...]], table: str, held: tuple[str, bytes]) -> int:
    columns, rows = held
    with target.cursor() as cursor:
        with cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copying:
            copying.write(rows)
        return cursor.rowcount


if __name__ == "__main__":
    raise SystemExit(main())
