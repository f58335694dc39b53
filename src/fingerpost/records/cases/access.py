# SPDX-License-Identifier: AGPL-3.0-or-later
"""Permissions of the cases room."""

READ = "case.read"
DECIDE = "case.decide"
CORRECT = "fact.correct"
ALLOCATE = "case.allocate"
