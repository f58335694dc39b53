# SPDX-License-Identifier: AGPL-3.0-or-later
"""`fingerpost database`: start, stop and look at the zero set-up database, or open psql in it."""

import argparse
import os
import shutil
import sys
from pathlib import Path

from psycopg.conninfo import conninfo_to_dict, make_conninfo

from fingerpost.cli.errors import Unusable
from fingerpost.postgres import choose, cluster, roles
from fingerpost.postgres.address import OWNER, WEB, Address
from fingerpost.postgres.errors import ClusterError

# The same variables that the web server reads; an address from outside comes before our own cluster.
OUTSIDE = {"web": "DATABASE_URL", "owner": "DATABASE_OWNER_URL"}
ROLES = {"web": WEB, "owner": OWNER}


def default_folder() -> Path:
    """The cluster's folder when nobody names one: `FINGERPOST_HOME`, or `.fingerpost` where you stand."""
    return Path(os.environ.get("FINGERPOST_HOME") or ".fingerpost") / "postgres"


def default_database() -> str:
    """The database when nobody names one."""
    return os.environ.get("FINGERPOST_DATABASE") or "fingerpost"


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the nested verbs."""
    parser.set_defaults(run=run)
    verbs = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    for name, summary in _ACTIONS.items():
        verb = verbs.add_parser(name, help=summary, description=summary)
        verb.add_argument("--folder", type=Path, help="where the cluster lies (default: FINGERPOST_HOME)")
        if name == "psql":
            verb.add_argument("--role", choices=tuple(ROLES), default="web", help="who to be there")
            verb.add_argument("--database", default=default_database(), help="which database to open")


def run(args: argparse.Namespace) -> int:
    """Carry out one nested verb."""
    folder = args.folder or default_folder()
    try:
        _carry_out(args, folder)
    except ClusterError as problem:
        raise Unusable(str(problem)) from problem
    return 0


_ACTIONS = {
    "start": "make the database if needed and start it; prints its address",
    "stop": "stop the database; the data stays",
    "status": "say whether the database runs",
    "psql": "open psql in the database",
}


def _carry_out(args: argparse.Namespace, folder: Path) -> None:
    if args.action == "psql":
        _psql(folder, role=args.role, database=args.database)
    elif url := choose.outside_url():
        raise Unusable(
            f"DATABASE_URL is set ({_without_password(url)}): that database is not ours to {args.action}."
        )
    elif args.action == "start":
        _start(folder)
    elif args.action == "stop":
        cluster.stop(folder, log=_say)
        print(f"stopped: {folder}")
    else:
        _status(folder)


def _start(folder: Path) -> None:
    address = cluster.ensure(folder, log=_say)
    roles.ensure_database(address, default_database())
    print(address.url(role=WEB, database=default_database()))


def _status(folder: Path) -> None:
    found = cluster.status(folder)
    made_by = f", PostgreSQL {found.version}" if found.version else ""
    print(f"{found.state}: {folder}{made_by}")
    if found.address:
        print(found.address.url(role=WEB, database=default_database()))


def _psql(folder: Path, *, role: str, database: str) -> None:
    url = os.environ.get(OUTSIDE[role]) or _address(folder).url(role=ROLES[role], database=database)
    program = shutil.which("psql") or choose.binaries().program("psql")
    said = {name: str(value) for name, value in conninfo_to_dict(url).items()}
    # Other users of the machine can read a command line, but not an environment.
    secret = {"PGPASSWORD": said.pop("password")} if "password" in said else {}
    try:
        os.execve(program, ["psql", make_conninfo(**said)], {**os.environ, **secret})  # noqa: S606  # psql takes our place
    except OSError as problem:
        raise Unusable(
            f"psql cannot be started ({program}: {problem.strerror}). Install postgresql-client."
        ) from problem


def _address(folder: Path) -> Address:
    found = cluster.status(folder).address
    if found is None:
        raise ClusterError(f"no database runs in {folder}. Start it with: fingerpost database start")
    return found


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


def _without_password(url: str) -> str:
    return url.rsplit("@", 1)[-1].split("?", 1)[0]
