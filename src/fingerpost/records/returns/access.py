# SPDX-License-Identifier: AGPL-3.0-or-later
"""Permissions of the returns room."""

IMPORT = "return.import"
READ = "return.read"
PREPARE = "return.prepare"
SIGN = "return.sign"
READ_FINDINGS = "finding.read"
