# SPDX-License-Identifier: AGPL-3.0-or-later
"""Permissions of the returns room."""

IMPORT = "return.import"
READ = "return.read"
DECIDE = "held.decide"  # what a return left in doubt about a case
DECIDE_IDENTITY = "held.decide-identity"  # and whose record it is
PREPARE = "return.prepare"
SIGN = "return.sign"
READ_FINDINGS = "finding.read"
