# SPDX-License-Identifier: AGPL-3.0-or-later
"""`fingerpost database`: start, stop and look at the zero set-up database, or open psql in it."""

import argparse
import os
import shutil
import sys
from pathlib import Path

from fingerpost.cli.errors import Unusable
from fingerpost.postgres import choose, cluster, roles
from fingerpost.postgres.address import OWNER, WEB, Address
from fingerpost.postgres.errors import ClusterError

DATABASE = "fingerpost"


def default_folder() -> Path:
    """The cluster's folder when nobody names one: `FINGERPOST_HOME`, or `.fingerpost` where you stand."""
    return Path(os.environ.get("FINGERPOST_HOME") or ".fingerpost") / "postgres"


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the nested verbs."""
    parser.set_defaults(run=run)
    verbs = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    for name, summary in _ACTIONS.items():
        verb = verbs.add_parser(name, help=summary, description=summary)
        verb.add_argument("--folder", type=Path, help="where the cluster lies (default: FINGERPOST_HOME)")
        if name == "psql":
            verb.add_argument("--role", choices=("web", "owner"), default="web", help="who to be there")
            verb.add_argument("--database", default=DATABASE, help="which database to open")


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
        _psql(folder, role=OWNER if args.role == "owner" else WEB, database=args.database)
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
    roles.ensure_database(address, DATABASE)
    print(address.url(role=WEB, database=DATABASE))


def _status(folder: Path) -> None:
    found = cluster.status(folder)
    made_by = f", PostgreSQL {found.version}" if found.version else ""
    print(f"{found.state}: {folder}{made_by}")
    if found.address:
        print(found.address.url(role=WEB, database=DATABASE))


def _psql(folder: Path, *, role: str, database: str) -> None:
    url = choose.outside_url() or _address(folder).url(role=role, database=database)
    program = shutil.which("psql") or choose.binaries().program("psql")
    sys.stdout.flush()
    try:
        os.execv(program, ["psql", url])  # noqa: S606  # psql takes our place, terminal and all
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
