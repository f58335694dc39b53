# SPDX-License-Identifier: AGPL-3.0-or-later
"""`fingerpost sen2 import`: load a return. Unreadable files change nothing; an interrupted import goes on."""

import argparse
import csv
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import orjson

from fingerpost.cli import web
from fingerpost.cli.errors import Unusable
from fingerpost.cli.sen2_progress import Progress
from fingerpost.rules.returns import reader
from fingerpost.rules.returns.records import PersonRecord

if TYPE_CHECKING:
    from fingerpost.records.accounts.models import User
    from fingerpost.records.foundation.models import Area
    from fingerpost.records.returns.actions import Imported
    from fingerpost.records.returns.children import PlaceOf, Placing

SERVICE = "SEN2 import"


def add(parser: argparse.ArgumentParser) -> None:
    """Words of the command."""
    parser.add_argument("file", metavar="FILE", help="a SEN2 return in XML; - reads standard input")
    parser.add_argument("--area", metavar="888", help="refuse unless the return is of this authority")
    parser.add_argument("--caseload", metavar="CSV", help="which team (and officer) each new child goes to")
    parser.add_argument("--json", action="store_true", help="answer with one JSON document")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """0 loaded (or nothing to do); 2 the file or the record does not allow it."""
    with _file(args.file) as path:
        header = _header(path, args.area)
        web.start(role="loader")
        web.require_schema()
        done = _import(path, header, args.caseload)
    print(orjson.dumps(_document(done)).decode() if args.json else _words(done))
    return 0


# -- the file -------------------------------------------------------------------------------------------------------


@contextmanager
def _file(name: str) -> Iterator[Path]:
    """A file that can be read twice: standard input is put aside first."""
    if name != "-":
        if not Path(name).is_file():
            raise Unusable(f"{name}: there is no such file; give the XML file of a return, or -")
        yield Path(name)
        return
    with tempfile.NamedTemporaryFile(prefix="fingerpost-", suffix=".xml") as aside:
        shutil.copyfileobj(sys.stdin.buffer, aside)
        aside.flush()
        yield Path(aside.name)


def _header(path: Path, area: str | None) -> str:
    """Number of the authority; the least that must be right before a database is started."""
    try:
        with path.open("rb") as stream:
            la = reader.read_header(stream).la
    except reader.Unreadable as problem:
        raise Unusable(f"{path.name}: {problem}") from problem
    except OSError as problem:
        raise Unusable(
            f"{path.name}: cannot be read ({problem.strerror}); give the XML file of a return"
        ) from problem
    if area is not None and la != area:
        raise Unusable(
            f"{path.name}: the return is of authority {la}, not {area}; check that it is the right file."
        )
    return la


# -- the record -----------------------------------------------------------------------------------------------------


def _import(path: Path, la: str, caseload: str | None) -> "Imported":
    from django.core.exceptions import PermissionDenied
    from django.db import InterfaceError, OperationalError
    from django.utils import timezone

    from fingerpost.records.accounts import actions as accounts
    from fingerpost.records.foundation.models import Area
    from fingerpost.records.people import actor, sight
    from fingerpost.records.returns import actions
    from fingerpost.records.returns.survey import survey

    area = Area.objects.filter(la_number=la).first()
    if area is None:
        raise Unusable(
            f"{path.name}: the return is of authority {la}, which this record does not hold. "
            "Open it first (`fingerpost account open-area`), or name the record that holds it in FINGERPOST_HOME."
        )
    today, now, progress = timezone.localdate(), timezone.now(), Progress()
    place_of = _places(caseload, area) if caseload else None
    try:
        found = survey(
            path, progress=progress
        )  # before anything is written, the service user's role included
        by = accounts.service_user(name=SERVICE, area=area, role="data-officer", from_on=today, at=now)
        with actor.acting(by.pk):
            seen = sight.sight_of(by, on=today)
        return actions.import_return(path, by=seen, at=now, place_of=place_of, progress=progress, found=found)
    except (reader.Unreadable, actions.NotPossible, PermissionDenied) as problem:
        raise Unusable(f"{path.name}: {problem}") from problem
    except (OperationalError, InterfaceError) as problem:
        raise Unusable(
            f"{path.name}: the database went away in mid-import ({str(problem).splitlines()[0]}). What was finished "
            "is kept: give the same command again and it goes on where it stopped."
        ) from problem


# -- the caseload list ----------------------------------------------------------------------------------------------


def _places(name: str, area: "Area") -> "PlaceOf":
    """Children are found by UPN, else by names and birth date; whoever is not listed goes to the front door."""
    from fingerpost.records.accounts.models import Team
    from fingerpost.records.returns.children import Placing

    teams = {
        word.casefold(): team for team in Team.objects.filter(area=area) for word in (team.code, team.name)
    }
    door = next((team for team in teams.values() if team.is_front_door), None)
    if door is None:
        raise Unusable("the area has no front door team to hold new children. Open one first.")
    rest = Placing(door.pk)
    listed = dict(_listed(name, teams, _officers()))

    def place_of(record: PersonRecord) -> "Placing":
        found = listed.get(record.upn or "") or listed.get(
            "|".join((record.surname.casefold(), record.forename.casefold(), record.birth_on.isoformat()))
        )
        return found or rest

    return place_of


def _officers() -> "Callable[[str], User]":
    from fingerpost.records.accounts.models import User

    held: Mapping[str, User] = {user.email.casefold(): user for user in User.objects.filter(is_active=True)}
    return lambda email: held[email.casefold()]


def _listed(
    name: str, teams: Mapping[str, object], officer_of: "Callable[[str], User]"
) -> "Iterator[tuple[str, Placing]]":
    from fingerpost.records.returns.children import Placing

    try:
        with Path(name).open(encoding="utf-8-sig", newline="") as stream:
            for line, row in enumerate(csv.DictReader(stream), start=2):
                team = teams.get((row.get("team") or "").strip().casefold())
                if team is None:
                    raise Unusable(
                        f"{name}, line {line}: '{row.get('team')}' is no team of this area; give its code."
                    )
                email = (row.get("officer") or "").strip()
                officer = officer_of(email).pk if email else None
                yield _key(row), Placing(team.pk, officer_id=officer)  # type: ignore[attr-defined]
    except (OSError, UnicodeDecodeError) as problem:
        raise Unusable(
            f"{name}: cannot be read ({problem}); give a CSV with the columns upn and team."
        ) from problem
    except KeyError as problem:
        raise Unusable(f"{name}: there is no user {problem}; enrol the officer first.") from problem


def _key(row: Mapping[str, str]) -> str:
    names = (row.get("surname") or "", row.get("forename") or "", row.get("birth_on") or "")
    return (row.get("upn") or "").strip() or "|".join(part.strip().casefold() for part in names)


# -- the answer --------------------------------------------------------------------------------------------


def _document(done: "Imported") -> dict[str, object]:
    held, rest = _split(done)
    return {
        "area": done.area,
        "year": done.year,
        "serial": done.serial,
        "fingerprint": done.fingerprint,
        "children": done.persons,
        "already_loaded": done.already,
        "resumed_at": done.resumed_at,
        "counts": {} if done.already else rest,
        "held_for_review": {} if done.already else held,
    }


def _words(done: "Imported") -> str:
    if done.already:
        return f"The return of {done.year} (serial {done.serial}) is loaded already: nothing new."
    held, rest = _split(done)
    lines = [f"Loaded the return of {done.year} (serial {done.serial}): {done.persons:,} children."]
    if done.resumed_at:
        lines.append(f"It went on where it had stopped, after {done.resumed_at:,} children.")
    lines += [f"  {name}: {count:,}" for name, count in rest.items()]
    lines.append(f"Held for review: {sum(held.values()):,}")
    lines += [f"  {name}: {count:,}" for name, count in held.items()]
    return "\n".join(lines)


def _split(done: "Imported") -> tuple[dict[str, int], dict[str, int]]:
    held = {n.removeprefix("held: "): c for n, c in sorted(done.counts.items()) if n.startswith("held: ")}
    return held, {n: c for n, c in sorted(done.counts.items()) if not n.startswith("held: ") and c}
