# SPDX-License-Identifier: AGPL-3.0-or-later
"""`fingerpost account`: areas, teams, users and who may see a child, before anybody can sign in to say so."""

import argparse
import importlib
from collections.abc import Callable
from datetime import date
from typing import Any

from fingerpost.cli import web


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the nested verbs; each names the module and the function that carry it out."""
    verbs = parser.add_subparsers(dest="account_verb", metavar="VERB", required=True)
    _areas(verbs)
    _users(verbs)
    _lost(verbs)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Work as the loader, in the name of the service user Operator, in one transaction."""
    web.start(role="loader")
    web.require_schema()
    module, name = args.work
    work = importlib.import_module(f"fingerpost.cli.{module}")  # wants Django to be awake
    said = {name: value for name, value in vars(args).items() if name not in OUR_OWN}
    done: Callable[..., int] = getattr(work, name)
    return done(**said)


AREAS, USERS = "account_areas", "account_users"
OUR_OWN = ("run", "verb", "account_verb", "work")


def _areas(verbs: Any) -> None:
    area = _verb(
        verbs, "open-area", "begin the record of an area, with its council and its front door team", AREAS
    )
    area.add_argument("la_number", metavar="LA_NUMBER", help="number of the authority, such as 888")
    area.add_argument("name", metavar="NAME", help="name of the area")
    area.add_argument("--council", default="", help="name of the council (default: NAME council)")
    team = _verb(verbs, "add-team", "open a team of the council", AREAS)
    team.add_argument("code", metavar="CODE", help="short code, such as E")
    team.add_argument("name", metavar="NAME", help="such as East team")
    _in_area(team)
    place = _verb(verbs, "add-organisation", "put a school, college or health body on record", AREAS)
    place.add_argument("kind", choices=["school", "college", "early-years", "health", "provider"])
    place.add_argument("name", metavar="NAME")
    place.add_argument("--urn", default="", help="its number in the national register of schools")
    _in_area(place)


def _users(verbs: Any) -> None:
    user = _verb(verbs, "enrol", "make a user and print a first password, once", USERS)
    user.add_argument("email", metavar="EMAIL")
    user.add_argument("--name", required=True, help="as others know them")
    _role(user)
    given = _verb(verbs, "give-role", "give a user one more role", USERS)
    given.add_argument("email", metavar="EMAIL")
    _role(given)
    ended = _verb(verbs, "end-role", "end a role of a user", USERS)
    ended.add_argument("email", metavar="EMAIL")
    _role(ended, starts=False)
    ended.add_argument(
        "--until", type=_day, help="first day on which it no longer holds (default: today), YYYY-MM-DD"
    )
    seen = _verb(
        verbs, "let-see", "let a parent, carer or young person see a child's record", "account_reach"
    )
    seen.add_argument("email", metavar="EMAIL")
    seen.add_argument("--upn", required=True, help="unique pupil number of the child")
    seen.add_argument("--ground", required=True, help="such as parent, carer, own record")
    seen.add_argument("--because", required=True, help="the reason; the family reads it on the record's page")
    seen.add_argument("--level", default="family", choices=["family", "school", "health", "whole"])
    seen.add_argument("--until", type=_day, help="first day on which it no longer holds, YYYY-MM-DD")
    _in_area(seen)
    told = _verb(verbs, "list", "who holds which role, until when", "account_list")
    told.set_defaults(work=("account_list", "roles_held"))
    told.add_argument("--area", default="", metavar="LA_NUMBER")
    told.add_argument("--json", dest="as_json", action="store_true", help="one JSON document")


def _lost(verbs: Any) -> None:
    for name, summary in (
        ("reset-password", "for a lost password: print a new one, once, and end every session"),
        ("reset-second-step", "for a lost telephone: the next sign-in sets up a new second step"),
    ):
        lost = _verb(verbs, name, summary, USERS)
        lost.add_argument("email", metavar="EMAIL")
        lost.add_argument(
            "--because", required=True, help="who asked and how you knew them; kept in the journal"
        )


def _verb(verbs: Any, name: str, summary: str, module: str) -> argparse.ArgumentParser:
    made: argparse.ArgumentParser = verbs.add_parser(name, help=summary, description=summary)
    made.set_defaults(work=(module, name.replace("-", "_")))
    return made


def _in_area(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--area", required=True, metavar="LA_NUMBER", help="number of the authority")


def _role(parser: argparse.ArgumentParser, *, starts: bool = True) -> None:
    parser.add_argument(
        "--role", required=True, help="such as case-officer; a wrong one is answered with all"
    )
    _in_area(parser)
    parser.add_argument("--team", default="", help="code of the team, for roles that work in one")
    if starts:
        parser.add_argument("--organisation", default="", help="name or URN, for a SENCO")


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text} is not a day: write it as 2025-02-03") from None
