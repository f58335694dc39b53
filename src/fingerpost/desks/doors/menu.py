# SPDX-License-Identifier: AGPL-3.0-or-later
"""The main menu: the pages a reader's role opens, and the public ones for everybody."""

from fingerpost.kit.words import Link
from fingerpost.records.people.sight import Sight

# Address, words, and the permissions of which one shows it (none: everybody).
PLACES: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("/casework/", "Caseload", ("case.read",)),
    ("/casework/held", "Held for review", ("held.decide",)),
    ("/office/", "SEN2 return", ("finding.read", "return.read")),
    ("/family/", "My record", ("own.read",)),
    ("/family/", "My family's record", ("family.read",)),
    ("/partnership", "The partnership", ()),
    ("/law", "The law of time", ()),
    ("/glossary", "Words we use", ()),
)


def of(sight: Sight | None, path: str) -> tuple[Link, ...]:
    """The menu for one reader, with the open place marked."""
    shown: dict[str, str] = {}  # of two names for one place, the first that fits the reader
    for address, words, needed in PLACES:
        if not needed or _may(sight, needed):
            shown.setdefault(address, words)
    here = max((address for address in shown if path.startswith(address)), key=len, default="")
    return tuple(Link(words, address, current=address == here) for address, words in shown.items())


def first(sight: Sight) -> str:
    """Where a reader is taken after signing in."""
    return next((address for address, _, needed in PLACES if _may(sight, needed)), "/account/")


def _may(sight: Sight | None, needed: tuple[str, ...]) -> bool:
    return sight is not None and any(sight.may(permission) for permission in needed)
