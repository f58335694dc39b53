# SPDX-License-Identifier: AGPL-3.0-or-later
"""`fingerpost sen2 import`: load a return. Unreadable files change nothing; an interrupted import goes on."""

import argparse
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import orjson

from fingerpost.cli import web
from fingerpost.cli.errors import Unusable
from fingerpost.cli.sen2_caseload import places
from fingerpost.cli.sen2_import_text import document, words
from fingerpost.cli.sen2_progress import Progress
from fingerpost.rules.returns import reader

if TYPE_CHECKING:
    from fingerpost.records.returns.loading.actions import Imported

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
    print(orjson.dumps(document(done)).decode() if args.json else words(done))
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
    from fingerpost.records.returns import refusals
    from fingerpost.records.returns.loading import actions
    from fingerpost.records.returns.survey import survey

    area = Area.objects.filter(la_number=la).first()
    if area is None:
        raise Unusable(
            f"{path.name}: the return is of authority {la}, which this record does not hold. "
            "Open it first (`fingerpost account open-area`), or name the record that holds it in FINGERPOST_HOME."
        )
    today, now, progress = timezone.localdate(), timezone.now(), Progress()
    place_of = places(caseload, area) if caseload else None
    try:
        found = survey(
            path, progress=progress
        )  # before anything is written, the service user's role included
        by = accounts.service_user(name=SERVICE, area=area, role="data-officer", from_on=today, at=now)
        with actor.acting(by.pk):
            seen = sight.sight_of(by, on=today)
        return actions.import_return(path, by=seen, at=now, place_of=place_of, progress=progress, found=found)
    except (reader.Unreadable, refusals.NotPossible, PermissionDenied) as problem:
        raise Unusable(f"{path.name}: {problem}") from problem
    except (OperationalError, InterfaceError) as problem:
        raise Unusable(
            f"{path.name}: the database went away in mid-import ({str(problem).splitlines()[0]}). What was finished "
            "is kept: give the same command again and it goes on where it stopped."
        ) from problem
