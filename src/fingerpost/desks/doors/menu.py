# SPDX-License-Identifier: AGPL-3.0-or-later
"""The main menu: the pages a reader's role opens, and the public ones for everybody."""

from fingerpost.kit.words import Link
from fingerpost.records.people.sight import Sight

# Address, words, and the permission that shows it (None: everybody).
PLACES: tuple[tuple[str, str, str | None], ...] = (
    ("/casework/", "Caseload", "case.read"),
    ("/casework/held", "Held for review", "held.decide"),
    ("/family/", "My record", "own.read"),
    ("/family/", "My family's record", "family.read"),
    ("/partnership", "The partnership", None),
    ("/law", "The law of time", None),
    ("/glossary", "Words we use", None),
)


def of(sight: Sight | None, path: str) -> tuple[Link, ...]:
    """The menu for one reader, with the open place marked."""
    shown: dict[str, str] = {}  # of two names for one place, the first that fits the reader
    for address, words, permission in PLACES:
        if permission is None or (sight is not None and sight.may(permission)):
            shown.setdefault(address, words)
    here = max((address for address in shown if path.startswith(address)), key=len, default="")
    return tuple(Link(words, address, current=address == here) for address, words in shown.items())


def first(sight: Sight) -> str:
    """Where a reader is taken after signing in."""
    return next((address for address, _, needed in PLACES if needed and sight.may(needed)), "/account/")
