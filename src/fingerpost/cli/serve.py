# SPDX-License-Identifier: AGPL-3.0-or-later
"""`fingerpost serve`: the pages, by gunicorn with threads."""

import argparse
import os
import socket
from contextlib import closing
from typing import Any

from gunicorn.app.base import BaseApplication

from fingerpost.cli import web
from fingerpost.cli.errors import Unusable


def add(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--host", default="127.0.0.1", help="address to listen on (default: this machine only)"
    )
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--workers", type=int, default=min(4, os.cpu_count() or 1))
    parser.add_argument("--threads", type=int, default=4)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    if not 0 < args.port < 65536:
        raise Unusable(f"--port {args.port} is not a port: give a number from 1 to 65535.")
    require_port(args)
    web.start(role="web")
    web.require_schema()
    _close()
    _Server(args).run()
    return 0


def require_port(args: argparse.Namespace) -> None:
    """Refuse a port that somebody else listens on, before anything is started or promised."""
    with closing(socket.socket()) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((args.host, args.port))
        except OSError as problem:
            raise Unusable(
                f"{args.host}:{args.port} cannot be listened on ({problem.strerror}): choose another port with "
                "--port, or PORT= with make."
            ) from problem


def _close() -> None:
    from django.db import connections

    connections.close_all()  # a connection must not be shared by the workers that are forked now


class _Server(BaseApplication):  # type: ignore[misc]
    """gunicorn, set up from the command line alone."""

    def __init__(self, args: argparse.Namespace) -> None:
        self.args = args
        super().__init__()

    def load_config(self) -> None:
        said = {
            "bind": f"{self.args.host}:{self.args.port}",
            "workers": self.args.workers,
            "threads": self.args.threads,
            "worker_class": "gthread",
            "timeout": 60,
            "graceful_timeout": 10,
            "loglevel": "warning",
            "control_socket_disable": True,
        }
        for name, value in said.items():
            if name in self.cfg.settings:
                self.cfg.set(name, value)

    def load(self) -> Any:
        from fingerpost.config.wsgi import application

        return application
