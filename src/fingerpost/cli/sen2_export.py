# SPDX-License-Identifier: AGPL-3.0-or-later
"""`fingerpost sen2 export`: make a return from the record, check it on the way, keep it, and write it to a file."""

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from fingerpost.cli import sen2_export_text, web, whole_file
from fingerpost.cli.errors import Unusable
from fingerpost.cli.sen2_progress import Progress
from fingerpost.rules.returns import layout

if TYPE_CHECKING:
    from fingerpost.records.foundation.models import Area
    from fingerpost.records.people.sight import Sight
    from fingerpost.records.returns.models import PreparedReturn

SERVICE = "SEN2 export"
SPELLINGS = ("SENSetting", "SENsetting")
IN_POST = ("Y", "N", "R")


def add(parser: argparse.ArgumentParser) -> None:
    """Words of the command."""
    parser.add_argument("--area", metavar="888", required=True, help="number of the authority")
    parser.add_argument("--year", type=int, required=True, help="year of the census day")
    parser.add_argument(
        "--output",
        metavar="F",
        help="where to write (default: sen2-AREA-YEAR-SERIAL.xml); - for standard output",
    )
    parser.add_argument(
        "--spelling", choices=SPELLINGS, default=SPELLINGS[0], help="how COLLECT wants the tag written"
    )
    parser.add_argument("--serial", metavar="NNN", help="serial number of the file (default: the next one)")
    for post, words in (("dmo", "medical"), ("dco", "clinical"), ("dsco", "social care")):
        parser.add_argument(f"--{post}", choices=IN_POST, help=f"is a designated {words} officer in post?")
    parser.add_argument("--because", metavar="WHY", help="send a return again that was signed off, and why")
    parser.add_argument(
        "--kept", action="store_true", help="write a return made earlier again, byte for byte"
    )
    parser.add_argument("--json", action="store_true", help="answer with one JSON document")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """0 made; 1 made, with errors in it; 2 it cannot be made."""
    _check(args)
    web.start(role="loader")
    web.require_schema()
    with whole_file.target(args.output) as target, _in_one_line(args):
        prepared = _prepared(args)
        _copy(prepared, target)
    sen2_export_text.answer(prepared, target.name, as_json=args.json)
    return 0 if args.kept else int(prepared.errors > 0)


def _check(args: argparse.Namespace) -> None:
    try:
        layout.of(args.year)
    except layout.UnknownYear as unknown:
        raise Unusable(f"--year {unknown}") from None
    if args.serial is not None and not (
        args.serial.isascii() and args.serial.isdigit() and len(args.serial) <= 3
    ):
        raise Unusable(f"--serial '{args.serial}' is not a number of up to three digits")
    if args.json and args.output == "-":
        raise Unusable("--json and --output - both want standard output; give the file a name")


# -- the record -----------------------------------------------------------------------------------------------------


@contextmanager
def _in_one_line(args: argparse.Namespace) -> Iterator[None]:
    """What stands in the way of a return, for the person at the command line."""
    from django.core.exceptions import PermissionDenied
    from django.db import InterfaceError, OperationalError

    from fingerpost.records.returns.handing_in.packing import Damaged
    from fingerpost.records.returns.refusals import NotPossible
    from fingerpost.rules.returns.writer import Unwritable

    try:
        yield
    except (NotPossible, PermissionDenied, Damaged) as problem:
        raise Unusable(f"{args.area}, {args.year}: {problem}") from problem
    except Unwritable as problem:
        raise Unusable(
            f"{args.area}, {args.year}: {problem}, so no return was made. Correct it in the record."
        ) from problem
    except (OperationalError, InterfaceError) as problem:
        raise Unusable(
            f"the database went away ({str(problem).splitlines()[0]}); no return was made. Give the command again."
        ) from problem


def _prepared(args: argparse.Namespace) -> "PreparedReturn":
    area = _area(args.area)
    return _kept(area, args) if args.kept else _made(area, args)


def _area(number: str) -> "Area":
    from fingerpost.records.foundation.models import Area

    area = Area.objects.filter(la_number=number).first()
    if area is None:
        raise Unusable(
            f"--area {number}: this record does not hold that authority. Give the number of one it holds, "
            "or name the record that does in FINGERPOST_HOME."
        )
    return area


def _by(area: "Area") -> "Sight":
    from django.utils import timezone

    from fingerpost.records.accounts import actions as accounts
    from fingerpost.records.people import actor, sight

    today = timezone.localdate()
    user = accounts.service_user(
        name=SERVICE, area=area, role="data-officer", from_on=today, at=timezone.now()
    )
    with actor.acting(user.pk):
        return sight.sight_of(user, on=today)


def _made(area: "Area", args: argparse.Namespace) -> "PreparedReturn":
    from django.utils import timezone

    from fingerpost.records.people import actor
    from fingerpost.records.returns.handing_in import preparing
    from fingerpost.records.returns.handing_in.assembling import Assembled
    from fingerpost.records.returns.handing_in.export import Officers

    progress = Progress()

    def watch(one: Assembled) -> None:
        if not one.record.ordinal % 500:
            progress("writing", one.record.ordinal, 0)

    given = Officers(args.dmo, args.dco, args.dsco) if args.dmo or args.dco or args.dsco else None
    making = preparing.Making(args.year, timezone.localdate(), given, args.spelling, args.serial, watch=watch)
    by, now = _by(area), timezone.now()
    with actor.acting(by.user_id):
        if args.because is not None:
            return preparing.resubmit_return(
                area_id=area.pk, making=making, because=args.because, by=by, at=now
            )
        return preparing.prepare_return(area_id=area.pk, making=making, by=by, at=now)


def _kept(area: "Area", args: argparse.Namespace) -> "PreparedReturn":
    """The newest one of the year that still has its file, or the one with this serial number."""
    from fingerpost.records.returns.models import PreparedReturn

    held = PreparedReturn.objects.filter(area=area, year=args.year, file__isnull=False)
    if args.serial is not None:
        held = held.filter(serial=f"{int(args.serial):03}")
    found = held.order_by("-serial", "-made_at").first()
    if found is None:
        raise Unusable(f"{args.area}, {args.year}: no such return is kept. Make one, without --kept.")
    return found


def _copy(prepared: "PreparedReturn", target: whole_file.Target) -> None:
    from django.utils import timezone

    from fingerpost.records.people import actor
    from fingerpost.records.returns.handing_in import preparing

    by = _by(prepared.area)
    with actor.acting(by.user_id):
        opened = preparing.open_return(prepared_id=prepared.pk, by=by, at=timezone.now())
    target.name = target.name or opened.name
    target.out.writelines(opened.parts)
