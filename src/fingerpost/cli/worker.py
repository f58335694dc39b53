# SPDX-License-Identifier: AGPL-3.0-or-later
"""`fingerpost worker`: does the jobs that pages ask for and the nightly ones; puts back what a killed worker held."""

import argparse
import asyncio
from typing import TYPE_CHECKING

from fingerpost.cli import web
from fingerpost.cli.errors import Unusable

if TYPE_CHECKING:
    from procrastinate import App

PATIENCE = 30.0
HEARTBEAT = 20.0  # seconds at most: a page calls a worker missing after a minute


def add(parser: argparse.ArgumentParser) -> None:
    """Words of the command."""
    parser.add_argument("--once", action="store_true", help="do what waits, then end (for a timer)")
    parser.add_argument(
        "--patience",
        type=float,
        default=PATIENCE,
        metavar="SECONDS",
        help="a worker not heard of for so long counts as killed (default: 30)",
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Works until it is told to stop; a job that has begun is finished first."""
    if not 0 < args.patience <= 3600:
        raise Unusable(
            f"--patience {args.patience} is out of range: give a number of seconds above 0, 3600 at most."
        )
    web.start(role="loader")
    web.require_schema()
    from procrastinate.contrib.django import app

    asyncio.run(_work(app, once=args.once, patience=args.patience))
    return 0


async def _work(app: "App", *, once: bool, patience: float) -> None:
    from fingerpost.desks.jobs import tasks

    with app.replace_connector(app.connector.get_worker_connector()) as working:  # type: ignore[attr-defined]
        async with working.open_async():
            await tasks.put_back(patience)
            await working.run_worker_async(
                wait=not once,
                concurrency=1,
                update_heartbeat_interval=min(patience / 3, HEARTBEAT),
                stalled_worker_timeout=patience,
                delete_jobs="successful",  # the journal says what was done
            )
