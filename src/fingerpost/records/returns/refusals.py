# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the verbs of this room say when they will not do a thing."""


class NotPossible(Exception):
    """A return cannot be loaded, made or signed as things stand; says why and what to do."""
