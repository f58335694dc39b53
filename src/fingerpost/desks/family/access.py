# SPDX-License-Identifier: AGPL-3.0-or-later
"""Permission of the family desk."""

READ = "family.read"
