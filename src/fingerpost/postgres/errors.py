# SPDX-License-Identifier: AGPL-3.0-or-later
"""The one error of the launcher."""


class ClusterError(Exception):
    """What went wrong, where, why, and what to do; written for the person at the keyboard."""
