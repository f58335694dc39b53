# SPDX-License-Identifier: AGPL-3.0-or-later
"""Permissions of the people room."""

ALLOCATE = "case.allocate"
READ_OWN = "family.read"
OWN_RECORD = "own record"  # the ground on which a young person reaches what is theirs
