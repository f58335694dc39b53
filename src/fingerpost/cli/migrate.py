# SPDX-License-Identifier: AGPL-3.0-or-later
"""`fingerpost migrate`: bring the database to this version, with the roles and the signing key it checks."""

import argparse

from fingerpost.cli import web


def add(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--quiet", action="store_true", help="say nothing when all is well")
    parser.add_argument("--check", action="store_true", help="only say whether a model lacks its migration")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    web.start(role="owner")
    from django.core.management import call_command
    from django.db import transaction

    from fingerpost.records.accounts import roles
    from fingerpost.records.people import actor

    if args.check:
        call_command("makemigrations", check_changes=True, dry_run=True, interactive=False)
        return 0
    call_command("migrate", interactive=False, verbosity=0 if args.quiet else 1)
    with transaction.atomic():
        actor.install_key()
        roles.load()
    return 0
