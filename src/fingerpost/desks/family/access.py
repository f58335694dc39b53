# SPDX-License-Identifier: AGPL-3.0-or-later
"""Permissions of the family desk."""

READ = "family.read"
OWN = "own.read"  # of a young person, whose own record it may be
