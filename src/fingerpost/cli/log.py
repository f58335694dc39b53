# SPDX-License-Identifier: AGPL-3.0-or-later
"""`fingerpost log seal` and `fingerpost log verify`: is the journal what was written?"""

import argparse
import json
from dataclasses import asdict

from fingerpost.cli import web


def add(parser: argparse.ArgumentParser) -> None:
    verbs = parser.add_subparsers(dest="log_verb", metavar="VERB", required=True)
    seal = verbs.add_parser("seal", help="seal every entry not sealed yet; run it nightly")
    verify = verbs.add_parser("verify", help="check every seal and name the first broken entry")
    verify.add_argument("--json", action="store_true", help="one JSON document on standard output")
    seal.set_defaults(run=run_seal)
    verify.set_defaults(run=run_verify)


def run_seal(args: argparse.Namespace) -> int:
    web.start(role="owner")
    web.require_schema()
    from django.utils import timezone

    from fingerpost.records.foundation import journal

    print(f"{journal.seal(at=timezone.now())} entries sealed")
    return 0


def run_verify(args: argparse.Namespace) -> int:
    """Exit code 1 when an entry is missing or is not what was sealed."""
    web.start(role="owner")
    web.require_schema()
    from fingerpost.records.foundation import journal

    found = journal.verify()
    if args.json:
        print(json.dumps(asdict(found)))
    elif found.broken:
        print(f"BROKEN at entry {found.broken.entry_id}: {found.broken.why}.")
        print("Stop writing, keep a copy of the database, and tell whoever answers for the record.")
    else:
        print(f"{found.entries} entries under {found.seals} seals are as they were written.")
        print(f"{found.unsealed} newer entries are not sealed yet.")
        print(
            f"Last root: {found.last_root}"
            if found.seals
            else "Nothing is sealed yet: run `fingerpost log seal`."
        )
    return 1 if found.broken else 0
