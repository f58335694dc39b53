# SPDX-License-Identifier: AGPL-3.0-or-later
"""Permissions of the people room."""

ALLOCATE = "case.allocate"
READ_OWN = "family.read"
