# SPDX-License-Identifier: AGPL-3.0-or-later
"""Where the cluster of a folder is, or will be, reached; whether it runs is not asked."""

from pathlib import Path

from fingerpost.postgres import folder as places
from fingerpost.postgres import identity as identities
from fingerpost.postgres import sockets
from fingerpost.postgres.address import Address


def where(folder: Path) -> Address:
    """The address that `cluster.ensure` will answer for this folder."""
    folder = folder.expanduser().resolve()
    return Address(host=str(sockets.place(folder, owner=identities.of(places.data(folder)).owner)))
