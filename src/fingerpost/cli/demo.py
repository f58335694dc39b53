# SPDX-License-Identifier: AGPL-3.0-or-later
"""`fingerpost demo`: the made-up area; its database is separate and holds no real child."""

import argparse
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from fingerpost.cli import serve, web
from fingerpost.cli.errors import Unusable
from fingerpost.cli.sen2_progress import Progress


def add(parser: argparse.ArgumentParser) -> None:
    verbs = parser.add_subparsers(dest="demo_verb", metavar="VERB", required=True)
    build = verbs.add_parser("build", help="make the returns of the made-up area and load them")
    build.add_argument("--seed", type=int, default=888, help="the same seed makes the same area")
    build.add_argument("--scale", type=float, default=1.0, help="1 is Lancashire's size (12,317 plans)")
    build.add_argument(
        "--folder", type=Path, help="where the returns are written (default: FINGERPOST_HOME/returns)"
    )
    build.set_defaults(run=run_build)
    write = verbs.add_parser(
        "returns", help="only write the returns, to try other tools on; needs no database"
    )
    write.add_argument("folder", type=Path)
    write.add_argument("--seed", type=int, default=888)
    write.add_argument("--scale", type=float, default=1.0)
    write.set_defaults(run=run_returns)
    served = verbs.add_parser("serve", help="serve the made-up area and say who to sign in as")
    serve.add(served)
    served.set_defaults(run=run_serve)


def run_build(args: argparse.Namespace) -> int:
    _check(args)
    if os.environ.get("FINGERPOST_DEMO") != "1":
        raise Unusable(
            "demo build writes made-up children, so it works in demo mode only. Set FINGERPOST_DEMO=1 and a "
            "FINGERPOST_HOME of its own, or use `make demo`, which does both."
        )
    web.start(role="loader")
    web.require_schema()
    from fingerpost.demo import build

    folder = args.folder or web.home() / "returns"
    new = build.build(folder, seed=args.seed, scale=args.scale, say=_say, progress=_progress)
    print("The made-up area is ready." if new else "The made-up area stands already.")
    return 0


def run_returns(args: argparse.Namespace) -> int:
    _check(args)
    from fingerpost.demo import returns

    args.folder.mkdir(parents=True, exist_ok=True)
    returns.write_returns(args.folder, seed=args.seed, scale=args.scale, progress=_say)
    return 0


def run_serve(args: argparse.Namespace) -> int:
    serve.require_port(args)
    _say(f"\n  Open http://{args.host}:{args.port}/demo and choose who to be. Ctrl-C stops the server;")
    _say("  the database stays: `make stop` ends it.")
    _say("  Start as Robin Carter (case officer) or Willow Hollybank (parent). Everybody is made up.\n")
    with _worker():
        return serve.run(args)


@contextmanager
def _worker() -> Iterator[None]:
    """What pages ask for is done beside the server, and ends with it."""
    with subprocess.Popen([sys.executable, "-m", "fingerpost.cli", "worker"]) as working:
        try:
            yield
        finally:
            working.terminate()


def _progress(year: int) -> Progress:
    _say(f"loading the return of {year}")
    return Progress()


def _check(args: argparse.Namespace) -> None:
    if not 0 < args.scale <= 10:
        raise Unusable(f"--scale {args.scale} is out of range: give a number above 0 and up to 10.")


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)
